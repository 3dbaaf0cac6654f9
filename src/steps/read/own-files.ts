import { join, relative } from 'node:path';
import type { Inputs } from '../../core/inputs/inputs.ts';
import type { Files, FoundFile } from '../../ports/machine.ts';
import { isInStepFolder } from '../run/step-folder.ts';

/** Files that a run writes into `results-path`. */
const OWN_FILES = [
  ...['requests.jsonl', 'results.jsonl', 'summary.json', 'report.md'],
  ...['grades.jsonl', 'judge-results.jsonl', 'junit.xml', 'benchmark.json', 'benchmark-cost.json'],
];

/**
 * Whether a run replaces this file, so that it cannot be one to read, and neither can a file of another step that has not ended.
 * `retry.jsonl` may be one: the run replaces it last, after all reading.
 */
export function isReplaced({ path }: FoundFile, { resultsPath }: Inputs): boolean {
  return isInStepFolder(path) || OWN_FILES.some((own) => relative(path, join(resultsPath, own)) === '');
}

/** Whether a folder has the name of a file that a run writes. If found only once results are in, it would cost them their place. */
export async function isNameTaken(files: Files, { resultsPath }: Inputs): Promise<boolean> {
  const { unmatched } = await files.find([...OWN_FILES, 'retry.jsonl'].map((name) => join(resultsPath, name)));
  return unmatched.some(({ isFolder }) => isFolder);
}
