import type { RequestCollector } from '../../core/intake/request-collector.ts';
import { MAX_BODY_BYTES } from '../../core/requests/limits.ts';
import { createLineSplitter, type Line, type LinePlace } from '../../core/requests/lines.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { FileError } from '../../ports/file-error.ts';
import type { FileReader, Files, FoundFile } from '../../ports/machine.ts';
import type { CasesFile } from './cases-file.ts';
import type { LinesFile } from './lines-file.ts';

/** What takes the lines of request files. */
interface Takers {
  readonly collector: RequestCollector;
  /** The requests to send. */
  readonly out: LinesFile;
  readonly cases: CasesFile;
}

/** Reads one request file, line by line; what is wrong with it is noted by the collector. */
export async function readFile(
  files: Files,
  { index, ...file }: FoundFile & { readonly index: number },
  { collector, out, cases }: Takers,
): Promise<void> {
  const splitter = createLineSplitter(MAX_BODY_BYTES);
  const take = async (lines: Iterable<Line>): Promise<void> => {
    for (const line of lines) {
      const taken = collector.take(line, index);
      if (taken === undefined) continue;
      for (const text of taken.texts) {
        const full = out.write(text);
        if (full !== undefined) await full;
      }
      const full = taken.caseLine === undefined ? undefined : cases.write(taken.caseLine);
      if (full !== undefined) await full;
    }
  };
  try {
    for await (const piece of files.read(file.path)) {
      await take(splitter.push(piece));
      if (collector.isAbandoned(index)) return;
    }
  } catch (error) {
    if (error instanceof FileError) return collector.rejectFile(index, { code: 'file-unusable', fault: error.fault });
    if (!isReadFailure(error)) throw error;
    collector.rejectFile(index, { code: 'unreadable-file', reason: describeCauses(error) });
    return;
  }
  await take(splitter.end());
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
