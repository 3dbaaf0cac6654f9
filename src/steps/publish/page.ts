import { join } from 'node:path';
import type { Collected, Outcome, ResultFiles } from '../../core/endings/outcome.ts';
import type { PageContent } from '../../core/inputs/inputs.ts';
import { chooseCases } from '../../core/page/choice.ts';
import { pageHead, pageTail } from '../../core/page/page.ts';
import { pageFileName } from '../../core/page/page-file-name.ts';
import { createCasePrinter } from '../../core/page/print-case.ts';
import { readCase } from '../../core/page/read-case.ts';
import type { CasePlaces, Span } from '../../core/results/case-places.ts';
import type { AnswerRank } from '../../core/results/whole-answer.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { FileReader, Files } from '../../ports/machine.ts';
import type { Task } from '../run/job.ts';

/** Where the page of a run is; undefined where it could not be written or uploaded. */
export interface MadePage {
  /** Absolute path. */
  readonly pageFile: string | undefined;
  readonly page: StoredArtifact | undefined;
}

/**
 * Writes the page of a run that has results, and uploads it if they were uploaded, as an artifact of its own that opens in a
 * browser. Everything on it is also elsewhere, so a failure here is a warning. Never throws.
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
    await writePage(world.files, path, { summary, outcome, cases, artifact, content: inputs.artifactContent });
  } catch (error) {
    world.log.warning({ code: 'page-not-written', folder: inputs.resultsPath, reason: describeCauses(error) });
    return { pageFile: undefined, page: undefined };
  }
  return { pageFile: path, page: artifact === undefined ? undefined : await uploadPage(task, path) };
}

/** Does not wait for the upload once the step has to stop: the rest has to be published as well. */
async function uploadPage({ world, inputs }: Task, path: string): Promise<StoredArtifact | undefined> {
  const { retentionDays } = inputs;
  if (world.stop.requested) return undefined;
  try {
    const uploading = world.artifacts.uploadFile({ path, retentionDays });
    return await Promise.race([uploading, world.stop.promise.then(() => undefined)]);
  } catch (error) {
    world.log.warning({ code: 'page-not-uploaded', path, reason: describeCauses(error) });
    return undefined;
  }
}

interface PageSource {
  readonly summary: Summary;
  readonly outcome: Collected;
  readonly cases: CasePlaces;
  readonly artifact: StoredArtifact | undefined;
  readonly content: PageContent;
}

/** Writes the page piece by piece: no more than one request and one result are held. */
async function writePage(files: Files, path: string, source: PageSource): Promise<void> {
  const lines = openLines(files, source.outcome.files, source.cases);
  try {
    const writer = await files.write(path);
    try {
      for (const piece of piecesOf(source, lines)) {
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
  { summary, cases, artifact, content }: PageSource,
  lines: ReturnType<typeof openLines>,
): Generator<string> {
  const choice = chooseCases(ranksOf(cases));
  yield pageHead(summary, { choice, content, artifact });
  const printCase = createCasePrinter(content);
  for (const position of choice.positions) {
    // Prompts that the page does not show are read only for the model that was asked, where none answered.
    const hasRequest = content === 'full' || cases.rank(position) === 0;
    const request = hasRequest ? lines.request(position) : undefined;
    yield printCase(readCase({ position, request, result: lines.result(position) }, cases.pricing(position)));
  }
  yield pageTail();
}

function* ranksOf({ count, rank }: CasePlaces): Generator<AnswerRank> {
  for (let position = 0; position < count; position += 1) yield rank(position);
}

/** Reads the lines of cases from their files, one at a time. */
function openLines(files: Files, { requests, results }: ResultFiles, cases: CasePlaces) {
  const readers = new Map<string, FileReader>();
  const read = (path: string | undefined, span: Span | undefined): string | undefined => {
    if (path === undefined || span === undefined) return undefined;
    const reader = readers.get(path) ?? files.open(path);
    readers.set(path, reader);
    return Buffer.from(reader.readAt(span.offset, span.length)).toString('utf8');
  };
  return {
    request: (position: number) => read(requests?.path, cases.request(position)),
    result: (position: number) => read(results, cases.result(position)),
    close() {
      for (const reader of readers.values()) reader.close();
    },
  };
}
