import { chooseTarget, pickPullRequest } from '../../core/comment/target.ts';
import { baselineRefs } from '../../core/comparison/baseline.ts';
import type { Seeker } from '../../core/comparison/candidate.ts';
import { submitterOf } from '../../core/record/submitter.ts';
import { sha256 } from '../../core/text/sha256.ts';
import { GitHubError, type PullRequest } from '../../ports/github.ts';
import { originOf } from '../run/load-record.ts';
import type { Run } from '../run/run.ts';

/** What this run looks for. */
export async function seekerOf(run: Run): Promise<Seeker> {
  const { ports, inputs, context, runState } = run;
  const { baseline } = inputs;
  const createdAtMs = (await orUndefined(ports.repository.runCreatedAt())) ?? runState.startedAtMs;
  return {
    runId: context.runId,
    repository: `${context.owner}/${context.repo}`,
    ...evaluationOf(run),
    createdAtMs,
    nowMs: ports.clock.date(),
    wants: baseline.kind === 'run' ? { runId: baseline.runId } : { refs: await refsOf(run) },
  };
}

/** The evaluation whose runs are the baseline: the workflow by path, or by name if its file is in another repository. */
function evaluationOf(run: Run): Pick<Seeker, 'workflow' | 'name'> {
  const { workflow, name } = originOf(run);
  const file = run.inputs.baselineWorkflow;
  return { workflow: file === undefined ? workflow : `.github/workflows/${file}`, name };
}

/** Tells apart what the evaluations of one run look for. The target branch of a pull request may change between attempts. */
export function pinKeyOf(run: Run): string {
  const { workflow, name } = evaluationOf(run);
  return sha256(JSON.stringify([workflow, name, run.inputs.baseline]));
}

async function refsOf(run: Run): Promise<readonly string[]> {
  const { context } = run;
  const { branch, event } = context;
  const { ref } = submitterOf(context);
  // Schedules run on the default branch only, and their event may not name it.
  const known = context.defaultBranch ?? (event === 'schedule' ? branch : undefined);
  // The default branch has no target; a run for a comment only seems to be on it.
  const isOfDefault = context.issue === undefined && ref === `refs/heads/${known}`;
  const baseBranch = context.baseBranch ?? (isOfDefault ? undefined : await findBaseBranch(run));
  return baselineRefs({ baseBranch, defaultBranch: known ?? baseBranch ?? branch, ref });
}

/** The target branch of this run's pull request; undefined if there is none, or if it cannot be read. */
async function findBaseBranch({ ports, context }: Run): Promise<string | undefined> {
  const { repository } = ports;
  const choice = chooseTarget(context, undefined);
  if (choice === undefined) return undefined;
  if ('number' in choice) {
    return choice.of === 'issue' ? undefined : (await orUndefined(repository.pullRequest(choice.number)))?.baseBranch;
  }
  const asked: Promise<readonly PullRequest[]> =
    'branch' in choice
      ? repository.pullRequestsOfBranch(choice.owner, choice.branch)
      : repository.pullRequestsOfCommit(choice.sha);
  const pulls = (await orUndefined(asked)) ?? [];
  const number = pickPullRequest(pulls, context);
  return pulls.find((pull) => pull.number === number)?.baseBranch;
}

async function orUndefined<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof GitHubError) return undefined;
    throw error;
  }
}
