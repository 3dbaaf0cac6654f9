import { type ComparedCase, comparedCase } from '../../core/comparison/case.ts';
import type { GradedCase } from '../../core/grading/grade-case.ts';
import type { GraderOptions } from '../../core/grading/grader.ts';
import type { GradesOfBaseline } from '../compare/load-baseline.ts';
import type { GradedCases } from './grade-cases.ts';
import type { GradingRun } from './grading-run.ts';
import { createRegrader, type Regrader } from './regrade.ts';
import type { CaseSource } from './walk-cases.ts';

/** The baseline's cases, graded like today's if possible. */
export interface CasesBefore {
  readonly compared: readonly ComparedCase[];
  /** Some of them in full, with the reasons if the baseline's answers are at hand. */
  pick(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, GradedCase>>;
  close(): void;
}

/** How many cases are graded again at once. */
const CHUNK = 200;

export async function gradeBefore(
  run: GradingRun,
  source: CaseSource,
  about: {
    readonly loaded: GradesOfBaseline;
    readonly graded: GradedCases;
    readonly options: Pick<GraderOptions, 'defaultAsserts' | 'schemaTexts' | 'minPass'>;
  },
): Promise<CasesBefore> {
  const { loaded, graded, options } = about;
  const digests = new Map(graded.compared.map(({ id, assertsDigest }) => [id, assertsDigest]));
  const today = { lineOf: (id: string) => graded.lines.get(id), digestOf: (id: string) => digests.get(id) };
  const regrader = createRegrader(run, source, { loaded, today, options });
  const compared: ComparedCase[] = [];
  for await (const cases of chunksOf(loaded.cases))
    for (const one of regrader.regrade(cases, 'changed')) compared.push(comparedCase(one));
  return { compared, pick: (ids) => pick(loaded, regrader, ids), close: regrader.close };
}

async function pick(
  loaded: GradesOfBaseline,
  regrader: Regrader,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, GradedCase>> {
  const found: GradedCase[] = [];
  if (ids.size > 0) for await (const one of loaded.cases) if (ids.has(one.customId)) found.push(one);
  return new Map(regrader.regrade(found, 'all').map((one) => [one.customId, one]));
}

async function* chunksOf(cases: AsyncIterable<GradedCase>): AsyncGenerator<readonly GradedCase[]> {
  let chunk: GradedCase[] = [];
  for await (const one of cases) {
    chunk.push(one);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}
