import { rubricsOf } from '../../core/asserts/assert.ts';
import { createSchemaCompiler } from '../../core/asserts/schema.ts';
import { priceRows } from '../../core/cost/table.ts';
import { type Estimate, estimateCost } from '../../core/estimate/estimate.ts';
import { withJudgements } from '../../core/estimate/with-judgements.ts';
import { createAssertReader } from '../../core/grading/assert-reader.ts';
import { readCaseLine, type StoredCase } from '../../core/grading/case-line.ts';
import type { CaseFile, RequestSet } from '../../core/intake/request-set.ts';
import { questionOf } from '../../core/judge/question.ts';
import { createJudgeStats, type JudgeStats } from '../../core/judge/weight.ts';
import { checkJudge } from '../../core/lint/check-judge.ts';
import type { ModelLookUp } from '../../core/lint/check-models.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { createLineSplitter } from '../../core/requests/lines.ts';
import { memberOf, parseJson } from '../../core/text/json.ts';
import type { FileReader } from '../../ports/machine.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Run } from '../run/run.ts';

/** The model that judges answers of these requests; undefined where none is asked. */
export function judgeOf({ inputs }: Pick<Run, 'inputs'>, { cases }: RequestSet): string | undefined {
  return cases?.hasRubrics === true ? inputs.judgeModel : undefined;
}

/** What is wrong or doubtful about the judge, by what the API says of it and of the models that it judges. */
export function judgeProblems(
  { clock }: Ports,
  judge: string,
  { lookUps, judged }: { readonly lookUps: ReadonlyMap<string, ModelLookUp>; readonly judged: readonly string[] },
): { readonly errors: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const found = checkJudge(judge, { lookUps, judged, nowMs: clock.date(), knownIds: KNOWN_IDS });
  const ofInput = (problem: Problem): Problem => ({ ...problem, input: 'judge-model' });
  return { errors: found.errors.map(ofInput), warnings: found.warnings.map(ofInput) };
}

const KNOWN_IDS = priceRows.flatMap(({ models }) => models);

/** Adds to the estimate of requests what judging their answers will cost, as far as it can be known without any answer. */
export async function addJudging(
  ports: Ports,
  {
    requests,
    toSend,
    judge,
    ...about
  }: Omit<Parameters<typeof estimateCost>[0], 'stats' | 'counts'> & {
    readonly requests: RequestSet;
    /** Positions of the requests whose answers are still to come. Others may be judged already. */
    readonly toSend: readonly number[];
    readonly judge: string;
  },
  estimated: Estimate,
): Promise<Estimate> {
  const { cases } = requests;
  if (cases === undefined) return estimated;
  const stats = createJudgeStats(judge);
  await addExpected(ports, { requests, cases, toSend: new Set(toSend) }, stats);
  const counts = new Map<number, number>();
  const likely = estimateCost({ ...about, counts, stats: stats.likely });
  return withJudgements(estimated, { likely, upper: estimateCost({ ...about, counts, stats: stats.upper }) });
}

/** A line of the case file has asserts and metadata, each of which is bounded by the line of a request. */
const MAX_LINE_BYTES = 512 << 20;

/** Every rubric of every answer that will come. */
async function addExpected(
  { files }: Ports,
  {
    requests,
    cases,
    toSend,
  }: { readonly requests: RequestSet; readonly cases: CaseFile; readonly toSend: ReadonlySet<number> },
  stats: JudgeStats,
): Promise<void> {
  const read = createAssertReader({ ...cases, schemas: createSchemaCompiler() });
  const reader = files.open(requests.lines.path);
  const add = (line: StoredCase): void => {
    const { asserts, has } = read(line.asserts);
    if (!has.rubric) return;
    const question = questionOf(paramsAt(reader, requests, line.position));
    const maxTokens = requests.stats.requests[line.position]?.maxTokens ?? 0;
    for (const { rubric, reference } of rubricsOf(asserts))
      for (let at = 0; at < line.answers; at += 1)
        if (toSend.has(line.position + at)) stats.add({ question, rubric, reference, maxTokens });
  };
  const splitter = createLineSplitter(MAX_LINE_BYTES);
  try {
    for await (const piece of files.read(cases.path))
      for (const { bytes } of splitter.push(piece)) add(readCaseLine(Buffer.from(bytes).toString('utf8')));
  } finally {
    reader.close();
  }
}

function paramsAt(reader: FileReader, { starts }: RequestSet, position: number): unknown {
  const start = starts[position] ?? 0;
  const length = (starts[position + 1] ?? start) - start;
  return memberOf(parseJson(Buffer.from(reader.readAt(start, length)).toString('utf8')), 'params');
}
