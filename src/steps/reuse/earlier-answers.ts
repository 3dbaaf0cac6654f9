import type { RequestSet } from '../../core/intake/request-set.ts';
import { selectResults } from '../../core/results/select-results.ts';
import { isFresh } from '../../core/reuse/age.ts';
import type { AnswerIndex } from '../../core/reuse/answer-index.ts';
import { createLineDigests, keysOf } from '../../core/reuse/line-digests.ts';
import type { EarlierAnswers } from '../admit/submission.ts';
import type { Downloads } from '../collect/collect-batches.ts';
import type { Run } from '../run/run.ts';
import { openSpans } from '../run/span-reader.ts';

/** Opens the answers that requests take, and the other answers that earlier runs got. */
export function openEarlierAnswers(
  { ports, inputs }: Pick<Run, 'ports' | 'inputs'>,
  requests: RequestSet,
  { downloads, index }: { readonly downloads: Downloads; readonly index: AnswerIndex },
): EarlierAnswers {
  const opened = Array.from(downloads.values(), ({ path, lines }) => ({ lines, reader: openSpans(ports.files, path) }));
  const choice = selectResults(
    opened.map(({ lines }) => lines),
    requests.ids,
  );
  const digests = createLineDigests(inputs.api);
  const window = { nowMs: ports.clock.date(), reuseDays: inputs.reuseDays };
  let asked = 0;
  return {
    line(position) {
      const chosen = choice.lineOf(position);
      const from = chosen && opened[chosen.download];
      return chosen && from?.reader.read(from.lines.span(chosen.line));
    },
    isAnswered(line) {
      digests.add(line);
      const answer = index.get(keysOf(digests.finish())(asked));
      asked += 1;
      return answer !== undefined && isFresh(answer.answeredAtMs, window);
    },
    close() {
      for (const { reader } of opened) reader.close();
    },
  };
}
