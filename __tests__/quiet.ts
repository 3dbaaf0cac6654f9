import { afterAll } from '@jest/globals';

// `@actions/core` prints workflow commands such as `::debug::` into the output of whatever process it is used in. In a test
// they tell nobody anything. What processes of their own print stays with the tests that read it.

const { stdout } = process;
const write = stdout.write;

stdout.write = function (this: typeof stdout, ...given: unknown[]): boolean {
  const [text] = given;
  if (typeof text !== 'string' || !text.startsWith('::')) return Reflect.apply(write, stdout, given);
  const done = given.at(-1);
  if (typeof done === 'function') done();
  return true;
};

afterAll(() => {
  stdout.write = write;
});
