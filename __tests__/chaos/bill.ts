import { failurePattern } from '../log-pattern.ts';

/** An answer, as far as it is billed. */
export interface Billed {
  readonly model: string;
  readonly usage: {
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly cache_read_input_tokens: number | null;
    readonly cache_creation: { ephemeral_5m_input_tokens: number; ephemeral_1h_input_tokens: number } | null;
  };
}

/** Millionths of a dollar per token in a batch, by model: half of the price list. */
const PRICES = new Map([
  ['claude-haiku-4-5-20251001', { input: 0.5, output: 2.5 }],
  ['claude-sonnet-4-6', { input: 1.5, output: 7.5 }],
]);

/** The cost of an answer in millionths of a dollar. */
export function costOfAnswer({ model, usage }: Billed): number {
  const price = PRICES.get(model);
  if (price === undefined) throw new Error(`The harness has no price for ${model}`);
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation } = usage;
  const [written5m, written1h] = [
    cache_creation?.ephemeral_5m_input_tokens ?? 0,
    cache_creation?.ephemeral_1h_input_tokens ?? 0,
  ];
  const input = input_tokens + 0.1 * (cache_read_input_tokens ?? 0) + 1.25 * written5m + 2 * written1h;
  return input * price.input + output_tokens * price.output;
}

/** Millionths of a dollar as the outputs have them. */
export function usd(micro: number): string {
  return (Math.floor(micro + 0.5) / 1e6).toFixed(6);
}

const unknown = {
  code: 'batch-unreachable',
  id: '…',
  why: 'not-found',
  reason: '',
  isResumed: true,
  isBesideOthers: false,
} as const;

/** The failure of a run whose batch the API does not know. */
export const BATCH_UNKNOWN = new RegExp(
  [
    { belongsTo: undefined, answeredBy: undefined },
    { belongsTo: '…', answeredBy: undefined },
    { belongsTo: '…', answeredBy: '…' },
  ]
    .map((workspaces) => failurePattern({ ...unknown, ...workspaces }).source)
    .join('|'),
);
