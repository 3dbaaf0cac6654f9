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

/** An answer as the API returned it. */
export interface GivenAnswer extends AnswerId {
  /** Its line of the results; undefined if none arrived. Read on demand, so that only one is held at a time. */
  line(): string | undefined;
  readonly pricing: PagePrices;
  /** The params of its request as sent; undefined if not available. */
  params(): unknown;
}

/** A case with its answers. */
export interface GivenCase {
  readonly line: CaseLine;
  readonly answers: readonly GivenAnswer[];
}

/** What a judge must decide or has decided. */
export interface Rubric {
  readonly assert: RubricAssert;
  readonly answer: Answer;
  /** The answer's ID. */
  readonly customId: string;
  /** Index among the answer's rubrics. */
  readonly index: number;
  /** As in `GivenAnswer`. */
  params(): unknown;
}

export interface GraderOptions extends Omit<WrittenAsserts, 'schemas'> {
  /** How many of its answers a case needs to pass; undefined: all. */
  readonly minPass: number | undefined;
  /** External grades, by the ID of an answer or a case. */
  extraGrades(customId: string): readonly ExtraGrade[];
  judgementOf(rubric: Rubric): Judgement | undefined;
}

export type Grader = ReturnType<typeof createGrader>;

/** Grades cases; many at once are faster than one by one. */
export function createGrader(options: GraderOptions) {
  const { minPass, extraGrades, judgementOf } = options;
  const schemas = createSchemaCompiler();
  const readAsserts = createAssertReader({ ...options, schemas });

  /** Undefined if the request ended without an answer. */
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
    /** What a case's asserts look at besides the answer. */
    needsOf: (line: CaseLine): AssertNeeds => readAsserts(line.asserts).has,
    /** What a judge must decide about a case: nothing for answers that are graded without one. */
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

/** For cases whose asserts look at no tool. */
const noTool = (): undefined => undefined;

const NO_METADATA: ReadonlyMap<string, Scalar> = new Map();

function rubricOf(
  assert: RubricAssert,
  { index, answer, given }: { readonly index: number; readonly answer: Answer; readonly given: GivenAnswer },
): Rubric {
  return { assert, answer, customId: given.customId, index, params: () => given.params() };
}

/** The cost of a parsed line at batch prices; undefined unless fully known. */
function costOf(line: unknown, pricing: PagePrices): Femto | undefined {
  const ending = readResult(line)?.ending;
  if (ending?.kind !== 'succeeded') return undefined;
  const { model, usage, stopReason, hasOutput } = ending.message;
  const price = priceUsage({ model, usage, stopReason, hasOutput, ...pricing });
  return price.kind === 'priced' ? price.batch : undefined;
}
