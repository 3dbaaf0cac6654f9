import { createPriceBook, ratesOf } from '../../src/core/cost/book.ts';
import type { Tokens } from '../../src/core/cost/tokens.ts';
import type { Accounts, FailureGroup, ModelAccount } from '../../src/core/results/accounts.ts';
import { retryOf } from '../../src/core/results/remedy.ts';
import { INCOMPLETE } from '../../src/core/results/whole-answer.ts';
import type { Batch } from '../../src/ports/api.ts';

/** When the batches of all samples were made. */
export const CREATED_AT = '2026-11-22T11:20:00.123456Z';

const PRICES = createPriceBook();

/** What came back, in short: answers by model with tokens per answer, and the failures. */
export interface Results {
  readonly answers: readonly {
    readonly model: string;
    readonly count: number;
    readonly input: number;
    readonly output: number;
  }[];
  readonly failures?: readonly FailureGroup[];
  /** Of the answers, by stop reason; the rest ended by itself. */
  readonly stopped?: Readonly<Record<string, number>>;
  readonly unbilledRefusals?: number;
  readonly cacheRead?: number;
}

/** Accounts as collecting them would give them, priced by the built-in table. */
export function accountsOf({
  answers,
  failures = [],
  stopped = {},
  unbilledRefusals = 0,
  cacheRead = 0,
}: Results): Accounts {
  const models = answers.map((answer) => modelAccountOf(answer, cacheRead)).sort((a, b) => Number(b.cost - a.cost));
  const sum = (of: (model: ModelAccount) => number) => models.reduce((total, model) => total + of(model), 0);
  const sumUp = (of: (model: ModelAccount) => bigint) => models.reduce((total, model) => total + of(model), 0n);
  const failed = (outcome: FailureGroup['outcome']) =>
    failures.filter((group) => group.outcome === outcome).reduce((total, { count }) => total + count, 0);
  const succeeded = sum((model) => model.succeeded);
  const counts = {
    succeeded,
    errored: failed('errored'),
    canceled: failed('canceled'),
    expired: failed('expired'),
    missing: failed('missing'),
  };
  const cut = Object.values(stopped).reduce((total, count) => total + count, 0);
  return {
    counts: { total: Object.values(counts).reduce((total, count) => total + count, 0), ...counts },
    tokens: {
      input: sum(({ tokens }) => tokens.input),
      output: sum(({ tokens }) => tokens.output),
      cacheRead: sum(({ tokens }) => tokens.cacheRead),
      cacheWrite5m: 0,
      cacheWrite1h: 0,
    },
    webSearches: 0,
    reused: { count: 0, cost: 0n, unpriced: 0, sources: [] },
    batchCosts: new Map(),
    stopReasons: new Map([['end_turn', succeeded - cut], ...Object.entries(stopped)]),
    incomplete: new Map(INCOMPLETE.map((reason) => [reason, stopped[reason] ?? 0])),
    incompleteExamples: new Map(
      INCOMPLETE.filter((reason) => stopped[reason] !== undefined).map((reason, index) => [
        reason,
        `math-00${index + 21}`,
      ]),
    ),
    cost: sumUp(({ cost }) => cost),
    standardCost: sumUp(({ standardCost }) => standardCost),
    cacheSaving: sumUp(({ cacheSaving }) => cacheSaving),
    unpriced: sum(({ unpriced }) => unpriced),
    codeExecutions: 0,
    unbilledRefusals,
    models,
    rounds: [],
    failures: [...failures].sort((a, b) => b.count - a.count),
    missingIds: [],
    uncounted: { unmatched: 0, repeated: 0, unreadable: 0 },
  };
}

function modelAccountOf(answer: Results['answers'][number], cacheRead: number): ModelAccount {
  const { model, count, input, output } = answer;
  const tokens = { input: input * count, output: output * count, cacheRead, cacheWrite5m: 0, cacheWrite1h: 0 };
  const standardCost = costOf(model, tokens);
  return {
    model,
    succeeded: count,
    tokens,
    cost: (standardCost ?? 0n) / 2n,
    standardCost: standardCost ?? 0n,
    cacheSaving:
      ((costOf(model, { ...tokens, input: tokens.input + cacheRead, cacheRead: 0 }) ?? 0n) - (standardCost ?? 0n)) / 2n,
    unpriced: standardCost === undefined ? count : 0,
  };
}

function costOf(model: string, tokens: Tokens): bigint | undefined {
  const found = ratesOf(PRICES, model, { atMs: Date.parse(CREATED_AT), promptTokens: 1_000 });
  if (found === undefined) return undefined;
  const { input, output, cacheRead } = found.rates;
  return (
    BigInt(tokens.input) * (input ?? 0n) +
    BigInt(tokens.output) * (output ?? 0n) +
    BigInt(tokens.cacheRead) * (cacheRead ?? 0n)
  );
}

/** A batch that has ended with these accounts. */
export function endedBatchOf({ counts }: Accounts, id = 'msgbatch_01Gf6kLmT2vXQnR8sYbWdE4A'): Batch {
  const { succeeded, errored, canceled, expired } = counts;
  return {
    id,
    status: 'ended',
    counts: { processing: 0, succeeded, errored, canceled, expired },
    createdAt: CREATED_AT,
    endedAt: '2026-11-22T11:27:12Z',
    expiresAt: '2026-11-23T11:20:00Z',
    archivedAt: null,
  };
}

/** Outcome, type, message, how many, and the first one's id. */
export type FailureRow = readonly [
  outcome: FailureGroup['outcome'],
  type: string | undefined,
  message: string | undefined,
  count: number,
  exampleId: string,
];

/** Groups of failures. */
export function failuresOf(...rows: readonly FailureRow[]): FailureGroup[] {
  return rows.map(([outcome, type, message, count, exampleId]) => {
    return { outcome, type, message, count, exampleId, retryable: retryOf({ outcome, type, message }) !== 'never' };
  });
}
