import { describeEnd, sentInPart } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Decision } from '../../core/record/decide.ts';
import { isBegun } from '../../core/record/merge-records.ts';
import { batchesOf } from '../../core/record/record.ts';
import { roundLimit, selectAgain } from '../../core/record/rounds.ts';
import { chooseLines } from '../../core/results/choose.ts';
import { countOf } from '../../core/text/numbers.ts';
import type { Download } from '../collect/download.ts';
import { fetchAll } from '../collect/fetch.ts';
import { tellSubmitted } from '../notify/announce.ts';
import type { Job } from '../run/job.ts';
import type { Memory } from '../run/record-handle.ts';
import { underway } from '../run/trail.ts';
import { type Round, sendRound } from '../send/round.ts';
import type { Gathered } from './gathered.ts';
import { letForeignGo } from './prove.ts';
import { leavePointer } from './supersede.ts';

/**
 * Goes round by round: sends what has no batch yet, waits, downloads, and begins a further round with what ended for a
 * passing reason, up to the limit and while there is time; what this action itself had left undone goes out in any case.
 * Returns the results, or how the run ends before them.
 */
export async function gatherRounds(
  job: Job,
  memory: Memory,
  decision: Decision,
  requests: RequestSet,
): Promise<Gathered | Outcome> {
  const { world, inputs, trail } = job;
  const limit = roundLimit(decision, inputs.retryRounds);
  const joining = decision.kind === 'collect' ? 'reused' : 'joined';
  const downloads = new Map<string, Download>();
  const stoppedBefore = stoppedOf(memory);
  // Others that go on with the same batches are to know of this run.
  if ('record' in decision) await memory.save({}, false);
  let round: Round = {
    number: 0,
    selection: Array.from({ length: requests.places.length }, (_, position) => position),
    joining,
  };
  for (;;) {
    const sent = await sendRound(job, memory, requests, round);
    if (sent.kind === 'ended' && dropRound(memory, round)) {
      world.log.warning(`Nothing could be sent again: ${describeEnd(sent.outcome)}`);
      break;
    }
    if (sent.kind === 'ended') return sentInPart(underway(trail, world.clock.now()), sent.outcome);
    await Promise.all([tellSubmitted(job), leavePointer(job, memory)]);
    const ended = await fetchAll(job, sent.ids, downloads);
    if (ended !== undefined) return ended;
    if (await letForeignGo(job, memory, requests, round.number, downloads)) continue;

    await learnWhoStopped(memory, downloads);
    const hasNext = memory.record.rounds.length > round.number + 1;
    const isLeft = round.number + 1 < limit && job.deadline(trail.batches) > world.clock.now();
    const stopped = trail.timedOut ? new Map<string, string>() : stoppedOf(memory);
    // A newer push wants others than what it has just stopped; a later run with these requests goes on.
    const leftUndone = [...stopped].filter(([id, why]) => why === 'left' || stoppedBefore.has(id)).map(([id]) => id);
    const selection = selectNext(requests, downloads, new Set(leftUndone), hasNext || isLeft);
    if (selection.length === 0) break;
    round = { ...round, number: round.number + 1, selection };
    const go = selection.length === 1 ? 'goes' : 'go';
    world.log.info(`${countOf(selection.length, 'request')} without an answer ${go} out again, round ${round.number}.`);
  }
  return { kind: 'gathered', downloads };
}

/** Forgets a further round of which nothing was sent, so that the results before it count. Returns whether it was such a one. */
function dropRound(memory: Memory, { number }: Round): boolean {
  const begun = memory.record.rounds[number];
  if (number === 0 || (begun !== undefined && isBegun(begun))) return false;
  memory.record = { ...memory.record, rounds: memory.record.rounds.slice(0, number) };
  return true;
}

/** Where a batch came back canceled, another run may have stopped it meanwhile: its record says so. */
async function learnWhoStopped(memory: Memory, downloads: ReadonlyMap<string, Download>): Promise<void> {
  const isCanceled = [...downloads.values()].some(({ lines }) => lines.some(({ canceled }) => canceled));
  if (isCanceled) await memory.refresh();
}

/** The batches that this action stopped, with the reason. */
function stoppedOf({ record }: Memory): ReadonlyMap<string, string> {
  return new Map(batchesOf(record).flatMap(({ id, stopped }) => (stopped === null ? [] : [[id, stopped]])));
}

/** The requests of the next round, by what has come back so far. */
function selectNext(
  requests: RequestSet,
  downloads: ReadonlyMap<string, Download>,
  leftUndone: ReadonlySet<string>,
  roundLeft: boolean,
): readonly number[] {
  const ended = Array.from(downloads, ([id, { lines }]) => ({ lines, stopped: leftUndone.has(id) }));
  const lines = ended.map((batch) => batch.lines);
  return selectAgain(chooseLines(lines, requests.ids), ended, roundLeft);
}
