import type { ResultFiles } from '../../core/endings/outcome.ts';
import { type CaseLine, readCaseLine } from '../../core/grading/case-line.ts';
import type { GivenAnswer, GivenCase } from '../../core/grading/grader.ts';
import { answerId } from '../../core/intake/request-ids.ts';
import type { CaseFile, RequestSet } from '../../core/intake/request-set.ts';
import { createLineSplitter } from '../../core/requests/lines.ts';
import { parseParams } from '../../core/requests/params.ts';
import type { CasePlaces, Span } from '../../core/results/case-places.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import type { Files } from '../../ports/machine.ts';
import { openSpans, type SpanReader } from '../run/span-reader.ts';

/** Cases with their answers, as they are on disk. */
export interface CaseSource {
  readonly cases: CaseFile;
  readonly requests: Pick<RequestSet, 'lines'>;
  readonly results: ResultFiles['results'];
  readonly places: CasePlaces;
}

/** A case of the files with its answers, and the place of its line in the case file. */
export interface WalkedCase extends GivenCase {
  readonly at: Span;
}

/**
 * How much is held at once: this many answers, or this many bytes of them. Enough to share a time limit, which costs 0.1 ms.
 * Few enough to be garbage before the young generation (1 MB) has been filled twice: with 30, nearly nothing grows old; with
 * 60, a tenth of all bytes.
 */
const MAX_ANSWERS = 30;
const MAX_BYTES = 8 << 20;

/** A line of the case file has asserts and metadata, each of which is bounded by the line of a request. */
const MAX_LINE_BYTES = 512 << 20;

/** All cases in the order of the requests, some at a time. */
export async function* walkCases(files: Files, source: CaseSource): AsyncGenerator<readonly WalkedCase[]> {
  const { cases, requests, results, places } = source;
  const open = { results: openSpans(files, results), requests: openSpans(files, requests.lines.path) };
  const splitter = createLineSplitter(MAX_LINE_BYTES);
  let held: WalkedCase[] = [];
  let answers = 0;
  let bytes = 0;
  try {
    for await (const piece of files.read(cases.path)) {
      for (const { bytes: line, offset } of splitter.push(piece)) {
        const parsed = readCaseLine(utf8Of(line));
        const given = answersOf(parsed, places, open);
        held.push({ line: parsed, answers: given, at: { offset, length: line.length } });
        answers += given.length;
        for (let at = 0; at < given.length; at += 1) bytes += places.result(parsed.position + at)?.length ?? 0;
        if (answers < MAX_ANSWERS && bytes < MAX_BYTES) continue;
        yield held;
        [held, answers, bytes] = [[], 0, 0];
      }
    }
    if (held.length > 0) yield held;
  } finally {
    open.results.close();
    open.requests.close();
  }
}

function answersOf(
  { position: first, answers, customId }: CaseLine,
  places: CasePlaces,
  open: Readonly<Record<'results' | 'requests', SpanReader>>,
): readonly GivenAnswer[] {
  // Repeats are the same request except for the ID.
  let read: { readonly value: unknown } | undefined;
  const params = (): unknown => {
    read ??= { value: paramsAt(places.request(first), open.requests) };
    return read.value;
  };
  return Array.from({ length: answers }, (_, at): GivenAnswer => {
    const position = first + at;
    const span = places.result(position);
    return {
      batchId: places.batchId(position),
      customId: answerId(customId, at + 1, answers),
      reusedFrom: reusedFromOf(places, position),
      line: () => span && open.results.read(span),
      pricing: places.pricing(position),
      params,
    };
  });
}

function reusedFromOf(places: CasePlaces, position: number): string | undefined {
  if (!places.isReused(position)) return undefined;
  const { at } = places.pricing(position);
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined;
}

/** The params of the request at a place of `requests.jsonl`. */
export function paramsAt(span: Span | undefined, requests: SpanReader): unknown {
  return span && parseParams(requests.read(span));
}
