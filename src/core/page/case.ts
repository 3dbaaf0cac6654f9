import type { Outcome } from '../asserts/finding.ts';
import type { Judge } from '../asserts/judgement.ts';
import type { Scalar } from '../requests/grading-keys.ts';
import type { LineName } from '../requests/line-name.ts';

/** One request and its result, as a page shows it. Texts are untrusted and as received. */
export interface PageCase<Text = string> {
  /** 0-based position in the file. */
  readonly position: number;
  readonly id: string;
  /** The line of the request file it came from. */
  readonly source: LineName | null;
  readonly outcome: 'succeeded' | 'errored' | 'canceled' | 'expired' | 'missing';
  /** The model that answered; without an answer, the requested model if known. */
  readonly model: string | null;
  readonly stop_reason: string | null;
  /** Set for an answer with neither text nor tool call. */
  readonly is_empty?: true;
  readonly tokens: PageTokens | null;
  /** Six decimals; null without a known price or an answer. */
  readonly usd: string | null;
  readonly error: { readonly type: string; readonly message: Text } | null;
  readonly prompt: readonly PagePart<Text>[] | null;
  /** Params besides messages and system prompt: token limit, tools and so on. */
  readonly parameters: Text | null;
  readonly answer: readonly PagePart<Text>[] | null;
  /** Set for an answer from an earlier run: its batch, when that was created (RFC 3339), and its age in whole days at the end of this run. */
  readonly reused?: { readonly batch_id: string; readonly answered_at: string; readonly age_days: number };
  /** Set for an answer with grades. */
  readonly grade?: PageGrade;
  /** The baseline's answer to the same case. */
  readonly before?: PageBefore<Text>;
}

/** How an answer was graded, and its case. Texts are short, on one line, and untrusted. */
export interface PageGrade {
  readonly case: {
    /** Without the repeat suffix. */
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
  /** Number of further ones. */
  readonly asserts_left_out: number;
  /** The mean score of each metric, and whether one of its asserts does not pass, including those in sets. */
  readonly metrics: readonly PageMetric[];
}

export interface PageAssert {
  readonly type: string;
  readonly metric: string | null;
  readonly outcome: Outcome;
  readonly score: number | null;
  readonly weight: number;
  /** Empty if reasons are withheld. */
  readonly reason: string;
  readonly judge: Judge | null;
  /** For a set. */
  readonly asserts: readonly PageAssert[];
}

export interface PageMetric {
  readonly metric: string;
  /** Null if nothing of it is graded. */
  readonly score: number | null;
  readonly passes: boolean;
}

/** The baseline's answer to the same case. */
export interface PageBefore<Text = string> {
  readonly outcome: PageCase['outcome'];
  readonly model: string | null;
  readonly stop_reason: string | null;
  readonly error: PageCase<Text>['error'];
  /** Null if it has none, and if it equals today's. */
  readonly answer: readonly PagePart<Text>[] | null;
  /** Set if it says exactly what today's answer says. */
  readonly is_same?: true;
}

/** A block of a prompt or an answer. */
export interface PagePart<Text = string> {
  readonly kind: 'text' | 'citations' | 'thinking' | 'tool-call' | 'tool-result' | 'image' | 'other' | 'left-out';
  /** The speaker; absent in an answer. */
  readonly role?: string;
  /** For a tool call, the tool; for other blocks, their type. */
  readonly name?: string;
  /** For a tool call, its id; for a tool result, its call's id. */
  readonly id?: string;
  /** For an image, a description. */
  readonly text: Text;
  /** The picture as a `data:` URL, of a type that every browser displays and that cannot run code. */
  readonly image?: string;
}

/** `input` is the uncached part; `cache_write` the sum of its lifetimes. */
export interface PageTokens {
  readonly input: number;
  readonly output: number;
  readonly cache_read: number;
  readonly cache_write: number;
}

/** A case in the form the page stores for its script: texts are made safe to show, and cut if too long. */
export interface CaseRecord extends PageCase<PageText> {
  /** Whether the page had no room for some of this case's texts. */
  readonly texts_left_out: boolean;
}

/** A text, or its head and tail with this many characters (UTF-16 units) left out between them. */
export interface PageText {
  readonly head: string;
  readonly left_out: number;
  /** Empty if nothing is left out. */
  readonly tail: string;
}
