import { markerOf, mergeBodies, sectionIdOf, shrinkSection } from '../core/report/comment.ts';
import type { CommentTarget } from '../core/report/comment-trouble.ts';
import { holdsWord, ladderOf, type Word } from '../core/report/fit-comment.ts';
import { parseSections } from '../core/report/sections.ts';
import { GitHubError } from '../errors.ts';
import type { Comment, World } from '../ports.ts';
import type { Telling, Told } from './tell.ts';
import { removeDouble, writeFitting } from './write-comment.ts';

type WriteWorld = Pick<World, 'comments' | 'log' | 'stop'>;

/** What a step wrote into the comment. */
export interface Written {
  readonly told: Told;
  /** Whether anything was sent. */
  readonly changed: boolean;
  /** By how many parts the section was shortened. */
  readonly step: number;
  /** How many sections are in the comment. */
  readonly legs: number;
}

/** How often the comment may change while it is written, as where GitHub has every leg wait before it writes. */
const MAX_CHANGES = 5;

/**
 * Writes the word into what was found, or into what the comment has become while GitHub kept this step waiting. `earlier` is what this
 * step wrote last. Throws GitHubError.
 */
export async function writeWord(
  world: WriteWorld,
  telling: Telling,
  target: CommentTarget,
  found: readonly Comment[],
  earlier?: Written,
): Promise<Written> {
  let now = found;
  for (let change = 0; ; change += 1) {
    try {
      return await writeInto(world, telling, target, now, earlier);
    } catch (error) {
      const hasChanged = error instanceof GitHubError && error.kind === 'changed';
      if (!hasChanged || change === MAX_CHANGES || world.stop.requested) throw error;
      now = await world.comments.find(target.number, markerOf(telling.inputs.commentKey));
    }
  }
}

/**
 * Writes the section into the oldest of the comments, with the sections of the others, which are deleted: in the fullest
 * form that fits, by its length and by what GitHub says to it. `earlier` is what this step wrote last.
 */
async function writeInto(
  world: WriteWorld,
  telling: Telling,
  target: CommentTarget,
  found: readonly Comment[],
  earlier?: Written,
): Promise<Written> {
  const firstStep = earlier?.step ?? 0;
  const [oldest, ...younger] = found;
  const word = wordOf(telling);
  const before = mergeBodies(
    found.map(({ body }) => body),
    word.marker,
    word.origin.runId,
  );
  // Only what this step wrote before can have been shortened since: an earlier attempt may have said something else.
  const kept = earlier === undefined || before === undefined ? undefined : holdsWord(before, word);
  if (earlier === undefined) warnOfNamesake(world, word, before);
  const rungs = ladderOf(before, word, kept);
  // What was too long once is not sent again. Where that was all, -1 takes the last.
  const first = rungs.findIndex(({ step, isOwn }) => kept !== undefined || !isOwn || step >= firstStep);
  const open = rungs.slice(first);
  const { comment, changed, rung } = await writeFitting(world, target.number, oldest, word.marker, open);
  for (const double of younger) await removeDouble(world, double);
  const told = { id: comment.id, url: comment.url };
  return { told, changed, step: kept === undefined ? rung.step : firstStep, legs: rung.sections.length };
}

function wordOf({ run, inputs, text, figures, fullReport, final = true }: Telling): Word {
  const texts: string[] = [];
  for (let step = 0; ; step += 1) {
    const shorter = shrinkSection(text, step, fullReport);
    if (shorter === undefined) break;
    texts.push(shorter);
  }
  const id = sectionIdOf(inputs.leg, run.action);
  const origin = { sha: run.sha, runId: run.runId };
  return { marker: markerOf(inputs.commentKey), id, texts, origin, figures, final };
}

/** Names that differ in other characters alone have one section, in which the last one would stand as if it were all. */
function warnOfNamesake({ log }: WriteWorld, { id, origin, figures }: Word, before: string | undefined): void {
  const there = parseSections(before ?? '', origin.runId).find((section) => section.id === id);
  const other = there?.origin?.sha === origin.sha ? there.figures?.leg : undefined;
  if (other === undefined || other === '' || other.includes('…') || other === figures.leg) return;
  log.warning(
    `The legs ${other} and ${figures.leg} have one section of the comment, since only A-Z a-z 0-9 . _ - tell legs apart: give them names that differ in these.`,
  );
}
