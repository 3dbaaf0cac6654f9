import type { Simulator } from '../../simulator/index.ts';
import { labelOf } from '../../simulator/kill-points/points.ts';
import type { Exchange, Fault, WireRequest } from '../../simulator/wire.ts';
import { isCall, type Seen } from './call.ts';
import { AFTER_FAULTS, CALLS, callOf } from './calls.ts';
import { type Cell, scenarioOf } from './cells.ts';
import { arrange } from './faults.ts';
import { startOther, type Visit } from './other-host.ts';
import { type Scenario, SETTINGS } from './scenarios.ts';
import { names, openStage, type Ran, type Stage } from './stage.ts';
import { SURROUNDINGS } from './surroundings.ts';

/** What happened in a cell. */
export interface Played {
  readonly cell: Cell;
  /** Undefined where it hung. */
  readonly run: Ran | undefined;
  readonly next: Ran | undefined;
  /** Attempts of jobs that the waker has run again. */
  readonly woken: readonly Ran[];
  /** Names of those jobs. */
  readonly reruns: readonly string[];
  /** Why there is no run. */
  readonly hang: string | undefined;
  /** How many requests the fault hit. */
  readonly hits: number;
  /**
   * Batches that the API made: in all, and those of this run that the run did not name and a later one did not find. Of a run of the
   * base branch, none count.
   */
  readonly paid: number;
  readonly lost: readonly string[];
  /** How many requests the batches of this run and of the next one hold. */
  readonly sent: number;
  /** How many comments there are. */
  readonly comments: number;
  /** What reached the other host, and the secrets of the runs. */
  readonly strangers: readonly Visit[];
  readonly secrets: readonly string[];
  /** Calls that are in no row, and what is wrong about what the surroundings saw. */
  readonly unlisted: readonly string[];
  readonly amiss: readonly string[];
  readonly errors: readonly string[];
}

/** Runs that followed, by what the services had done before them: the same deeds leave the same state behind. */
export type Known = Map<string, Promise<Follow>>;

/** The run after a fault and what it caused, and how many batches were made and requests sent meanwhile. */
interface Follow {
  readonly ran: Ran;
  readonly woken: readonly Ran[];
  readonly reruns: readonly string[];
  readonly made: number;
  readonly sent: number;
}

/** Calls that change nothing. */
const READING = /^GET |count_tokens|graphql|DownloadURL|ListArtifacts|SignedArtifactURL/;

/**
 * Plays a cell: what its scenario has before, the run with the fault, and the next one without it. Where `known` has the
 * next run after the same deeds, it stands for this one's.
 */
export async function play(cell: Cell, known?: Known): Promise<Played> {
  const scenario = scenarioOf(cell);
  const { inputs, isRound } = SETTINGS[scenario];
  const other = await startOther();
  const place = 'surroundings' in cell ? await SURROUNDINGS[cell.surroundings].enter() : undefined;
  const stage = await openStage(scenario, place);
  const { simulator, clock, made, reruns } = stage;
  const { exchanges } = simulator;
  const unlisted = new Set<string>();
  let hits = 0;
  simulator.watchers.push((at, request) => {
    if (at === 'arrived' && place === undefined && !isListed(simulator, request, hits > 0))
      unlisted.add(`${request.method} ${request.path}`);
    return 'go-on';
  });
  try {
    const earlier = await prepare(stage, scenario);
    const from = exchanges.length;
    const before = made.size;
    const { faults, refusals } =
      'surroundings' in cell
        ? { faults: [], refusals: [] }
        : arrange(cell, { call: callOf(cell.call), simulator, elsewhere: other.origin, now: clock.now });
    if ('surroundings' in cell) hits = 1;
    const hit = () => {
      hits += 1;
    };
    simulator.faults.push(...faults.map((one) => counted(one, hit)));
    clock.onRefusal = hit;
    let hang: string | undefined;
    let first: Ran | undefined;
    try {
      first = await (isRound ? stage.round(refusals) : stage.attempt(inputs, { refusals }));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const calls = exchanges.slice(-3).map(printExchange);
      hang = `${why}\nThe simulator is ${clock.isBusy() ? 'busy' : 'idle'}. Its last calls: ${calls.join(', ')}`;
    }
    simulator.faults.length = 0;
    await place?.mend?.();
    const ids = [...made.keys()].slice(before);
    let lost = first === undefined ? [] : ids.filter((id) => !names(first, id));
    const paid = made.size - earlier.length;
    const sent = sumOf(made.values());
    let follow: Follow | undefined;
    if (first !== undefined) {
      const again = async (): Promise<Follow> => {
        const followed = await (isRound ? wakeAgain(stage, scenario) : runAgain(stage, scenario));
        return {
          ...followed,
          reruns: [...reruns],
          made: made.size - earlier.length - paid,
          sent: sumOf(made.values()) - sent,
        };
      };
      const deeds = exchanges.map(printExchange).filter((deed) => !READING.test(deed));
      const words = [...first.result.outputs.values()].filter((value) => /^[a-z-]+$/.test(value));
      const baseline = first.result.outputs.get('baseline-run-id') ?? '';
      const key = [scenario, first.result.conclusion, ...words, baseline, made.size, sent, ...reruns, ...deeds];
      const alike = lost.length === 0 ? known?.get(key.join('\n')) : undefined;
      const following = alike ?? again();
      known?.set(key.join('\n'), following);
      follow = await following;
      lost = lost.filter((id) => !names(follow?.ran, id));
    }
    const secrets = new Set<string>();
    for (const { headers } of exchanges.slice(from)) {
      for (const name of ['authorization', 'x-api-key']) {
        const value = headers.get(name)?.replace(/^(bearer|token) /i, '');
        if (value !== undefined && value.length > 8) secrets.add(value);
      }
    }
    return {
      cell,
      run: first,
      next: follow?.ran,
      woken: follow?.woken ?? [],
      reruns: follow?.reruns ?? reruns,
      hang,
      hits: 'often' in cell && cell.often === 'once' ? Math.min(hits, 1) : hits,
      paid: paid + (follow?.made ?? 0),
      lost,
      sent: sent - sumOf(earlier.map((id) => made.get(id) ?? 0)) + (follow?.sent ?? 0),
      comments: simulator.repository.comments.length,
      strangers: other.seen,
      secrets: [...secrets],
      unlisted: [...unlisted],
      amiss: first === undefined ? [] : (place?.findWrongs?.(first, simulator) ?? []),
      errors: [...simulator.errors, ...simulator.github.errors].map(String),
    };
  } finally {
    other.stop();
    await stage.stop();
    place?.leave();
  }
}

