import { once } from 'node:events';
import { join } from 'node:path';
import { inject } from '../inject.ts';
import type { RunningStep, RunResult } from '../runner.ts';
import { createExchangeCounter, type ExchangePoint, isSame, type Point } from './points.ts';
import type { Scenario } from './scenarios.ts';
import type { Scene } from './scene.ts';

/** Runs the first attempt and interrupts it at a point. `reached` says whether that point came. */
export async function runInterrupted(
  scene: Scene,
  scenario: Scenario,
  point: Point,
  folder: string,
): Promise<{ readonly first: RunResult; readonly reached: boolean }> {
  if (point.kind === 'write') {
    const { stage, label, count } = point;
    const nodeOptions = inject('writes', { journal: join(folder, 'journal'), kill: { stage, label, count } });
    const first = await scene.run(1, { killIsLoss: true, nodeOptions });
    return { first, reached: first.signal === 'SIGKILL' };
  }
  let step: RunningStep | undefined;
  const watched = watch(scene, point, async () => {
    if (step === undefined) return 'go-on';
    if (scenario.by === 'kill') return kill(step);
    step.cancel();
    return 'go-on';
  });
  try {
    const first = await scene.run(1, {
      onStart: (started) => {
        step = started;
      },
    });
    return { first, reached: watched.reached && (scenario.by === 'cancel' || first.signal === 'SIGKILL') };
  } finally {
    watched.end();
  }
}

/** Acts at one moment of one exchange. */
function watch(scene: Scene, point: ExchangePoint, act: () => Promise<'go-on' | 'drop'>) {
  const { watchers } = scene.simulator;
  const nextPoint = createExchangeCounter();
  const watched = { reached: false, end: () => void watchers.splice(watchers.indexOf(watcher), 1) };
  const watcher: (typeof watchers)[number] = (stage, request) => {
    if (!isSame(nextPoint(stage, request), point)) return 'go-on';
    watched.reached = true;
    return act();
  };
  watchers.push(watcher);
  return watched;
}

/** Dead before the exchange continues. A request that was not handled by then never is. */
async function kill({ child, lose }: RunningStep): Promise<'drop'> {
  const gone = once(child, 'exit');
  lose();
  if (child.exitCode === null && child.signalCode === null) await gone;
  return 'drop';
}
