import type { CaseRecord, PageText } from './case.ts';
import { dataBytes } from './data-block.ts';
import type { FittingText } from './fitted-text.ts';
import { shareRoom } from './room.ts';

/** The texts of a case that its page holds; null for those that it does not hold. */
export interface CaseTexts {
  readonly prompt: FittingText | null;
  readonly parameters: FittingText | null;
  readonly answer: FittingText | null;
}

export type ShownTexts = Pick<CaseRecord, 'prompt' | 'parameters' | 'answer'>;

/** Characters of a prompt or an answer, and of the parameters, that a page shows at most. */
export const MAX_TEXT = 20_000;
const MAX_PARAMETERS = 5_000;
/** Fewer characters of a text are not worth their place. */
const MIN_TEXT = 200;
const NONE: ShownTexts = { prompt: null, parameters: null, answer: null };

/** The texts as they are shown where there is room enough. */
export function wholeTexts({ prompt, parameters, answer }: CaseTexts): ShownTexts {
  return {
    prompt: prompt?.fit(MAX_TEXT) ?? null,
    parameters: parameters?.fit(MAX_PARAMETERS) ?? null,
    answer: answer?.fit(MAX_TEXT) ?? null,
  };
}

/**
 * The same in about so many bytes of the page: prompt and answer have room first and share it equally, parameters get what
 * is over. All null where neither prompt nor answer has any room.
 */
export function smallerTexts(texts: CaseTexts, whole: ShownTexts, bytes: number): ShownTexts {
  const [ofPrompt = 0, ofAnswer = 0, ofParameters = 0] = shareRoom(
    [
      { length: bytesOf(whole.prompt), rank: 0 },
      { length: bytesOf(whole.answer), rank: 0 },
      { length: bytesOf(whole.parameters), rank: 1 },
    ],
    Math.max(0, bytes),
  );
  const prompt = fitBytes(texts.prompt, whole.prompt, ofPrompt);
  const answer = fitBytes(texts.answer, whole.answer, ofAnswer);
  if (isBare(prompt) && isBare(answer)) return NONE;
  // Of one of them a line is left that says how long it is, which may be some bytes more than there are.
  return {
    prompt: prompt ?? texts.prompt?.fit(0) ?? null,
    answer: answer ?? texts.answer?.fit(0) ?? null,
    parameters: fitBytes(texts.parameters, whole.parameters, ofParameters) ?? texts.parameters?.fit(0) ?? null,
  };
}

function isBare(text: PageText | null): boolean {
  return text === null || text.left_out === text.length;
}

const TRIES = 5;

/** A text in a room of bytes; null where not even `MIN_TEXT` characters have room. */
function fitBytes(text: FittingText | null, whole: PageText | null, bytes: number): PageText | null {
  if (text === null || whole === null) return null;
  let used = bytesOf(whole);
  if (used <= bytes) return whole;
  let best: PageText | null = null;
  let room = whole.length - whole.left_out;
  // Characters take one byte, three or six, and not the same throughout a text, so that a room is guessed by the last one.
  for (let tries = 0; tries < TRIES && room > MIN_TEXT; tries += 1) {
    room = Math.max(MIN_TEXT, Math.floor((0.98 * room * bytes) / used));
    const fitted = text.fit(room);
    used = bytesOf(fitted);
    if (used <= bytes && (best === null || fitted.left_out < best.left_out)) best = fitted;
    if (used <= bytes && used >= 0.9 * bytes) break;
  }
  return best;
}

/** Bytes of a text in the page, and some that are the same for each. */
function bytesOf(text: PageText | null): number {
  return text === null ? 0 : dataBytes(text);
}
