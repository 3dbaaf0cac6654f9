import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssignments, readLines, readSummary } from './file-commands.ts';
import { type Annotation, createLogReader, type LogReader } from './log-reader.ts';
import { type RunningStep, runNode } from './node-process.ts';

/** The result of a step. */
export interface StepResult {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** stdout and stderr as written, before anything was masked. */
  readonly rawLog: string;
  /** The log as people see it: commands obeyed, masked values hidden. */
  readonly log: string;
  readonly annotations: readonly Annotation[];
  readonly outputs: ReadonlyMap<string, string>;
  /** Saved for the post step. */
  readonly state: ReadonlyMap<string, string>;
  /** Variables and PATH entries for later steps. */
  readonly env: ReadonlyMap<string, string>;
  readonly path: readonly string[];
  /** The job summary; empty when it was dropped for its size. */
  readonly summary: string;
  readonly lost: boolean;
  readonly tookMs: number;
}

export interface StepOptions {
  readonly file: string;
  readonly node: string;
  readonly cwd: string;
  readonly temp: string;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly unexpectedInputs: readonly string[];
  readonly graceScale: number;
  readonly timeoutMs: number;
  readonly killIsLoss: boolean;
  readonly onStart: ((step: RunningStep) => void) | undefined;
  readonly cancelWhen: RegExp | undefined;
}

/** Runs one step. Reads the command files however it ended. Throws only if it hangs or cannot be started. */
export async function runStep(options: StepOptions): Promise<StepResult> {
  const reader = createLogReader(options.secrets);
  const [unexpected] = options.unexpectedInputs;
  if (unexpected !== undefined)
    reader.annotate('warning', `Unexpected input(s) '${options.unexpectedInputs.join("', '")}'`);
  const files = makeCommandFiles(options.temp);
  let running: RunningStep | undefined;
  const startedAt = performance.now();
  const exit = await runNode({
    ...options,
    env: { ...options.env, ...files },
    onLine(line) {
      reader.take(line);
      if (options.cancelWhen?.test(line)) running?.cancel();
    },
    onStart(step) {
      running = step;
      options.onStart?.(step);
    },
  });
  const tookMs = performance.now() - startedAt;
  const { exitCode, signal, rawLog, cancelled, lost, timedOut } = exit;
  if (timedOut) throw new Error(`The step was still running after ${options.timeoutMs} ms. Its log:\n${rawLog}`);

  const commands = readCommandFiles(files, reader);
  const failed = exitCode !== 0 || reader.failed || commands.failed;
  return {
    conclusion: cancelled ? 'cancelled' : failed ? 'failure' : 'success',
    exitCode,
    signal,
    rawLog,
    log: reader.lines.map((line) => `${line}\n`).join(''),
    annotations: reader.annotations,
    outputs: new Map([...reader.outputs, ...commands.outputs]),
    state: new Map([...reader.state, ...commands.state]),
    env: commands.env,
    path: commands.path,
    summary: commands.summary,
    lost,
    tookMs,
  };
}

type CommandFiles = Readonly<Record<`GITHUB_${'OUTPUT' | 'STATE' | 'ENV' | 'PATH' | 'STEP_SUMMARY'}`, string>>;

function makeCommandFiles(temp: string): CommandFiles {
  const parent = join(temp, '_runner_file_commands');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'step-'));
  const file = (name: string) => {
    writeFileSync(join(folder, name), '');
    return join(folder, name);
  };
  return {
    GITHUB_OUTPUT: file('set_output'),
    GITHUB_STATE: file('save_state'),
    GITHUB_ENV: file('set_env'),
    GITHUB_PATH: file('add_path'),
    GITHUB_STEP_SUMMARY: file('step_summary'),
  };
}

function readCommandFiles(files: CommandFiles, reader: LogReader) {
  let failed = false;
  const attempt = <Value>(read: () => Value, otherwise: Value, fatal: boolean): Value => {
    try {
      return read();
    } catch (error) {
      reader.annotate('error', error instanceof Error ? error.message : String(error));
      failed ||= fatal;
      return otherwise;
    }
  };
  const assignments = (path: string) => attempt(() => readAssignments(path), new Map<string, string>(), true);
  const found = {
    outputs: assignments(files.GITHUB_OUTPUT),
    state: assignments(files.GITHUB_STATE),
    env: assignments(files.GITHUB_ENV),
    path: readLines(files.GITHUB_PATH),
    summary: reader.hide(attempt(() => readSummary(files.GITHUB_STEP_SUMMARY), '', false)),
  };
  return { ...found, failed };
}
