import { scenarioOf } from './cells.ts';
import { codesIn } from './codes.ts';
import type { Promised } from './promised.ts';
import { IDS, SETTINGS, type Setting } from './scenarios.ts';
import type { Played } from './scene.ts';
import type { Ran } from './stage.ts';

/** Everything that is wrong about what happened in a cell, by what holds for every cell and by what is promised for this one. */
export function findWrongs(played: Played, promised: Promised): string[] {
  const { cell, run, next, hang, hits, paid, lost, comments, unlisted, amiss, errors } = played;
  const setting = SETTINGS[scenarioOf(cell)];
  const check = setting.isRound ? checkRound : checkRun;
  const wrongs: string[] = errors.map((error) => `the simulator failed: ${error}`);
  if (hits === 0) wrongs.push('the fault hit nothing');
  if (hang !== undefined) wrongs.push(`it hangs: ${hang.split('\n')[0]}`);
  if (paid !== promised.batches) wrongs.push(`${paid} batches are paid instead of ${promised.batches}`);
  if (lost.length > 0) wrongs.push(`nobody knows of ${lost.join(', ')}`);
  if (comments > 1) wrongs.push(`there are ${comments} comments`);
  wrongs.push(...amiss, ...unlisted.map((one) => `no row has the call ${one}`), ...findSecrets(played));
  if (run !== undefined) wrongs.push(...check(run, setting), ...checkPromise(run, played, promised));
  if (next === undefined) return wrongs;
  wrongs.push(...check(next, setting).map((one) => `the next run: ${one}`), ...checkReruns(played, setting));
  if (!setting.isRound) wrongs.push(...checkNext(played));
  return wrongs;
}

/** What holds for every process of the action. */
function checkStep({ result, log }: Ran): string[] {
  const wrongs: string[] = [];
  const { conclusion, annotations } = result;
  const errors = annotations.filter(({ level }) => level === 'error').length;
  if (errors !== (conclusion === 'success' ? 0 : 1)) wrongs.push(`it ended ${conclusion} with ${errors} errors`);
  if (/\n\s+at .+:\d+/.test(log)) wrongs.push('a stack trace is in the log');
  if (/^\(node:\d+\)/m.test(log)) wrongs.push('a warning of Node is in the log');
  return wrongs;
}

/** What holds for every run. */
function checkRun(ran: Ran, { asserts }: Setting): string[] {
  const wrongs = checkStep(ran);
  const { result, results, missingIds } = ran;
  const { conclusion, outputs } = result;
  const status = outputs.get('status');
  if (status === undefined) wrongs.push('there is no status');
  // All answers and judgements are good ones.
  if (Number(outputs.get('failed-count') ?? 0) > 0) wrongs.push('what was not graded counts as failed');
  if (conclusion !== 'success') return wrongs;
  if (status === 'pending') {
    if ((outputs.get('batch-id') ?? '') === '') wrongs.push('it is green and names no batch');
  } else if (status !== 'completed') wrongs.push(`it is green with the status ${status}`);
  else if (!isWhole(results) || missingIds.length > 0) wrongs.push('it is green without all answers');
  else if (asserts !== undefined && outputs.get('passed-count') !== String(IDS.length))
    wrongs.push('it is green without all grades');
  return wrongs;
}

function isWhole(results: string): boolean {
  const lines = results.split('\n').filter(Boolean);
  const found = lines.map((line) => JSON.parse(line) as { custom_id: string; result: { type: string } });
  return IDS.every((id) => found.some((one) => one.custom_id === id && one.result.type === 'succeeded'));
}

/** What holds for every round of the waker. */
function checkRound(ran: Ran): string[] {
  const isTold = ['woken', 'waiting-count'].every((name) => ran.result.outputs.has(name));
  return [...checkStep(ran), ...(isTold ? [] : ['a round does not say what it did'])];
}

/** Each job that paused is run again once, and that attempt collects its batch. */
function checkReruns({ reruns, woken }: Played, { isRound, jobs = 1, earlier }: Setting): string[] {
  const names = new Set(reruns);
  const due = isRound ? jobs : 0;
  const wrongs: string[] = [];
  if (names.size < reruns.length) wrongs.push(`jobs are run again twice: ${reruns.join(', ')}`);
  if (isRound && names.size !== due) wrongs.push(`${names.size} of ${due} paused jobs are run again`);
  for (const ran of woken) {
    const { conclusion, outputs } = ran.result;
    if (conclusion !== 'success' || outputs.get('status') !== 'completed' || !isWhole(ran.results))
      wrongs.push(`a woken job ends as ${outputs.get('status')}, ${conclusion}`);
  }
  if (woken.length !== due) wrongs.push(`${woken.length} woken jobs have run`);
  return earlier === undefined && reruns.length > 0 ? ['a job is run again that did not pause'] : wrongs;
}

function checkPromise(ran: Ran, played: Played, promised: Promised): string[] {
  const check = (one: Promised) => [...checkEnding(ran, played, one), ...checkSent(played, one)];
  const wrongs = check(promised);
  if (wrongs.length === 0 || promised.orWaits === undefined) return wrongs;
  // What is only paused without the fault is so with it.
  const status = promised.how === 'degrades' ? promised.status : promised.status && 'completed';
  const waiting = check({ ...promised, how: 'waits', status, codes: [], resends: undefined });
  return waiting.length === 0 ? [] : wrongs;
}

/** Both runs together send each request once for every batch, and none whose answer can be reused. */
function checkSent({ cell, sent }: Played, { batches, resends }: Promised): string[] {
  const { base = [], inputs } = SETTINGS[scenarioOf(cell)];
  const reused = inputs?.['reuse-answers'] === 'true' ? base.length : 0;
  const due = batches * (IDS.length - reused) + (resends ? reused : 0);
  return sent === due ? [] : [`${sent} requests are sent instead of ${due}`];
}

function checkEnding({ result, log }: Ran, { cell }: Played, { how, status, codes }: Promised): string[] {
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
  const { isRound, jobs = 1 } = SETTINGS[scenarioOf(cell)];
  if (isRound && how === 'waits' && JSON.parse(result.outputs.get('woken') ?? '[]').length !== jobs)
    wrongs.push(`it does not wake all (${said.join(', ')})`);
  return wrongs;
}

/** A run without faults finishes what is there. */
function checkNext({ next, cell }: Played): string[] {
  const status = next?.result.outputs.get('status');
  const stopped = scenarioOf(cell) === 'cancel' && status === 'canceled';
  const isGreen = next?.result.conclusion === 'success';
  return (status === 'completed' && isGreen) || stopped
    ? []
    : [`the next run ends as ${status}, ${next?.result.conclusion}`];
}

function findSecrets({ strangers, secrets }: Played): string[] {
  const told = JSON.stringify(strangers);
  return secrets.some((secret) => told.includes(secret)) ? ['a secret went to another host'] : [];
}
