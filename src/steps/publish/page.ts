import { join } from 'node:path';
import type { Collected, Outcome, ResultFiles } from '../../core/endings/outcome.ts';
import type { PageContent } from '../../core/inputs/inputs.ts';
import { chooseCases } from '../../core/page/choice.ts';
import { caseFromResult, modelIn, type PageRequest, readRequest } from '../../core/page/from-result.ts';
import { pageHead, pageTail } from '../../core/page/page.ts';
import { MAX_PAGE_BYTES, pageCase } from '../../core/page/page-case.ts';
import { pageFileName } from '../../core/page/page-file-name.ts';
import { createShares } from '../../core/page/shares.ts';
import type { CasePlaces, Span } from '../../core/results/case-places.ts';
import type { AnswerRank } from '../../core/results/whole-answer.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { FileReader, Files } from '../../ports/machine.ts';
import type { Task } from '../run/job.ts';

/** Where the page of a run is; undefined where it is not. */
export interface MadePage {
  /** Absolute path. */
  readonly pageFile: string | undefined;
  readonly page: StoredArtifact | undefined;
}

/**
 * Makes the page of a run whose results are in, and uploads it where these were uploaded, as an artifact of its own that
 * opens in a browser. Without it nothing is lost that is not elsewhere, so what fails here is a warning. Never throws.
 */
export async function makePage(
  task: Task,
  outcome: Outcome,
  summary: Summary,
  artifact: StoredArtifact | undefined,
): Promise<MadePage> {
  const { world, inputs } = task;
  const cases = 'files' in outcome ? outcome.files.cases : undefined;
  if (!('files' in outcome) || cases === undefined) return { pageFile: undefined, page: undefined };
  const path = join(inputs.resultsPath, pageFileName(artifact?.name ?? inputs.artifactName));
  try {
    await writePage(task, path, summary, { outcome, cases, artifact });
  } catch (error) {
    world.log.warning(`The page could not be written to ${inputs.resultsPath}: ${describeCauses(error)}.`);
    return { pageFile: undefined, page: undefined };
  }
  return { pageFile: path, page: artifact === undefined ? undefined : await uploadPage(task, path) };
}

/** Without waiting for it once the step is told to stop: the rest has to be told as well. */
async function uploadPage({ world, inputs }: Task, path: string): Promise<StoredArtifact | undefined> {
  const { retentionDays } = inputs;
  if (world.signal.aborted) return undefined;
  try {
    const stopped = new Promise<undefined>((resolve) => {
      world.signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    return await Promise.race([world.artifacts.uploadFile({ path, retentionDays }), stopped]);
  } catch (error) {
    world.log.warning(`The page could not be uploaded: ${describeCauses(error)}. It is in ${path} on the runner.`);
    return undefined;
  }
}

interface PageSource {
  readonly outcome: Collected;
  readonly cases: CasePlaces;
  readonly artifact: StoredArtifact | undefined;
}

/** Writes the page piece by piece: of requests and results no more than one is held. */
async function writePage(task: Task, path: string, summary: Summary, source: PageSource): Promise<void> {
  const { files } = task.world;
  const lines = openLines(files, source.outcome.files, source.cases);
  try {
    const writer = await files.write(path);
    try {
      for (const piece of piecesOf(summary, source, lines, task.inputs.artifactContent)) {
        const full = writer.write(piece);
        if (full !== undefined) await full;
      }
      await writer.commit();
    } finally {
      await writer.discard();
    }
  } finally {
    lines.close();
  }
}

function* piecesOf(
  summary: Summary,
  { cases, artifact }: PageSource,
  lines: CaseLines,
  content: PageContent,
): Generator<string> {
  const choice = chooseCases(ranksOf(cases));
  yield pageHead(summary, { artifact, list: { choice, content } });
  const shares = createShares(
    choice.positions.map((position) => bytesWanted(cases, position, content)),
    MAX_PAGE_BYTES,
  );
  for (const position of choice.positions) {
    const line = lines.result(position);
    const request = requestOf(position, { lines, result: line, content, isAnswered: cases.rank(position) > 0 });
    const { html, bytes } = pageCase(caseFromResult(request, line, cases.pricing(position)), content, shares.next());
    shares.take(bytes);
    yield html;
  }
  yield pageTail();
}

function* ranksOf({ count, rank }: CasePlaces): Generator<AnswerRank> {
  for (let position = 0; position < count; position += 1) yield rank(position);
}

/** Of a line, beyond which a page does not show more of it: its texts are cut, files in it are not shown. */
const MAX_WANTED = 60_000;

/** About how many bytes of a page a case wants: what its lines take on disk, though not quite in the same writing. */
function bytesWanted(cases: CasePlaces, position: number, content: PageContent): number {
  const spans = [
    content === 'full' ? cases.request(position) : undefined,
    content === 'none' ? undefined : cases.result(position),
  ];
  return spans.reduce((sum, span) => sum + Math.min(MAX_WANTED, span?.length ?? 0), FIGURES);
}

/** About what a case takes without its texts, in bytes. */
const FIGURES = 500;

interface KnownOfCase {
  readonly lines: CaseLines;
  /** Its result line. */
  readonly result: string | undefined;
  readonly content: PageContent;
  readonly isAnswered: boolean;
}

/**
 * Of prompts that the page does not hold no more is read than the model that was asked, where none answered. The id stands
 * in either line.
 */
function requestOf(position: number, { lines, result, content, isAnswered }: KnownOfCase): PageRequest {
  const request = content === 'full' || !isAnswered ? lines.request(position) : undefined;
  // Of a result line only the id is taken: what else it holds was asked by nobody.
  if (request === undefined) {
    const { custom_id: id } = JSON.parse(result ?? '{"custom_id":""}');
    return { position, id, params: undefined, model: null };
  }
  const { id, params } = readRequest(request);
  return { position, id, params: content === 'full' ? params : undefined, model: modelIn(params) };
}

/** The lines of cases, read where they stand. */
interface CaseLines {
  request(position: number): string | undefined;
  result(position: number): string | undefined;
  close(): void;
}

function openLines(files: Files, { requests, results }: ResultFiles, cases: CasePlaces): CaseLines {
  const readers = new Map<string, FileReader>();
  const read = (path: string | undefined, span: Span | undefined): string | undefined => {
    if (path === undefined || span === undefined) return undefined;
    const reader = readers.get(path) ?? files.open(path);
    readers.set(path, reader);
    return Buffer.from(reader.readAt(span.offset, span.length)).toString('utf8');
  };
  return {
    request: (position) => read(requests?.path, cases.request(position)),
    result: (position) => read(results, cases.result(position)),
    close() {
      for (const reader of readers.values()) reader.close();
    },
  };
}
