import { Buffer } from 'node:buffer';
import { type Secrets, writingsOf } from '../core/text/secrets.ts';
import type { AnswerStore, CommentBoard, PauseNotes, StateStore } from '../ports/github.ts';
import type { Files, Runner } from '../ports/machine.ts';

/** The outlets to people and to later runs, besides the log, which has its own escaping. */
interface Outlets {
  readonly comments: CommentBoard;
  readonly state: StateStore;
  readonly answers: AnswerStore;
  readonly pauseNotes: PauseNotes;
  readonly files: Files;
  readonly runner: Runner;
}

/**
 * The same outlets without secrets: if an API, a model or a record repeats one, it becomes `***` here, the last place before the text
 * is stored or sent. Requests and results are copied unchanged: `holdsSecret` finds those that contain one.
 */
export function withoutSecrets(outlets: Outlets, { texts, blot }: Pick<Secrets, 'texts' | 'blot'>): Outlets {
  const { comments, state, answers, pauseNotes, files, runner } = outlets;
  return {
    comments: {
      ...comments,
      create: (issueNumber, body) => comments.create(issueNumber, blot(body)),
      update: (commentId, body, before) => comments.update(commentId, blot(body), before),
    },
    state: { ...state, save: (key, text, durable) => state.save(key, blot(text), durable) },
    answers: {
      ...answers,
      save: (place, next) =>
        answers.save(place, (newest) => {
          const text = next(newest);
          return text === undefined ? undefined : blot(text);
        }),
    },
    pauseNotes: { ...pauseNotes, leave: (text, evaluation) => pauseNotes.leave(blot(text), evaluation) },
    files: {
      ...files,
      async writeText(path) {
        const writer = await files.writeText(path);
        return {
          get bytes() {
            return writer.bytes;
          },
          write: (piece) => writer.write(typeof piece === 'string' ? blot(piece) : piece),
          commit: () => writer.commit(),
          discard: () => writer.discard(),
        };
      },
      holdsSecret: (path) => holdsAny(files.read(path), writingsOf(texts())),
    },
    runner: {
      ...runner,
      setOutput: (name, value) => runner.setOutput(name, blot(value)),
      saveState: (name, value) => runner.saveState(name, blot(value)),
      writeSummary: (markdown) => runner.writeSummary(blot(markdown)),
    },
  };
}

async function holdsAny(pieces: AsyncIterable<Uint8Array>, texts: readonly string[]): Promise<boolean> {
  const overlap = Math.max(0, ...texts.map((text) => Buffer.byteLength(text) - 1));
  const isIn = (bytes: Buffer): boolean => texts.some((text) => bytes.includes(text));
  let end = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    // Also a secret that begins in one piece and ends in the next.
    const seam = Buffer.concat([end, bytes.subarray(0, overlap)]);
    if (isIn(bytes) || isIn(seam)) return true;
    end = bytes.length < overlap ? seam.subarray(-overlap) : Buffer.from(bytes.subarray(bytes.length - overlap));
  }
  return false;
}
