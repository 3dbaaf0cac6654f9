import { join } from 'node:path';
import { createRequestStats } from '../../core/estimate/request-stats.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { LinePlace } from '../../core/requests/lines.ts';
import { isJsonObject, memberOf, parseJson } from '../../core/text/json.ts';
import { digestsFor, openLines } from '../read/lines-file.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';

/** A line of the judge's batch. Its custom ID depends on all that it asks, so that equal ones are one request. */
export interface AskedJudgement {
  readonly customId: string;
  readonly text: string;
}

/** Only of this process: the answers and the request files say again what is asked. */
const FILE = '.judge-requests.jsonl';

/** Writes what is asked, each judgement once, in its order, and returns it as requests like any others. */
export async function writeJudgeRequests(
  run: Pick<Run, 'ports' | 'inputs' | 'runState'>,
  asked: AsyncIterable<AskedJudgement>,
): Promise<RequestSet> {
  const { files } = run.ports;
  const out = await openLines(files, join(folderOf(run), FILE), digestsFor(run.inputs));
  const ids = new Map<string, number>();
  const places: LinePlace[] = [];
  const stats = createRequestStats();
  try {
    for await (const { customId, text } of asked) {
      if (ids.has(customId)) continue;
      ids.set(customId, ids.size);
      const params = memberOf(parseJson(text), 'params');
      stats.add(isJsonObject(params) ? params : {});
      const full = out.write(text);
      if (full !== undefined) await full;
      const offset = out.starts.at(-1) ?? 0;
      places.push({ file: 0, line: ids.size, offset, length: Buffer.byteLength(text) });
    }
    const lines = await out.commit();
    const file = { path: lines.path, name: FILE, isOutside: false };
    const { starts, digests } = out;
    return { ids, places, files: [file], stats, faults: [], lines, starts, digests, cases: undefined };
  } finally {
    await out.discard();
  }
}
