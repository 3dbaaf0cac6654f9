import { describe, expect, test } from '@jest/globals';
import { inWorkspace, whereaboutsOf, workspaceElsewhere } from '../../../src/core/record/whereabouts.ts';
import { batchOf, recordOf, roundOf } from './records.ts';

const record = recordOf({
  rounds: [
    roundOf({ batch: batchOf('b1', { workspaceId: 'wrkspc_A' }) }),
    roundOf({ batch: null }, { batch: batchOf('b2') }),
  ],
});

describe('a batch that is not found', () => {
  test.each([
    ['b1', record, 'wrkspc_B', { belongsTo: 'wrkspc_A', answeredBy: 'wrkspc_B' }],
    ['b1', record, undefined, { belongsTo: 'wrkspc_A', answeredBy: undefined }],
    ['b2', record, 'wrkspc_B', { belongsTo: undefined, answeredBy: 'wrkspc_B' }],
    ['b3', record, 'wrkspc_B', { belongsTo: undefined, answeredBy: 'wrkspc_B' }],
    ['b1', undefined, 'wrkspc_B', { belongsTo: undefined, answeredBy: 'wrkspc_B' }],
  ])('%s: %#', (id, of, workspaceId, expected) => {
    expect(whereaboutsOf(id, of, { workspaceId })).toEqual(expected);
  });

  test.each([
    ['in another workspace', 'wrkspc_A', 404, 'wrkspc_B', 'wrkspc_A'],
    ['in its own', 'wrkspc_A', 404, 'wrkspc_A', undefined],
    ['nobody says where', 'wrkspc_A', 404, undefined, undefined],
    ['of no known workspace', undefined, 404, 'wrkspc_B', undefined],
    ['for another reason', 'wrkspc_A', 403, 'wrkspc_B', undefined],
  ])('%s', (_, belongsTo, status, workspaceId, expected) => {
    expect(workspaceElsewhere(belongsTo, { status, workspaceId })).toBe(expected);
  });
});

test('the first workspace that is named of a batch stays', () => {
  expect(inWorkspace(batchOf('b1'), undefined)).toEqual(batchOf('b1'));
  const inA = batchOf('b1', { workspaceId: 'wrkspc_A' });
  expect(inWorkspace(batchOf('b1'), 'wrkspc_A')).toEqual(inA);
  expect(inWorkspace(inA, 'wrkspc_B')).toEqual(inA);
});
