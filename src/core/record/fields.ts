import { isBatchId } from '../text/batch-id.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { isWorkspaceId } from '../text/workspace-id.ts';

/** Parses one value of a saved text; throws TypeError for any other form. */
export type Field<T> = (value: unknown) => T;

/** Reads an object by its own members, and keeps unnamed ones unchanged. */
export function object<T extends object>(fields: { readonly [Name in keyof T]-?: Field<T[Name]> }): Field<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value) => {
    if (typeof value !== 'object' || value === null) throw new TypeError('no object');
    const members = names.map((name) => [name, fields[name](Object.getOwnPropertyDescriptor(value, name)?.value)]);
    return { ...value, ...Object.fromEntries(members) };
  };
}

/** Longest list: a hundred million requests are a thousand batches. */
const MAX_LIST = 1_000;

export function listOf<T>(of: Field<T>): Field<T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > MAX_LIST) throw new TypeError('no list');
    return value.map(of);
  };
}

export function orNull<T>(of: Field<T>): Field<T | null> {
  return (value) => (value === null ? null : of(value));
}

/** A member that older versions do not write. */
export function optional<T>(of: Field<T>): Field<T | undefined> {
  return (value) => (value === undefined ? undefined : of(value));
}

/** A member that never invalidates a text: if it is unreadable, it counts as absent. */
export function ifReadable<T>(of: Field<T>): Field<T | undefined> {
  return (value) => {
    try {
      return of(value);
    } catch {
      return undefined;
    }
  };
}

export function oneOf<const T>(...values: readonly T[]): Field<T> {
  return (value) => {
    const found = values.find((one) => one === value);
    if (found === undefined) throw new TypeError('another word');
    return found;
  };
}

/** Longest text to keep as an API time, in characters. */
export const MAX_TIME = 100;

/** Longer than any name in a workflow, so that no run leaves a record that the next one cannot read. */
const MAX_TEXT = 100_000;

export function text(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_TEXT) throw new TypeError('no text');
  return value;
}

export function matching(form: RegExp): Field<string> {
  return (value) => {
    const found = text(value);
    if (!form.test(found)) throw new TypeError('another form');
    return found;
  };
}

/** A hex SHA-256. */
export const digest = matching(/^[0-9a-f]{64}$/);

/** An id becomes part of an API path, so its form is checked. */
export function batchId(value: unknown): string {
  const found = text(value);
  if (!isBatchId(found)) throw new TypeError('no id');
  return found;
}

/** Only shown to people, never sent anywhere. */
export function workspaceId(value: unknown): string {
  const found = text(value);
  if (!isWorkspaceId(found)) throw new TypeError('no id');
  return found;
}

/** A text for people: one line without control characters, cut at `maxLength`. */
export function line(maxLength: number): Field<string> {
  return (value) => toPlainLine(text(value), maxLength);
}

/** A commit's SHA; empty for any other text. */
export function sha(value: unknown): string {
  const found = text(value);
  return /^[0-9a-f]{4,64}$/i.test(found) ? found : '';
}

/** A time as the API or a gateway wrote it; `parseTime` tells whether it is readable. */
export const foreignTime = line(MAX_TIME);

const rfc3339 = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?(?:Z|[+-]\d\d:\d\d)$/);

/** RFC 3339: `Date.parse` alone takes any text in parentheses. */
export function time(value: unknown): string {
  const found = rfc3339(value);
  if (Number.isNaN(Date.parse(found))) throw new TypeError('no time');
  return found;
}

export function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new TypeError('no count');
  return value;
}
