import type { RequestSet } from '../../core/intake/request-set.ts';
import { isFresh } from '../../core/reuse/age.ts';
import type { AnswerIndex } from '../../core/reuse/answer-index.ts';
import { createLineDigests, keysOf } from '../../core/reuse/line-digests.ts';
import type { FileReader } from '../../ports/machine.ts';
import type { EarlierAnswers } from '../admit/submission.ts';
import type { Downloads } from '../collect/collect-batches.ts';
import type { Run } from '../run/run.ts';

/** Opens the answers that requests take, and the other answers that earlier runs got. */
export function openEarlierAnswers(
  { ports, inputs }: Pick<Run, 'ports' | 'inputs'>,
  requests: RequestSet,
  { downloads, index }: { readonly downloads: Downloads; readonly index: AnswerIndex },
): EarlierAnswers {
  const places = new Map<number, { readonly reader: FileReader; readonly offset: number; readonly length: number }>();
  const readers: FileReader[] = [];
  for (const { path, lines } of downloads.values()) {
    const reader = ports.files.open(path);
    readers.push(reader);
    for (const { customId, offset, length } of lines) {
      const position = requests.ids.get(customId);
      if (position !== undefined) places.set(position, { reader, offset, length });
    }
  }
  const digests = createLineDigests(inputs.api);
  const window = { nowMs: ports.clock.date(), reuseDays: inputs.reuseDays };
  let asked = 0;
  return {
    line(position) {
      const place = places.get(position);
      return place && Buffer.from(place.reader.readAt(place.offset, place.length)).toString('utf8');
    },
    isAnswered(line) {
      digests.add(line);
      const answer = index.get(keysOf(digests.finish())(asked));
      asked += 1;
      return answer !== undefined && isFresh(answer.answeredAtMs, window);
    },
    close() {
      for (const reader of readers) reader.close();
    },
  };
}
