import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitHubContext } from '../../core/inputs/context.ts';
import { PAUSE_FILE, PAUSE_NAME, pauseNumber } from '../../core/wake/pause-note.ts';
import { MAX_NUMBER, numbersFor } from '../../core/wake/pause-number.ts';
import type { PauseNotes } from '../../ports/github.ts';
import { hasArtifactService, openArtifactClient, underFreeNumber } from '../artifact.ts';
import { createCaptureOutput } from '../capture-output.ts';
import { createSerialQueue } from '../serial-queue.ts';
import { readRecord } from '../stored-record.ts';
import { readMember } from '../zip.ts';

const RETENTION_DAYS = 30;
/** Most notes to read of one run: jobs of a large matrix would otherwise read those of all others. */
const MAX_READ = 64;
const MAX_BYTES = 100_000;
const LIMIT_MS = 20_000;

/** Notes of this run as artifacts, through the runner's own token: no permission is needed. */
export function createPauseNotes({
  run,
  temp,
}: {
  readonly run: Pick<GitHubContext, 'serverUrl'>;
  /** An existing folder for temporary files. */
  readonly temp: string;
}): PauseNotes {
  const queue = createSerialQueue(LIMIT_MS);
  const captureOutput = createCaptureOutput();

  const quietly = async <T>(work: () => Promise<T>): Promise<T> => (await queue(() => captureOutput(work))).value;

  async function list(): Promise<readonly { readonly name: string; readonly id: number; readonly number: number }[]> {
    const client = await openArtifactClient();
    const { artifacts } = await client.listArtifacts();
    return artifacts.flatMap(({ name, id }) => {
      const number = pauseNumber(name);
      return number === undefined ? [] : [{ name, id, number }];
    });
  }

  async function read(id: number): Promise<string> {
    return inFolder(temp, (folder) =>
      quietly(async () => {
        const client = await openArtifactClient();
        await client.downloadArtifact(id, { path: folder, skipDecompress: true });
        const [zip = ''] = await readdir(folder);
        return readRecord(readMember(join(folder, zip), PAUSE_FILE, MAX_BYTES), MAX_BYTES);
      }),
    );
  }

  return {
    async leave(text, evaluation) {
      if (!hasArtifactService(run.serverUrl)) return;
      await inFolder(temp, (folder) =>
        quietly(async () => {
          const client = await openArtifactClient();
          const file = join(folder, PAUSE_FILE);
          await writeFile(file, text);
          const taken = new Set((await list()).map(({ number }) => number));
          const free = numbersFor(evaluation).filter((number) => !taken.has(number));
          // Other jobs of the run may take the same number at the same time.
          await underFreeNumber({ from: 0, to: free.length + MAX_READ }, (i) => {
            const name = `${PAUSE_NAME}-${free[i] ?? MAX_NUMBER + 1 + i - free.length}`;
            return client.uploadArtifact(name, [file], folder, { retentionDays: RETENTION_DAYS });
          });
        }),
      );
    },
    async ofRun(evaluation) {
      if (!hasArtifactService(run.serverUrl)) return [];
      const order = numbersFor(evaluation);
      const place = (number: number): number => (order.includes(number) ? order.indexOf(number) : order.length);
      const found = (await quietly(list)).toSorted((a, b) => place(a.number) - place(b.number)).slice(0, MAX_READ);
      const notes: { name: string; text: string }[] = [];
      let failure: unknown;
      for (const { name, id } of found) {
        try {
          notes.push({ name, text: await read(id) });
        } catch (error) {
          // Its own step may be removing it.
          failure = error;
        }
      }
      if (notes.length === 0 && failure !== undefined) throw failure;
      return notes;
    },
    async remove(name) {
      await quietly(async () => (await openArtifactClient()).deleteArtifact(name));
    },
  };
}

async function inFolder<T>(temp: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(temp, 'claude-batch-paused-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
