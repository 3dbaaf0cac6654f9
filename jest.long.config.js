import { readdirSync, readFileSync } from 'node:fs';
import config from './jest.config.js';

/** The heavy tests in full: every file that imports `__tests__/effort.ts`. */
process.env['TEST_EFFORT'] = 'full';
const tests = new URL('__tests__/', import.meta.url);
const files = readdirSync(tests, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.test.ts') && /\/effort\.ts'/.test(readFileSync(new URL(name, tests), 'utf8')));

export default {
  ...config,
  testTimeout: 600_000,
  testMatch: files.map((name) => `<rootDir>/__tests__/${name}`),
};
