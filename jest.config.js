/** Runs on Node 24's own ES modules; swc only strips the types. */
export default {
  testEnvironment: '<rootDir>/__tests__/environment.js',
  testSequencer: '<rootDir>/__tests__/sequencer.js',
  // Ends what hangs, and no more: a busy machine may take twenty times as long as a quiet one.
  testTimeout: 300_000,
  // More than the cores of a small machine: tests of processes mostly wait.
  maxWorkers: 4,
  // On a busy machine an idle worker takes more than the half second after which jest complains of it.
  workerGracefulExitTimeout: 10_000,
  extensionsToTreatAsEsm: ['.ts'],
  setupFilesAfterEnv: ['<rootDir>/__tests__/quiet.ts'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2024', parser: { syntax: 'typescript', importAttributes: true } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
