import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';

interface Archive {
  pipe(stream: PassThrough): void;
  append(content: string | Buffer, entry: { readonly name: string }): void;
  finalize(): Promise<void>;
}
const archiver: (format: 'zip') => Archive = createRequire(import.meta.url)('archiver');

/** The bytes of a zip, made by the library that the artifact client packs with. */
export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = archiver('zip');
  const stream = new PassThrough();
  archive.pipe(stream);
  for (const [name, content] of Object.entries(files)) archive.append(content, { name });
  const [bytes] = await Promise.all([buffer(stream), archive.finalize()]);
  return bytes;
}
