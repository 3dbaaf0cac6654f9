import type { Assert } from '../asserts/assert.ts';
import { createAssertParser, weightsProblem } from '../asserts/parse-asserts.ts';
import { createSchemaCompiler } from '../asserts/schema.ts';
import type { SchemaFile } from '../asserts/schema-file.ts';
import type { Problem, ProblemData } from '../messages/problems.ts';

/** What is wrong or doubtful about the asserts of a line, and the files that their schemas are in. */
interface CheckedAsserts {
  readonly problems: readonly ProblemData[];
  readonly warnings: readonly ProblemData[];
  readonly files: readonly SchemaFile[];
}

const NONE: CheckedAsserts = { problems: [], warnings: [], files: [] };

/** Checks the asserts of lines, to which the default ones are added. What is wrong with those is said once. */
export function createAssertCheck(defaults: readonly unknown[]) {
  const parse = createAssertParser(createSchemaCompiler());
  const common = parse(defaults);
  const ofInput = (problem: ProblemData): Problem => ({ ...problem, input: 'default-assert' });
  return {
    /** Of the default asserts. */
    problems: common.problems.map(ofInput),
    warnings: common.warnings.map(ofInput),
    files: common.files,
    check(own: readonly unknown[]): CheckedAsserts {
      if (own.length === 0 && common.asserts.length === 0) return NONE;
      const { asserts, problems, warnings, files } = own.length === 0 ? { asserts: [], ...NONE } : parse(own);
      const all: readonly Assert[] = [...common.asserts, ...asserts];
      const weights = problems.length > 0 ? undefined : weightsProblem(all);
      return { problems: weights === undefined ? problems : [...problems, weights], warnings, files };
    },
  };
}
