import { join } from 'node:path';
import { createRequestStats } from '../../core/estimate/request-stats.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { JudgeRequest } from '../../core/judge/request.ts';
import { createLinePlaces } from '../../core/requests/line-places.ts';
import { digestsFor, openLines } from '../read/lines-file.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';

/** Only for this process: the next one finds out from the answers and the request files what to ask. */
const FILE = '.judge-requests.jsonl';

/** What is asked as requests like any others, each once. */
export interface JudgeRequests {
  readonly requests: RequestSet;
  /** For each question asked, in order, the position of its request. */
  readonly positions: readonly number[];
}

/** Writes what is asked, in its order. */
export async function writeJudgeRequests(
  run: Pick<Run, 'ports' | 'inputs' | 'runState'>,
  asked: AsyncIterable<JudgeRequest>,
): Promise<JudgeRequests> {
  const { files } = run.ports;
  const out = await openLines(files, join(folderOf(run), FILE), digestsFor(run.inputs));
  const ids = new Map<string, number>();
  const positions: number[] = [];
  const { places, add } = createLinePlaces(1);
  const stats = createRequestStats();
  try {
    for await (const { customId, params, text } of asked) {
      const known = ids.get(customId);
      positions.push(known ?? ids.size);
      if (known !== undefined) continue;
      ids.set(customId, ids.size);
      stats.add(params);
      const full = out.write(text);
      if (full !== undefined) await full;
      const offset = out.starts.at(out.starts.length - 1) ?? 0;
      add({ file: 0, line: ids.size, offset, length: Buffer.byteLength(text) });
    }
    const lines = await out.commit();
    const file = { path: lines.path, name: FILE, isOutside: false };
    const { starts, digests } = out;
    const about = { files: [file], stats, faults: [], cases: undefined };
    return { requests: { ids, places, lines, starts, digests, ...about }, positions };
  } finally {
    await out.discard();
  }
}
