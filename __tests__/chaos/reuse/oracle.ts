import { messageOf } from '../../../simulator/anthropic/answer.ts';
import { outcomeAt } from '../../../simulator/anthropic/batch-life.ts';
import { identifier } from '../../../simulator/anthropic/identifiers.ts';
import type { Simulator } from '../../../simulator/index.ts';
import { BATCH_UNKNOWN, type Billed, costOfAnswer, usd } from '../bill.ts';
import { answersTo, gradesOf, sentLines } from './content.ts';
import { couldBeHad, isFreshAt, isStarted, storesFailed } from './had.ts';
import type { PaidBatch, ReuseHistory, ReuseRan } from './world.ts';

type Script = Simulator['anthropic']['script'];

interface ResultLine {
  readonly custom_id: string;
  readonly result: { readonly type: string; readonly message?: Message };
}
interface Message extends Billed {
  readonly id: string;
  readonly content: readonly { readonly text: string }[];
}

/** Everything that is wrong about a sequence that has come to its end, by what the simulator knows. */
export function findReuseFaults(history: ReuseHistory, simulator: Simulator): string[] {
  const { anthropic, errors, github } = simulator;
  return [
    ...history.batches.flatMap((batch) => checkPaid(batch, history, anthropic.script)),
    ...history.runs.flatMap((ran) => [...checkEnd(ran), ...checkResults(ran, history)]),
    ...checkBill(history, anthropic.script),
    ...errors.map((error) => `the simulator threw: ${String(error)}`),
    ...github.errors.map((error) => `GitHub does not allow: ${error}`),
  ];
}

/** No line is answered that was answered before, as long as that answer could be had. */
function checkPaid(batch: PaidBatch, history: ReuseHistory, script: Script): string[] {
  const maker = history.runs.find(({ step }) => step === batch.step);
  if (maker === undefined) return [];
  return batch.lines.flatMap((line, index) => {
    if (!isAnswered(batch, index, script)) return [];
    const before = history.batches.filter((other) => {
      const at = other === batch ? -1 : other.lines.indexOf(line);
      return other.stored.createdAtMs <= batch.stored.createdAtMs && at !== -1 && isAnswered(other, at, script);
    });
    return before.flatMap((prior) => {
      const { step } = prior;
      const id = (JSON.parse(line) as { readonly custom_id: string }).custom_id;
      const what = `step ${batch.step} pays for ${id} in ${batch.stored.id}, which step ${step} paid for in ${prior.stored.id}`;
      if (step === batch.step) return [`${what}: the same run`];
      if (couldBeHad({ line, id, prior, maker }, history)) return [`${what}: its answer could be had`];
      return isStarted(prior, maker, history) ? [`${what}: its own batch was not collected yet`] : [];
    });
  });
}

function isAnswered({ stored }: PaidBatch, index: number, script: Script): boolean {
  return stored.end !== undefined && outcomeAt(stored, index, script).kind === 'succeeded';
}

function checkEnd({ step, result, hurt }: ReuseRan): string[] {
  const errors = result.annotations.filter(({ level }) => level === 'error');
  const told = `step ${step} ended in ${result.conclusion} with ${errors.length} errors`;
  if (hurt) return errors.length > 1 ? [told] : [];
  return errors.length === (result.conclusion === 'success' ? 0 : 1) ? [] : [told];
}

