import { callOf } from './calls.ts';
import { codesIn } from './codes.ts';
import type { Promised } from './promises.ts';
import { BASE_IDS, IDS, type Played, type Ran } from './scene.ts';

/** Everything that is wrong about what happened in a cell, by what holds for every cell and by what is promised for this one. */
export function findWrongs(played: Played, promised: Promised): string[] {
  const { run, next, hang, hits, paid, lost, comments, errors } = played;
  const wrongs: string[] = errors.map((error) => `the simulator failed: ${error}`);
  if (hits === 0) wrongs.push('the fault hit nothing');
  if (hang !== undefined) wrongs.push(`it hangs: ${hang.split('\n')[0]}`);
  if (paid !== promised.batches) wrongs.push(`${paid} batches are paid instead of ${promised.batches}`);
  if (lost.length > 0) wrongs.push(`nobody knows of ${lost.join(', ')}`);
  if (comments > 1) wrongs.push(`there are ${comments} comments`);
  wrongs.push(...findSecrets(played));
  if (run !== undefined) wrongs.push(...checkRun(run), ...checkPromise(run, played, promised));
  if (next !== undefined) wrongs.push(...checkRun(next).map((one) => `the next run: ${one}`), ...checkNext(played));
  return wrongs;
}

/** What holds for every run. */
function checkRun({ result, log, results, missingIds }: Ran): string[] {
  const wrongs: string[] = [];
  const { conclusion, annotations, outputs } = result;
  const status = outputs.get('status');
  const errors = annotations.filter(({ level }) => level === 'error').length;
  if (errors !== (conclusion === 'success' ? 0 : 1)) wrongs.push(`it ended ${conclusion} with ${errors} errors`);
  if (/\n\s+at .+:\d+/.test(log)) wrongs.push('a stack trace is in the log');
  if (status === undefined) wrongs.push('there is no status');
  if (conclusion !== 'success') return wrongs;
  if (status === 'pending') {
    if ((outputs.get('batch-id') ?? '') === '') wrongs.push('it is green and names no batch');
  } else if (status !== 'completed') wrongs.push(`it is green with the status ${status}`);
  else if (!isWhole(results) || missingIds.length > 0) wrongs.push('it is green without all answers');
  return wrongs;
}

function isWhole(results: string): boolean {
  const lines = results.split('\n').filter(Boolean);
  const found = lines.map((line) => JSON.parse(line) as { custom_id: string; result: { type: string } });
  return IDS.every((id) => found.some((one) => one.custom_id === id && one.result.type === 'succeeded'));
}

function checkPromise(ran: Ran, played: Played, promised: Promised): string[] {
  const check = (one: Promised) => [...checkEnding(ran, one), ...checkSent(played, one)];
  const wrongs = check(promised);
  if (wrongs.length === 0 || promised.orWaits === undefined) return wrongs;
  // What is only paused without the fault is so with it.
  const status = promised.how === 'degrades' ? promised.status : 'completed';
  const waiting = check({ ...promised, how: 'waits', status, codes: [], resends: undefined });
  return waiting.length === 0 ? [] : wrongs;
}

/** Both runs together send each request once for every batch, and none whose answer can be reused. */
function checkSent({ cell, sent }: Played, { batches, resends }: Promised): string[] {
  const { scenario } = callOf(cell.call);
  const isReused = (scenario === 'reuse' || scenario === 'budget') && resends === undefined;
  const due = batches * (IDS.length - (isReused ? BASE_IDS.length : 0));
  return sent === due ? [] : [`${sent} requests are sent instead of ${due}`];
}

function checkEnding({ result, log }: Ran, { how, status, codes }: Promised): string[] {
  const wrongs: string[] = [];
  const told = result.outputs.get('status');
  const said = codesIn(log);
  if ((result.conclusion === 'success') !== (how !== 'ends'))
    wrongs.push(`it ended ${result.conclusion}, and is promised that it ${how} (${said.join(', ')})`);
  if (told !== status) wrongs.push(`its status is ${told} instead of ${status}`);
  for (const code of codes) if (!said.includes(code)) wrongs.push(`it does not say ${code}, but ${said.join(', ')}`);
  const warnings = result.annotations.filter(({ level }) => level === 'warning');
  for (const { message } of warnings) {
    const named = codesIn(message);
    if (!named.some((code) => codes.includes(code))) wrongs.push(`it warns of ${named.join(', ') || message}`);
  }
  return wrongs;
}

/** A run without faults finishes what is there. */
function checkNext({ next, cell }: Played): string[] {
  const status = next?.result.outputs.get('status');
  const stopped = callOf(cell.call).scenario === 'cancel' && status === 'canceled';
  const isGreen = next?.result.conclusion === 'success';
  return (status === 'completed' && isGreen) || stopped
    ? []
    : [`the next run ends as ${status}, ${next?.result.conclusion}`];
}

function findSecrets({ strangers, secrets }: Played): string[] {
  const told = JSON.stringify(strangers);
  return secrets.some((secret) => told.includes(secret)) ? ['a secret went to another host'] : [];
}
