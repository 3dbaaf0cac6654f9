import { FEMTO_PER_MICRO, type Femto } from '../text/money.ts';
import type { InputName } from './names.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';

const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1000;
const MAX_POLL_MS = 3600 * MS_PER_SECOND;
/** The longest that GitHub keeps an artifact, in private repositories of an enterprise. */
const MAX_RETENTION_DAYS = 400;

const MAX_ROUNDS = 10;

/** Nine digits before the point keep every product below 2^53. */
const DECIMAL = /^(?:\d{1,9}(?:\.\d+)?|\.\d+)$/;
const WHOLE = /^\d{1,9}$/;

/** `auto`, or minutes as milliseconds. */
export function parseWait(name: InputName, text: string): Parsed<number | 'auto'> {
  if (text === 'auto') return value('auto');
  if (DECIMAL.test(text)) return value(Math.round(Number(text) * MS_PER_MINUTE));
  return wrong(name, { code: 'input-minutes', value: clipValue(text) });
}

/** Seconds as milliseconds, more than nothing and at most an hour. */
export function parsePollInterval(name: InputName, text: string): Parsed<number> {
  const ms = DECIMAL.test(text) ? Math.round(Number(text) * MS_PER_SECOND) : 0;
  if (ms >= 1 && ms <= MAX_POLL_MS) return value(ms);
  return wrong(name, { code: 'input-seconds', value: clipValue(text), max: MAX_POLL_MS / MS_PER_SECOND });
}

/** `90`, `2.5` or `2.5%` as millionths of a percent, exactly. */
export function parsePercent(name: InputName, text: string): Parsed<number> {
  const given = clipValue(text);
  const [, number = '', sign] = /^(.*?)\s*(%?)$/s.exec(text) ?? [];
  if (!DECIMAL.test(number)) return wrong(name, { code: 'input-percent', value: given });
  const [whole = '', fraction = ''] = number.split('.');
  const decimals = fraction.replace(/0+$/, '');
  if (decimals.length > 6) return wrong(name, { code: 'input-decimals', value: given, max: 6 });
  const micro = Number(whole) * 1_000_000 + Number(decimals.padEnd(6, '0'));
  if (micro > 100_000_000) return wrong(name, { code: 'input-percent', value: given });
  if (sign === '' && micro > 0 && micro < 1_000_000) {
    return wrong(name, { code: 'input-ambiguous-percent', value: given, microPercent: micro });
  }
  return value(micro);
}

/** Dollars with at most six decimals, exactly, as femto-dollars; undefined where no amount is given. */
export function parseDollars(name: InputName, text: string): Parsed<Femto | undefined> {
  if (text === '') return value(undefined);
  if (!DECIMAL.test(text)) return wrong(name, { code: 'input-amount', value: clipValue(text) });
  const [whole = '', fraction = ''] = text.split('.');
  const decimals = fraction.replace(/0+$/, '');
  if (decimals.length > 6) return wrong(name, { code: 'input-decimals', value: clipValue(text), max: 6 });
  return value(BigInt(whole + decimals.padEnd(6, '0')) * FEMTO_PER_MICRO);
}

/** Whole days that GitHub keeps an artifact; 0 is the repository's default. */
export function parseRetention(name: InputName, text: string): Parsed<number> {
  return parseWhole(name, text, MAX_RETENTION_DAYS);
}

/** Rounds in which requests are sent again; more than ten would only repeat what does not pass. */
export function parseRounds(name: InputName, text: string): Parsed<number> {
  return parseWhole(name, text, MAX_ROUNDS);
}

function parseWhole(name: InputName, text: string, max: number): Parsed<number> {
  if (WHOLE.test(text) && Number(text) <= max) return value(Number(text));
  return wrong(name, { code: 'input-whole-number', value: clipValue(text), max });
}

/** The number of a pull request or issue; undefined where none is given. */
export function parseIssueNumber(name: InputName, text: string): Parsed<number | undefined> {
  if (text === '') return value(undefined);
  if (WHOLE.test(text) && Number(text) > 0) return value(Number(text));
  return wrong(name, { code: 'input-issue-number', value: clipValue(text) });
}
