import { expect, test } from '@jest/globals';
import { ASSERT_PROBLEMS } from '../../src/core/messages/assert-problems.ts';
import { INPUT_PROBLEMS } from '../../src/core/messages/input-problems.ts';
import { PARAMS_PROBLEMS } from '../../src/core/messages/params-problems.ts';
import { REQUEST_PROBLEMS } from '../../src/core/messages/request-problems.ts';
import { read } from './pages.ts';

test('the catalogue has every code of a problem, and no other', () => {
  const codes = Object.keys({ ...INPUT_PROBLEMS, ...PARAMS_PROBLEMS, ...REQUEST_PROBLEMS, ...ASSERT_PROBLEMS });
  const listed = Array.from(read('docs/problems.md').matchAll(/^\| `([a-z0-9-]+)` \|/gm), ([, code = '']) => code);
  expect(listed.toSorted()).toEqual(codes.toSorted());
});
