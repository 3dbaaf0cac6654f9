// What a test gets for `@jest/globals` where mutants are tested: jest's own `expect`, and tests that stay loaded.
export { jestExpect as expect } from '@jest/expect';
export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from './test-file.ts';
