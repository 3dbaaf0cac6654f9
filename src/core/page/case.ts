import type { Outcome } from '../asserts/finding.ts';
import type { Judge } from '../asserts/judgement.ts';
import type { Scalar } from '../requests/grading-keys.ts';
import type { LineName } from '../requests/line-name.ts';

/** One request and its result, as a page shows it. Texts are untrusted and as received. */
export interface PageCase<Text = string> {
  /** 0-based place in the order of the file. */
  readonly position: number;
  readonly id: string;
  /** The line of a request file that it was read from. */
  readonly source: LineName | null;
  readonly outcome: 'succeeded' | 'errored' | 'canceled' | 'expired' | 'missing';
  /** The model that answered; without an answer the requested model, if known. */
  readonly model: string | null;
  readonly stop_reason: string | null;
  /** Set for an answer without text and tool call. */
  readonly is_empty?: true;
  readonly tokens: PageTokens | null;
  /** Six decimals; null without a known price or an answer. */
  readonly usd: string | null;
  readonly error: { readonly type: string; readonly message: Text } | null;
  readonly prompt: readonly PagePart<Text>[] | null;
  /** Params besides messages and system prompt: token limit, tools and so on. */
  readonly parameters: Text | null;
  readonly answer: readonly PagePart<Text>[] | null;
  /** Set for an answer that an earlier run got: its batch, when that was created (RFC 3339), and its age in whole days when the run ended. */
  readonly reused?: { readonly batch_id: string; readonly answered_at: string; readonly age_days: number };
  /** Set for an answer of a case. */
  readonly grade?: PageGrade;
  /** What the baseline has for it. */
  readonly before?: PageBefore<Text>;
}

/** How an answer was graded, and the case that it is an answer of. Texts are short and on one line, and untrusted. */
export interface PageGrade {
  readonly case: {
    /** Without the suffix of a repetition. */
    readonly id: string;
    readonly outcome: Outcome;
    readonly change: 'broken' | 'fixed' | null;
    readonly required: boolean;
    readonly metadata: readonly (readonly [key: string, value: Scalar])[];
  };
  readonly outcome: Outcome;
  /** From 0 to 1; null if nothing is graded. */
  readonly score: number | null;
  readonly asserts: readonly PageAssert[];
  /** How many more there are. */
  readonly asserts_left_out: number;
  /** By metric, the mean score and whether an assert of it does not pass; those of sets included. */
  readonly metrics: readonly PageMetric[];
}

export interface PageAssert {
  readonly type: string;
  readonly metric: string | null;
  readonly outcome: Outcome;
  readonly score: number | null;
  readonly weight: number;
  /** Empty if reasons are kept back. */
  readonly reason: string;
  readonly judge: Judge | null;
  /** Of a set. */
  readonly asserts: readonly PageAssert[];
}

export interface PageMetric {
  readonly metric: string;
  /** Null if nothing of it is graded. */
  readonly score: number | null;
  readonly passes: boolean;
}

/** The answer that the baseline has to the same case. */
export interface PageBefore<Text = string> {
  readonly outcome: PageCase['outcome'];
  readonly model: string | null;
  readonly stop_reason: string | null;
  readonly error: PageCase<Text>['error'];
  /** Null if it has none, and where it is today's. */
  readonly answer: readonly PagePart<Text>[] | null;
  /** Set where it says to the letter what today's answer says. */
  readonly is_same?: true;
}

/** A block of a prompt or an answer. */
export interface PagePart<Text = string> {
  readonly kind: 'text' | 'citations' | 'thinking' | 'tool-call' | 'tool-result' | 'image' | 'other' | 'left-out';
  /** Who says it; none in an answer. */
  readonly role?: string;
  /** Of a tool call the tool, of other blocks their type. */
  readonly name?: string;
  /** Of a tool call its id, of a tool result that of its call. */
  readonly id?: string;
  /** Of an image a description. */
  readonly text: Text;
  /** The picture itself as a `data:` address, of a kind that every browser draws and that runs nothing. */
  readonly image?: string;
}

/** `input` is the uncached part; `cache_write` the sum of its lifetimes. */
export interface PageTokens {
  readonly input: number;
  readonly output: number;
  readonly cache_read: number;
  readonly cache_write: number;
}

/** A case as the page holds it for its script: texts are made safe to show, and cut where they are too long. */
export interface CaseRecord extends PageCase<PageText> {
  /** Whether this case has texts that its page has no room for. */
  readonly texts_left_out: boolean;
}

/** A text, or its head and tail with so many characters (UTF-16 units) left out between them. */
export interface PageText {
  readonly head: string;
  readonly left_out: number;
  /** Empty if nothing is left out. */
  readonly tail: string;
}
