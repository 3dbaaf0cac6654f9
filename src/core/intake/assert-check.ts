import type { FoundFile } from '../../ports/machine.ts';
import { createAssertParser, weightsProblem } from '../asserts/parse-asserts.ts';
import { createSchemaCompiler } from '../asserts/schema.ts';
import type { SchemaFile } from '../asserts/schema-file.ts';
import type { Problem, ProblemData } from '../messages/problems.ts';

/** A file with a schema, and the line or input that names it first. */
export type PlacedSchemaFile = SchemaFile & Pick<Problem, 'where' | 'input'>;

/** What is wrong or doubtful about the asserts of a line. */
interface CheckedAsserts {
  readonly problems: readonly ProblemData[];
  readonly warnings: readonly ProblemData[];
}

const NONE: CheckedAsserts = { problems: [], warnings: [] };

/** Checks the asserts of lines, to which the default ones are added. What is wrong with those is said once. */
export function createAssertCheck(defaults: readonly unknown[]) {
  const parse = createAssertParser(createSchemaCompiler());
  const common = parse(defaults);
  const input = 'default-assert';
  const schemaFiles = new Map<string, PlacedSchemaFile>(common.files.map((file) => [file.path, { ...file, input }]));

  /** Files from elsewhere name none: they could make it known what is in the workspace. */
  function noteSchema(schema: SchemaFile, { file, line }: LineOfFile): ProblemData | undefined {
    const { path, place, type } = schema;
    if (file?.isOutside) return { code: 'assert-schema-file', place, type, file: undefined, why: 'path' };
    if (!schemaFiles.has(path)) schemaFiles.set(path, { ...schema, where: { file: file?.name ?? '', line } });
    return undefined;
  }

  return {
    /** Of the default asserts. */
    problems: common.problems.map((problem): Problem => ({ ...problem, input })),
    warnings: common.warnings.map((problem): Problem => ({ ...problem, input })),
    /** Path → a file that asserts take their schema from. */
    schemaFiles,
    check(own: readonly unknown[], at: LineOfFile): CheckedAsserts {
      if (own.length === 0 && common.asserts.length === 0) return NONE;
      const { asserts, problems, warnings, files } = parse(own);
      const ofSchemas = files.map((file) => noteSchema(file, at));
      const weights = problems.length > 0 ? undefined : weightsProblem([...common.asserts, ...asserts]);
      const more = [...ofSchemas, weights].filter((problem) => problem !== undefined);
      return { problems: [...problems, ...more], warnings };
    },
  };
}

interface LineOfFile {
  readonly file: FoundFile | undefined;
  readonly line: number;
}
