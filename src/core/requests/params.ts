import type { Problem } from '../text/problem.ts';

/** What a request asks for, as parsed JSON. A name may be any text, `__proto__` included. */
export type Params = Readonly<Record<string, unknown>>;

/** A problem of a line, to which the reader adds file and number. */
export type LineProblem = Omit<Problem, 'where'>;
