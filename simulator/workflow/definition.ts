import { parse } from 'yaml';

/** A workflow file, as far as the simulated runner supports it. */
export interface Workflow {
  readonly name: string;
  /** Names of the events in `on`. */
  readonly events: readonly string[];
  readonly concurrency: Concurrency | undefined;
  /** By ID, in the order of the file. */
  readonly jobs: ReadonlyMap<string, JobDefinition>;
}

export interface Concurrency {
  readonly group: string;
  readonly cancelInProgress: unknown;
  /** Whether more than one run may wait for the group (`queue: max`). */
  readonly queuesAll: boolean;
}

export interface JobDefinition {
  readonly id: string;
  readonly needs: readonly string[];
  readonly if: unknown;
  readonly outputs: Texts;
  /** Name of the environment. */
  readonly environment: string | undefined;
  readonly timeoutMinutes: number;
  /** The job's own, or else the workflow's. */
  readonly permissions: Readonly<Record<string, 'read' | 'write' | 'none'>>;
  readonly matrix: Readonly<Record<string, readonly string[]>>;
  readonly failsFast: boolean;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: unknown;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Texts;
  readonly env?: Texts;
}

type Texts = Readonly<Record<string, unknown>>;
type Members = Readonly<Record<string, unknown>>;

const WORKFLOW = ['name', 'run-name', 'on', 'concurrency', 'permissions', 'jobs'];
const JOB = [
  ...[
    'name',
    'needs',
    'if',
    'outputs',
    'environment',
    'runs-on',
    'timeout-minutes',
    'permissions',
    'strategy',
    'steps',
  ],
];
const STEP = ['id', 'name', 'if', 'uses', 'run', 'with', 'env'];
const DEFAULT_TIMEOUT_MINUTES = 360;

/** Reads a workflow file. Throws if it says something that this runner would ignore. */
export function readWorkflow(text: string): Workflow {
  const file = membersOf('a workflow', parse(text), WORKFLOW);
  const { on, jobs, concurrency } = file;
  return {
    name: String(file['name']),
    events: typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on as Members),
    concurrency: concurrency === undefined ? undefined : readConcurrency(concurrency),
    jobs: new Map(
      Object.entries(jobs as Members).map(([id, job]) => [id, readJob(id, job, file['permissions'] ?? {})]),
    ),
  };
}

function readConcurrency(value: unknown): Concurrency {
  if (typeof value === 'string') return { group: value, cancelInProgress: false, queuesAll: false };
  const concurrency = membersOf('a concurrency', value, ['group', 'cancel-in-progress', 'queue']);
  return {
    group: String(concurrency['group']),
    cancelInProgress: concurrency['cancel-in-progress'] ?? false,
    queuesAll: concurrency['queue'] === 'max',
  };
}

function readJob(id: string, value: unknown, permissions: unknown): JobDefinition {
  const job = membersOf('a job', value, JOB);
  const { needs = [], environment } = job;
  const strategy = membersOf('a strategy', job['strategy'] ?? {}, ['matrix', 'fail-fast']);
  return {
    id,
    needs: typeof needs === 'string' ? [needs] : (needs as string[]),
    if: job['if'],
    outputs: (job['outputs'] ?? {}) as Texts,
    environment: readEnvironment(environment),
    timeoutMinutes: Number(job['timeout-minutes'] ?? DEFAULT_TIMEOUT_MINUTES),
    permissions: (job['permissions'] ?? permissions) as JobDefinition['permissions'],
    matrix: (strategy['matrix'] ?? {}) as JobDefinition['matrix'],
    failsFast: strategy['fail-fast'] !== false,
    steps: (job['steps'] as unknown[]).map((step) => membersOf('a step', step, STEP)),
  };
}

function readEnvironment(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return String(membersOf('an environment', value, ['name', 'deployment'])['name']);
}

function membersOf(what: string, value: unknown, known: readonly string[]): Members {
  const strange = Object.keys(value as Members).filter((key) => !known.includes(key));
  if (strange.length > 0) throw new Error(`The simulated runner cannot play ${what} with ${strange.join(', ')}`);
  return value as Members;
}

/** All combinations of the values of a matrix; without a matrix, one combination without values. */
export function combine(matrix: JobDefinition['matrix']): Readonly<Record<string, string>>[] {
  return Object.entries(matrix).reduce<Record<string, string>[]>(
    (sets, [name, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value }))),
    [{}],
  );
}