/** Whatever is reused, results, grades and costs are those of a run that was answered everything itself. */
function checkResults(ran: ReuseRan, { batches }: ReuseHistory): string[] {
  const { step, content, result, results = [], judgements = [], inputs } = ran;
  if (result.outputs.get('status') !== 'completed') return [];
  const faults: string[] = [];
  const fault = (what: string) => faults.push(`step ${step}: ${what}`);
  const isGreen = result.conclusion === 'success';
  const got = parseLines(results);
  const order = got.map(({ custom_id }) => custom_id);
  if ([...order].sort().join() !== order.join()) fault(`the results are in the order ${order.join()}`);
  if (new Set(order).size !== order.length) fault('an id has two results');
  const own = (result.outputs.get('batch-id') ?? '').split(',');
  const lines = sentLines(content);
  let reused = 0;
  for (const [position, text] of answersTo(content).entries()) {
    const id = `q${position}`;
    const { type, message } = got.find((one) => one.custom_id === id)?.result ?? {};
    if (message === undefined) {
      if (isGreen) fault(`is green, and ${id} has ${type ?? 'no result'}`);
      continue;
    }
    if (message.content[0]?.text !== text) fault(`the answer to ${id} is: ${message.content[0]?.text}`);
    const from = batches.find(({ stored }) => identifier('msg', stored.id, id) === message.id);
    if (from?.lines.includes(lines[position] ?? '') !== true) fault(`the answer to ${id} is of no batch with its line`);
    if (from !== undefined && !own.includes(from.stored.id)) reused += 1;
  }
  const told = result.outputs.get('reused-count');
  if (told !== String(reused)) fault(`reused-count is ${told}, and ${reused} results are of earlier batches`);
  const cost = [...got, ...parseLines(judgements)].reduce(
    (sum, one) => sum + (one.result.message === undefined ? 0 : costOfAnswer(one.result.message)),
    0,
  );
  if (result.outputs.get('cost-usd') !== usd(cost))
    fault(`cost-usd is ${result.outputs.get('cost-usd')}, and the results cost ${usd(cost)}`);
  if (inputs.rubric !== undefined && isGreen) {
    const passes = (ran.grades ?? []).map((line) => (JSON.parse(line) as { readonly pass: unknown }).pass);
    const due = gradesOf(content, inputs.rubric);
    if (passes.join() !== due.join()) fault(`the grades are ${passes.join()} instead of ${due.join()}`);
  }
  return faults;
}

function parseLines(lines: readonly string[]): readonly ResultLine[] {
  return lines.map((line) => JSON.parse(line) as ResultLine);
}

/** What all runs reported as new, against what the batches that they collected cost. */
function checkBill(history: ReuseHistory, script: Script): string[] {
  const { runs, batches } = history;
  const collecting = runs.filter(({ result }) => result.outputs.get('status') === 'completed');
  const ids = new Set(
    collecting.flatMap(({ result: { outputs } }) =>
      [outputs.get('batch-id') ?? '', outputs.get('judge-batch-id') ?? ''].flatMap((list) => list.split(',')),
    ),
  );
  const bill = batches
    .filter(({ stored }) => ids.has(stored.id))
    .reduce((sum, batch) => sum + costOfBatch(batch, script), 0);
  const told = runs.map(({ result }) => Math.round(Number(result.outputs.get('new-cost-usd') ?? '') * 1e6));
  const reported = told.reduce((sum, part) => sum + part, 0);
  // Every submission of answers or of judgements is rounded by itself.
  const slack = 2 * collecting.length;
  const figures = `new-cost-usd adds up to ${usd(reported)}, and the collected batches cost ${usd(bill)}`;
  if (storesFailed(history)) return [];
  if (reported > bill + slack) return [figures];
  const isWhole =
    runs.every(({ hurt }) => !hurt) && collecting.every(({ result }) => result.outputs.get('new-cost-usd') !== '');
  return isWhole && reported < bill - slack ? [figures] : [];
}

function costOfBatch({ stored }: PaidBatch, script: Script): number {
  return stored.requests.reduce((sum, _, index) => {
    const decided = stored.end === undefined ? undefined : outcomeAt(stored, index, script);
    return decided?.kind === 'succeeded' ? sum + costOfAnswer(messageOf(decided, '', 'batch')) : sum;
  }, 0);
}

/** What the two calm runs at the end have to come to: the first one finishes, and the second one pays for nothing. */
export function checkCalmReuse(first: ReuseRan, second: ReuseRan, { batches }: ReuseHistory): string[] {
  // A batch that somebody deleted before anyone had its results is a person's to decide about.
  if (
    [first, second].some((ran) => BATCH_UNKNOWN.test(ran.log)) &&
    batches.some((batch) => batch.deletedIn !== undefined)
  )
    return [];
  const faults = [first, second].flatMap(({ step, result }) => {
    const status = result.outputs.get('status');
    return status === 'completed' ? [] : [`the calm step ${step} came to ${status}`];
  });
  const made = batches.filter(({ step }) => step === second.step);
  const isYoung = (line: string) => {
    const from = batches.find(({ stored }) => line.includes(identifier('msg', stored.id, idOf(line))));
    return from !== undefined && from.deletedIn === undefined && isFreshAt(from, second.beganAtMs);
  };
  const isKept = [...(first.results ?? []), ...(first.judgements ?? [])].every(isYoung);
  if (faults.length > 0 || !isKept) return faults;
  if (made.length > 0) return [`the calm step ${second.step} made ${made.map(({ stored }) => stored.id).join()}`];
  if (first.results?.join() !== second.results?.join()) return ['the results of the two calm runs differ'];
  return [];
}

function idOf(line: string): string {
  return (JSON.parse(line) as ResultLine).custom_id;
}
