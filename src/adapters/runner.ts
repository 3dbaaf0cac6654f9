import { appendFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { saveState, setOutput } from '@actions/core';
import type { Runner } from '../ports/machine.ts';

/** Outputs, state and the job summary, in the files that the runner names in the environment. In a container, its CPU limit counts as the number of cores. */
export function createRunner(summaryPath: string | undefined): Runner {
  return {
    cores: availableParallelism(),
    setOutput: (name, value) => setOutput(name, value),
    saveState: (name, value) => saveState(name, value),
    async writeSummary(markdown) {
      if (summaryPath === undefined || summaryPath === '') return;
      await appendFile(summaryPath, markdown, 'utf8');
    },
  };
}
