import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseRecord, parseRecords, whyUnreadable } from '../../../src/core/record/parse-record.ts';
import { UNKNOWN_SHA256 } from '../../../src/core/record/proved-batches.ts';
import { MAX_RECORD_BYTES, printRecord, type SavedRecord } from '../../../src/core/record/record.ts';
import { isBatchId } from '../../../src/core/text/batch-id.ts';
import { anyText } from '../../any-text.ts';
import { anyRecord, batchOf, FINGERPRINT, recordOf, reuseOf, roundOf, runOf, shardOf } from './records.ts';

/** A record with something in every place. */
const full: SavedRecord = recordOf({
  phase: 'deleted',
  rounds: [
    roundOf({
      intent: {
        at: '2026-11-22T11:19:59.5Z',
        newest: { id: 'msgbatch_00', createdAt: '2026-11-22T13:00:00+02:00' },
        nonce: 'n',
      },
      batch: batchOf('msgbatch_01', { adopted: true, stopped: 'left' }),
      rejected: ['msgbatch_x'],
    }),
    roundOf({ intent: null, batch: null }),
  ],
  reportedUsd: 1_234_568_000_000_000n,
  artifact: { runId: 41, id: 9, name: 'claude-batch-evals-0', digest: 'c'.repeat(64) },
  judge: { fingerprint: 'd'.repeat(64), model: 'claude-sonnet-4-5', prompt: 1 },
});

/** The text of the full record with one place changed; `undefined` takes the member away. */
function changed(path: string, value: unknown): string {
  const copy: unknown = JSON.parse(printRecord(full));
  const names = path.split('.');
  const last = names.pop() ?? '';
  let at = copy as Record<string, unknown>;
  for (const name of names) at = at[name] as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
  return JSON.stringify(copy);
}

/** Every place of the full record: its path and what stands there. */
function placesOf(value: unknown, path: readonly string[] = []): [path: string, value: unknown][] {
  const here: [string, unknown][] = path.length === 0 ? [] : [[path.join('.'), value]];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...path, name]))];
}
const PLACES = placesOf(JSON.parse(printRecord(full)));
const MEMBERS = PLACES.filter(([path]) => !/\.\d+$/.test(path));
const NULLABLE = /(?:^|\.)(?:pullRequest|intent|newest|batch|artifact|stopped|judge)$/;
/** Members that came later. */
const OPTIONAL: readonly string[] = ['judge'];

