import { memberOf, parseJson } from '../../core/text/json.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import type { Files } from '../../ports/machine.ts';
import { readLines } from './saved-grades.ts';

/** As of any result: every model limits a message far below this. */
const MAX_LINE_BYTES = 64 << 20;

/** Lines of results by the custom ID that they begin with. */
export interface LinesById {
  readonly path: string;
  /** Without the line end; undefined for an ID that no line has. */
  line(customId: string): string | undefined;
  close(): void;
}

/** Reads the file once to learn where its lines are. If several have one ID, the first counts. */
export async function openLines(files: Files, path: string): Promise<LinesById> {
  const places = new Map<string, { readonly offset: number; readonly length: number }>();
  for await (const { bytes, offset, tooLong } of readLines(files, path, MAX_LINE_BYTES)) {
    const id = tooLong ? undefined : idOf(bytes);
    if (id !== undefined && !places.has(id)) places.set(id, { offset, length: bytes.length });
  }
  const reader = files.open(path);
  return {
    path,
    line(customId) {
      const place = places.get(customId);
      return place && Buffer.from(reader.readAt(place.offset, place.length)).toString('utf8');
    },
    close: () => reader.close(),
  };
}

/** As the API writes its lines; others are parsed. */
const START = /^\{"custom_id": ?"([\w-]{1,64})",/;

function idOf(bytes: Uint8Array): string | undefined {
  const found = START.exec(utf8Of(bytes.subarray(0, 100)))?.[1];
  if (found !== undefined) return found;
  const id = memberOf(parseJson(utf8Of(bytes)), 'custom_id');
  return typeof id === 'string' ? id : undefined;
}
