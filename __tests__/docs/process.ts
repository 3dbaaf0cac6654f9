import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode24 } from '../../scripts/node24.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of the repository on Node 24, from another folder and with nothing of this process's environment. */
export function runScript(script: string, args: readonly string[], cwd: string): Promise<Finished> {
  const node = findNode24();
  if (node === undefined) throw new Error('There is no Node 24 to run scripts on');
  const system = process.platform === 'win32' ? { SystemRoot: 'C:\\Windows' } : {};
  const env = { ...system, PATH: dirname(node), HOME: cwd, TMPDIR: cwd, TEMP: cwd, TMP: cwd };
  return new Promise((resolve) => {
    execFile(node, [script, ...args], { cwd, env, timeout: 240_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
    });
  });
}