/** Plays what comes before the fault. Resolves to the batches that are not this run's. */
async function prepare(stage: Stage, scenario: Scenario): Promise<readonly string[]> {
  const { base, earlier, jobs = 1 } = SETTINGS[scenario];
  if (base !== undefined) await stage.base();
  const batches = [...stage.made.keys()];
  if (earlier !== undefined) for (let leg = 0; leg < jobs; leg += 1) await stage.attempt(earlier, { leg, number: 1 });
  // Whoever wakes a job has done so before it runs.
  if (scenario === 'woken') await stage.round();
  return batches;
}

/** A re-run without the fault. Where the run was woken, a round of the waker comes first, which must leave it alone. */
async function runAgain(stage: Stage, scenario: Scenario): Promise<{ ran: Ran; woken: readonly Ran[] }> {
  const { inputs, next = inputs } = SETTINGS[scenario];
  stage.endBatches();
  if (scenario === 'woken') await stage.round();
  return { ran: await stage.attempt(next), woken: [] };
}

/** Another round of the waker without the fault, and all attempts that both rounds cause. */
async function wakeAgain(stage: Stage, scenario: Scenario): Promise<{ ran: Ran; woken: readonly Ran[] }> {
  const { inputs, jobs = 1 } = SETTINGS[scenario];
  const woken = [...(await stage.answerReruns(inputs))];
  const ran = await stage.round();
  woken.push(...(await stage.answerReruns(inputs)));
  // Where the fault has let one of two jobs run again alone, the other follows by itself.
  for (let left = jobs; left > 1; left -= 1) {
    await stage.round();
    woken.push(...(await stage.answerReruns(inputs)));
  }
  return { ran, woken };
}

function sumOf(counts: Iterable<number>): number {
  return [...counts].reduce((sum, count) => sum + count, 0);
}

function printExchange(exchange: Exchange): string {
  return `${labelOf(exchange)} ${exchange.status}`;
}

/** The same fault, which tells of the requests that it hits. */
function counted(fault: Fault, hit: () => void): Fault {
  let toPass = fault.after ?? 0;
  return {
    ...fault,
    when(request: WireRequest) {
      const isMeant = fault.when?.(request) ?? true;
      if (isMeant && toPass === 0) hit();
      if (isMeant) toPass = Math.max(0, toPass - 1);
      return isMeant;
    },
  };
}

/** Whether a row describes this call, or a fault that has struck may have caused it: no fault would ever hit one that is in no row. */
function isListed(simulator: Simulator, request: WireRequest, hasFailed: boolean): boolean {
  return [...Object.values<Seen>(CALLS), ...(hasFailed ? AFTER_FAULTS : [])].some(
    (call) => call.method === request.method && call.path.test(request.path) && isCall(call, simulator, request),
  );
}
