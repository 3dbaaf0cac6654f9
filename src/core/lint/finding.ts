import type { Problem } from '../../errors.ts';

/** Something about the params of a request that the API will refuse (`error`) or probably ignore or refuse (`warning`). */
export interface Finding extends Pick<Problem, 'code' | 'what' | 'cure'> {
  readonly level: 'error' | 'warning';
}

/** A JSON object, read by `value['key']`. */
export type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
