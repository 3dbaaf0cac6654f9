import { describe, expect, test } from '@jest/globals';
import { type PauseNote, parsePauseNote, pauseNumber, printPauseNote } from '../../../src/core/wake/pause-note.ts';

const NOTE: PauseNote = {
  schema: 1,
  batch_ids: ['msgbatch_1', 'msgbatch_2'],
  judge_batch_ids: ['msgbatch_3'],
  run_id: 5,
  attempt: 2,
  job: { id: 77, name: 'evals' },
  name: 'evals-0',
  until: '2026-12-21T10:00:00.000Z',
};

describe('notes', () => {
  test('are read as they were written', () => {
    expect(parsePauseNote(printPauseNote(NOTE))).toEqual(NOTE);
    const plain = { ...NOTE, judge_batch_ids: undefined, job: { id: null, name: 'evals' } };
    expect(parsePauseNote(printPauseNote(plain))).toEqual(plain);
  });

  test.each([
    ['wrkspc_1', 'wrkspc_1'],
    [undefined, undefined],
    ['a b', undefined],
    [5, undefined],
  ])('name the workspace of the batches, where it is %j, as %j', (written, workspace_id) => {
    const note = parsePauseNote(JSON.stringify({ ...NOTE, workspace_id: written }));
    expect(note).toEqual({ ...NOTE, workspace_id });
  });

  test('lose what a later version adds', () => {
    const more = { ...NOTE, job: { ...NOTE.job, more: 1 }, more: { deep: true } };
    expect(parsePauseNote(JSON.stringify(more))).toEqual(NOTE);
  });

  test('have names on one line', () => {
    expect(parsePauseNote(JSON.stringify({ ...NOTE, name: 'a\n::error::b' }))?.name).toBe('a ::error::b');
  });

  test.each<[string, object]>([
    ['of another schema', { schema: 2 }],
    ['without batches', { batch_ids: [], judge_batch_ids: [] }],
    ['with too many batches', { batch_ids: Array.from({ length: 201 }, (_, i) => `b${i}`) }],
    ['with an ID that is a path', { batch_ids: ['../models'] }],
    ['with an ID that is no text', { batch_ids: [5] }],
    ['with judge batches that are no list', { judge_batch_ids: 'msgbatch_1' }],
    ['with a run that is a text', { run_id: '5' }],
    ['with a run that is no whole number', { run_id: 5.5 }],
    ['without an attempt', { attempt: undefined }],
    ['with a job that is a list', { job: [] }],
    ['with a job ID that is a text', { job: { id: '77', name: 'evals' } }],
    ['with a time that is none', { until: 'tomorrow' }],
  ])('%s are refused', (_, wrong) => {
    expect(parsePauseNote(JSON.stringify({ ...NOTE, ...wrong }))).toBeUndefined();
  });

  test.each(['', 'null', '[]', '{', '{"schema":1}'])('%j is none', (text) => {
    expect(parsePauseNote(text)).toBeUndefined();
  });
});

test.each([
  ['claude-batch-paused-1', 1],
  ['claude-batch-paused-256', 256],
  ['claude-batch-paused-0', undefined],
  ['claude-batch-paused-01', undefined],
  ['claude-batch-paused-1000', undefined],
  ['claude-batch-paused-1-2', undefined],
  ['claude-batch-paused', undefined],
  ['x-claude-batch-paused-1', undefined],
])('the number of %s', (name, number) => {
  expect(pauseNumber(name)).toBe(number);
});
