import type { GradedRun } from '../../core/comparison/graded-run.ts';
import type { ResultFiles } from '../../core/endings/outcome.ts';
import type { PageCase } from '../../core/page/case.ts';
import type { PageParts } from '../../core/page/case-list.ts';
import { chooseCases } from '../../core/page/choice.ts';
import { pageHead, pageTail } from '../../core/page/page.ts';
import { createCasePrinter } from '../../core/page/print-case.ts';
import { readBefore, readCase } from '../../core/page/read-case.ts';
import type { CasePlaces, Span } from '../../core/results/case-places.ts';
import { ageInDays } from '../../core/summary/reuse-summary.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { FileReader, Files } from '../../ports/machine.ts';
import { type LinesById, openLines as openBaselineLines } from '../compare/lines-by-id.ts';
import type { Run } from '../run/run.ts';
import { noGrades, openGrades, type PageGrades } from './page-grades.ts';

/** What a page shows. */
interface PageSources {
  readonly summary: Summary;
  readonly artifact: StoredArtifact | undefined;
  readonly files: ResultFiles;
  readonly cases: CasePlaces;
  readonly graded: GradedRun | undefined;
}

/** Writes the page of a run to this path. */
export async function writePage(
  run: Run,
  path: string,
  { summary, artifact, files, cases, graded }: PageSources,
): Promise<void> {
  const { ports, inputs } = run;
  const sources = openSources();
  try {
    const lines = sources.keep(openLines(ports.files, files, cases));
    const grades = sources.keep(graded === undefined ? noGrades(cases) : openGrades(ports.files, cases, graded));
    const parts = { choice: chooseCases(grades.ranked()), content: inputs.artifactContent, artifact };
    const baseline = await openBaseline(run, graded);
    if (baseline !== undefined) sources.keep(baseline);
    const nowMs = ports.clock.date();
    const writer = await ports.files.writeText(path);
    try {
      for (const piece of piecesOf(summary, parts, { lines, grades, baseline, nowMs })) {
        const full = writer.write(piece);
        if (full !== undefined) await full;
      }
      await writer.commit();
    } finally {
      await writer.discard();
    }
  } finally {
    sources.close();
  }
}

/** What is open while a page is written. */
function openSources() {
  const open: { close(): void }[] = [];
  return {
    keep<Source extends { close(): void }>(source: Source): Source {
      open.push(source);
      return source;
    },
    close() {
      for (const source of open) source.close();
    },
  };
}

interface Shown {
  readonly lines: ReturnType<typeof openLines>;
  readonly grades: PageGrades;
  readonly baseline: LinesById | undefined;
  /** The moment that ages are counted up to. */
  readonly nowMs: number;
}

/** The baseline's answers to the cases of the page; undefined if there are none, or the page has no answers. */
async function openBaseline({ ports, inputs }: Run, graded: GradedRun | undefined): Promise<LinesById | undefined> {
  const path = graded?.files.baselineResults;
  if (path === undefined || inputs.artifactContent === 'none') return undefined;
  try {
    return await openBaselineLines(ports.files, path);
  } catch {
    // A page without these answers is better than none.
    return undefined;
  }
}

/** The page piece by piece: holds no more than one request and one result. */
function* piecesOf(summary: Summary, parts: PageParts, { lines, grades, baseline, nowMs }: Shown): Generator<string> {
  const { cases, request, result } = lines;
  yield pageHead(summary, parts);
  const printCase = createCasePrinter(parts.content);
  for (const position of parts.choice.positions) {
    // A prompt without an answer that the page does not show is read only for its model.
    const hasRequest = parts.content === 'full' || cases.rank(position) === 0;
    const found = readCase(
      {
        position,
        source: cases.source(position),
        request: hasRequest ? request(position) : undefined,
        result: result(position),
      },
      cases.pricing(position),
    );
    const grade = grades.gradeOf(found);
    const line = grade && baseline && lineOf(baseline, found.id, grade.case.id);
    const before = line === undefined ? undefined : readBefore(line, found.answer);
    const reused = reusedOf(cases, position, nowMs);
    yield printCase({ ...found, ...(reused && { reused }), ...(grade && { grade }), ...(before && { before }) });
  }
  yield pageTail();
}

/** Where a reused answer comes from; undefined for any other. */
function reusedOf(cases: CasePlaces, position: number, nowMs: number): PageCase['reused'] {
  const batchId = cases.batchId(position);
  const { at } = cases.pricing(position);
  if (!cases.isReused(position) || batchId === undefined || !Number.isFinite(at)) return undefined;
  return { batch_id: batchId, answered_at: new Date(at).toISOString(), age_days: ageInDays(at, nowMs) };
}

/** The baseline's line for a request; where it had another number of answers, any line for its case. */
function lineOf(baseline: LinesById, id: string, caseId: string): string | undefined {
  return baseline.line(id) ?? baseline.line(caseId) ?? baseline.line(`${caseId}-r1`);
}

/** Reads the lines of cases from their files, one at a time. */
function openLines(files: Files, { requests, results }: ResultFiles, cases: CasePlaces) {
  const readers = new Map<string, FileReader>();
  const read = (path: string | undefined, span: Span | undefined): string | undefined => {
    if (path === undefined || span === undefined) return undefined;
    const reader = readers.get(path) ?? files.open(path);
    readers.set(path, reader);
    return utf8Of(reader.readAt(span.offset, span.length));
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
