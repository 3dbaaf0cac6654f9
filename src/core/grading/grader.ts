import { type Answer, createToolLookup, readAnswer } from '../asserts/answer.ts';
import { type RubricAssert, rubricsOf } from '../asserts/assert.ts';
import { unjudgedBy } from '../asserts/check-rubric.ts';
import { evaluateAll, type Subject } from '../asserts/evaluate.ts';
import type { Judgement } from '../asserts/judgement.ts';
import { createSchemaCompiler } from '../asserts/schema.ts';
import { type PagePrices, priceUsage } from '../cost/price.ts';
import type { Scalar } from '../requests/grading-keys.ts';
import { answeredMessage, readResult } from '../results/result.ts';
import { parseJson } from '../text/json.ts';
import type { Femto } from '../text/money.ts';
import { type AssertNeeds, createAssertReader, type ReadAsserts, type WrittenAsserts } from './assert-reader.ts';
import type { CaseLine } from './case-line.ts';
import type { ExtraGrade } from './extra-grades.ts';
import { type AnswerId, type GradedAnswer, gradeAnswer, ungradedAnswer } from './grade-answer.ts';
import { type GradedCase, gradeCase } from './grade-case.ts';

/** An answer as the API gave it. */
export interface GivenAnswer extends AnswerId {
  /** Its line of the results; undefined where none came. Read when it is asked for, so that no more than one is held. */
  line(): string | undefined;
  readonly pricing: PagePrices;
  /** The params of its request as they were sent; undefined where they are not at hand. */
  params(): unknown;
}

/** A case with its answers. */
export interface GivenCase {
  readonly line: CaseLine;
  readonly answers: readonly GivenAnswer[];
}

/** What a judge is to decide, or said. */
export interface Rubric {
  readonly assert: RubricAssert;
  readonly answer: Answer;
  /** Of the answer. */
  readonly customId: string;
  /** Which of the answer's rubrics it is. */
  readonly index: number;
  /** As of a given answer. */
  params(): unknown;
}

export interface GraderOptions extends Omit<WrittenAsserts, 'schemas'> {
  /** How many of its answers a case needs to pass; undefined: all. */
  readonly minPass: number | undefined;
  /** Grades that somebody else gave, by the ID of an answer or of a case. */
  extraGrades(customId: string): readonly ExtraGrade[];
  judgementOf(rubric: Rubric): Judgement | undefined;
}

export type Grader = ReturnType<typeof createGrader>;

/** Grades cases; many at once are quicker than one by one. */
export function createGrader(options: GraderOptions) {
  const { minPass, extraGrades, judgementOf } = options;
  const schemas = createSchemaCompiler();
  const readAsserts = createAssertReader({ ...options, schemas });

  /** Undefined where the request ended without an answer. */
  function read({ line, pricing, params }: GivenAnswer, { has }: ReadAsserts): Answer | undefined {
    const text = line();
    const parsed = text === undefined ? undefined : parseJson(text);
    const message = answeredMessage(parsed);
    if (message === undefined) return undefined;
    const cost = has.cost ? costOf(parsed, pricing) : undefined;
    const toolOf = has.tools ? createToolLookup(params(), schemas) : noTool;
    return readAnswer(message, { cost, toolOf });
  }

  function subjectOf(answer: Answer, { asserts, has }: ReadAsserts, given: GivenAnswer): Subject {
    if (!has.rubric) return { asserts, answer };
    const rubrics = rubricsOf(asserts);
    return {
      asserts,
      answer,
      judgements: (assert) => judgementOf(rubricOf(assert, { index: rubrics.indexOf(assert), answer, given })),
    };
  }

  function extraOf(of: CaseLine, { customId }: AnswerId): readonly ExtraGrade[] {
    const own = extraGrades(customId);
    return customId === of.customId ? own : [...own, ...extraGrades(of.customId)];
  }

  return {
    grade(cases: readonly GivenCase[]): readonly GradedCase[] {
      const known = cases.map(({ line, answers }) => {
        const asserts = readAsserts(line.asserts);
        return { line, asserts, answers: answers.map((given) => ({ given, answer: read(given, asserts) })) };
      });
      const subjects = known.flatMap(({ asserts, answers }) =>
        answers.flatMap(({ given, answer }) => (answer === undefined ? [] : subjectOf(answer, asserts, given))),
      );
      const results = evaluateAll(subjects);
      let next = 0;
      return known.map(({ line, asserts, answers }) => {
        const extraMetrics = new Set<string>();
        const graded = answers.map(({ given, answer }): GradedAnswer => {
          const { batchId, customId: answered, reusedFrom } = given;
          const id: AnswerId =
            reusedFrom === undefined ? { batchId, customId: answered } : { batchId, customId: answered, reusedFrom };
          if (answer === undefined) return ungradedAnswer(id);
          const extra = extraOf(line, given);
          for (const { result } of extra) extraMetrics.add(result.metric ?? '');
          const own = results[next] ?? [];
          next += 1;
          const all = extra.length === 0 ? own : [...own, ...extra.map(({ result }) => result)];
          return all.length === 0 ? ungradedAnswer(id) : gradeAnswer(id, all, line.threshold);
        });
        const { customId, required, model, requestDigest } = line;
        const digest = asserts.digest(line.threshold, extraMetrics);
        const metadata = line.metadata.length === 0 ? NO_METADATA : new Map(line.metadata);
        const of = { customId, required, metadata, model, requestDigest, assertsDigest: digest };
        return gradeCase(of, graded, minPass ?? graded.length);
      });
    },
    /** What its asserts look at beside the answer. */
    needsOf: (line: CaseLine): AssertNeeds => readAsserts(line.asserts).has,
    /** What a judge has to decide of a case: nothing of answers that are graded without one. */
    rubricsOf({ line, answers }: GivenCase): readonly Rubric[] {
      const asserts = readAsserts(line.asserts);
      if (!asserts.has.rubric) return [];
      return answers.flatMap((given) => {
        const answer = read(given, asserts);
        if (answer === undefined || unjudgedBy(answer) !== undefined) return [];
        return rubricsOf(asserts.asserts).map((assert, index) => rubricOf(assert, { index, answer, given }));
      });
    },
  };
}

/** Of a case whose asserts look at none. */
const noTool = (): undefined => undefined;

const NO_METADATA: ReadonlyMap<string, Scalar> = new Map();

function rubricOf(
  assert: RubricAssert,
  { index, answer, given }: { readonly index: number; readonly answer: Answer; readonly given: GivenAnswer },
): Rubric {
  return { assert, answer, customId: given.customId, index, params: () => given.params() };
}

/** Of a parsed line, at the prices of a batch; undefined where it is not wholly known. */
function costOf(line: unknown, pricing: PagePrices): Femto | undefined {
  const ending = readResult(line)?.ending;
  if (ending?.kind !== 'succeeded') return undefined;
  const { model, usage, stopReason, hasOutput } = ending.message;
  const price = priceUsage({ model, usage, stopReason, hasOutput, ...pricing });
  return price.kind === 'priced' ? price.batch : undefined;
}
