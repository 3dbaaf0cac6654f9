import { messageOf } from '../../simulator/anthropic/answer.ts';
import { outcomeAt } from '../../simulator/anthropic/batch-life.ts';
import { identifier } from '../../simulator/anthropic/identifiers.ts';
import type { Simulator } from '../../simulator/index.ts';
import { failurePattern } from '../log-pattern.ts';
import { BATCH_UNKNOWN, costOfAnswer, usd } from './bill.ts';
import { batchesOf, type History, hasCollected, IDS, type KnownBatch, type Ran } from './history.ts';
import { checkEndings, isTakenShort } from './promises.ts';
import { claimFailed, doubledWords, memoryFailed, reasonFor } from './reasons.ts';
import { isForeignNow } from './spoil.ts';

const UNDECIDED = failurePattern({ code: 'lost-batch-ambiguous', ids: ['…'], total: 1 });

const UNREADABLE = failurePattern({ code: 'record-unreadable', why: 'unreadable' });

type Script = Simulator['anthropic']['script'];

/** Everything that is wrong about a sequence that has come to its end, by what the simulator knows. */
export function findFaults(history: History, simulator: Simulator): string[] {
  const { anthropic, errors, github, repository } = simulator;
  const { script } = anthropic;
  return [
    ...history.batches.flatMap((batch) => checkCreate(batch, history)),
    ...history.runs.flatMap((ran) => [
      ...checkEnd(ran),
      ...checkResults(ran, history, script),
      ...checkDoubled(ran, history),
      ...checkStop(ran, history),
    ]),
    ...checkEndings(history, simulator),
    ...checkBill(history, script),
    ...errors.map((error) => `the simulator threw: ${String(error)}`),
    ...github.errors.map((error) => `GitHub does not allow: ${error}`),
    ...(repository.comments.length === 1 ? [] : [`there are ${repository.comments.length} comments`]),
  ];
}

/** A batch of bytes that were sent before, in the same scope, needs a reason in a log. The last one before counts, and those of its step. */
function checkCreate(batch: KnownBatch, history: History): string[] {
  if (batch.content === 'foreign') return [];
  const priors = batch.priors.filter((prior) => prior.batch.scope === batch.scope);
  const lastStep = priors.at(-1)?.batch.step;
  return priors
    .filter((prior) => prior.batch.step === lastStep)
    .filter((prior) => reasonFor(batch, prior.batch, prior.alive, history) === undefined)
    .map(({ batch: prior, alive }) => {
      const state = alive ? 'was alive' : `had ended (${prior.stored.end?.why})`;
      return `step ${batch.step} made ${batch.stored.id}, while ${prior.stored.id} of the same bytes from step ${prior.step} ${state}, and no log says why`;
    });
}

function checkEnd({ step, result, hurt }: Ran): string[] {
  const errors = result.annotations.filter(({ level }) => level === 'error');
  const told = `step ${step} ended in ${result.conclusion} with ${errors.length} errors`;
  if (hurt) return errors.length > 1 ? [told] : [];
  return errors.length === (result.conclusion === 'success' ? 0 : 1) ? [] : [told];
}

/** A run stops at a record that cannot be read only where one is. */
function checkStop({ step, log }: Ran, { spoils }: History): string[] {
  const isSpoiled = spoils.some((one) => one.step <= step && !isForeignNow(one.spoil));
  return UNREADABLE.test(log) && !isSpoiled ? [`step ${step} stops at a record that nothing spoiled`] : [];
}

/** A batch that a run collected before the own ones were made was not submitted at the same time. */
function checkDoubled(ran: Ran, history: History): string[] {
  const madeIn = Math.min(...batchesOf(ran, history).map(({ step }) => step));
  const before = history.runs.filter((one) => one.step < madeIn && hasCollected(one) && !one.hurt);
  const over = before.flatMap((one) => batchesOf(one, history).map(({ stored }) => stored.id));
  return doubledWords(ran.log).flatMap((words) => {
    const id = over.find((one) => words.includes(one));
    return id === undefined ? [] : [`step ${ran.step} says that ${id} was submitted at the same time, which was over`];
  });
}

