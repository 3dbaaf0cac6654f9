import { readFileSync } from 'node:fs';
import { outcomeAt, type StoredBatch } from '../anthropic/batch-life.ts';
import type { RunResult } from '../runner.ts';
import { IDS, type Scenario } from './scenarios.ts';
import type { Scene } from './scene.ts';

/** The bodies of all batches that were made, by their digests: one for each shard and round. */
export function bodiesOf({ made }: Scene): string[] {
  return made.map(({ bodySha256 }) => bodySha256).sort();
}

/**
 * What is wrong after the last run, in sentences; none if all is well. `bodies` are those of an uninterrupted run: exactly
 * these must have been sent, each once.
 */
export function findProblems(scene: Scene, scenario: Scenario, last: RunResult, bodies: readonly string[]): string[] {
  const { simulator } = scene;
  const [status, source] = [last.outputs.get('status'), last.outputs.get('batch-source')];
  return [
    ...(last.conclusion === 'success' && status === 'completed'
      ? []
      : [`the last run ended ${last.conclusion}, ${status}`]),
    ...(source === 'none' ? ['the last run says that there is no batch'] : []),
    ...findDoubles(scene),
    ...(scenario.stopsBatches ? [] : findOtherBodies(scene, bodies)),
    ...findUnanswered(scene),
    ...findBadResults(last.outputs.get('results-file')),
    ...(scenario.rubric === undefined ? [] : findBadGrades(last)),
    ...findBadComments(scene, scenario),
    ...findMissingArtifact(scene, scenario, last),
    ...(scenario.inputs['delete-batch'] === 'true' && simulator.anthropic.batches.size > 0
      ? [`${simulator.anthropic.batches.size} batches were not deleted`]
      : []),
    ...[...simulator.errors, ...simulator.github.errors].map((error) => `the simulator failed: ${String(error)}`),
  ];
}

/** The same body sent again although the batch that holds it was not stopped: paid twice. */
export function findDoubles({ made }: Scene): string[] {
  const alive = new Map<string, StoredBatch>();
  const problems: string[] = [];
  for (const batch of made) {
    const before = alive.get(batch.bodySha256);
    if (before !== undefined && before.cancelledAtMs === undefined)
      problems.push(`${before.id} and ${batch.id} hold the same requests`);
    alive.set(batch.bodySha256, batch);
  }
  return problems;
}

function findOtherBodies(scene: Scene, bodies: readonly string[]): string[] {
  const sent = bodiesOf(scene);
  if (sent.join() === bodies.join()) return [];
  const sizes = scene.made.map(({ requests }) => requests.length).join(', ');
  return [`${sent.length} batches of ${sizes} requests instead of the ${bodies.length} of an undisturbed run`];
}

/** Every request is answered once over all batches: less is lost, more is paid twice. */
function findUnanswered({ made, simulator }: Scene): string[] {
  const { script } = simulator.anthropic;
  const answers = new Map(IDS.map((id) => [id, 0]));
  for (const batch of made) {
    for (const [index, { customId }] of batch.requests.entries()) {
      if (batch.end === undefined || outcomeAt(batch, index, script).kind !== 'succeeded') continue;
      answers.set(customId, (answers.get(customId) ?? 0) + 1);
    }
  }
  return [...answers].flatMap(([id, times]) => (times === 1 ? [] : [`${id} was answered ${times} times`]));
}

/** All lines, succeeded, in the order of the request file. */
function findBadResults(path: string | undefined): string[] {
  if (path === undefined) return ['there is no results.jsonl'];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const found = lines.map((line) => JSON.parse(line) as { custom_id: string; result: { type: string } });
  const said = found.map(({ custom_id, result }) => `${custom_id} ${result.type}`).join(', ');
  const wanted = IDS.map((id) => `${id} succeeded`).join(', ');
  return said === wanted ? [] : [`results.jsonl holds ${said || 'nothing'}`];
}

/** Every case passes, and there is one batch of judgements. */
function findBadGrades({ outputs }: RunResult): string[] {
  const path = outputs.get('grades-file');
  if (path === undefined) return ['there is no grades.jsonl'];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const passes = lines.map((line) => (JSON.parse(line) as { pass: unknown }).pass);
  const judges = (outputs.get('judge-batch-id') ?? '').split(',').filter(Boolean);
  return [
    ...(passes.join() === IDS.map(() => true).join() ? [] : [`grades.jsonl says ${passes.join(', ') || 'nothing'}`]),
    ...(judges.length === 1 ? [] : [`${judges.length} batches judged the answers instead of 1`]),
  ];
}

function findBadComments({ simulator }: Scene, { onPullRequest }: Scenario): string[] {
  const { comments } = simulator.repository;
  const wanted = onPullRequest ? 1 : 0;
  if (comments.length !== wanted) return [`there are ${comments.length} comments instead of ${wanted}`];
  return comments.some(({ body }) => body.includes('is waiting')) ? ['the comment still says that it is waiting'] : [];
}

function findMissingArtifact({ simulator }: Scene, { inputs }: Scenario, last: RunResult): string[] {
  if (inputs['artifact-name'] === '') return [];
  const id = Number(last.outputs.get('artifact-id'));
  const isStored = simulator.results.artifacts.some((one) => one.id === id && one.digest !== undefined);
  return isStored ? [] : ['there is no artifact with the results'];
}
