import { undatedModel } from '../text/model-name.ts';
import { parseUsdPerMillion } from '../text/money.ts';
import { type PriceRow, priceRows } from './table.ts';
import type { Rates } from './tokens.ts';

/** The prices a run calculates with: the `prices` input on top of the built-in table. */
export interface PriceBook {
  /** Newest price first, within one date the longest prompts first; the first that fits is the price. */
  readonly models: ReadonlyMap<string, readonly BookedPrice[]>;
}

export interface BookedPrice {
  /** Milliseconds since the epoch. */
  readonly fromMs: number;
  readonly abovePromptTokens: number;
  /** Whether inference kept in the US costs a tenth more. */
  readonly regional: boolean;
  readonly rates: Rates;
}

/**
 * Lays `overrides` (model id → rates outside a batch) over the built-in prices. An override replaces all prices of its model: no tier and
 * no date remains. The built-in model decides whether the US rate applies. An unknown model gets it, because every model with a region
 * option pays it and cost must not be understated.
 */
export function createPriceBook(overrides: ReadonlyMap<string, Rates> = new Map()): PriceBook {
  const rows = priceRows.flatMap((row) => row.models.map((model) => ({ model, ...book(row) })));
  const models = Map.groupBy(rows.sort(newestAndLongestFirst), ({ model }) => model);
  const given = [...overrides].map(([model, rates]): [string, readonly BookedPrice[]] => {
    const regional = find(models, model)?.[0]?.regional ?? true;
    return [model, [{ fromMs: Number.NEGATIVE_INFINITY, abovePromptTokens: -1, regional, rates }]];
  });
  return { models: new Map([...models, ...given]) };
}

/**
 * The price of a request to `model` in a batch created at `atMs` (since the epoch) whose prompt (input, cache reads and cache writes
 * together) has `promptTokens`. Undefined if unknown. Matches a model by its exact id or by its id plus `-YYYYMMDD`, never by a prefix:
 * `claude-sonnet-5-5` is not a `claude-sonnet-5`.
 */
export function ratesOf(
  prices: PriceBook,
  model: string,
  { atMs, promptTokens }: { readonly atMs: number; readonly promptTokens: number },
): { readonly rates: Rates; readonly regional: boolean } | undefined {
  return find(prices.models, model)?.find((price) => price.fromMs <= atMs && promptTokens > price.abovePromptTokens);
}

function find<T>(models: ReadonlyMap<string, T>, id: string): T | undefined {
  return models.get(id) ?? models.get(undatedModel(id));
}

function book(row: PriceRow): BookedPrice {
  const { input, cacheWrite5m, cacheWrite1h, cacheRead, output } = row.usd;
  const rate = (usd: string | undefined) => (usd === undefined ? undefined : parseUsdPerMillion(usd));
  return {
    fromMs: row.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(`${row.from}T00:00:00Z`),
    abovePromptTokens: row.abovePromptTokens ?? -1,
    regional: row.regional,
    rates: {
      input: rate(input),
      cacheWrite5m: rate(cacheWrite5m),
      cacheWrite1h: rate(cacheWrite1h),
      cacheRead: rate(cacheRead),
      output: rate(output),
    },
  };
}

function newestAndLongestFirst(a: BookedPrice, b: BookedPrice): number {
  return a.fromMs === b.fromMs ? b.abovePromptTokens - a.abovePromptTokens : b.fromMs > a.fromMs ? 1 : -1;
}