/** What a run gave as results against what the simulator has for its batches. */
function checkResults(ran: Ran, history: History, script: Script): string[] {
  const { step, content, result, missingIds, results = '' } = ran;
  const status = result.outputs.get('status');
  if (status !== 'completed' && status !== 'canceled') return [];
  const batches = batchesOf(ran, history);
  const faults: string[] = [];
  const fault = (what: string) => faults.push(`step ${step}: ${what}`);
  for (const batch of batches)
    if (batch.content !== content) fault(`took ${batch.stored.id}, which is ${batch.content}`);
  const lines = results.split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line)));
  const got = new Map<string, { type: string; message?: { id: string } }>(
    lines.map((line) => [line.custom_id, line.result]),
  );
  if (got.size !== lines.length) fault('an id has two results');
  const isShort = isTakenShort(ran, history);
  if (missingIds.length > 0 && !isShort) fault(`${missingIds.join()} are missing`);
  if (missingIds.length > 0 && result.conclusion === 'success') fault(`is green without ${missingIds.join()}`);
  let cost = 0;
  for (const id of IDS) {
    const line = got.get(id);
    const answered = batches.filter((batch) => costOf(batch, id, script) !== undefined);
    if (line === undefined) {
      if (!isShort || !missingIds.includes(id)) fault(`${id} has no result`);
    } else if (line.type !== 'succeeded') {
      if (answered.length > 0) fault(`the answer to ${id} was lost: ${line.type}`);
    } else {
      const from = answered.find((batch) => identifier('msg', batch.stored.id, id) === line.message?.id);
      if (from === undefined) fault(`the answer to ${id} is of none of its batches`);
      else cost += costOf(from, id, script) ?? 0;
    }
  }
  const told = result.outputs.get('cost-usd');
  if (told !== usd(cost)) fault(`cost-usd is ${told}, and the results cost ${usd(cost)}`);
  return faults;
}

/** The cost of an answer in millionths of a dollar; undefined where the request has none. */
function costOf({ stored }: KnownBatch, id: string, script: Script): number | undefined {
  const index = stored.requests.findIndex(({ customId }) => customId === id);
  if (index === -1 || stored.end === undefined) return undefined;
  const decided = outcomeAt(stored, index, script);
  if (decided.kind !== 'succeeded') return undefined;
  return costOfAnswer(messageOf(decided, '', 'batch'));
}

/** What all runs reported as new, against what the batches that they collected cost. */
function checkBill(history: History, script: Script): string[] {
  const { runs } = history;
  const collecting = runs.filter(hasCollected);
  const collected = new Set(collecting.flatMap((ran) => batchesOf(ran, history)));
  const bill = [...collected].reduce(
    (sum, batch) => sum + IDS.reduce((part, id) => part + (costOf(batch, id, script) ?? 0), 0),
    0,
  );
  const told = runs.map(({ result }) => Math.round(Number(result.outputs.get('new-cost-usd') ?? '') * 1e6));
  const reported = told.reduce((sum, part) => sum + part, 0);
  // Every submission is rounded by itself.
  const slack = collecting.length;
  const figures = `new-cost-usd adds up to ${usd(reported)}, and the collected batches cost ${usd(bill)}`;
  if (memoryFailed(history) || claimFailed(history)) return [];
  if (reported > bill + slack) return [figures];
  const whole =
    runs.every(({ hurt, missingIds }) => !hurt && missingIds.length === 0) &&
    collecting.every(({ result }) => result.outputs.get('new-cost-usd') !== '');
  return whole && reported < bill - slack ? [figures] : [];
}

/** What the calm run at the end has to come to. */
export function checkCalm(ran: Ran, history: History): string[] {
  const status = ran.result.outputs.get('status');
  // With somebody else's batch of the same size beside it, only a person can tell which one a broken create made.
  const isUndecided = UNDECIDED.test(ran.log);
  if (isUndecided && history.batches.some(({ content }) => content === 'foreign')) return [];
  if (UNREADABLE.test(ran.log)) return [];
  if (BATCH_UNKNOWN.test(ran.log) && batchesOf(ran, history).some((batch) => isDeletedElsewhere(batch, ran, history)))
    return [];
  const stopped = batchesOf(ran, history).some(({ stored }) => stored.cancelledAtMs !== undefined);
  if (status === 'completed' || (status === 'canceled' && stopped)) return [];
  return [`the calm run at the end came to ${status}`];
}

/** Whether a run whose records this one cannot read collected the batch and deleted it. */
function isDeletedElsewhere(batch: KnownBatch, { scope }: Ran, history: History): boolean {
  const isHidden = history.spoils.length > 0;
  return history.runs.some(
    (other) =>
      (isHidden || other.scope !== scope) && other.what.inputs.deleteBatch && batchesOf(other, history).includes(batch),
  );
}
