import type { CaseRecord } from '../src/core/page/case.ts';
import { FACETS } from './facets.ts';
import { scoreOf, urgencyOf } from './grades.ts';

type Compare = (one: CaseRecord, other: CaseRecord) => number;

const byPosition: Compare = (one, other) => one.position - other.position;

/** `case-2` comes before `case-10`. */
const NAMES = new Intl.Collator('en', { numeric: true });

const COMPARES: readonly (readonly [string, Compare])[] = [
  ['failures', (one, other) => urgencyOf(one) - urgencyOf(other)],
  ['file', byPosition],
  ['id', (one, other) => NAMES.compare(one.id, other.id)],
  ['model', (one, other) => NAMES.compare(FACETS.model(one), FACETS.model(other))],
  ['cost', (one, other) => compareAmounts(other.usd, one.usd)],
  ['score', (one, other) => scoreOf(one) - scoreOf(other)],
  ['tokens', (one, other) => tokensOf(other) - tokensOf(one)],
];

/** By the names of `ORDER_NAMES`, each also reversed as `-name`; cases that are equal stay in the order of the file. */
export const ORDERS: ReadonlyMap<string, Compare> = new Map(
  COMPARES.flatMap(([name, compare]): [string, Compare][] => [
    [name, (one, other) => compare(one, other) || byPosition(one, other)],
    [`-${name}`, (one, other) => compare(other, one) || byPosition(one, other)],
  ]),
);

/** Decimals of any size, compared exactly; none is less than all. */
export function compareAmounts(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(other === null) - Number(one === null);
  const difference = scaled(one) - scaled(other);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

function scaled(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(PLACES, '0').slice(0, PLACES));
}

const PLACES = 18;

function tokensOf({ tokens }: CaseRecord): number {
  return tokens === null ? -1 : tokens.input + tokens.output + tokens.cache_read + tokens.cache_write;
}
