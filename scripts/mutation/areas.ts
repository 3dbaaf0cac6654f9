/** A part of the source whose mutants are tested, and the tests that have to kill them. */
export interface Area {
  readonly name: string;
  readonly source: string;
  readonly tests: readonly string[];
}

const tables = (...folders: readonly string[]) => folders.map((name) => `__tests__/core/${name}/**/*.test.ts`);

// Leaves out tests that take seconds, such as those of 100,000 cases or of endless patterns.

/** What guards money, text and decisions, smallest first. */
export const AREAS: readonly Area[] = [
  {
    name: 'core/statistics',
    source: 'src/core/statistics/**/*.ts',
    tests: ['__tests__/core/statistics/{vectors,fraction}.test.ts', '__tests__/core/comparison/!(simulated).test.ts'],
  },
  { name: 'core/cost', source: 'src/core/cost/**/*.ts', tests: tables('cost') },
  { name: 'core/markdown/escape', source: 'src/core/markdown/escape.ts', tests: tables('markdown') },
  { name: 'core/results', source: 'src/core/results/**/*.ts', tests: tables('results', 'summary', 'endings') },
  { name: 'steps/send', source: 'src/steps/send/**/*.ts', tests: ['__tests__/steps/send/**/*.test.ts'] },
  { name: 'core/record', source: 'src/core/record/**/*.ts', tests: tables('record') },
  {
    name: 'core/asserts',
    source: 'src/core/asserts/**/*.ts',
    tests: ['__tests__/core/asserts/!(slow|fuzz).test.ts', ...tables('grading')],
  },
];
