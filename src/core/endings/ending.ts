import type { Batch } from '../../ports/api.ts';
import type { RunContext } from '../inputs/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { type Problem, wordsOfProblem } from '../messages/problems.ts';
import { resultsUntil } from '../polling/lifetime.ts';
import { formatDuration } from '../text/duration.ts';
import { formatTime } from '../text/numbers.ts';
import type { Failed, Outcome, Pending, Rejected, Skipped } from './outcome.ts';

/** Without a key where the event comes without secrets: quiet. Undefined elsewhere, and for a dry run, which needs none. */
export function skip({ api, dryRun }: Pick<Inputs, 'api' | 'dryRun'>, run: RunContext): Skipped | undefined {
  const canGoOn = api.key !== undefined || dryRun || run.untrusted === undefined;
  return canGoOn ? undefined : { status: 'skipped', why: run.untrusted };
}

/** Without a key elsewhere: the user's mistake. */
export const NO_KEY: Problem = { code: 'no-api-key' };

/** What a run knows of its batches when it ends before collecting. */
export interface Underway {
  readonly batches: readonly Batch[];
  readonly requestCount: number;
  readonly waitedMs: number;
  /** Whether a run with the same requests finds these batches by itself. */
  readonly resumable: boolean;
}

/** Time is up and a batch is still running. */
export function handOver(underway: Underway, onTimeout: Inputs['onTimeout']): Pending {
  const waited = formatDuration(underway.waitedMs);
  const goOn = howToGoOn(underway);
  const failures = {
    pause: undefined,
    fail: `The batch had not ended after ${waited} of waiting, and on-timeout is fail. ${goOn}`,
    cancel: `The batch was to be stopped after ${waited} of waiting, but has not ended yet. ${goOn}`,
  };
  return { status: 'pending', ...underway, failure: failures[onTimeout] };
}

/** The job was cancelled, superseded or ran out of time. `asked`: the API was asked to stop what is still running. */
export function stopped(
  underway: Underway,
  { asked, uncertain }: { asked: boolean; uncertain: boolean },
): Pending | Failed {
  const maybe = 'The job was stopped while a batch was being created, so one may exist.';
  if (underway.batches.length === 0) {
    return failed(
      uncertain
        ? `${maybe} Run again with the same requests: it is looked for before anything is sent.`
        : 'The job was stopped before a batch was made. Nothing was sent: run again.',
    );
  }
  const what = uncertain ? maybe : 'The job was stopped.';
  const cancel = asked ? ' The API was asked to stop the batch: what is answered by then is billed and stays.' : '';
  return { status: 'pending', ...underway, failure: `${what}${cancel} ${howToGoOn(underway)}` };
}

/** The job was stopped while it told what came back. */
export function stoppedReporting(artifactName: string | undefined): Failed {
  const where = artifactName === undefined ? '' : ` They are in the artifact ${artifactName}.`;
  return failed(
    `The job was stopped after the results were collected and before they were reported.${where} Re-run the job: it reports them, and nothing is paid again.`,
  );
}

/** What an earlier run left does not allow this one to go on. */
export function refuse(why: string, cure: string): Failed {
  return failed(`Nothing was submitted: ${why}; ${cure}.`);
}

