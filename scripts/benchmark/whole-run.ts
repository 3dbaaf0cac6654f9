// In a process of its own: a whole run of the action with files on disk and an API that answers at once. Prints JSON: processor time
// in ms and by how much the run raised the peak of memory, in bytes resident. Arguments: folder, name of the request file, number of
// requests. The folder has the answers as `answers.jsonl`.
import '../../src/heap.ts';
import { createFakes } from '../../__tests__/fakes/ports.ts';
import { inputsOf, runOf, runStep } from '../../__tests__/fakes/step.ts';
import { createFiles } from '../../src/adapters/files.ts';
import type { Batch } from '../../src/ports/api.ts';
import type { Ports } from '../../src/ports/ports.ts';

/** What a process says of its run. */
export interface Measurement {
  readonly cpuMs: number;
  readonly peakBytes: number;
}

const [folder = '', file = '', requests = '0'] = process.argv.slice(2);
const count = Number(requests);

/** Kilobytes on every system, says libuv. */
const peakBytes = (): number => process.resourceUsage().maxRSS * 1024;

function portsOf() {
  const fakes = createFakes();
  const files: Ports['files'] = {
    ...createFiles(folder),
    // Globbing writes to the log, and is no part of a run with a known file.
    find: async (patterns) => ({
      found: patterns.includes(file) ? [{ path: `${folder}/${file}`, name: file, isOutside: false }] : [],
      unmatched: [],
      refused: [],
    }),
  };
  let batch: Batch = {
    id: 'msgbatch_1',
    status: 'in_progress',
    counts: { processing: count, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    createdAt: '2026-11-22T10:00:00Z',
    endedAt: null,
    expiresAt: '2026-11-23T10:00:00Z',
    archivedAt: null,
  };
  let created = 0;
  const api: Ports['api'] = {
    ...fakes.api,
    async create() {
      created += 1;
      if (created > 1) throw new Error('The corpus is too large for one batch.');
      return batch;
    },
    async retrieve() {
      const counts = { processing: 0, succeeded: count, errored: 0, canceled: 0, expired: 0 };
      batch = { ...batch, status: 'ended', endedAt: '2026-11-22T10:30:00Z', counts };
      return { batch, retryAfterMs: undefined };
    },
    results: async () => files.read(`${folder}/answers.jsonl`),
  };
  return { ...fakes, files, api } as unknown as Parameters<typeof runStep>[0];
}

async function measure(): Promise<Measurement> {
  const inputs = inputsOf({
    requests: file,
    'results-path': `${folder}/out`,
    'max-error-rate': '100',
    'retry-rounds': '0',
  });
  const before = peakBytes();
  const started = process.threadCpuUsage();
  const { outcome } = await runStep(portsOf(), inputs, runOf());
  const { user, system } = process.threadCpuUsage(started);
  if (outcome.status !== 'completed') throw new Error(JSON.stringify(outcome).slice(0, 2_000));
  return { cpuMs: (user + system) / 1_000, peakBytes: peakBytes() - before };
}

console.log(JSON.stringify(await measure()));
