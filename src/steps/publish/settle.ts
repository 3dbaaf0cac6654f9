import { basename, join } from 'node:path';
import type { Failure } from '../../core/messages/failures.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';

/** Where the files of the step end up. */
export interface Settled {
  /** The final path of a file of the step; undefined if it is not known. */
  readonly pathOf: (path: string | undefined) => string | undefined;
  readonly failures: readonly Failure[];
}

/**
 * Moves the files of the step to `results-path`. If a step that ran at the same time was first, they stay in a folder of
 * their own, so that the outputs of both lead to their own results. Never throws.
 */
export async function settleFiles(run: Run): Promise<Settled> {
  const { ports, inputs, runState } = run;
  const own = folderOf(run);
  try {
    const folder = await ports.files.settle(own, runState.folderMark);
    if (folder !== inputs.resultsPath)
      ports.log.warning({ code: 'results-path-shared', path: inputs.resultsPath, folder });
    return { pathOf: (path) => path && join(folder, basename(path)), failures: [] };
  } catch (error) {
    const failure: Failure = {
      code: 'files-not-moved',
      from: own,
      to: inputs.resultsPath,
      reason: describeCauses(error),
    };
    return { pathOf: () => undefined, failures: [failure] };
  }
}
