import config from './jest.config.js';

/** The tests that need a Chromium. They have names of their own, so that `npm test` passes them over. */
export default {
  ...config,
  // One file at a time: they measure as well.
  maxWorkers: 1,
  globalSetup: '<rootDir>/__tests__/browser/setup.ts',
  testMatch: ['<rootDir>/__tests__/browser/**/*.browser.ts'],
};
