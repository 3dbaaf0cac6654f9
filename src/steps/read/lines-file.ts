import { createHash } from 'node:crypto';
import type { Inputs } from '../../core/inputs/inputs.ts';
import { createLineDigests, type LineDigests } from '../../core/reuse/line-digests.ts';
import type { Files, WrittenFile } from '../../ports/machine.ts';

/** `requests.jsonl` being written. */
export type LinesFile = Awaited<ReturnType<typeof openLines>>;

/** `digests` takes each line that is written. */
export async function openLines(files: Files, path: string, digests?: LineDigests) {
  const writer = await files.write(path);
  const hash = createHash('sha256');
  const starts: number[] = [];
  return {
    /** By position: where its line starts; after `commit` one more entry says where the file ends. */
    starts,
    /** Of the lines so far. */
    get digests(): Uint8Array | undefined {
      return digests?.finish();
    },
    write(text: string): Promise<void> | undefined {
      digests?.add(text);
      starts.push(writer.bytes);
      const line = `${text}\n`;
      hash.update(line);
      return writer.write(line);
    },
    async commit(): Promise<WrittenFile> {
      starts.push(writer.bytes);
      await writer.commit();
      return { path, bytes: writer.bytes, sha256: hash.digest('hex') };
    },
    discard: () => writer.discard(),
  };
}

/** What takes the digests of lines; undefined where answers are neither reused nor kept for later runs. */
export function digestsFor({ reuseAnswers, api }: Inputs): LineDigests | undefined {
  return reuseAnswers === 'false' ? undefined : createLineDigests(api);
}
