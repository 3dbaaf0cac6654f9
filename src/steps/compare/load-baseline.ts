import { dirname, join } from 'node:path';
import type { Judge } from '../../core/asserts/judgement.ts';
import { ageOf, answersSinceMs, type ChosenBaseline } from '../../core/comparison/baseline.ts';
import type { UsedBaseline } from '../../core/comparison/graded-run.ts';
import type { GradedCase } from '../../core/grading/grade-case.ts';
import type { NoBaseline } from '../../core/messages/verdicts.ts';
import type { Sample } from '../../core/requests/sample.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { toPlainLine } from '../../core/text/untrusted-text.ts';
import type { Files } from '../../ports/machine.ts';
import { ServiceError } from '../../ports/service-error.ts';
import type { Run } from '../run/run.ts';
import type { ChosenForRun } from './choose-baseline.ts';
import { unpack } from './grade-zips.ts';
import { type LinesById, openLines } from './lines-by-id.ts';
import { isFile, readCases, type SavedGrades } from './saved-grades.ts';

/** The baseline, ready to be compared with. */
export type LoadedBaseline =
  | { readonly kind: 'none'; readonly why: NoBaseline }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'unreadable' }
  | GradesOfBaseline;

export interface GradesOfBaseline {
  readonly kind: 'loaded';
  readonly used: UsedBaseline;
  readonly judge: Judge | null;
  /** As they were graded, read from disk each time. */
  readonly cases: AsyncIterable<GradedCase>;
  /** The API's line for an answer, without the line end; undefined if it is not at hand. */
  resultOf(answer: { readonly customId: string }): string | undefined;
  /** The API's line for a judgement, by the ID of its request; undefined if it is not at hand. */
  judgeResultOf(customId: string): string | undefined;
  /** `results.jsonl` of the baseline; undefined if it is not at hand. */
  readonly resultsPath: string | undefined;
  close(): void;
}

/** Longest file of results, unpacked, and the longest zip with them. */
const MAX_RESULTS = 4_000_000_000;
const MAX_RESULTS_ZIP = 1_000_000_000;

/** Reads the chosen baseline, cut to the requests that today's sample takes. Anybody may have written it, so it is parsed line by line. */
export async function loadBaseline(
  run: Run,
  chosen: ChosenForRun,
  sample?: Pick<Sample, 'takes'>,
): Promise<LoadedBaseline> {
  if ('none' in chosen) return { kind: 'none', why: chosen.none };
  const { files } = run.ports;
  if (chosen.chosen.kind === 'path')
    return loadSaved(files, chosen.chosen.saved, { sample, nowMs: run.ports.clock.date() });
  const { artifact, grades } = chosen.chosen;
  const folder = dirname(grades);
  try {
    files.open(grades).close();
  } catch (error) {
    run.ports.log.warning({ code: 'baseline-not-read', reason: describeCauses(error) });
    return { kind: 'unreadable' };
  }
  const hasResults = await fetchResults(run, artifact, folder);
  return open(files, { folder: hasResults ? folder : undefined, grades, sample, ...usedOf(artifact) });
}

/** Unpacks the baseline's answers and judgements beside its grades. Returns whether they are there; only the grades are necessary. */
async function fetchResults(run: Run, { measured, candidate }: ChosenBaseline, folder: string): Promise<boolean> {
  const { files, log, runArtifacts, signal } = run.ports;
  const { results } = measured;
  if (results == null) return false;
  try {
    const listed = await runArtifacts.read(results.artifactId);
    // Its grades name the artifact, so only one of their own run counts.
    if (listed.runId !== candidate.runId || listed.isFromFork) throw new ServiceError({ code: 'artifact-foreign' });
    const archive = await runArtifacts.download(
      { ...listed, digest: results.digest },
      { folder, maxBytes: MAX_RESULTS_ZIP },
    );
    const into = (name: string) => ({ name, path: join(folder, name), maxBytes: MAX_RESULTS });
    await unpack(files, archive, into('results.jsonl'));
    // Only a run with a judge has these.
    if (measured.judge !== null) await unpack(files, archive, into('judge-results.jsonl'));
    return true;
  } catch (error) {
    signal.throwIfAborted();
    log.info({ code: 'baseline-answers-not-read', reason: describeCauses(error) });
    return isFile(files, join(folder, 'results.jsonl'));
  }
}

/** Longest name of a ref that is shown, in characters: a run by its ID may have measured one of any length. */
const MAX_REF = 300;

type Facts = Pick<GradesOfBaseline, 'judge'> & { readonly used: Omit<UsedBaseline, 'hasAnswers'> };
type CutTo = { readonly sample: Pick<Sample, 'takes'> | undefined };

function usedOf({ measured, candidate, ageDays, isOld }: ChosenBaseline): Facts {
  const { commit, createdAt, model, judge } = measured;
  const ref = toPlainLine(measured.ref, MAX_REF);
  return { judge, used: { runId: candidate.runId, ref, commit, createdAt, ageDays, isOld, model } };
}

/** Files that the user vouches for may come from any run: what they do not say is left empty. */
async function loadSaved(
  files: Files,
  saved: SavedGrades,
  { sample, nowMs }: CutTo & { readonly nowMs: number },
): Promise<LoadedBaseline> {
  const { measured, folder, path, judge, model } = saved;
  if (measured?.complete === false) return { kind: 'incomplete' };
  const { ref = '', commit = '', createdAt = '' } = measured ?? {};
  const age = ageOf(measured === undefined ? nowMs : answersSinceMs(measured), nowMs);
  const used = { runId: undefined, ref: toPlainLine(ref, MAX_REF), commit, createdAt, ...age, model };
  return open(files, { folder, grades: path, sample, judge: measured?.judge ?? judge, used });
}

/** `folder`: has `results.jsonl` and `judge-results.jsonl`, or one of them, or none. */
async function open(
  files: Files,
  {
    folder,
    grades,
    sample,
    judge,
    used,
  }: Facts & CutTo & { readonly folder: string | undefined; readonly grades: string },
): Promise<LoadedBaseline> {
  const openIn = async (name: string): Promise<LinesById | undefined> => {
    const path = folder === undefined ? undefined : join(folder, name);
    return path !== undefined && isFile(files, path) ? openLines(files, path) : undefined;
  };
  const results = await openIn('results.jsonl');
  const judgements = await openIn('judge-results.jsonl');
  return {
    kind: 'loaded',
    used: { ...used, hasAnswers: results !== undefined },
    judge,
    cases: { [Symbol.asyncIterator]: () => takenOf(sample, readCases(files, grades)) },
    resultOf: ({ customId }) => results?.line(customId),
    judgeResultOf: (customId) => judgements?.line(customId),
    resultsPath: results?.path,
    close() {
      results?.close();
      judgements?.close();
    },
  };
}

async function* takenOf(sample: CutTo['sample'], cases: AsyncIterable<GradedCase>): AsyncGenerator<GradedCase> {
  for await (const one of cases) if (sample === undefined || sample.takes(one.customId)) yield one;
}
