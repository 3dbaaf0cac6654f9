import { createFiles } from '../../src/adapters/files.ts';
import { createPriceBook } from '../../src/core/cost/book.ts';
import { type Inputs, parseInputs } from '../../src/core/inputs/inputs.ts';
import { collectRequests } from '../../src/core/intake/request-collector.ts';
import { rulesOf } from '../../src/core/lint/finding.ts';
import { MAX_BODY_BYTES } from '../../src/core/requests/limits.ts';
import type { LinePlace } from '../../src/core/requests/lines.ts';
import { createLineSplitter, type Line } from '../../src/core/requests/lines.ts';
import { createLedger } from '../../src/core/results/ledger.ts';
import { parseResult } from '../../src/core/results/result.ts';
import type { Files, Log } from '../../src/ports/machine.ts';
import type { Ports } from '../../src/ports/ports.ts';
import { readRequests } from '../../src/steps/read/read.ts';
import { createRunState } from '../../src/steps/run/run-state.ts';

/** What a workflow without special wishes has, and what one has that sets params for all requests. */
const NO_MERGE = { 'override-params': '', 'default-params': '' };
export const MERGE = {
  'override-params': '{"model": "claude-haiku-4-5"}',
  'default-params': '{"max_tokens": 1024, "service_tier": "auto"}',
};

/** Inputs of the action for a file of this folder. */
function inputsOf(folder: string, file: string, raw: Readonly<Record<string, string>> = NO_MERGE): Inputs {
  const given = { requests: file, 'results-path': 'out', name: 'benchmark', 'artifact-name': 'benchmark', ...raw };
  const name = 'benchmark';
  const env = { apiKey: 'none', workspace: folder, temp: folder, action: name, job: name, workflow: name };
  const parsed = parseInputs(new Map(Object.entries(given)), env);
  if (parsed.problems.length > 0) throw new Error(JSON.stringify(parsed.problems));
  return parsed.inputs;
}

/** All lines of a file, one by one, as the steps read them. */
async function eachLine(folder: string, file: string, take: (line: Line) => void): Promise<void> {
  const splitter = createLineSplitter(MAX_BODY_BYTES);
  for await (const piece of createFiles(folder).read(`${folder}/${file}`)) {
    for (const line of splitter.push(piece)) take(line);
  }
  for (const line of splitter.end()) take(line);
}

/** Reads and checks every line as `readRequests` does, and writes none. Without `lint`, params are not judged. */
export async function readAndLint(
  folder: string,
  file: string,
  { lint = true, raw = NO_MERGE }: { lint?: boolean; raw?: Readonly<Record<string, string>> } = {},
): Promise<number> {
  const inputs = inputsOf(folder, file, raw);
  const merge = { under: inputs.defaultParams, over: inputs.overrideParams };
  const rules = lint ? rulesOf(inputs.api) : undefined;
  const path = `${folder}/${file}`;
  const reader = createFiles(folder).open(path);
  const readAgain = ({ offset, length }: LinePlace) => reader.readAt(offset, length);
  const collector = collectRequests([{ path, name: file, isOutside: false }], merge, { rules, readAgain });
  await eachLine(folder, file, (line) => collector.take(line, 0));
  reader.close();
  // A corpus with mistakes would measure how they are told.
  const [wrong] = [...collector.problems, ...collector.warnings];
  if (wrong !== undefined) throw new Error(`The corpus is not sound: ${JSON.stringify(wrong)}`);
  return collector.places.length;
}

/** All that the action does with request files before it sends anything: `requests.jsonl` with its digest included. */
export async function readWhole(folder: string, file: string): Promise<number> {
  // Globbing writes to the log, and is no part of reading.
  const find: Files['find'] = async () => ({
    found: [{ path: `${folder}/${file}`, name: file, isOutside: false }],
    unmatched: [],
    refused: [],
  });
  const fakes = { files: { ...createFiles(folder), find }, log: SILENT };
  // The step takes all ports and uses these two of it.
  const read = await readRequests(
    { ports: fakes as unknown as Ports, inputs: inputsOf(folder, file), runState: createRunState(0, 'benchmark') },
    [],
  );
  if (!read.ok || read.value === undefined) throw new Error(JSON.stringify(read));
  return read.value.places.length;
}

/** Reads result lines, counts and prices them. */
export async function accountFor(folder: string, file: string): Promise<number> {
  const ledger = createLedger(createPriceBook());
  const createdAtMs = Date.parse('2026-11-01T00:00:00Z');
  await eachLine(folder, file, ({ bytes }) => {
    const result = parseResult(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    if (result !== undefined) ledger.add(result, { id: '', createdAtMs, round: 0 });
  });
  return ledger.close({ unmatched: 0, repeated: 0, unreadable: 0 }, new Map()).counts.total;
}

const SILENT: Log = { info() {}, notice() {}, warning() {}, error() {}, group() {} };
