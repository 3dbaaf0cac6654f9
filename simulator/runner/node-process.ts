import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';

const termAfterMs = 7_500;
const killAfterMs = 2_500;

export interface NodeProcess {
  readonly file: string;
  readonly node: string;
  readonly cwd: string;
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Factor on the runner's pauses between its signals; 1 is real time. */
  readonly graceScale: number;
  /** Killed after this time whatever it does, as a stuck test helps nobody. */
  readonly timeoutMs: number;
  /** Whether a SIGKILL from elsewhere means that the machine was lost. */
  readonly killIsLoss: boolean;
  readonly onStart: (step: RunningStep) => void;
}

/** A running step, for tests that interfere. */
export interface RunningStep {
  readonly child: ChildProcess;
  /** What the runner does on cancel: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL, each to this process alone. */
  cancel(): void;
  /** What is left when the machine is lost: no signal to catch, no post step. */
  lose(): void;
}

export interface Exit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** stdout and stderr as written, in the order they arrived. */
  readonly rawLog: string;
  readonly cancelled: boolean;
  readonly lost: boolean;
  readonly timedOut: boolean;
}

/** Runs a file on Node as the runner does, to its end. */
export function runNode(options: NodeProcess): Promise<Exit> {
  const { file, node, cwd, env, onLine, graceScale, timeoutMs, killIsLoss, onStart } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(node, [file], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const timers: NodeJS.Timeout[] = [];
    const later = (ms: number, act: () => void) => timers.push(setTimeout(act, ms));
    let rawLog = '';
    let [cancelled, lost, timedOut] = [false, false, false];

    for (const stream of [child.stdout, child.stderr]) {
      const decoder = new StringDecoder('utf8');
      let rest = '';
      stream.on('data', (piece: Buffer) => {
        const text = decoder.write(piece);
        rawLog += text;
        const lines = (rest + text).split(/\r?\n/);
        rest = lines.pop() ?? '';
        for (const line of lines) onLine(line);
      });
      stream.on('end', () => {
        if (rest !== '') onLine(rest);
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      for (const timer of timers) clearTimeout(timer);
      if (killIsLoss && signal === 'SIGKILL' && !cancelled && !timedOut) lost = true;
      resolve({ exitCode, signal, rawLog, cancelled, lost, timedOut });
    });

    later(timeoutMs, () => {
      timedOut = true;
      child.kill('SIGKILL');
    });
    onStart({
      child,
      cancel() {
        if (cancelled) return;
        cancelled = true;
        child.kill('SIGINT');
        // One after the other: on a busy machine, timers of their own would fire together.
        later(termAfterMs * graceScale, () => {
          child.kill('SIGTERM');
          later(killAfterMs * graceScale, () => child.kill('SIGKILL'));
        });
      },
      lose() {
        lost = true;
        child.kill('SIGKILL');
      },
    });
  });
}
