import { expect, test } from '@jest/globals';
import { describeCauses } from '../../../src/core/text/causes.ts';

test.each<[string, unknown, string]>([
  ['an error', new Error('no'), 'no'],
  ['its causes', new Error('no', { cause: new Error('disk full') }), 'no: disk full'],
  ['a cause that the message has', new Error('no: disk full', { cause: new Error('disk full') }), 'no: disk full'],
  ['several errors', new AggregateError([new Error('a'), new Error('b')], ''), 'a, b'],
  ['a text', 'no', 'no'],
  ['nothing', undefined, 'unknown error'],
  ['anything else', { message: 'no' }, 'unknown error'],
  ['a body that a client quotes', new Error(`no - ${'<br>'.repeat(50_000)}`), `no - ${'<br>'.repeat(248)}<b…`],
])('%s', (_, error, expected) => {
  expect(describeCauses(error)).toBe(expected);
});
