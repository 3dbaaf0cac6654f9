import { gradesArtifactName } from '../../../src/core/comparison/baseline.ts';
import { type Measured, printMeasured } from '../../../src/core/comparison/measured.ts';
import { createRequestStats } from '../../../src/core/estimate/request-stats.ts';
import type { GitHubContext } from '../../../src/core/inputs/context.ts';
import type { RequestSet } from '../../../src/core/intake/request-set.ts';
import { sha256 } from '../../../src/core/text/sha256.ts';
import { loadRecord } from '../../../src/steps/run/load-record.ts';
import type { RecordStore } from '../../../src/steps/run/record-store.ts';
import type { Run } from '../../../src/steps/run/run.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { MEASURED } from '../../core/comparison/cases.ts';
import type { FakeRunArtifact, Fakes } from '../../fakes/ports.ts';
import { inputsOf, runOf } from '../../fakes/step.ts';

export const WORKFLOW = '.github/workflows/ci.yml';
export const NAME = gradesArtifactName(WORKFLOW, 'evals-0');
const MAIN_SHA = '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432';

/** What a run on main measured, of the workflow and name of the runs here. */
export const ON_MAIN: Measured = { ...MEASURED, workflow: WORKFLOW, repository: 'octo/evals', cases: 2 };

/** Cases `a` and `b` with one answer each, which passed and failed. */
export const GRADES = ['a', 'b'].map((id) => `${JSON.stringify(gradesLine(id, id === 'a'))}\n`).join('');

export function gradesLine(id: string, pass: boolean) {
  const asserts = [{ type: 'contains', pass, score: Number(pass) }];
  const digests = { request_digest: 'aa'.repeat(32), asserts_digest: 'bb'.repeat(32) };
  const answers = [{ batch_id: 'msgbatch_old', custom_id: id, pass, score: Number(pass), asserts }];
  return { schema: 1, custom_id: id, pass, score: Number(pass), model: 'claude-haiku-4-5', ...digests, answers };
}

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Leaves the grades of a run, so many days before the runs here began. */
export function leaveGrades(
  fakes: Fakes,
  runId: number,
  more: {
    readonly measured?: Partial<Measured>;
    readonly listed?: Partial<FakeRunArtifact>;
    readonly ageDays?: number;
    readonly grades?: string;
    readonly spoil?: (text: string) => string;
  } = {},
): FakeRunArtifact {
  const { artifacts } = fakes.runArtifactState;
  const { ageDays = 1, grades = GRADES, spoil = (text) => text } = more;
  const createdAtMs = fakes.clock.time - ageDays * DAY_MS;
  const createdAt = new Date(createdAtMs).toISOString();
  const measured = { ...ON_MAIN, createdAt, run: { id: runId, attempt: 1 }, grades: sha256(grades), ...more.measured };
  const artifact: FakeRunArtifact = {
    ...{ id: 100 + artifacts.length, name: NAME, runId, branch: 'main', createdAtMs },
    ...{ isExpired: false, isFromFork: false, bytes: 1_000, digest: '' },
    content: new Map([
      ['measured.json', spoil(printMeasured(measured))],
      ['grades.jsonl', grades],
    ]),
    ...more.listed,
  };
  artifacts.push(artifact);
  return artifact;
}

/** A run of the fakes with cases. */
export interface Began {
  readonly run: Run;
  readonly store: RecordStore;
  readonly requests: RequestSet;
}

let runs = 0;

/** Begins a run as the pipeline does, up to the choice of the baseline. */
export async function begin(
  fakes: Fakes,
  inputs: Readonly<Record<string, string>> = {},
  context: GitHubContext = onPullRequest(),
): Promise<Began> {
  runs += 1;
  const runState = createRunState(fakes.clock.now(), `nonce-${runs}`);
  const run: Run = { ports: fakes, inputs: inputsOf(inputs), context, runState };
  const requests = requestsOf();
  const { store } = await loadRecord(run, requests);
  return { run, store, requests };
}

function requestsOf(): RequestSet {
  const lines = { path: '/r/lines', bytes: 0, sha256: 'ee'.repeat(32) };
  const cases = {
    path: '/r/.cases.jsonl',
    count: 2,
    defaultAsserts: [],
    schemaTexts: new Map(),
    hasRubrics: false,
    hasRequired: false,
  };
  const places = ['a', 'b'].map((_, line) => ({ file: 0, line: line + 1, offset: 0, length: 1 }));
  const ids = new Map([
    ['a', 0],
    ['b', 1],
  ]);
  const stats = createRequestStats();
  return { ids, places, files: [], stats, faults: [], lines, starts: [0, 1, 2], digests: undefined, cases };
}

const REPOSITORY = { default_branch: 'main' };

export function onPullRequest(
  env: Readonly<Record<string, string>> = {},
  { base = 'main', headRepository = 'octo/evals' } = {},
): GitHubContext {
  const head = { sha: 'c0ffee', ref: 'topic', repo: { full_name: headRepository } };
  const event = { pull_request: { number: 7, head, base: { ref: base } }, repository: REPOSITORY };
  return runOf({ GITHUB_REF: 'refs/pull/7/merge', GITHUB_HEAD_REF: 'topic', ...env }, event);
}

/** A run for another event, by default on main. */
export function on(
  name: string,
  {
    event = {},
    ref = 'refs/heads/main',
    env = {},
  }: { event?: object; ref?: string; env?: Record<string, string> } = {},
): GitHubContext {
  const all = { GITHUB_EVENT_NAME: name, GITHUB_REF: ref, GITHUB_SHA: MAIN_SHA, ...env };
  return runOf(all, { repository: REPOSITORY, ...event });
}
