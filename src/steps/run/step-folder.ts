import { basename, dirname, join } from 'node:path';
import type { Run } from './run.ts';

const PREFIX = '.claude-batch-';

/**
 * Where a step writes its files until it ends: a folder of its own in `results-path`. Steps that run at the same time may
 * share `results-path`, and each sends, reads and uploads only what it wrote itself.
 */
export function folderOf({ inputs, runState }: Pick<Run, 'inputs' | 'runState'>): string {
  return join(inputs.resultsPath, `${PREFIX}${runState.nonce}`);
}

/** Whether a file is one that a step writes while it runs, or left behind when it was killed. */
export function isInStepFolder(path: string): boolean {
  return basename(dirname(path)).startsWith(PREFIX);
}
