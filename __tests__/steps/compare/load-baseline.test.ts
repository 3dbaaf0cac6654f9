import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { parseMeasured } from '../../../src/core/comparison/measured.ts';
import { GitHubError } from '../../../src/ports/github.ts';
import { type ChosenForRun, chooseBaseline } from '../../../src/steps/compare/choose-baseline.ts';
import { type GradesOfBaseline, type LoadedBaseline, loadBaseline } from '../../../src/steps/compare/load-baseline.ts';
import type { Run } from '../../../src/steps/run/run.ts';
import { createFakes, type FakeRunArtifact, type Fakes } from '../../fakes/ports.ts';
import { begin, GRADES, gradesLine, leaveGrades } from './world.ts';

let fakes: Fakes;
beforeEach(() => {
  fakes = createFakes();
});

const saved = (name: string): string => readFileSync(new URL(`./saved/schema-1/${name}`, import.meta.url), 'utf8');
const RESULTS = saved('results.jsonl');
const JUDGE_RESULTS = saved('judge-results.jsonl');

async function choose(
  inputs: Readonly<Record<string, string>> = {},
): Promise<{ readonly run: Run; readonly chosen: ChosenForRun }> {
  const { run, store, requests } = await begin(fakes, inputs);
  const chosen = await chooseBaseline(run, store, requests);
  if (!chosen.ok) throw new Error('rejected');
  return { run, chosen: chosen.value };
}

async function load(inputs: Readonly<Record<string, string>> = {}): Promise<LoadedBaseline> {
  const { run, chosen } = await choose(inputs);
  return loadBaseline(run, chosen);
}

async function loaded(inputs: Readonly<Record<string, string>> = {}): Promise<GradesOfBaseline> {
  const baseline = await load(inputs);
  if (baseline.kind !== 'loaded') throw new Error(baseline.kind);
  return baseline;
}

const casesOf = async ({ cases }: GradesOfBaseline): Promise<string[]> =>
  (await Array.fromAsync(cases)).map(({ customId, outcome }) => `${customId} ${outcome}`);

const codes = () => fakes.log.messages.map(({ code }) => code);

test('none: the reason', async () => {
  expect(await load()).toEqual({ kind: 'none', why: { code: 'none-yet', branch: 'main' } });
});

describe('what this version wrote, for good', () => {
  function leaveSaved(): void {
    const parsed = parseMeasured(saved('measured.txt'));
    if (!parsed.ok) throw new Error(parsed.why);
    const answers = leaveAnswers(12, { id: 555, digest: 'cd'.repeat(32) });
    expect(parsed.measured.results).toMatchObject({ artifactId: answers.id, digest: answers.digest });
    leaveGrades(fakes, 12, {
      listed: {
        content: new Map([
          ['measured.json', saved('measured.txt')],
          ['grades.jsonl', saved('grades.jsonl')],
        ]),
      },
    });
  }

  test('the grades, as often as they are asked for', async () => {
    leaveSaved();
    const baseline = await loaded();
    const cases = ['refund-017 pass', 'refund-018 fail', 'refund-019 ungraded'];
    expect(await casesOf(baseline)).toEqual(cases);
    expect(await casesOf(baseline)).toEqual(cases);
    const [first] = await Array.fromAsync(baseline.cases);
    expect(first?.metadata).toEqual(
      new Map<string, unknown>([
        ['topic', 'refunds'],
        ['level', 2],
        ['live', true],
        ['owner', null],
      ]),
    );
    expect(first?.answers.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'fail']);
    expect(baseline.judge).toEqual({ model: 'claude-sonnet-5', prompt: 1 });
    expect(baseline.used).toEqual({
      runId: 12,
      ref: 'refs/heads/main',
      commit: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
      createdAt: '2026-11-21T10:00:00.000Z',
      ageDays: 1,
      isOld: false,
      model: 'claude-haiku-4-5',
      hasAnswers: true,
    });
  });

  test('its answers and judgements, as the API gave them', async () => {
    leaveSaved();
    const baseline = await loaded();
    const [line] = RESULTS.split('\n');
    expect(baseline.resultOf({ customId: 'refund-017-r1' })).toBe(line);
    expect(baseline.resultOf({ customId: 'refund-019-r1' })).toBeUndefined();
    const judgement = JUDGE_RESULTS.split('\n')[2] ?? '';
    expect(baseline.judgeResultOf(JSON.parse(judgement).custom_id)).toBe(judgement);
    expect(baseline.judgeResultOf('judge-other')).toBeUndefined();
    expect(fakes.files.disk.get(baseline.resultsPath ?? '')?.toString()).toBe(RESULTS);
    baseline.close();
  });
});

