import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Evaluation,
  type Pointer,
  parsePointer,
  pointerKey,
  printPointer,
} from '../../../src/core/record/pointer.ts';
import { anyText } from '../../any-text.ts';
import { FINGERPRINT } from './records.ts';

const pointer: Pointer = {
  fingerprint: FINGERPRINT,
  ids: ['msgbatch_01', 'msgbatch_02'],
  sha: 'f'.repeat(40),
  run: { id: 41, attempt: 1, nonce: 'n' },
  shared: false,
  judge: 'a'.repeat(64),
};
const text = (changed: Record<string, unknown>): string => JSON.stringify({ ...pointer, ...changed });

const evaluation: Evaluation = {
  pullRequest: 7,
  workflow: '.github/workflows/evals.yml',
  name: 'evals-0',
  job: 'evals',
  action: '__run',
  requests: ['a.jsonl'],
  params: [],
};

describe('pointerKey', () => {
  test('is the same for the same job, and safe as a key, whatever the names', () => {
    expect(pointerKey(evaluation)).toBe(pointerKey({ ...evaluation }));
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.string(), (pullRequest, workflow, name) => {
        expect(pointerKey({ ...evaluation, pullRequest, workflow, name })).toMatch(/^name-[0-9a-f]{32}$/);
      }),
    );
  });

  test('tells pull requests, workflow files, names, jobs, steps and callers with other requests or params apart', () => {
    const others: Partial<Evaluation>[] = [
      {},
      { pullRequest: 8 },
      { workflow: '.github/workflows/other.yml' },
      { name: 'evals-1' },
      { job: 'other' },
      { action: '__run_2' },
      { requests: ['b.jsonl'] },
      { requests: ['a.jsonl', 'b.jsonl'] },
      { params: [{ model: 'claude-haiku-4-5' }] },
      { workflow: 'Evals","evals-0', name: '' },
      { workflow: '', name: 'Evals","evals-0' },
    ];
    const keys = others.map((other) => pointerKey({ ...evaluation, ...other }));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('parsePointer', () => {
  test.each([
    pointer,
    { ...pointer, ids: [] },
    { ...pointer, sha: '' },
    { ...pointer, judge: undefined },
    { ...pointer, shared: true },
  ])('%j comes back as it was', (one) => {
    expect(parsePointer(printPointer(one))).toEqual(one);
  });

  test.each(['f'.repeat(900), 'main', '\u001b[31m', 'abcd\n'])(
    'other members are left behind, and a sha that is none: %j',
    (sha) => {
      expect(parsePointer(text({ more: 1, sha }))).toEqual({ ...pointer, sha: '' });
    },
  );

  test.each<[string, string]>([
    ['nothing', ''],
    ['half of it', text({}).slice(0, -5)],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['no fingerprint', text({ fingerprint: undefined })],
    ['a fingerprint of another form', text({ fingerprint: '../x' })],
    ['a short fingerprint', text({ fingerprint: 'a'.repeat(63) })],
    ['no ids', text({ ids: undefined })],
    ['ids in one text', text({ ids: 'msgbatch_01' })],
    ['something like a list', text({ ids: { length: 1, 0: 'msgbatch_01' } })],
    ['an id that leads elsewhere', text({ ids: ['msgbatch_01', '../../keys'] })],
    ['an id that is empty', text({ ids: [''] })],
    ['an id that is long', text({ ids: ['a'.repeat(501)] })],
    ['an id that is a number', text({ ids: [1] })],
    ['an id on two lines', text({ ids: ['a\n'] })],
    ['no sha', text({ sha: undefined })],
    ['no run', text({ run: undefined })],
    ['a run without a number', text({ run: { id: '41', attempt: 1, nonce: 'n' } })],
    ['no word on whether it is shared', text({ shared: undefined })],
    ['judgements of another form', text({ judge: '../x' })],
    ['a sha that is a number', text({ sha: 1 })],
    ['a bomb', '['.repeat(200_000)],
  ])('%s is no pointer', (_, bad) => {
    expect(parsePointer(bad)).toBeUndefined();
  });

  test('any text is a pointer in the right form or none, and never an error', () => {
    const members = fc.record({
      fingerprint: fc.jsonValue(),
      ids: fc.jsonValue(),
      sha: fc.jsonValue(),
      run: fc.jsonValue(),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(),
          members.map((one) => JSON.stringify(one)),
        ),
        (any) => {
          const found = parsePointer(any);
          return found === undefined || found.ids.every((id) => /^[A-Za-z0-9._:=+~-]{1,500}$/.test(id));
        },
      ),
    );
  });
});
