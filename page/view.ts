import { outcomeWords } from '../src/core/messages/page-script.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { rankOf } from '../src/core/results/whole-answer.ts';
import { kindOf } from './outcome.ts';

/** Which cases are wanted, and in which order; empty texts mean all. */
export interface View {
  readonly search: string;
  /** `failing`, or the kind of an outcome. */
  readonly outcome: string;
  /** A name, or `NO_MODEL`. */
  readonly model: string;
  readonly order: string;
}

/** The view that a page opens with. */
export const FIRST_VIEW: View = { search: '', outcome: '', model: '', order: 'failures' };

/** For cases whose model is not known. No model on a page is named by a space. */
export const NO_MODEL = ' ';

/** Whether a case is in the view. Every word of the search must be somewhere in it, in upper or lower case. */
export function isWanted(found: CaseRecord, { search, outcome, model }: View): boolean {
  if (model !== '' && (found.model || NO_MODEL) !== model) return false;
  if (outcome === 'failing' ? rankOf(found) === 2 : outcome !== '' && kindOf(found) !== outcome) return false;
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const texts = textsOf(found).map((text) => text.toLowerCase());
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** What is searched: everything readable but the parameters, which are much the same in all cases. */
function textsOf(found: CaseRecord): string[] {
  const { id, model, stop_reason, outcome, error, prompt, answer } = found;
  const { name, short } = outcomeWords(kindOf(found));
  const cut = [error?.message, prompt, answer].flatMap((text) => [text?.head, text?.tail]);
  const texts = [id, model, stop_reason, outcome, name, short, error?.type, ...cut];
  return texts.filter((text) => text !== undefined && text !== null);
}

type Compare = (one: CaseRecord, other: CaseRecord) => number;

const byPosition: Compare = (one, other) => one.position - other.position;

/** The orders of `ORDER_NAMES`; cases that are equal stay in the order of the file. */
export const ORDERS: ReadonlyMap<string, Compare> = new Map([
  ['failures', (one, other) => rankOf(one) - rankOf(other) || byPosition(one, other)],
  ['file', byPosition],
  ['cost', (one, other) => costOf(other) - costOf(one) || byPosition(one, other)],
  ['tokens', (one, other) => tokensOf(other) - tokensOf(one) || byPosition(one, other)],
  ['id', (one, other) => IDS.compare(one.id, other.id) || byPosition(one, other)],
]);

/** `case-2` comes before `case-10`. */
const IDS = new Intl.Collator('en', { numeric: true });

function costOf({ usd }: CaseRecord): number {
  return usd === null ? -1 : Number(usd);
}

function tokensOf({ tokens }: CaseRecord): number {
  return tokens === null ? -1 : tokens.input + tokens.output + tokens.cache_read + tokens.cache_write;
}
