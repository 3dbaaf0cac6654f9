import { expect, test } from '@jest/globals';
import type { Outcome } from '../../../src/core/endings/outcome.ts';
import { worsen } from '../../../src/core/endings/worsen.ts';
import { pending } from '../summary/samples.ts';

const left = (failure: string | undefined): Outcome => ({ ...pending, failure }) as Outcome;

test.each<[string, Outcome, object]>([
  ['a good ending', left(undefined), { status: 'pending', failure: 'Disk full. Go on.' }],
  ['a bad one', left('Too many.'), { status: 'pending', failure: 'Too many. Disk full. Go on.' }],
  ['one that says how to go on', left('Too many. Go on.'), { failure: 'Too many. Disk full. Go on.' }],
  ['one that says it in between', left('Too many. Go on. Or not.'), { failure: 'Too many. Go on. Or not. Disk full.' }],
  ['nothing to do', { status: 'empty', patterns: [], loud: false }, { status: 'failed', failure: 'Disk full. Go on.' }],
  ['skipped', { status: 'skipped', why: 'fork' }, { status: 'failed', failure: 'Disk full. Go on.' }],
  [
    'wrong input',
    { status: 'rejected', problems: [{ code: 'no-api-key' }] },
    { status: 'rejected', problems: [{ code: 'no-api-key' }, { code: 'not-reported', reason: 'Disk full' }] },
  ],
])('%s gets one more reason to fail', (_, outcome, expected) => {
  expect(worsen(outcome, 'Disk full.', 'Go on.')).toMatchObject(expected);
});
