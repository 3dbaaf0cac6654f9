import type { Scalar } from '../requests/grading-keys.ts';

/**
 * What grading needs of a request with asserts, kept on disk in the order of the requests when the request files are read, so that
 * they are not read again. Only this process writes and reads it.
 */
export interface CaseLine {
  /** Position of its first answer's request; the other answers follow. */
  readonly position: number;
  /** How many answers it gets (`repeats`). */
  readonly answers: number;
  /** Without the suffix of a repetition. */
  readonly customId: string;
  /** Its own asserts as they are written; the default ones come before them. */
  readonly asserts: readonly unknown[];
  readonly threshold: number | undefined;
  readonly required: boolean;
  readonly metadata: readonly (readonly [string, Scalar])[];
  /** The model that is asked; empty where it is not known. */
  readonly model: string;
  /** Hex SHA-256 of the params as sent. */
  readonly requestDigest: string;
}

/** Without the line break. */
export function printCaseLine(of: CaseLine): string {
  return JSON.stringify(of);
}

export function parseCaseLine(text: string): CaseLine {
  const line: CaseLine = JSON.parse(text);
  return line;
}
