import type { Femto } from '../text/money.ts';

/**
 * Anthropic's prices as data, in USD per million tokens outside a batch. Kept as text, so no price ever becomes a float. The API
 * publishes no prices, so every row names its source.
 */
export interface PriceRow {
  /** Ids without a date: `claude-haiku-4-5` also matches `claude-haiku-4-5-20251001`. */
  readonly models: readonly string[];
  /** First day, UTC, on which a batch is created at this price; absent: since the model came out. */
  readonly from?: string;
  /** Applies to requests whose prompt (input, cache reads and cache writes) is longer than this; absent: to all. */
  readonly abovePromptTokens?: number;
  /** Whether inference kept in the US costs a tenth more: models from 4.6 on. */
  readonly regional: boolean;
  readonly usd: {
    readonly input: string;
    /** The cache columns are absent if no source has them; such tokens are unpriced. */
    readonly cacheWrite5m?: string;
    readonly cacheWrite1h?: string;
    readonly cacheRead?: string;
    readonly output: string;
  };
  readonly source: string;
  /** Day on which the source was read. */
  readonly observed: string;
}

/** Day of the newest reading: later price changes are unknown here. */
export const pricesAsOf = '2026-11-28';

/** Existing models without a published price. They stay unpriced unless the `prices` input names them. */
export const modelsWithoutPrice: readonly string[] = ['claude-mythos-preview'];

/** Femto-dollars per search of the web search tool: $10 per 1,000. Neither a batch nor a region changes it. */
export const webSearchPrice: Femto = 10_000_000_000_000n;

const officialPage = 'official pricing page';
const officialModelPage = 'official model page';
const observed = '2026-11-22';

export const priceRows: readonly PriceRow[] = [
  {
    models: ['claude-fable-5-2'],
    from: '2026-11-09',
    regional: true,
    usd: { input: '8', cacheWrite5m: '10', cacheWrite1h: '16', cacheRead: '0.20', output: '40' },
    source: 'official release notes; cache columns from third-party tables',
    observed: '2026-11-28',
  },
  {
    models: ['claude-mythos-5-2'],
    regional: true,
    usd: { input: '8', output: '40' },
    source: 'official release notes, which name no price of the cache',
    observed: '2026-11-28',
  },
  {
    models: ['claude-fable-5-1', 'claude-mythos-5-1'],
    regional: true,
    usd: { input: '10', cacheWrite5m: '12.50', cacheWrite1h: '20', cacheRead: '0.25', output: '50' },
    source: officialPage,
    observed,
  },
  {
    models: ['claude-fable-5', 'claude-mythos-5'],
    regional: true,
    usd: { input: '10', cacheWrite5m: '12.50', cacheWrite1h: '20', cacheRead: '1', output: '50' },
    source: officialPage,
    observed,
  },
  {
    models: ['claude-opus-5-5'],
    regional: true,
    usd: { input: '4', cacheWrite5m: '5', cacheWrite1h: '8', cacheRead: '0.20', output: '20' },
    source: 'official pricing page; cache read from two price libraries',
    observed,
  },
  {
    models: ['claude-opus-5', 'claude-opus-4-8', 'claude-opus-4-7', 'claude-opus-4-6'],
    regional: true,
    usd: { input: '5', cacheWrite5m: '6.25', cacheWrite1h: '10', cacheRead: '0.50', output: '25' },
    source: officialPage,
    observed,
  },
  {
    models: ['claude-opus-4-5'],
    regional: false,
    usd: { input: '5', cacheWrite5m: '6.25', cacheWrite1h: '10', cacheRead: '0.50', output: '25' },
    source: officialPage,
    observed,
  },
  {
    models: ['claude-opus-4-1'],
    regional: false,
    usd: { input: '15', cacheWrite5m: '18.75', cacheWrite1h: '30', cacheRead: '1.50', output: '75' },
    source: officialPage,
    observed,
  },
  {
    models: ['claude-sonnet-5-5'],
    regional: true,
    usd: { input: '2', cacheWrite5m: '2.50', cacheWrite1h: '4', cacheRead: '0.20', output: '10' },
    source: 'official pricing page; cache read from four sources',
    observed,
  },
  {
    models: ['claude-sonnet-5-5'],
    from: '2026-10-07',
    regional: true,
    usd: { input: '2', cacheWrite5m: '2.50', cacheWrite1h: '4', cacheRead: '0.10', output: '10' },
    source: 'official pricing page; cache read from four sources',
    observed,
  },
  {
    models: ['claude-sonnet-5'],
    regional: true,
    usd: { input: '2', cacheWrite5m: '2.50', cacheWrite1h: '4', cacheRead: '0.20', output: '10' },
    source: officialPage,
    observed,
  },
  {
    models: ['claude-sonnet-4-6'],
    regional: true,
    usd: { input: '3', cacheWrite5m: '3.75', cacheWrite1h: '6', cacheRead: '0.30', output: '15' },
    source: officialPage,
    observed,
  },
  {
    models: ['claude-sonnet-4-5'],
    regional: false,
    usd: { input: '3', cacheWrite5m: '3.75', cacheWrite1h: '6', cacheRead: '0.30', output: '15' },
    source: officialPage,
    observed,
  },
  {
    models: ['claude-sonnet-4-5'],
    abovePromptTokens: 200_000,
    regional: false,
    usd: { input: '6', cacheWrite5m: '7.50', cacheWrite1h: '12', cacheRead: '0.60', output: '22.50' },
    source: 'official pricing page, an older state',
    observed,
  },
  {
    models: ['claude-haiku-5-5'],
    regional: true,
    usd: { input: '0.10', cacheWrite5m: '0.125', cacheWrite1h: '0.20', cacheRead: '0.01', output: '0.50' },
    source: officialModelPage,
    observed,
  },
  {
    models: ['claude-haiku-5-5'],
    abovePromptTokens: 100_000,
    regional: true,
    usd: { input: '0.50', cacheWrite5m: '0.625', cacheWrite1h: '1', cacheRead: '0.05', output: '2.50' },
    source: officialModelPage,
    observed,
  },
  {
    models: ['claude-haiku-4-5'],
    regional: false,
    usd: { input: '1', cacheWrite5m: '1.25', cacheWrite1h: '2', cacheRead: '0.10', output: '5' },
    source: officialPage,
    observed,
  },
];
