import { fileInstead, nearPattern } from '../../core/inputs/near-paths.ts';
import { patternProblem } from '../../core/inputs/pattern-faults.ts';
import type { Problem } from '../../core/messages/problems.ts';
import type { Files } from '../../ports/machine.ts';

/** The files to read, and what is wrong with the patterns of an input and with what they match. */
export async function findFiles(files: Files, patterns: readonly string[], input: string) {
  const { found, unmatched, refused } = await files.find(patterns);
  const problems = refused.map(({ name, fault }): Problem => {
    return { code: 'file-unusable', fault, where: { file: name } };
  });
  /** Patterns that match no file although nothing is wrong with them. */
  const without: string[] = [];
  for (const { pattern, isFolder } of unmatched) {
    const problem = patternProblem(pattern, { isFolder });
    if (problem !== undefined) problems.push({ ...problem, input });
    else without.push(pattern);
  }
  for (const exclusion of patterns.filter((pattern) => pattern.startsWith('!'))) {
    const pattern = exclusion.slice(1).trim();
    const problem = patternProblem(pattern, { isFolder: false });
    // A faulty exclusion would send what it should leave out, so it is an error unless a file has that rare name.
    const isName = problem !== undefined && pattern !== '' && (await files.find([pattern])).found.length > 0;
    if (problem !== undefined && !isName) problems.push({ ...problem, input });
  }
  return { found, without, problems };
}

/** Folders with very many files, none of them request files. */
const NOT_SEARCHED = ['!.git', '!**/node_modules'];

/** What was probably meant by patterns that match no file, or that there is no file at all in the workspace. */
export async function searchAgain(files: Files, patterns: readonly string[]) {
  const { found } = await files.find(['**/*', ...NOT_SEARCHED]);
  const names = found.map(({ name }) => name);
  const meant = patterns.map((pattern) => nearPattern(pattern, names)).find((one) => one !== undefined);
  const there = meant === undefined ? fileInstead(patterns, names) : undefined;
  return { meant, there, isBare: names.length === 0 };
}
