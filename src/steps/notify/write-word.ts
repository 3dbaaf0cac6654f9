import { markerOf, mergeBodies, sectionIdOf } from '../../core/comment/comment.ts';
import type { CommentTarget } from '../../core/comment/comment-trouble.ts';
import { holdsWord, ladderOf } from '../../core/comment/fit-comment.ts';
import type { Word } from '../../core/comment/rung.ts';
import { shrinkSection } from '../../core/markdown/shrink.ts';
import { type Comment, GitHubError } from '../../ports/github.ts';
import type { World } from '../../ports/ports.ts';
import type { Telling, Told } from './telling.ts';
import { removeDouble, writeFitting } from './write-comment.ts';

type WriteWorld = Pick<World, 'comments' | 'log' | 'clock' | 'signal'>;

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

/**
 * Writes the word into what was found, or into what the comment has become while GitHub kept this step waiting. `earlier` is what this
 * step wrote last. After `endsMs` it is not tried again. Throws GitHubError.
 */
export async function writeWord(
  world: WriteWorld,
  telling: Telling,
  { target, endsMs }: { readonly target: CommentTarget; readonly endsMs: number },
  found: readonly Comment[],
  earlier?: Written,
): Promise<Written> {
  let now = found;
  for (;;) {
    try {
      return await writeInto(world, telling, target, now, earlier);
    } catch (error) {
      const hasChanged = error instanceof GitHubError && error.kind === 'changed';
      if (!hasChanged || world.clock.now() >= endsMs || world.signal.aborted) throw error;
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
  const id = sectionIdOf(inputs.name, run.action);
  const origin = { sha: run.sha, runId: run.runId };
  return { marker: markerOf(inputs.commentKey), id, texts, origin, figures, final };
}
