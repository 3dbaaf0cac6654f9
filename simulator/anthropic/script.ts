import type { Message, Usage } from '@anthropic-ai/sdk/resources/messages';
import type { Fields } from './fields.ts';
import { judgedOutcome, judges, type SimulatedJudge } from './judge.ts';
import type { WireError } from './wire-shapes.ts';

/** How one request ends. Parts that are left out follow from the request. */
export type ScriptedOutcome =
  | {
      readonly kind: 'succeeded';
      readonly text?: string;
      /** Instead of `text`: the content blocks as they are. */
      readonly content?: Message['content'];
      readonly stopReason?: NonNullable<Message['stop_reason']>;
      /** Overrides parts of the usage that follows from the request. */
      readonly usage?: Partial<Usage>;
      readonly model?: string;
    }
  | { readonly kind: 'errored'; readonly type: WireError['error']['type']; readonly message?: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'canceled' };

/** Faulty result lines, by custom id. */
export interface LineFaults {
  readonly omitted?: readonly string[];
  readonly repeated?: readonly string[];
  /** Cut in the middle, so that they are not JSON. */
  readonly unreadable?: readonly string[];
  /** Lines for ids the batch never had. */
  readonly foreign?: readonly string[];
}

/** How the simulated API behaves. A test may change any of it while the simulator runs. */
export interface AnthropicScript {
  /** From create to the natural end of a batch; `Infinity` leaves it to expire after 24 h. */
  endsAfterMs: number;
  /** Where set, the batch ends at this look (retrieve) instead. */
  endsAfterLooks: number | undefined;
  /** From the cancel call to the end. */
  cancelTakesMs: number;
  /** `retry-after` of a look at a running batch, in seconds; undefined sends none. */
  retryAfterSeconds: number | undefined;
  /** How many looks after create answer 404. */
  unseenLooks: number;
  /** How many times the results of an ended batch answer 404. */
  unseenResults: number;
  /** How long after its creation a batch is missing from lists. */
  unlistedMs: number;
  /** Origin of `results_url`; undefined is the one the client used. */
  resultsOrigin: string | undefined;
  /** Most bytes of a create; more is a 413 from the edge. */
  mostBatchBytes: number;
  /** Decides a request when its batch is created; undefined leaves it to the params. Faulty params win. */
  outcomeOf: ((customId: string, params: Fields, index: number) => ScriptedOutcome | undefined) | undefined;
  /** Answers requests for judgements that `outcomeOf` leaves. */
  judge: SimulatedJudge;
  /** Which requests were answered before a cancel or expiry cut the batch short; none by default. */
  answeredEarly: ((customId: string, index: number) => boolean) | undefined;
  lineFaults: LineFaults;
  /** Rewrites a batch's creation time, as a gateway may; undefined keeps the API's own form. */
  writeCreatedAt: ((ms: number, batchId: string) => string) | undefined;
  /** Gives a new batch another id than the API's own; undefined keeps that. */
  renameBatch: ((id: string) => string) | undefined;
}

/** The API on a normal day, but quick. */
export function normalDay(): AnthropicScript {
  return {
    endsAfterMs: 200,
    endsAfterLooks: undefined,
    cancelTakesMs: 50,
    retryAfterSeconds: 10,
    unseenLooks: 0,
    unseenResults: 0,
    unlistedMs: 0,
    resultsOrigin: undefined,
    mostBatchBytes: 256_000_000,
    outcomeOf: undefined,
    judge: judges.always('pass'),
    answeredEarly: undefined,
    lineFaults: {},
    writeCreatedAt: undefined,
    renameBatch: undefined,
  };
}

/** How the script ends a request; undefined leaves it to the params. */
export function scriptedOutcome(
  { outcomeOf, judge }: AnthropicScript,
  { customId, params, index }: { readonly customId: string; readonly params: Fields; readonly index: number },
): ScriptedOutcome | undefined {
  return outcomeOf?.(customId, params, index) ?? judgedOutcome(judge, customId, params);
}