/** A batch that cannot be looked at: it is not there, the credential may not, the API is out, or no look found it in time. */
export function loseSight(
  underway: Underway,
  lost: { readonly id: string; readonly why: 'unseen' | 'not-found' | 'not-allowed' | 'outage'; readonly said: string },
  remembered: boolean,
): Pending | Failed {
  const { id, why, said } = lost;
  const again = remembered
    ? 'Use the key of the workspace that made it, or set resume: never to submit these requests in a new batch, which is paid again.'
    : 'Check the id and use the key of the workspace that made it.';
  const reason = {
    unseen: `The batch ${id} was not seen within the waiting time: ${said}. ${again} If both are right, run again with a longer wait-minutes.`,
    'not-found': `The API does not know the batch ${id}: it was deleted, or it belongs to another workspace than this key. ${again}`,
    'not-allowed': `The API does not let this key look at the batch ${id}: ${said}. Check anthropic-api-key.`,
    outage: `The API gave no answer about the batch ${id} for too long: ${said}.`,
  }[why];
  const others = underway.batches.filter((batch) => batch.id !== id);
  if (why === 'not-found' && (remembered || others.length === 0)) return { ...failed(reason, underway), lostBatch: id };
  const batches = why === 'not-found' ? others : underway.batches;
  if (batches.length === 0) return failed(reason);
  // What was never seen is not among the batches, but may be there.
  const both = why !== 'not-found' && others.length === batches.length ? ` Name ${id} beside it to look for both.` : '';
  const failure = `${reason} ${howToGoOn({ ...underway, batches })}${both}`;
  return { status: 'pending', ...underway, batches, failure };
}

/** The batch has ended, but its results cannot be had. */
export function loseResults(
  underway: Underway,
  lost: { readonly id: string; readonly said: string },
): Pending | Failed {
  if (underway.batches.some(({ id, archivedAt }) => id === lost.id && archivedAt !== null)) {
    return failed(
      `The results of the batch ${lost.id} are gone: the API keeps them for 29 days. Set resume: never to submit the requests again, which is paid again.`,
      underway,
    );
  }
  const reason = `The results of the batch ${lost.id} could not be downloaded: ${lost.said}.`;
  return { status: 'pending', ...underway, failure: `${reason} ${howToGoOn(underway)}` };
}

/** Something nobody foresaw. Batches that exist stay collectable. */
export function breakDown(underway: Underway, said: string): Pending | Failed {
  const sentence = `The step broke down: ${said.replace(/[.\s]+$/, '')}.`;
  if (underway.batches.length === 0) return failed(`${sentence} Mend that and run again.`);
  return { status: 'pending', ...underway, failure: `${sentence} ${howToGoOn(underway)}` };
}

/** Why nothing was sent, as sentences. */
export function describeEnd(ended: Rejected | Failed): string {
  if (ended.status === 'failed') return ended.failure;
  return `${ended.problems
    .map(wordsOfProblem)
    .map(({ what, fix }) => `${what}; ${fix}`)
    .join('. ')}.`;
}

/** A round that could not be sent whole: batches of these requests exist and stay, and the next run goes on. */
export function sentInPart(underway: Underway, ended: Rejected | Failed): Outcome {
  if (underway.batches.length === 0) return ended;
  const why = describeEnd(ended);
  const rest = underway.resumable ? ' Only what is missing is sent then.' : '';
  return { status: 'pending', ...underway, failure: `${why} ${howToGoOn(underway)}${rest}` };
}

/** What to do with batches that live on: their ids, until when they and their results last, and the ways to collect them. */
export function howToGoOn({ batches, resumable }: Pick<Underway, 'batches' | 'resumable'>): string {
  const ids = batches.map(({ id }) => id).join(',');
  const again = resumable ? 'run again with the same requests, or with' : 'run again with';
  const expires = batches
    .flatMap((one) => (one.status === 'ended' ? [] : (formatTime(one.expiresAt) ?? [])))
    .sort()
    .at(-1);
  const end = expires === undefined ? '' : `It ends by ${expires} at the latest. `;
  const [until] = batches.flatMap(({ createdAt }) => formatTime(resultsUntil(createdAt) ?? '') ?? []).sort();
  const last = until === undefined ? 'Results last 29 days.' : `Results last until ${until}.`;
  return `Nothing is lost: ${again} batch-id: ${ids} to collect it. ${end}${last}`;
}

/** `gone`: batches that there were and that nobody can collect. */
function failed(failure: string, gone?: Underway): Failed {
  if (gone === undefined || gone.batches.length === 0) return { status: 'failed', failure };
  return { status: 'failed', failure, batches: gone.batches, requestCount: gone.requestCount };
}
