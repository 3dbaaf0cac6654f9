import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from '../inject.ts';
import type { RunResult } from '../runner.ts';
import { bodiesOf, findDoubles, findProblems } from './checks.ts';
import { runInterrupted } from './interruption.ts';
import { createExchangeCounter, nameOf, type Point, readJournal } from './points.ts';
import type { Scenario } from './scenarios.ts';
import { openScene } from './scene.ts';

/** What an uninterrupted run shows: its points in order, and the bodies of its batches. */
export interface Recording {
  readonly points: readonly Point[];
  readonly bodies: readonly string[];
}

export async function recordPoints(scenario: Scenario, compileCache: string): Promise<Recording> {
  const scene = await openScene(scenario, compileCache);
  const folder = mkdtempSync(join(tmpdir(), 'claude-batch-points-'));
  try {
    const points: Point[] = [];
    const nextPoint = createExchangeCounter();
    scene.simulator.watchers.push((stage, request) => {
      points.push(nextPoint(stage, request));
      return 'go-on';
    });
    const journal = join(folder, 'journal');
    const only = await scene.run(1, { nodeOptions: inject('writes', { journal }) });
    const bodies = bodiesOf(scene);
    const problems = findProblems(scene, scenario, only, bodies);
    if (problems.length > 0) throw new Error(`An undisturbed run fails: ${problems.join('; ')}\n${only.log}`);
    return { points: [...points, ...readJournal(journal)], bodies };
  } finally {
    await scene.close();
    rmSync(folder, { recursive: true });
  }
}

/** The result of a point. */
export interface Trial {
  readonly point: Point;
  readonly verdict: 'passed' | 'failed' | 'not reached';
  readonly problems: readonly string[];
  readonly log: string;
  /** The name of the point whose next run stands for this one's as well. */
  readonly sameAs: string | undefined;
  /** Whether the runner had to kill a run that it had asked to end. */
  readonly cutShort: boolean;
}

/** By what the services had done when the run was interrupted: the trial that ran it again from there. */
export type Known = Map<string, { readonly name: string; readonly trial: Promise<Trial> }>;

/**
 * Interrupts a run at a point, runs it again and checks what there is at the end. After a kill only what the services hold
 * is left; if they have done exactly the same as at an earlier point, it does not repeat the run that followed there.
 */
export async function tryPoint(
  scenario: Scenario,
  point: Point,
  { bodies }: Recording,
  compileCache: string,
  known: Known | undefined,
): Promise<Trial> {
  const name = nameOf(point);
  const scene = await openScene(scenario, compileCache);
  const folder = mkdtempSync(join(tmpdir(), 'claude-batch-points-'));
  const trial = { point, problems: [], sameAs: undefined, cutShort: false, log: '' };
  let first: RunResult | undefined;
  const again = async (): Promise<Trial> => {
    const second = await scene.run(2, {});
    const problems = findProblems(scene, scenario, second, bodies);
    const log = [first, first?.post, second].flatMap((one) => (one?.log ? [one.log] : [])).join('--- next ---\n');
    return { ...trial, verdict: problems.length === 0 ? 'passed' : 'failed', problems, log };
  };
  try {
    const interrupted = await runInterrupted(scene, scenario, point, folder);
    first = interrupted.first;
    const { log } = first;
    if (!interrupted.reached) {
      const problems = findProblems(scene, scenario, first, bodies);
      return { ...trial, verdict: problems.length === 0 ? 'not reached' : 'failed', problems, log };
    }
    const doubles = findDoubles(scene);
    if (doubles.length > 0) return { ...trial, verdict: 'failed', problems: doubles, log };
    if (scenario.by === 'cancel') return { ...(await again()), cutShort: first.signal !== null };

    const state = scene.deeds.join('\n');
    const before = known?.get(state);
    if (before !== undefined) return { ...(await before.trial), point, sameAs: before.name };
    const done = again();
    known?.set(state, { name, trial: done.catch((error: unknown) => ({ ...trial, ...broken(error) })) });
    return await done;
  } catch (error) {
    return { ...trial, ...broken(error) };
  } finally {
    await scene.close();
    rmSync(folder, { recursive: true });
  }
}

function broken(error: unknown): Pick<Trial, 'verdict' | 'problems'> {
  return { verdict: 'failed', problems: [error instanceof Error ? error.message : String(error)] };
}
