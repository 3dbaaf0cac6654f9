import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a program in a Node process of its own, whose only variable is `NODE_OPTIONS`, and parses what it prints as JSON. */
export async function runProgram(source: string, nodeOptions: string, args: readonly string[] = []) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source, ...args], {
    env: { NODE_OPTIONS: nodeOptions },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text));
  child.stderr.on('data', (text: Buffer) => (stderr += text));
  const [exitCode, signal] = await once(child, 'close');
  return { stdout, stderr, exitCode: exitCode as number | null, signal: signal as string | null };
}
