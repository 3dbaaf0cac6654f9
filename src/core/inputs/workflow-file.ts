import { parseDocument } from 'yaml';
import { elementsOf, isJsonObject, memberOf, textOf } from '../text/json.ts';

/** The members of a workflow file that this action uses; texts as written, with their expressions. */
export interface Workflow {
  /** Undefined if the file has none. */
  readonly name: string | undefined;
  readonly schedules: readonly Schedule[];
  /** Events that trigger it. */
  readonly events: readonly string[];
  readonly jobs: ReadonlyMap<string, WorkflowJob>;
}

/** An entry of `on.schedule`. */
export interface Schedule {
  readonly cron: string;
  /** IANA name; null for UTC. */
  readonly timezone: string | null;
}

export interface WorkflowJob {
  readonly needs: readonly string[];
  readonly condition: string;
  /** `strategy.matrix`, as JSON; empty without one. */
  readonly matrix: string;
  readonly outputs: ReadonlyMap<string, string>;
  /** Above 0; undefined also for an expression. */
  readonly timeoutMinutes: number | undefined;
  /** The reusable workflow it calls; undefined for a job with steps. */
  readonly calls: string | undefined;
  readonly steps: readonly WorkflowStep[];
}

export interface WorkflowStep {
  readonly id: string | undefined;
  readonly condition: string;
  readonly uses: string;
  readonly inputs: ReadonlyMap<string, string>;
}

/** Most aliases to expand. */
const MAX_ALIASES = 100;

/** Parses a workflow file. Undefined if it is not YAML or has no jobs. */
export function readWorkflow(yaml: string): Workflow | undefined {
  const file = parse(yaml);
  const jobs = memberOf(file, 'jobs');
  if (!isJsonObject(jobs)) return undefined;
  return {
    name: textOf(file, 'name'),
    schedules: elementsOf(memberOf(file, 'on', 'schedule')).flatMap(readSchedule),
    events: readEvents(memberOf(file, 'on')),
    jobs: new Map(Object.entries(jobs).map(([id, job]) => [id, readJob(job)])),
  };
}

function parse(yaml: string): unknown {
  const document = parseDocument(yaml, { version: '1.2', schema: 'core', prettyErrors: false });
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    // An undefined alias, or too many of them.
    return undefined;
  }
}

function readSchedule(one: unknown): readonly Schedule[] {
  const cron = textOf(one, 'cron');
  return cron === undefined ? [] : [{ cron, timezone: textOf(one, 'timezone') ?? null }];
}

function readEvents(on: unknown): readonly string[] {
  const events = isJsonObject(on) ? Object.keys(on) : typeof on === 'string' ? [on] : elementsOf(on);
  return events.filter((event) => typeof event === 'string');
}

function readJob(job: unknown): WorkflowJob {
  const needs = memberOf(job, 'needs');
  const minutes = memberOf(job, 'timeout-minutes');
  return {
    needs: (typeof needs === 'string' ? [needs] : elementsOf(needs)).filter((one) => typeof one === 'string'),
    condition: printScalar(memberOf(job, 'if')) ?? '',
    matrix: printMatrix(memberOf(job, 'strategy', 'matrix')),
    outputs: readTexts(memberOf(job, 'outputs')),
    timeoutMinutes: typeof minutes === 'number' && Number.isFinite(minutes) && minutes > 0 ? minutes : undefined,
    calls: textOf(job, 'uses'),
    steps: elementsOf(memberOf(job, 'steps')).flatMap((step) => {
      const uses = textOf(step, 'uses');
      if (uses === undefined) return [];
      const condition = printScalar(memberOf(step, 'if')) ?? '';
      return { id: textOf(step, 'id'), condition, uses, inputs: readTexts(memberOf(step, 'with')) };
    }),
  };
}

function printMatrix(matrix: unknown): string {
  try {
    return JSON.stringify(matrix) ?? '';
  } catch {
    // An alias inside its own anchor.
    return '';
  }
}

/** Texts by name, which GitHub compares ignoring case. */
function readTexts(members: unknown): ReadonlyMap<string, string> {
  if (!isJsonObject(members)) return new Map();
  return new Map(Object.entries(members).map(([name, value]) => [name.toLowerCase(), printScalar(value) ?? '']));
}

/** As an input receives it, apart from the spacing of expressions. */
function printScalar(value: unknown): string | undefined {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined;
  return String(value)
    .replace(/\$\{\{\s*(.*?)\s*\}\}/gs, '${{ $1 }}')
    .trim();
}

/** Paths of the workflows in the same repository that the jobs call, such as `.github/workflows/evals.yml`. */
export function localCalls({ jobs }: Workflow): readonly string[] {
  const called = [...jobs.values()].flatMap(({ calls }) => calls ?? []);
  return [...new Set(called.flatMap((uses) => /^(?:\.|\$)\/(\.github\/workflows\/[^/@]+)$/.exec(uses)?.[1] ?? []))];
}
