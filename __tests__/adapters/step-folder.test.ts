import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFiles } from '../../src/adapters/files.ts';

const ONE = '.claude-batch-11111111-1111-4111-8111-111111111111';
const TWO = '.claude-batch-22222222-2222-4222-8222-222222222222';

let results: string;

beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'claude-batch-step-folder-'));
});

afterEach(() => rmSync(results, { recursive: true, force: true }));

const files = createFiles('/');

function write(own: string, names: readonly string[], text = own): string {
  mkdirSync(join(results, own), { recursive: true });
  for (const name of names) writeFileSync(join(results, own, name), text);
  return join(results, own);
}

const textOf = (...path: string[]): string => readFileSync(join(results, ...path), 'utf8');

const WHOLE = ['summary.json', 'results.jsonl', 'requests.jsonl'];

test('the finished files replace those of an earlier step, others stay, and the rest is gone', async () => {
  write('.', ['mine.txt', 'summary.json', 'retry.jsonl'], 'old');
  const mark = await files.markOf(results);
  const own = write(ONE, [...WHOLE, '.body.json', 'report.md.partial']);
  expect(await files.settle(own, mark)).toBe(results);
  expect(readdirSync(results).sort()).toEqual([
    'mine.txt',
    'requests.jsonl',
    'results.jsonl',
    'retry.jsonl',
    'summary.json',
  ]);
  expect([textOf('summary.json'), textOf('mine.txt')]).toEqual([ONE, 'old']);
});

test('where a step that ran meanwhile was first, both keep their files', async () => {
  const mark = await files.markOf(results);
  const [one, two] = [write(ONE, WHOLE), write(TWO, [...WHOLE, '.body.json'])];
  expect(await files.settle(one, mark)).toBe(results);
  const kept = await files.settle(two, mark);
  expect([kept, readdirSync(kept).sort()]).toEqual([join(results, TWO.slice(1)), WHOLE.toSorted()]);
  expect(WHOLE.map((name) => textOf(name))).toEqual([ONE, ONE, ONE]);
  expect(textOf(TWO.slice(1), 'results.jsonl')).toBe(TWO);
});

test.each([1, 2, 3, 4, 5])('two that end at the same moment never mix: try %i', async () => {
  const mark = await files.markOf(results);
  const folders = await Promise.all([ONE, TWO].map((name) => files.settle(write(name, WHOLE), mark)));
  expect(folders.filter((folder) => folder === results)).toHaveLength(1);
  expect(folders.map((folder) => new Set(WHOLE.map((name) => readFileSync(join(folder, name), 'utf8'))))).toEqual([
    new Set([ONE]),
    new Set([TWO]),
  ]);
});

test('a step without files changes nothing', async () => {
  expect(await files.settle(join(results, 'absent', ONE), '')).toBe(join(results, 'absent'));
  write('.', ['summary.json'], 'old');
  expect(await files.settle(write(ONE, []), '')).toBe(results);
  expect(readdirSync(results)).toEqual(['summary.json']);
});

test('what a killed step left is removed once no job can be alive any more, and nothing of anybody else', async () => {
  const day = 86_400;
  const old = Date.now() / 1_000 - 8 * day;
  const third = '.claude-batch-33333333-3333-4333-8333-333333333333';
  for (const name of [TWO, TWO.slice(1), '.claude-batch-mine']) utimesSync(write(name, ['requests.jsonl']), old, old);
  utimesSync(write(third, ['requests.jsonl']), old + 2 * day, old + 2 * day);
  // The lock of a step that was killed while it moved its files.
  mkdirSync(join(results, '.claude-batch-moving'));
  await files.settle(write(ONE, WHOLE), undefined);
  expect([TWO, TWO.slice(1), '.claude-batch-mine', third].map((name) => existsSync(join(results, name)))).toEqual([
    ...[false, true, true, true],
  ]);
  expect(readdirSync(results)).not.toContain('.claude-batch-moving');
});
