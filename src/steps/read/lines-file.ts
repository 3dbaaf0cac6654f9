import { createHash } from 'node:crypto';
import type { Files, WrittenFile } from '../../ports/machine.ts';

/** `requests.jsonl` being written. */
export type LinesFile = Awaited<ReturnType<typeof openLines>>;

export async function openLines(files: Files, path: string) {
  const writer = await files.write(path);
  const hash = createHash('sha256');
  const starts: number[] = [];
  return {
    /** By position: where its line starts; after `commit` one more entry says where the file ends. */
    starts,
    write(text: string): Promise<void> | undefined {
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
