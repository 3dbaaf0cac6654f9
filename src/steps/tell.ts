import type { RunContext } from '../core/inputs/context.ts';
import type { Inputs } from '../core/inputs/inputs.ts';
import { isSameBody, markerOf, mergeBodies, mergeSection, sectionIdOf, shrinkSection } from '../core/report/comment.ts';
import { chooseTarget, pickPullRequest } from '../core/report/target.ts';
import { describeCauses, GitHubError } from '../errors.ts';
import type { Comment, World } from '../ports.ts';

type TellWorld = Pick<World, 'comments' | 'repository' | 'log' | 'runner'>;

/** What to tell, for whom. */
export interface Telling {
  readonly run: RunContext;
  readonly inputs: Pick<Inputs, 'comment' | 'commentKey' | 'leg' | 'issueNumber' | 'summary'>;
  /** The section's markdown. */
  readonly text: string;
  /** Whether the step fails: `on-failure` creates a comment only then. */
  readonly failing: boolean;
  /** One line of markdown that stands for what a section too long had to drop: where the full report is. */
  readonly fullReport: string;
  /** False for a word on the way, whose failure is only a line of the log; the last word's is a warning. Default true. */
  readonly final?: boolean;
}

/** Where the text stands now. */
export interface Told {
  readonly id: number;
  readonly url: string;
}

interface Target {
  readonly number: number;
  readonly of: 'pull-request' | 'issue' | 'either';
}

/**
 * Writes the run's section into the one comment of its key, found or created. Undefined where there is nothing to comment
 * on, nothing to say, or no way to say it: the last is a warning, with the permission by name. Never throws.
 */
export async function tellComment(world: TellWorld, telling: Telling): Promise<Told | undefined> {
  if (telling.inputs.comment === 'never') return undefined;
  let target: Target | undefined;
  try {
    target = await findTarget(world, telling);
    return target === undefined ? undefined : await writeSection(world, telling, target);
  } catch (error) {
    await sayTrouble(world, telling, describeTrouble(error, target));
    return undefined;
  }
}

async function findTarget({ repository }: TellWorld, { run, inputs }: Telling): Promise<Target | undefined> {
  const choice = chooseTarget(run, inputs.issueNumber);
  if (choice.kind === 'known') return choice;
  if (choice.kind === 'none') return undefined;
  const candidates =
    choice.kind === 'look-up-branch'
      ? await repository.pullRequestsOfBranch(choice.owner, choice.branch)
      : await repository.pullRequestsOfCommit(choice.sha);
  const number = pickPullRequest(candidates, run);
  return number === undefined ? undefined : { number, of: 'pull-request' };
}

async function writeSection(world: TellWorld, telling: Telling, target: Target): Promise<Told | undefined> {
  const { run, inputs, failing } = telling;
  const marker = markerOf(inputs.commentKey);
  const [oldest, ...younger] = await world.comments.find(target.number, marker);
  if (oldest === undefined && inputs.comment === 'on-failure' && !failing) return undefined;
  const found = oldest === undefined ? [] : [oldest, ...younger];
  const before = mergeBodies(
    found.map(({ body }) => body),
    marker,
  );
  const id = sectionIdOf(inputs.leg, run.action);
  for (let step = 0; ; step += 1) {
    const text = shrinkSection(telling.text, step, telling.fullReport);
    if (text === undefined)
      throw new GitHubError('too-long', 'not even the shortest form of the report fits beside the other sections');
    const body = mergeSection(before, marker, id, text, { sha: run.sha, runId: run.runId });
    try {
      const told = await write(world, target.number, oldest, body);
      for (const comment of younger) await removeDouble(world, comment);
      return { id: told.id, url: told.url };
    } catch (error) {
      if (!(error instanceof GitHubError && error.kind === 'too-long')) throw error;
    }
  }
}

/** Sends a body that changed; a comment that somebody deleted meanwhile is created anew. */
async function write(
  { comments }: TellWorld,
  number: number,
  existing: Comment | undefined,
  body: string,
): Promise<Comment> {
  if (existing === undefined) return comments.create(number, body);
  if (isSameBody(existing.body, body)) return existing;
  try {
    return await comments.update(existing.id, body);
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'gone') return comments.create(number, body);
    throw error;
  }
}

/** The sections stand in the oldest comment by now, so a double that stays is only untidy. */
async function removeDouble({ comments, log }: TellWorld, { id }: Comment): Promise<void> {
  try {
    await comments.remove(id);
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'gone') return;
    log.info(`A second comment of this action stays on the page: ${messageOf(error)}.`);
  }
}

/** Where no comment can be written, the text goes to the job summary, also when that was not asked for. */
async function sayTrouble(
  { log, runner }: TellWorld,
  { final = true, inputs, text }: Telling,
  trouble: string,
): Promise<void> {
  if (!final) {
    log.info(trouble);
    return;
  }
  try {
    if (!inputs.summary) await runner.writeSummary(`${text}\n`);
    log.warning(`${trouble} It stands in the job summary.`);
  } catch (error) {
    log.warning(`${trouble} Nor could the job summary be written: ${describeCauses(error)}.`);
  }
}

function describeTrouble(error: unknown, target: Target | undefined): string {
  const place = target === undefined ? 'a pull request' : placeOf(target);
  const kind = error instanceof GitHubError ? error.kind : undefined;
  const advice = kind === 'forbidden' ? ` ${adviceFor(target?.of ?? 'pull-request')}` : '';
  return `The report could not be written to ${place}: ${messageOf(error)}.${advice}`;
}

function placeOf({ number, of }: Target): string {
  return `${{ 'pull-request': 'pull request ', issue: 'issue ', either: '' }[of]}#${number}`;
}

function adviceFor(of: Target['of']): string {
  if (of === 'issue') return 'Give the job `permissions: issues: write`.';
  return `Give the job \`permissions: pull-requests: write\`${of === 'either' ? ' (for an issue: `issues: write`)' : ''}.`;
}

function messageOf(error: unknown): string {
  return error instanceof GitHubError ? error.message : describeCauses(error);
}
