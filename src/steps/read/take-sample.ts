import type { RequestCollector } from '../../core/intake/request-collector.ts';
import { answerId, lineIds } from '../../core/intake/request-ids.ts';
import type { TakenSample } from '../../core/intake/request-set.ts';
import type { LinePlace } from '../../core/requests/lines.ts';
import { chooseSample, type SampleSize } from '../../core/requests/sample.ts';
import { type Takers, takeLines } from './read-file.ts';

/** For lines that are only checked: which of them to send is known once all are read. */
export const NOWHERE: Pick<Takers, 'out' | 'cases'> = {
  out: { write: () => undefined },
  cases: { write: () => undefined },
};

/**
 * Reads the checked lines of the sample again, and writes them as if there were no others. If one is no longer the same
 * request, resolves to the index of its file.
 */
export async function takeSample(
  all: RequestCollector,
  size: SampleSize,
  {
    repeats,
    readAgain,
    ...takers
  }: Takers & { readonly repeats: number; readonly readAgain: (place: LinePlace) => Uint8Array },
): Promise<TakenSample | { readonly changed: number }> {
  const customIds = [...lineIds(all.ids, repeats)];
  const sample = chooseSample(customIds, size);
  for (const [index, customId] of customIds.entries()) {
    const place = sample.takes(customId) ? all.places.at(index * repeats) : undefined;
    if (place === undefined) continue;
    const { file, line: number, offset } = place;
    const position = takers.collector.places.length;
    await takeLines([{ bytes: readAgain(place), number, offset, tooLong: false }], file, takers);
    if (takers.collector.ids.get(answerId(customId, 1, repeats)) !== position) return { changed: file };
  }
  // Keeps the IDs, and nothing else of the lines that are not sent.
  const { ids } = all;
  const has = (customId: string) => ids.has(customId) || ids.has(answerId(customId, 1, repeats));
  return { ...sample, size, of: customIds.length, has };
}
