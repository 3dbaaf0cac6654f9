import { KNOWN_PARAMS } from '../lint/param-names.generated.ts';
import type { Problem, ProblemData } from '../messages/problems.ts';

/** Common names next to `params`; any other key may be sensitive, such as a line of a password file. */
const FAMILIAR = new Set([
  ...KNOWN_PARAMS,
  ...['custom_id', 'params', 'assert', 'threshold', 'required', 'metadata', 'id', 'name', 'description', 'tags'],
  ...['labels', 'vars'],
  ...['method', 'url', 'body', 'request', 'response', 'result', 'key', 'input', 'output', 'expected', 'prompt', 'type'],
]);

/** Limits a line's keys in messages to familiar ones and typos of these. The others are left out, and problems that become equal are merged. */
export function showFamiliarKeys(problems: readonly ProblemData[]): readonly ProblemData[] {
  const shown = problems.map((problem): ProblemData => {
    if (problem.code === 'unknown-key' && problem.meant === undefined)
      return { ...problem, name: familiar(problem.name) };
    if (problem.code === 'repeated-key') return { ...problem, name: familiar(problem.name) };
    if (problem.code !== 'foreign-form') return problem;
    return { ...problem, otherKeys: problem.otherKeys.filter((key) => FAMILIAR.has(key)) };
  });
  const listed = new Set<string>();
  return shown.filter((problem) => {
    if (!('name' in problem) || problem.name !== undefined) return true;
    const isFirst = !listed.has(problem.code);
    listed.add(problem.code);
    return isFirst;
  });
}

function familiar(name: string | undefined): string | undefined {
  return name !== undefined && FAMILIAR.has(name) ? name : undefined;
}

/** A problem without any text of its file, which may be sensitive if the file is not in the workspace. */
export function withoutQuotes(problem: Problem): Problem {
  switch (problem.code) {
    case 'unknown-key':
    case 'unknown-param':
    case 'repeated-key':
    case 'repeated-tool':
    case 'prices-duplicate':
    case 'model-not-allowed':
      return { ...problem, name: undefined, ...('model' in problem && { model: undefined }) };
    case 'assert-unknown-key':
      return { ...problem, name: undefined, meant: undefined };
    case 'assert-unknown-type':
      return { ...problem, type: undefined, meant: undefined };
    case 'assert-stop-reason':
      return { ...problem, word: undefined, meant: undefined };
    case 'assert-pattern':
      return { ...problem, reason: undefined };
    case 'assert-schema':
      return { ...problem, reason: undefined, file: undefined };
    case 'assert-schema-file':
      return { ...problem, file: undefined };
    case 'unknown-tool':
      return { ...problem, name: undefined, meant: undefined };
    case 'foreign-form':
      return { ...problem, otherKeys: [] };
    case 'repeated-custom-id':
    case 'repeats-id-clash':
      return { ...problem, customId: undefined };
    case 'no-model':
    case 'no-max-tokens':
    case 'no-messages':
      return { ...problem, writtenAs: undefined };
    case 'unknown-role':
    case 'unknown-type':
    case 'unknown-tool-type':
    case 'shape-value':
      return { ...problem, word: undefined };
    case 'prices-columns':
    case 'prices-number':
      return { ...problem, model: undefined };
    case 'prices-column':
      return { ...problem, model: undefined, column: undefined };
    default:
      return problem;
  }
}
