/** Something the user can mend: what is wrong and what to write instead. Texts are plain, one line each, never a quote of request text. */
export interface Problem {
  /** Stable kebab-case name, for tests and the documentation. */
  readonly code: string;
  /** File as the user knows it (relative to the workspace, `/`-separated) and the 1-based line. */
  readonly where?: { readonly file: string; readonly line?: number };
  /** What is wrong, as a clause without a full stop: `custom_id holds a space`. */
  readonly what: string;
  /** What to do, as an imperative clause without a full stop: `use only A-Z a-z 0-9 _ -`. */
  readonly cure: string;
}

/** `file:line: what, cure`, the form every problem is printed in. */
export function describeProblem(problem: Problem): string {
  const { where } = problem;
  const place = where === undefined ? '' : `${where.file}${where.line === undefined ? '' : `:${where.line}`}: `;
  return `${place}${problem.what}; ${problem.cure}`;
}