/** The results that a run stored. */
function leaveAnswers(runId: number, more: Partial<FakeRunArtifact> = {}): FakeRunArtifact {
  const artifact: FakeRunArtifact = {
    ...{ id: 555, name: 'claude-batch-evals-0', runId, branch: 'main', createdAtMs: fakes.clock.time },
    ...{ isExpired: false, isFromFork: false, bytes: 1_000, digest: 'cd'.repeat(32) },
    content: new Map([
      ['results.jsonl', RESULTS],
      ['judge-results.jsonl', JUDGE_RESULTS],
    ]),
    ...more,
  };
  fakes.runArtifactState.artifacts.push(artifact);
  return artifact;
}

test('a ref of any text is one short line', async () => {
  const ref = `refs/heads/${'x\n'.repeat(5_000)}`;
  leaveGrades(fakes, 12, { measured: { ref, pullRequest: 7 } });
  const { used } = await loaded({ baseline: 'run:12' });
  expect([used.ref.includes('\n'), used.ref.length < 400]).toEqual([false, true]);
});

test('grades that are gone from the disk since they were chosen', async () => {
  leaveGrades(fakes, 12);
  const { run, chosen } = await choose();
  fakes.files.disk.clear();
  expect(await loadBaseline(run, chosen)).toEqual({ kind: 'unreadable' });
  expect(codes()).toContain('baseline-not-read');
});

test('grades whose artifact is gone since they were chosen', async () => {
  leaveGrades(fakes, 12);
  const { run, chosen } = await choose();
  fakes.runArtifactState.artifacts.length = 0;
  expect(await loadBaseline(run, chosen)).toMatchObject({ kind: 'loaded', used: { runId: 12 } });
});

describe('answers of the baseline', () => {
  const results = { artifactId: 555, name: 'claude-batch-evals-0', digest: 'cd'.repeat(32) };

  test.each<[string, Partial<FakeRunArtifact> | undefined]>([
    ['are gone', undefined],
    ['are of another run', { runId: 13 }],
    ['are of a fork', { isFromFork: true }],
    ['have expired', { isExpired: true }],
    ['are too many', { bytes: 10_000_000_000 }],
    ['are none', { content: new Map([['summary.json', '{}']]) }],
  ])('that %s: the grades count all the same', async (_, more) => {
    leaveGrades(fakes, 12, { measured: { results } });
    if (more !== undefined) leaveAnswers(12, more);
    const baseline = await loaded();
    expect(await casesOf(baseline)).toEqual(['a pass', 'b fail']);
    expect([baseline.used.hasAnswers, baseline.resultsPath]).toEqual([false, undefined]);
    expect(baseline.resultOf({ customId: 'refund-017-r1' })).toBeUndefined();
    expect(codes()).toContain('baseline-answers-not-read');
  });

  test.each<[string, null | undefined]>([
    ['were not stored', null],
    ['are not named, as by an older version', undefined],
  ])('that %s', async (_, none) => {
    leaveGrades(fakes, 12, { measured: { results: none } });
    expect((await loaded()).used.hasAnswers).toBe(false);
    expect(codes()).not.toContain('baseline-answers-not-read');
  });

  test('without its judgements', async () => {
    leaveGrades(fakes, 12, { measured: { results } });
    leaveAnswers(12, { content: new Map([['results.jsonl', RESULTS]]) });
    const baseline = await loaded();
    expect(baseline.resultOf({ customId: 'refund-017-r1' })).toBeDefined();
    expect(baseline.judgeResultOf('judge-1')).toBeUndefined();
  });

  test('in lines of another form are found, and those without an ID are not', async () => {
    leaveGrades(fakes, 12, { measured: { results } });
    const lines = [
      '{ "result": {"type":"x"}, "custom_id": "a" }',
      'null',
      '{"custom_id":5}',
      '',
      '{"custom_id": "b",}',
    ];
    leaveAnswers(12, { content: new Map([['results.jsonl', lines.join('\r\n')]]) });
    const baseline = await loaded();
    expect(baseline.resultOf({ customId: 'a' })).toBe(lines[0]);
    expect(baseline.resultOf({ customId: 'b' })).toBe(lines[4]);
    expect(baseline.resultOf({ customId: '5' })).toBeUndefined();
  });
});

