import { parseCommand, type WorkflowCommand } from './workflow-commands.ts';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  /** `file`, `line`, `title` and so on, as given. */
  readonly properties: ReadonlyMap<string, string>;
  /** The runner keeps ten of each level and step; the others are in the log only. */
  readonly shown: boolean;
}

/** How the runner reads a step's output. */
export interface LogReader {
  /** The log as people see it, with masked values hidden. */
  readonly lines: readonly string[];
  readonly annotations: readonly Annotation[];
  /** Set by the old `::set-output` and `::save-state`, which still work. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  /** Whether a command failed the step, as the disabled `::set-env` does. */
  readonly failed: boolean;
  /** Takes a line of stdout or stderr: obeys a command, logs anything else. */
  take(line: string): void;
  /** An annotation of the runner's own. */
  annotate(level: Annotation['level'], message: string): void;
  mask(value: string): void;
  /** The text with masked values hidden. */
  hide(text: string): string;
}

const shownPerLevel = 10;

export function createLogReader(secrets: readonly string[]): LogReader {
  const masks = new Set<string>();
  const lines: string[] = [];
  const annotations: Annotation[] = [];
  const outputs = new Map<string, string>();
  const state = new Map<string, string>();
  let stoppedUntil: string | undefined;
  let failed = false;

  function mask(value: string): void {
    for (const line of value.split(/\r?\n/)) if (line.trim() !== '') masks.add(line);
  }

  function hide(text: string): string {
    const longestFirst = [...masks].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((masked, value) => masked.replaceAll(value, '***'), text);
  }

  function annotate(level: Annotation['level'], message: string, properties: Annotation['properties'] = new Map()) {
    const before = annotations.filter((one) => one.level === level).length;
    annotations.push({ level, message: hide(message), properties, shown: before < shownPerLevel });
    lines.push(hide(`##[${level}]${message}`));
  }

  function obey({ name, properties, data }: WorkflowCommand): void {
    if (name === 'error' || name === 'warning' || name === 'notice') annotate(name, data, properties);
    else if (name === 'add-mask') mask(data);
    else if (name === 'stop-commands') stoppedUntil = data;
    else if (name === 'group') lines.push(hide(`##[group]${data}`));
    else if (name === 'endgroup') lines.push('##[endgroup]');
    else if (name === 'set-output') outputs.set(properties.get('name') ?? '', data);
    else if (name === 'save-state') state.set(properties.get('name') ?? '', data);
    else if (name === 'set-env' || name === 'add-path') {
      annotate('error', `The \`${name}\` command is disabled.`);
      failed = true;
    }
  }

  for (const secret of secrets) mask(secret);

  return {
    lines,
    annotations,
    outputs,
    state,
    get failed() {
      return failed;
    },
    take(line) {
      if (stoppedUntil !== undefined) {
        if (line.trim() === `::${stoppedUntil}::`) stoppedUntil = undefined;
        else lines.push(hide(line));
        return;
      }
      const command = parseCommand(line);
      if (command === undefined) lines.push(hide(line));
      else obey(command);
    },
    annotate,
    mask,
    hide,
  };
}
