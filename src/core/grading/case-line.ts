import type { Scalar } from '../requests/grading-keys.ts';

/**
 * What grading needs of a request with asserts, kept on disk in the order of the requests when the request files are read, so that
 * they are not read again. Only this process writes and reads it.
 */
export interface CaseLine extends CaseHead {
  /** Its own asserts as they are written; the default ones come before them. */
  readonly asserts: readonly unknown[];
}

interface CaseHead {
  /** Position of its first answer's request; the other answers follow. */
  readonly position: number;
  /** How many answers it gets (`repeats`). */
  readonly answers: number;
  /** Without the suffix of a repetition. */
  readonly customId: string;
  readonly threshold: number | undefined;
  readonly required: boolean;
  readonly metadata: readonly (readonly [string, Scalar])[];
  /** The model that is asked; empty where it is not known. */
  readonly model: string;
  /** Hex SHA-256 of the params as sent. */
  readonly requestDigest: string;
}

/** The same with each of its own asserts as a text: those of most lines are the same, and need not be read again. */
export interface StoredCase extends CaseHead {
  readonly asserts: readonly string[];
}

/** Without the line break. JSON has no tab between its parts. */
export function printCaseLine({ asserts, ...head }: CaseLine): string {
  return [head, ...asserts].map((part) => JSON.stringify(part)).join('\t');
}

export function readCaseLine(text: string): StoredCase {
  const [first = '', ...asserts] = text.split('\t');
  const head: CaseHead = JSON.parse(first);
  return { ...head, asserts };
}

export function parseCaseLine(text: string): CaseLine {
  const { asserts, ...head } = readCaseLine(text);
  return { ...head, asserts: asserts.map((one) => JSON.parse(one)) };
}
