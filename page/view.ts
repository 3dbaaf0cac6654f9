import { outcomeWords } from '../src/core/messages/page-script.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { rankOf } from '../src/core/results/whole-answer.ts';
import { undatedModel } from '../src/core/text/model-name.ts';
import { kindOf } from './outcome.ts';
import { textsOf } from './texts.ts';

/** Which cases are wanted, and in which order; empty texts mean all. */
export interface View {
  readonly search: string;
  /** `failing`, `unanswered`, or the kind of an outcome. */
  readonly outcome: string;
  /** A stop reason or a type of error, or `NONE`. */
  readonly stop: string;
  /** A name without date, or `NONE`. */
  readonly model: string;
  readonly order: string;
}

/** The view that a page opens with. */
export const FIRST_VIEW: View = { search: '', outcome: '', stop: '', model: '', order: 'failures' };

/** For cases without a model or a stop reason. None on a page is named by a space. */
export const NONE = ' ';

/** What a case is filtered by, besides its outcome. */
export const FACETS = {
  stop: ({ stop_reason, error }: CaseRecord): string => stop_reason || error?.type || NONE,
  model: ({ model }: CaseRecord): string => undatedModel(model ?? '') || NONE,
} as const;

/** Outcomes that are several kinds. */
export const OUTCOME_GROUPS: ReadonlyMap<string, (found: CaseRecord) => boolean> = new Map([
  ['failing', (found) => rankOf(found) < 2],
  ['unanswered', (found) => rankOf(found) === 0],
]);

/** Whether a case is in the view. Every word of the search must be somewhere in it, in upper or lower case. */
export function isWanted(found: CaseRecord, { search, outcome, stop, model }: View): boolean {
  if (model !== '' && FACETS.model(found) !== model) return false;
  if (stop !== '' && FACETS.stop(found) !== stop) return false;
  if (outcome !== '' && !hasOutcome(found, outcome)) return false;
  const words = wordsOf(search);
  if (words.length === 0) return true;
  const texts = searchedTexts(found).map((text) => text.toLowerCase());
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** The words of a search, in lower case. */
export function wordsOf(search: string): readonly string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function hasOutcome(found: CaseRecord, outcome: string): boolean {
  return OUTCOME_GROUPS.get(outcome)?.(found) ?? kindOf(found) === outcome;
}

/** What is searched: everything readable but the parameters, which are much the same in all cases. */
function searchedTexts(found: CaseRecord): string[] {
  const { id, model, stop_reason, outcome, error, source } = found;
  const { name, short } = outcomeWords(kindOf(found));
  const cut = textsOf(found).flatMap(({ head, tail }) => [head, tail]);
  const texts = [id, model, stop_reason, outcome, name, short, error?.type, source?.file, ...cut];
  return texts.filter((text) => text !== undefined && text !== null);
}
