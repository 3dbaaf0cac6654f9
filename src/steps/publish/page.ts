import { basename, join } from 'node:path';
import type { Outcome, ResultFiles } from '../../core/endings/outcome.ts';
import type { PageParts } from '../../core/page/case-list.ts';
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
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';

/**
 * Writes the page of a run that has results, and uploads it if they were uploaded, as its own artifact that opens in a
 * browser. Everything on it is also elsewhere, so a failure here is a warning. Never throws. `pageFile` is an absolute
 * path; either is undefined where the page could not be written or uploaded.
 */
export async function makePage(
  run: Run,
  outcome: Outcome,
  { summary, artifact }: { readonly summary: Summary; readonly artifact: StoredArtifact | undefined },
): Promise<{ readonly pageFile: string | undefined; readonly page: StoredArtifact | undefined }> {
  const { ports, inputs } = run;
  const files = 'files' in outcome ? outcome.files : undefined;
  if (files?.cases === undefined) return { pageFile: undefined, page: undefined };
  const path = join(folderOf(run), pageFileName(artifact?.name ?? inputs.artifactName));
  const parts = { choice: chooseCases(ranksOf(files.cases)), content: inputs.artifactContent, artifact };
  const lines = openLines(ports.files, files, files.cases);
  try {
    const writer = await ports.files.writeText(path);
    try {
      for (const piece of piecesOf(summary, parts, lines)) {
        const full = writer.write(piece);
        if (full !== undefined) await full;
      }
      await writer.commit();
    } finally {
      await writer.discard();
      lines.close();
    }
  } catch (error) {
    ports.log.warning({ code: 'page-not-written', folder: inputs.resultsPath, reason: describeCauses(error) });
    return { pageFile: undefined, page: undefined };
  }
  return { pageFile: path, page: artifact === undefined ? undefined : await uploadPage(run, path) };
}

/** Stops waiting for the upload once the step must end: the rest must be published as well. */
async function uploadPage({ ports, inputs }: Run, path: string): Promise<StoredArtifact | undefined> {
  const { retentionDays } = inputs;
  if (ports.signal.aborted) return undefined;
  try {
    const stopped = new Promise<undefined>((resolve) => {
      ports.signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    return await Promise.race([ports.artifacts.uploadFile({ path, retentionDays }), stopped]);
  } catch (error) {
    const shown = join(inputs.resultsPath, basename(path));
    ports.log.warning({ code: 'page-not-uploaded', path: shown, reason: describeCauses(error) });
    return undefined;
  }
}

/** The page piece by piece: holds no more than one request and one result. */
function* piecesOf(
  summary: Summary,
  parts: PageParts,
  { cases, request, result }: ReturnType<typeof openLines>,
): Generator<string> {
  yield pageHead(summary, parts);
  const printCase = createCasePrinter(parts.content);
  for (const position of parts.choice.positions) {
    // Without an answer, a prompt that the page does not show is read only for its model.
    const hasRequest = parts.content === 'full' || cases.rank(position) === 0;
    const lines = {
      position,
      source: cases.source(position),
      request: hasRequest ? request(position) : undefined,
      result: result(position),
    };
    yield printCase(readCase(lines, cases.pricing(position)));
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
    cases,
    request: (position: number) => read(requests?.path, cases.request(position)),
    result: (position: number) => read(results, cases.result(position)),
    close() {
      for (const reader of readers.values()) reader.close();
    },
  };
}