describe('parseRecord', () => {
  test('what a run saves comes back as it was', () => {
    expect(parseRecord(printRecord(full))).toEqual(full);
    expect(parseRecord(printRecord(full), FINGERPRINT)).toEqual(full);
    fc.assert(
      fc.property(anyRecord, (record) => expect(parseRecord(printRecord(record), record.fingerprint)).toEqual(record)),
    );
  });

  test('who submitted, and what runs compare with, is optional', () => {
    const submitter = { runId: 41, event: 'push', ref: 'refs/heads/main', repository: 'octo/evals' };
    const baselines = [{ runId: 41, key: 'd'.repeat(64), artifact: { runId: 12, id: 9 } }];
    const record = recordOf({ origin: { ...full.origin, submitter }, baselines });
    expect(parseRecord(printRecord(record))).toEqual(record);
    // No running batch is hidden because one of these cannot be read.
    const text = printRecord(record).replace('"event":"push"', '"event":5').replace('"id":9', '"id":"9"');
    expect(parseRecord(text)).toEqual(recordOf({ origin: full.origin }));
  });

  test.each<[unknown, string | undefined]>([
    ['wrkspc_01Ab', 'wrkspc_01Ab'],
    ['default', 'default'],
    [undefined, undefined],
    [null, undefined],
    [5, undefined],
    ['', undefined],
    ['wrkspc 1\n::error::x', undefined],
    ['w'.repeat(101), undefined],
  ])('the workspace of a batch, where it is %j, is read as %j and hides no batch', (written, workspaceId) => {
    const found = parseRecord(changed('rounds.0.shards.0.batch.workspaceId', written));
    expect(found?.rounds[0]?.shards[0]?.batch).toEqual({ ...full.rounds[0]?.shards[0]?.batch, workspaceId });
  });

  test.each([
    undefined,
    null,
    reuseOf(),
    reuseOf({ from: 'ABM=', sources: Array.from({ length: 20 }, (_, i) => `msgbatch_${i}`) }),
  ])('what takes earlier answers comes back as it was: %j', (reuse) => {
    const record = recordOf({ reuse });
    expect(parseRecord(printRecord(record))).toEqual(record);
    expect(parseRecord(printRecord(record))?.reuse).toEqual(reuse);
  });

  test('what takes earlier answers of 200,000 requests fits, and no more', () => {
    const record = (requestCount: number) =>
      recordOf({
        requestCount,
        reuse: reuseOf({
          bits: Buffer.alloc(Math.ceil(requestCount / 8), 1).toString('base64'),
          from: Buffer.alloc(requestCount, 1).toString('base64'),
          sources: ['msgbatch_90', 'msgbatch_91'],
        }),
      });
    expect(parseRecord(printRecord(record(200_000)))).toEqual(record(200_000));
    expect(Buffer.byteLength(printRecord(record(200_000)))).toBeLessThan(MAX_RECORD_BYTES / 3);
    expect(parseRecord(printRecord(record(200_001)))).toBeUndefined();
  });

  // Round 0 holds the other requests: without the split it would be taken for all of them.
  test.each<[string, unknown]>([
    ['a list', []],
    ['no bits', reuseOf({ bits: '' })],
    ['bits of nobody', reuseOf({ bits: 'AA==' })],
    ['bits of more requests', reuseOf({ bits: Buffer.of(0b110).toString('base64') })],
    ['a byte too many', reuseOf({ bits: Buffer.of(0b10, 0).toString('base64') })],
    ['base64 of another kind', reuseOf({ bits: 'Ag' })],
    ['places in one source', reuseOf({ from: 'AAA=' })],
    ['no places in two sources', reuseOf({ sources: ['msgbatch_90', 'msgbatch_91'] })],
    ['a place in a third of two sources', reuseOf({ from: 'AAI=', sources: ['msgbatch_90', 'msgbatch_91'] })],
    ['no source', reuseOf({ sources: [] })],
    ['a source twice', reuseOf({ sources: ['msgbatch_90', 'msgbatch_90'] })],
    ['a path as source', reuseOf({ sources: ['../models'] })],
    ['too many sources', reuseOf({ sources: Array.from({ length: 21 }, (_, i) => `msgbatch_${i}`) })],
    ['no time', reuseOf({ decidedAt: 'soon' })],
    ['members of a prototype', JSON.parse(`{"__proto__":${JSON.stringify(reuseOf())}}`)],
  ])('a record whose earlier answers are %s is none', (_, reuse) => {
    const text = JSON.stringify({ ...JSON.parse(printRecord(recordOf())), reuse });
    expect(parseRecord(text)).toBeUndefined();
    const inside = JSON.stringify({ ...JSON.parse(printRecord(recordOf())), unfinished: [JSON.parse(text)] });
    expect(parseRecord(inside)).toBeUndefined();
  });

  test.each<[member: string, value: string, isRead: boolean]>([
    ['event', '', true],
    ['event', 'pull_request', true],
    ['event', 'a'.repeat(50), true],
    ['event', 'a'.repeat(51), false],
    ['event', 'Push', false],
    ['event', '::push', false],
    ['event', 'push|', false],
    ['repository', '', true],
    ['repository', 'o-c.t_o/E.vals-1', true],
    ['repository', 'octo', false],
    ['repository', 'octo/evals/x', false],
    ['repository', '@octo/evals', false],
    ['repository', 'octo/evals ', false],
    ['repository', `${'a'.repeat(101)}/evals`, false],
  ])('who submitted with the %s %j is known: %s', (member, value, isRead) => {
    const submitter = { runId: 41, event: 'push', ref: 'refs/heads/main', repository: 'octo/evals', [member]: value };
    const read = parseRecord(printRecord(recordOf({ origin: { ...full.origin, submitter } })));
    expect(read?.origin.submitter).toEqual(isRead ? submitter : undefined);
    expect(read?.fingerprint).toBe(FINGERPRINT);
  });

  test.each(['2026-11-22T12:21:00+01:00', '2026-11-22T10:21:00.5-01:30', '2026-11-22T11:21:00.123456789012Z'])(
    'it may have been saved at %s',
    (savedAt) => {
      expect(parseRecord(printRecord(recordOf({ savedAt })))?.savedAt).toBe(savedAt);
    },
  );

  test('a batch whose requests nobody knows has a digest that can be read', () => {
    const record = recordOf({ rounds: [roundOf({ sha256: UNKNOWN_SHA256 })] });
    expect(parseRecord(printRecord(record))).toEqual(record);
  });

  test('a text of a hundred thousand characters is read', () => {
    const record = recordOf({ generation: 'x'.repeat(100_000) });
    expect(parseRecord(printRecord(record))).toEqual(record);
  });

  test('a long name of a section does not make the record unreadable', () => {
    const record = recordOf({ run: runOf({ name: '"\n'.repeat(5_000) }) });
    expect(parseRecord(printRecord(record))?.run.name).toMatch(/^(?:" ){149}"…$/);
  });

  test.each([
    'Sun, 22 Nov 2026 11:20:00 GMT',
    '2026-11-22t11:20:00z',
    '2026-11-22T11:20:00',
    '2026-11-22T11:20:00.123456789012345Z',
    '2026-11-22T11:20:00+0000',
    '2026-11-22',
    '',
  ])('a time that a gateway gives as %j comes back as it was', (createdAt) => {
    const newest = { id: 'msgbatch_00', createdAt };
    const intent = { at: '2026-11-22T11:19:59.000Z', newest, nonce: 'n' };
    const record = recordOf({ rounds: [roundOf({ intent, batch: batchOf('msgbatch_01', { createdAt }) })] });
    expect(parseRecord(printRecord(record))).toEqual(record);
  });

  test.each(['arn:aws:job', 'batch.1', 'YmF0Y2g=', 'a/b', 'a,b', 'a b', 'é', 'a?b', 'a'.repeat(500)])(
    'an id that a gateway gives as %s too',
    (id) => {
      const record = recordOf({ rounds: [roundOf({ batch: batchOf(id), rejected: [id] })] });
      expect(parseRecord(printRecord(record))).toEqual(record);
    },
  );

  const evil = '\u001b[31m\n<!-- claude-batch:name=x --> \u202e';
  test.each<[path: string, found: (record: SavedRecord) => string | undefined, expected: unknown]>([
    ['submittedSha', (record) => record.submittedSha, ''],
    ['run.name', (record) => record.run.name, expect.not.stringMatching(/[\p{Cc}\p{Cf}]/u)],
    ['artifact.name', (record) => record.artifact?.name, expect.not.stringMatching(/[\p{Cc}\p{Cf}]/u)],
    [
      'rounds.0.shards.0.batch.createdAt',
      (record) => record.rounds[0]?.shards[0]?.batch?.createdAt,
      expect.not.stringMatching(/[\p{Cc}\p{Cf}]/u),
    ],
  ])('%s is what it should be, or harmless', (path, found, expected) => {
    const record = parseRecord(changed(path, evil));
    expect(record && found(record)).toEqual(expected);
  });

  test('one that cannot be written again, because it is nested without end, is unreadable', () => {
    const depth = 300_000;
    const text = printRecord(full).replace(/\}\s*$/, `,"later":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(parseRecord(text, FINGERPRINT)).toBeUndefined();
    expect(whyUnreadable(text, FINGERPRINT)).toBe('unreadable');
  });

  test('what is printed is one line', () => {
    expect(printRecord(recordOf({ run: runOf({ name: 'a\nb\u2028c' }) }))).toMatch(/^[^\r\n]*\n$/);
  });

  test('a record of other requests is none', () => {
    expect(parseRecord(printRecord(full), 'b'.repeat(64))).toBeUndefined();
  });

  test.each([
    'later',
    '__proto__',
    'run.later',
    'runs.0.later',
    'origin.later',
    'rounds.0.later',
    'rounds.0.shards.0.later',
    'rounds.0.shards.0.intent.newest.later',
    'rounds.0.shards.0.batch.later',
    'artifact.later',
    'judge.later',
  ])('a member that this version does not know, as %s, is ignored and written again', (path) => {
    const text = changed(path, { phase: 'open' });
    const record = parseRecord(text);
    expect(record).toMatchObject(full);
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect(JSON.parse(printRecord(record ?? full))).toEqual(JSON.parse(text));
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['half of it', printRecord(full).slice(0, -20)],
    ['two of it', printRecord(full).repeat(2)],
    ['a byte order mark', `\uFEFF${printRecord(full)}`],
    ['null', 'null'],
    ['a number', '1'],
    ['a list', `[${printRecord(full)}]`],
    ['an empty object', '{}'],
    ['members of a prototype', `{"__proto__":${printRecord(full)}}`],
    ['no JSON', '<html>502 Bad Gateway</html>'],
    ['a bomb', '['.repeat(200_000)],
    ['a bomb in its place', printRecord(full).replace('"rounds":[', `"rounds":[${'['.repeat(100_000)}`)],
  ])('%s is no record', (_, text) => {
    expect(parseRecord(text)).toBeUndefined();
  });

  const needed = MEMBERS.filter(([path]) => !OPTIONAL.includes(path));
  test.each(needed.map(([path]) => path))('without %s it is no record', (path) => {
    expect(parseRecord(changed(path, undefined))).toBeUndefined();
  });

  test.each(OPTIONAL)('without %s it is one of an earlier release', (path) => {
    expect(parseRecord(changed(path, undefined))).toEqual({ ...full, [path]: null });
  });

  /** A value of each kind; a place that takes none but its own kind refuses all others. */
  const KINDS: readonly unknown[] = [null, true, 'text', '', -1, 1.5, 1e300, [], {}, [[]], { length: 1 }];
  const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);
  test.each(PLACES)('%s takes nothing of another kind than %j', (path, stands) => {
    for (const value of KINDS) {
      const isNone = value === null && NULLABLE.test(path);
      if (kindOf(value) === kindOf(stands) || isNone) continue;
      expect([value, parseRecord(changed(path, value))]).toEqual([value, undefined]);
    }
  });

  test.each<[string, unknown]>([
    ['schema', 2],
    ['schema', '1'],
    ['phase', 'Open'],
    ['rounds.0.shards.0.batch.stopped', 'Left'],
    ['phase', 'toString'],
    ['fingerprint', 'A'.repeat(64)],
    ['fingerprint', `${'a'.repeat(64)}\n`],
    ['fingerprint', `g${'a'.repeat(64)}`],
    ['fingerprint', '../a'],
    ['revision', -1],
    ['revision', 2 ** 53],
    ['requestCount', 0.5],
    ['run.id', -1],
    ['origin.pullRequest', '7'],
    ['run.name', 'x'.repeat(100_001)],
    ['submittedSha', 'x'.repeat(100_001)],
    ['runs.0.attempt', -1],
    ['reportedUsd', '1'],
    ['reportedUsd', '-1.000000'],
    ['reportedUsd', '1.0000000'],
    ['reportedUsd', `${'9'.repeat(13)}.000000`],
    ['reportedUsd', '1e3.000000'],
    ['savedAt', 'tomorrow'],
    ['savedAt', '2026'],
    ['savedAt', '2026-11-22'],
    ['savedAt', '2026-13-22T11:20:00Z'],
    ['savedAt', '2026-11-22T11:20:00Z (::error::boo)'],
    ['savedAt', '2026-11-22T11:20:00'],
    ['savedAt', '+002026-11-22T11:20:00Z'],
    ['savedAt', '2026-11-22T11:20:00 01:00'],
    ['rounds.0.shards.0.batch.createdAt', 1],
    ['rounds.0.shards.0.batch.id', ''],
    ['rounds.0.shards.0.batch.id', 'msgbatch_01/../../keys'],
    ['rounds.0.shards.0.batch.id', 'a\nb'],
    ['rounds.0.shards.0.batch.id', 'a'.repeat(501)],
    ['rounds.0.shards.0.batch.id', '..'],
    ['rounds.0.shards.0.batch.adopted', 0],
    ['rounds.0.shards.0.batch.stopped', 'false'],
    ['rounds.0.shards.0.rejected', ['a ']],
    ['rounds.0.shards.0.intent.newest.id', '\u202e'],
    ['rounds.0.shards.0.sha256', 'b'.repeat(63)],
    ['rounds.0.shards.0.count', -1],
    ['artifact.digest', 'sha256:abc'],
    ['artifact.digest', 'a'.repeat(65)],
    ['artifact.id', '9'],
  ])('%s is not %j', (path, value) => {
    expect(parseRecord(changed(path, value))).toBeUndefined();
  });

  test('a list has at most a thousand entries', () => {
    const runs = (length: number) =>
      changed(
        'runs',
        Array.from({ length }, () => ({ id: 1, attempt: 1 })),
      );
    expect([parseRecord(runs(1_000))?.runs.length, parseRecord(runs(1_001))]).toEqual([1_000, undefined]);
    expect(parseRecord(changed('rounds.0.shards', Array(20_000).fill(shardOf())))).toBeUndefined();
  });

  test('any text is a record in the right form or none, and never an error', () => {
    const texts = fc.oneof(
      anyText(),
      fc.json(),
      fc
        .tuple(fc.constantFrom(...PLACES.map(([path]) => path)), fc.jsonValue())
        .map(([path, value]) => changed(path, value)),
      fc
        .tuple(fc.nat(printRecord(full).length), anyText({ maxLength: 3 }))
        .map(([at, inserted]) => printRecord(full).slice(0, at) + inserted + printRecord(full).slice(at + 1)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const record = parseRecord(text);
        if (record === undefined) return;
        expect(parseRecord(printRecord(record))).toEqual(record);
        expect(Object.keys(record)).toEqual(expect.arrayContaining(Object.keys(full)));
        expect(record.fingerprint).toMatch(/^[0-9a-f]{64}$/);
        const batches = record.rounds.flatMap(({ shards }) =>
          shards.flatMap(({ batch, rejected }) => [batch?.id ?? 'none', ...rejected]),
        );
        expect(batches.filter((id) => !isBatchId(id))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('parseRecords', () => {
  const saved = (revision: number, minute: number) => recordOf({ revision, savedAt: `2026-11-22T11:${minute}:00Z` });

  test.each<[string, SavedRecord[], [number, string][]]>([
    [
      'the highest revision first',
      [saved(2, 30), saved(10, 20)],
      [
        [10, '20'],
        [2, '30'],
      ],
    ],
    [
      'of one revision the latest save',
      [saved(2, 20), saved(2, 30)],
      [
        [2, '30'],
        [2, '20'],
      ],
    ],
    [
      'of equal ones the one that was found first',
      [{ ...saved(2, 20), generation: 'x' }, saved(2, 20)],
      [
        [2, '20'],
        [2, '20'],
      ],
    ],
    ['none', [], []],
  ])('%s', (_, records, expected) => {
    const found = parseRecords(records.map(printRecord), FINGERPRINT);
    expect(found.map(({ revision, savedAt }) => [revision, savedAt.slice(14, 16)])).toEqual(expected);
    expect(found[0]?.generation).toBe(records.find(({ savedAt }) => savedAt === found[0]?.savedAt)?.generation);
  });

  test('what is no record of these requests is passed over', () => {
    const foreign = printRecord(recordOf({ fingerprint: 'b'.repeat(64) }));
    expect(parseRecords(['', foreign, printRecord(full), 'null'], FINGERPRINT)).toEqual([full]);
  });
});

describe('records inside a record', () => {
  const inner = recordOf({ generation: 'earlier', revision: 1 });
  const outer = recordOf({ generation: 'later', revision: 2, phase: 'collected', unfinished: [inner] });

  test('count as records of their own', () => {
    const found = parseRecords([printRecord(outer)], outer.fingerprint);
    expect(found.map(({ generation }) => generation)).toEqual(['later', 'earlier']);
  });

  test('hold none themselves, and none of other requests', () => {
    const deep = { ...inner, unfinished: [recordOf({ generation: 'earliest' })] };
    const foreign = recordOf({ fingerprint: 'b'.repeat(64), generation: 'foreign' });
    const found = parseRecords([printRecord({ ...outer, unfinished: [deep, foreign] })], outer.fingerprint);
    expect(found.map(({ generation }) => generation)).toEqual(['later', 'earlier']);
    expect(found[1]?.unfinished).toStrictEqual([]);
  });
});

test.each<[string, ReturnType<typeof whyUnreadable>]>([
  ['{"schema":1,"fingerprint":"f"}', 'unreadable'],
  ['{"schema":2,"fingerprint":"f"}', 'other-version'],
  ['{"schema":"2","fingerprint":"f"}', 'unreadable'],
  ['{"fingerprint":"f"}', 'unreadable'],
  ['{"schema":1,"fingerprint":"f","rou', 'unreadable'],
  ['', 'unreadable'],
  ['<html>', 'unreadable'],
  ['{"schema":2,"fingerprint":"g"}', 'foreign'],
  ['{}', 'foreign'],
  ['[]', 'foreign'],
  ['null', 'foreign'],
])('%s is %s', (text, expected) => {
  expect(whyUnreadable(text, 'f')).toBe(expected);
});
