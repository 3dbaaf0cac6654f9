import type { TextPart } from './text-part.ts';

/** One request and what became of it, as a page shows it. Texts are foreign, and as they came. */
export interface PageCase {
  /** 0-based place in the order of the file. */
  readonly position: number;
  readonly id: string;
  readonly outcome: 'succeeded' | 'errored' | 'canceled' | 'expired' | 'missing';
  /** The one that answered; without an answer, the one that was asked, where that is known. */
  readonly model: string | null;
  readonly stop_reason: string | null;
  readonly tokens: PageTokens | null;
  /** Six decimals; null where no price is known or nothing was answered. */
  readonly usd: string | null;
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly prompt: string | readonly TextPart[] | null;
  /** What was asked beside messages and system prompt: token limit, tools and so on. */
  readonly parameters: readonly TextPart[] | null;
  readonly answer: string | readonly TextPart[] | null;
}

/** `input` is the uncached part; `cache_write` the sum of its lifetimes. */
export interface PageTokens {
  readonly input: number;
  readonly output: number;
  readonly cache_read: number;
  readonly cache_write: number;
}

/** A case as it stands in the page for the script: texts are fit to be shown, and cut where they are too long. */
export interface CaseRecord extends Omit<PageCase, 'prompt' | 'parameters' | 'answer' | 'error'> {
  /** `left_out`: characters of the message that are not shown, in UTF-16 units; 0 where it is whole. */
  readonly error: { readonly type: string; readonly message: string; readonly left_out: number } | null;
  readonly prompt: PageText | null;
  readonly parameters: PageText | null;
  readonly answer: PageText | null;
  /** The page has no room for the prompt and the answer of this case, which its content would have. */
  readonly texts_left_out: boolean;
}

/** A text that is fit to be shown. Where it is not whole, lines in it say where something is left out, and how much. */
export interface PageText {
  readonly text: string;
  /** Of the whole text, in UTF-16 units. */
  readonly length: number;
  /** How much of `length` is not shown; 0 where the text is whole. */
  readonly left_out: number;
  /** JSON in it was written otherwise and is indented here. */
  readonly indented: boolean;
}
