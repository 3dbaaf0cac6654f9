import {
  asSectionText,
  isNameShared,
  isSameBody,
  MAX_COMMENT_LENGTH,
  mergeComments,
  placeSection,
} from '../../core/comment/comment.ts';
import { layOut } from '../../core/comment/layout.ts';
import { markerOf, type SectionSummary, sectionIdOf } from '../../core/comment/section.ts';
import type { Step } from '../../core/comment/step.ts';
import type { GitHubContext } from '../../core/inputs/context.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import { writerOf } from '../../core/inputs/later.ts';
import { bodiesToFit, type Report } from '../../core/markdown/report.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { type Comment, GitHubError } from '../../ports/github.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Run } from '../run/run.ts';

/** A section to write into the comment. */
export interface CommentUpdate {
  readonly run: GitHubContext;
  readonly inputs: Pick<Inputs, 'comment' | 'commentKey' | 'name' | 'issueNumber' | 'summary'>;
  readonly report: Report;
  readonly summary: SectionSummary;
  /** Whether the step fails: only then does `on-failure` create a comment. */
  readonly failing: boolean;
  /** One line of Markdown that replaces the parts that do not fit and says where the full report is. */
  readonly fullReport: string;
  /**
   * False while the batches run: a failure is then only a log line, and the comment is not read again. At the end a
   * failure is a warning.
   */
  readonly final: boolean;
}

type WritePorts = Pick<Ports, 'comments' | 'log'>;

/** The written comment. */
export interface Written {
  readonly comment: Comment;
  /** Id of the own section; undefined if a newer commit's section stays. */
  readonly id: string | undefined;
  /** Its place among the sections, from 0. */
  readonly place: number;
  /** Whether the comment has no other section. */
  readonly isAlone: boolean;
  /** Whether another step of this run has a section of the same name. */
  readonly isShared: boolean;
  /** Whether anything was sent. */
  readonly changed: boolean;
}

/**
 * Writes the section into the oldest of the comments found, with the sections of the others, and deletes those. Takes
 * the fullest form that fits, by its length and by what GitHub answers. Throws GitHubError.
 */
export async function writeComment(
  ports: WritePorts,
  update: CommentUpdate,
  { number, found }: { readonly number: number; readonly found: readonly Comment[] },
): Promise<Written> {
  const { run, inputs } = update;
  const [oldest, ...younger] = found;
  const texts = bodiesToFit(update.report, update.fullReport).map(asSectionText);
  const own = ownSectionOf(update);
  const { sections, id } = placeSection(mergeComments(found.map(({ body }) => body)), own);
  if (id === undefined) ports.log.info({ code: 'newer-section-kept', name: inputs.name });
  const runsUrl = `${run.serverUrl}/${run.owner}/${run.repo}/actions/runs/`;
  const marker = markerOf(inputs.commentKey);
  const { title } = update.report.heading;
  const bodies = layOut({ marker, title, sections, runsUrl }, { id, texts });
  const isAlone = sections.length === 1;
  const sent = await sendFitting(ports, bodies, { number, marker, existing: oldest, isAlone });
  for (const second of younger) await removeSecond(ports, second);
  const place = sections.findIndex((section) => section.id === id);
  return { ...sent, id, place, isAlone, isShared: id !== undefined && isNameShared(sections, id, own) };
}

/** The step as its section identifies it. */
export function stepOf({ context, inputs, runState }: Pick<Run, 'context' | 'inputs' | 'runState'>): Step {
  const { nonce, later } = runState;
  return { ...context, requests: inputs.requests, nonce, collector: later && writerOf(later) };
}

/** The section of an update, before it gets its id. */
export function ownSectionOf({ run, inputs, report, summary, fullReport }: CommentUpdate) {
  const [text = ''] = bodiesToFit(report, fullReport);
  return { baseId: sectionIdOf(inputs.name), origin: { sha: run.sha, runId: run.runId }, summary, text, job: run.job };
}

/** How much shorter the next body is after GitHub refused one. */
const STEP_DOWN = 0.8;

interface Place {
  readonly number: number;
  readonly marker: string;
  readonly existing: Comment | undefined;
}

/** `isAlone` says that the comment has no other section. */
async function sendFitting(
  ports: WritePorts,
  bodies: Iterable<string>,
  { isAlone, ...place }: Place & { readonly isAlone: boolean },
): Promise<Pick<Written, 'comment' | 'changed'>> {
  let limit = MAX_COMMENT_LENGTH;
  let refusal: GitHubError | undefined;
  for (const body of bodies) {
    if (body.length > limit) continue;
    try {
      return await send(ports.comments, place, body);
    } catch (error) {
      if (!(error instanceof GitHubError && error.kind === 'too-long')) throw error;
      refusal = error;
      limit = Math.floor(STEP_DOWN * body.length);
    }
  }
  throw refusal ?? new GitHubError('too-long', { code: 'report-too-long', isAlone });
}

/** Sends a changed body; creates the comment anew if somebody deleted it meanwhile. */
async function send(comments: WritePorts['comments'], { number, marker, existing }: Place, body: string) {
  if (existing === undefined) return { comment: await comments.create(number, body), changed: true };
  if (isSameBody(existing.body, body)) return { comment: existing, changed: false };
  try {
    return { comment: await comments.update(existing.id, body, existing.body), changed: true };
  } catch (error) {
    if (!(error instanceof GitHubError && error.kind === 'gone')) throw error;
    // GitHub also answers this way if it hides a comment that exists: each try would add another one.
    if ((await comments.find(number, marker)).some(({ id }) => id === existing.id)) throw error;
    return { comment: await comments.create(number, body), changed: true };
  }
}

/** The oldest comment has its sections by now, so a second one that stays is only untidy. */
async function removeSecond({ comments, log }: WritePorts, { id }: Comment): Promise<void> {
  try {
    await comments.remove(id);
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'gone') return;
    log.info({ code: 'second-comment-not-deleted', reason: reasonOf(error) });
  }
}

/** GitHub's error message, or that of any other error. */
export function reasonOf(error: unknown): string {
  return error instanceof GitHubError ? error.message : describeCauses(error);
}