describe('files of the user', () => {
  const put = (name: string, content: string) => fakes.files.disk.set(`/w/old/${name}`, Buffer.from(content));

  test('a folder, with all that is in it', async () => {
    for (const name of ['grades.jsonl', 'results.jsonl', 'judge-results.jsonl']) put(name, saved(name));
    put('measured.json', saved('measured.txt'));
    const baseline = await loaded({ baseline: './old' });
    expect(await casesOf(baseline)).toEqual(['refund-017 pass', 'refund-018 fail', 'refund-019 ungraded']);
    expect(baseline.used).toMatchObject({ runId: undefined, ref: 'refs/heads/main', ageDays: 1, hasAnswers: true });
    expect(baseline.judge).toEqual({ model: 'claude-sonnet-5', prompt: 1 });
    expect(baseline.resultOf({ customId: 'refund-018-r3' })).toContain('refund-018-r3');
  });

  test('one file: what it does not say is empty, and what lies beside it is not of it', async () => {
    put('results.jsonl', RESULTS);
    put('grades.jsonl', saved('grades.jsonl'));
    const baseline = await loaded({ baseline: 'old/grades.jsonl' });
    const unknown = { runId: undefined, ref: '', commit: '', createdAt: '', ageDays: 0, isOld: false };
    expect(baseline.used).toEqual({ ...unknown, model: 'claude-haiku-4-5', hasAnswers: false });
    // Its grades name the judge.
    expect(baseline.judge).toEqual({ model: 'claude-sonnet-5', prompt: 1 });
  });

  test('edited by hand are taken on trust', async () => {
    put('grades.jsonl', `${JSON.stringify(gradesLine('a', false))}\n\n`);
    put('measured.json', saved('measured.txt'));
    expect(await casesOf(await loaded({ baseline: './old' }))).toEqual(['a fail']);
  });

  test('of a run that did not come to its end', async () => {
    put('grades.jsonl', GRADES);
    leaveGrades(fakes, 12, { measured: { complete: false } });
    const [artifact] = fakes.runArtifactState.artifacts;
    put('measured.json', String(artifact?.content.get('measured.json')));
    expect(await load({ baseline: './old' })).toEqual({ kind: 'incomplete' });
  });
});

test('a run that is stopped does not read on', async () => {
  const { id: artifactId, name, digest } = leaveAnswers(12);
  leaveGrades(fakes, 12, { measured: { results: { artifactId, name, digest } } });
  const { run, chosen } = await choose();
  fakes.runArtifactState.failOn('read', new GitHubError('unavailable', { code: 'quoted', text: 'gone' }));
  fakes.stopNow();
  await expect(loadBaseline(run, chosen)).rejects.toThrow('stopped');
});
