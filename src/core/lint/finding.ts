import type { Problem } from '../text/problem.ts';

/** Something about the params of a request that the API will refuse (`error`) or probably ignore or refuse (`warning`). */
export interface Finding extends Pick<Problem, 'code' | 'what' | 'cure'> {
  readonly level: 'error' | 'warning';
}
