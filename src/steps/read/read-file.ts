import type { RequestCollector } from '../../core/intake/request-collector.ts';
import { MAX_BODY_BYTES } from '../../core/requests/limits.ts';
import { createLineSplitter, type Line, type LinePlace } from '../../core/requests/lines.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { FileError } from '../../ports/file-error.ts';
import type { FileReader, Files, FoundFile } from '../../ports/machine.ts';
import type { CasesFile } from './cases-file.ts';
import type { LinesFile } from './lines-file.ts';

/** What takes the lines of request files. */
export interface Takers {
  readonly collector: RequestCollector;
  /** The requests to send. */
  readonly out: Pick<LinesFile, 'write'>;
  readonly cases: Pick<CasesFile, 'write'>;
}

/** Takes lines of the file at this index. */
export async function takeLines(
  lines: Iterable<Line>,
  index: number,
  { collector, out, cases }: Takers,
): Promise<void> {
  for (const line of lines) {
    const taken = collector.take(line, index);
    if (taken === undefined) continue;
    for (const text of taken.texts) {
      const full = out.write(taken.bytes ?? text);
      if (full !== undefined) await full;
    }
    const full = taken.caseLine === undefined ? undefined : cases.write(taken.caseLine);
    if (full !== undefined) await full;
  }
}

/** Reads one request file, line by line; the collector notes what is wrong with it. */
export async function readFile(
  files: Files,
  { index, ...file }: FoundFile & { readonly index: number },
  takers: Takers,
): Promise<void> {
  const { collector } = takers;
  const splitter = createLineSplitter(MAX_BODY_BYTES);
  try {
    for await (const piece of files.read(file.path)) {
      await takeLines(splitter.push(piece), index, takers);
      if (collector.isAbandoned(index)) return;
    }
  } catch (error) {
    if (error instanceof FileError) return collector.rejectFile(index, { code: 'file-unusable', fault: error.fault });
    if (!isReadFailure(error)) throw error;
    collector.rejectFile(index, { code: 'unreadable-file', reason: describeCauses(error) });
    return;
  }
  await takeLines(splitter.end(), index, takers);
}

/** File system errors while reading; those of writing have the call `write` and are not the request file's fault. */
export function isReadFailure(error: unknown): boolean {
  return Error.isError(error) && 'syscall' in error && (error.syscall === 'open' || error.syscall === 'read');
}

/** Reads again the few earlier lines that are checked once more. */
export function openEarlierLines(files: Files, found: readonly FoundFile[]) {
  const readers = new Map<number, FileReader>();
  return {
    read({ file, offset, length }: LinePlace): Uint8Array {
      const reader = readers.get(file) ?? files.open(found[file]?.path ?? '');
      readers.set(file, reader);
      return reader.readAt(offset, length);
    },
    close() {
      for (const reader of readers.values()) reader.close();
    },
  };
}
