import { readAnswer } from '../../core/asserts/answer.ts';
import { rubricsOf } from '../../core/asserts/assert.ts';
import { unjudgedBy } from '../../core/asserts/check-rubric.ts';
import { createSchemaCompiler } from '../../core/asserts/schema.ts';
import { priceRows } from '../../core/cost/table.ts';
import { type Estimate, estimateCost } from '../../core/estimate/estimate.ts';
import { withJudgements } from '../../core/estimate/with-judgements.ts';
import { createAssertReader } from '../../core/grading/assert-reader.ts';
import { type CaseLine, readCaseLine } from '../../core/grading/case-line.ts';
import type { CaseFile, RequestSet } from '../../core/intake/request-set.ts';
import { questionOf } from '../../core/judge/question.ts';
import { type JudgeQuestion, judgeRequest } from '../../core/judge/request.ts';
import { createJudgeStats, type JudgeStats } from '../../core/judge/weight.ts';
import { checkJudge } from '../../core/lint/check-judge.ts';
import type { ModelLookUp } from '../../core/lint/check-models.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { createLineSplitter } from '../../core/requests/lines.ts';
import { parseParams } from '../../core/requests/params.ts';
import { memberOf, parseJson } from '../../core/text/json.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import type { FileReader } from '../../ports/machine.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Run } from '../run/run.ts';
import type { EarlierAnswers, Submission } from './submission.ts';

/** The model that judges answers of these requests; undefined where none is asked. */
export function judgeOf({ inputs }: Pick<Run, 'inputs'>, { cases }: RequestSet): string | undefined {
  return cases?.hasRubrics === true ? inputs.judgeModel : undefined;
}

/** What is wrong or doubtful about the judge, according to the API's facts about it and about the models that it judges. */
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

/** Adds to the estimate what judging all answers will cost, as far as this can be known before the new ones exist. */
export async function addJudging(
  ports: Ports,
  {
    requests,
    toSend,
    openEarlier,
    judge,
    ...about
  }: Omit<Parameters<typeof estimateCost>[0], 'stats' | 'counts'> & {
    /** Positions of the requests whose answers are still to come. For the others, only missing judgements are added. */
    readonly toSend: readonly number[];
    readonly openEarlier: Submission['openEarlier'];
    readonly requests: RequestSet;
    readonly judge: string;
  },
  estimated: Estimate,
): Promise<Estimate> {
  const { cases } = requests;
  if (cases === undefined) return estimated;
  const stats = createJudgeStats(judge);
  const earlier = openEarlier?.();
  try {
    await addExpected(ports, { requests, cases, toSend, judge, earlier }, stats);
  } finally {
    earlier?.close();
  }
  if (stats.likely.requests.length === 0) return estimated;
  const counts = new Map<number, number>();
  const likely = estimateCost({ ...about, counts, stats: stats.likely });
  return withJudgements(estimated, { likely, upper: estimateCost({ ...about, counts, stats: stats.upper }) });
}

/** A line of the case file has asserts and metadata, each of which is bounded by the line of a request. */
const MAX_LINE_BYTES = 512 << 20;

/** Every rubric of every answer to come, and the rubrics that earlier answers were not judged by. */
async function addExpected(
  { files }: Ports,
  {
    requests,
    cases,
    toSend,
    judge,
    earlier,
  }: {
    readonly requests: RequestSet;
    readonly cases: CaseFile;
    readonly toSend: readonly number[];
    readonly judge: string;
    readonly earlier: EarlierAnswers | undefined;
  },
  stats: JudgeStats,
): Promise<void> {
  const read = createAssertReader({ ...cases, schemas: createSchemaCompiler() });
  const reader = files.open(requests.lines.path);
  const isToCome = new Uint8Array(requests.places.length);
  for (const position of toSend) isToCome[position] = 1;
  const add = (line: CaseLine): void => {
    const { asserts, has } = read(line.asserts);
    if (!has.rubric) return;
    const question = questionOf(paramsAt(reader, requests, line.position));
    const maxTokens = requests.stats.requests.at(line.position)?.maxTokens ?? 0;
    for (let at = 0; at < line.answers; at += 1) {
      const position = line.position + at;
      const comes = isToCome[position] === 1;
      const text = comes ? undefined : subjectOf(earlier?.line(position));
      if (!comes && text === undefined) continue;
      const answer = text === undefined ? { maxTokens } : { text };
      for (const { rubric, reference } of rubricsOf(asserts))
        if (text === undefined || isMissing({ question, answer: text, rubric, reference, model: judge }))
          stats.add({ question, rubric, reference, answer });
    }
  };
  const asked = new Set<string>();
  /** Whether the judge has yet to judge an earlier answer. Equal judgements are asked for once. */
  const isMissing = (of: JudgeQuestion): boolean => {
    const { customId, text } = judgeRequest(of);
    if (asked.has(customId)) return false;
    asked.add(customId);
    return earlier?.isAnswered(text) === false;
  };
  const splitter = createLineSplitter(MAX_LINE_BYTES);
  try {
    for await (const piece of files.read(cases.path))
      for (const { bytes } of splitter.push(piece)) add(readCaseLine(utf8Of(bytes)));
  } finally {
    reader.close();
  }
}

/** What a judge would see of an answer; undefined if there is none to judge. */
function subjectOf(line: string | undefined): string | undefined {
  if (line === undefined) return undefined;
  const message = memberOf(parseJson(line), 'result', 'message');
  const answer = readAnswer(message, { cost: undefined, toolOf: () => undefined });
  return unjudgedBy(answer) === undefined ? answer.subject : undefined;
}

function paramsAt(reader: FileReader, { starts }: RequestSet, position: number): unknown {
  const start = starts.at(position) ?? 0;
  const length = (starts.at(position + 1) ?? start) - start;
  return parseParams(utf8Of(reader.readAt(start, length)));
}
