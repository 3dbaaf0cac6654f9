import type { FoundFile } from '../../ports/machine.ts';
import { type Assert, leavesOf, rubricsOf } from '../asserts/assert.ts';
import { createRepeatMemo } from '../asserts/memo.ts';
import { createAssertParser, weightsProblem } from '../asserts/parse-asserts.ts';
import { createSchemaCompiler } from '../asserts/schema.ts';
import type { SchemaFile } from '../asserts/schema-file.ts';
import type { Problem, ProblemData } from '../messages/problems.ts';
import type { GradingKey, GradingKeys } from '../requests/grading-keys.ts';

/** The line or input that contains it. */
export type Origin = Pick<Problem, 'where' | 'input'>;

/** A schema file, and the line or input that refers to it first. */
export type PlacedSchemaFile = SchemaFile & Origin;

/** Problems and warnings of a line's asserts. */
interface CheckedAsserts {
  readonly problems: readonly ProblemData[];
  readonly warnings: readonly ProblemData[];
  /** Whether the line has asserts, default ones included, or a grade. */
  readonly isCase: boolean;
}

const NO_CASE: CheckedAsserts = { problems: [], warnings: [], isCase: false };
const PLAIN_CASE: CheckedAsserts = { ...NO_CASE, isCase: true };

/** How many repeated asserts to keep, and within how many new ones they must repeat. */
const MAX_KEPT = 32;
const SOON = 12;

/** Checks the asserts of lines together with the default ones. Reports problems of the default ones once. */
export function createAssertCheck(defaults: readonly unknown[]) {
  const parse = createAssertParser(createSchemaCompiler());
  const common = parse(defaults);
  const hasCommonRubric = rubricsOf(common.asserts).length > 0;
  const known = createRepeatMemo<boolean>(MAX_KEPT, SOON);
  const input = 'default-assert';
  const schemaFiles = new Map<string, PlacedSchemaFile>(common.files.map((file) => [file.path, { ...file, input }]));
  let firstRubric: Origin | undefined;

  /** Files from outside the workspace may not refer to schema files: that could reveal what the workspace contains. */
  function noteSchema(schema: SchemaFile, { file, line }: LineOfFile): ProblemData | undefined {
    const { path, place, type } = schema;
    if (file?.isOutside) return { code: 'assert-schema-file', place, type, file: undefined, why: 'path' };
    if (!schemaFiles.has(path)) schemaFiles.set(path, { ...schema, where: { file: file?.name ?? '', line } });
    return undefined;
  }

  function noteRubrics(own: readonly Assert[], { file, line }: LineOfFile): void {
    if (firstRubric !== undefined) return;
    if (rubricsOf(own).length > 0) firstRubric = { where: { file: file?.name ?? '', line } };
    else if (hasCommonRubric) firstRubric = { input };
  }

  /** Whether an assert is valid on any line: it has weight, and needs neither a judge, a tool nor a file. */
  function isPlain(assert: unknown): boolean {
    const { asserts, problems, warnings, files } = parse([assert]);
    const isNoted = problems.length + warnings.length + files.length > 0;
    if (isNoted || weightsProblem(asserts) !== undefined) return false;
    return leavesOf(asserts).every(({ kind, type }) => kind !== 'llm-rubric' && !OF_TOOLS.test(type));
  }

  function arePlain({ asserts, assertTexts }: GradingKeys, { isLong }: LineOfFile): boolean {
    if (asserts.length === 0) return false;
    return asserts.every((assert, at) => {
      const text = assertTexts[at];
      // A kept substring keeps its whole line in memory.
      return isLong || text === undefined ? isPlain(assert) : known(text, () => isPlain(assert));
    });
  }

  return {
    /** Problems of the default asserts. */
    problems: common.problems.map((problem): Problem => ({ ...problem, input })),
    warnings: common.warnings.map((problem): Problem => ({ ...problem, input })),
    /** Path → a schema file that asserts refer to. */
    schemaFiles,
    /** Where a request's first `llm-rubric` is; undefined if there is none. */
    get firstRubric() {
      return firstRubric;
    },
    check(grading: GradingKeys, at: LineOfFile): CheckedAsserts {
      const own = grading.asserts;
      if (own.length === 0 && defaults.length === 0) {
        if (at.hasGrade) return { ...NO_CASE, isCase: true };
        const keys = idleKeys(grading);
        return keys.length === 0 ? NO_CASE : { ...NO_CASE, warnings: [{ code: 'grading-without-assert', keys }] };
      }
      if (arePlain(grading, at)) {
        noteRubrics([], at);
        return PLAIN_CASE;
      }
      const { asserts, problems, warnings, files } = parse(own);
      const ofSchemas = files.map((file) => noteSchema(file, at));
      const weights = problems.length > 0 ? undefined : weightsProblem([...common.asserts, ...asserts]);
      const more = [...ofSchemas, weights].filter((problem) => problem !== undefined);
      noteRubrics(asserts, at);
      const toolless = problems.length > 0 || at.hasTools() ? [] : ofTools(asserts);
      return { problems: [...problems, ...more], warnings: [...warnings, ...toolless], isCase: true };
    },
  };
}

const OF_TOOLS = /^(?:not-)?(?:is-valid-tool-call|tool-call-f1)$/;

/** Asserts that, without tools, no answer can pass or every answer passes. Those from `default-assert` may be meant for other lines. */
function ofTools(asserts: readonly Assert[]): readonly ProblemData[] {
  return asserts.flatMap((assert, index) =>
    (assert.kind === 'assert-set' ? assert.asserts : [assert]).flatMap((one, inner): ProblemData[] => {
      const isOfTools = OF_TOOLS.test(one.type);
      const place = assert.kind === 'assert-set' ? ([index, inner] as const) : ([index] as const);
      return isOfTools ? [{ code: 'assert-without-tools', place, type: one.type }] : [];
    }),
  );
}

/** Keys of a line that have no effect without an assert. */
function idleKeys({ threshold, required, metadata }: GradingKeys): readonly GradingKey[] {
  const keys: GradingKey[] = [];
  if (threshold !== undefined) keys.push('threshold');
  if (required) keys.push('required');
  if (metadata.size > 0) keys.push('metadata');
  return keys;
}

interface LineOfFile {
  readonly file: FoundFile | undefined;
  readonly line: number;
  /** Whether an answer to it has an external grade. */
  readonly hasGrade: boolean;
  /** Whether it is too long to keep. */
  readonly isLong: boolean;
  /** Whether the model has any tool to call. */
  hasTools(): boolean;
}
