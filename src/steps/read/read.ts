import { join, relative } from 'node:path';
import type { Empty, Rejected } from '../../core/endings/outcome.ts';
import type { Tally } from '../../core/estimate/tally.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import { createIntake, type Intake } from '../../core/intake/intake.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { rulesOf } from '../../core/lint/lint-params.ts';
import { MAX_BODY_BYTES } from '../../core/requests/limits.ts';
import type { LinePlace } from '../../core/requests/line-places.ts';
import { createLineSplitter, type Line } from '../../core/requests/lines.ts';
import { modelNameOf } from '../../core/results/kind.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { countOf, formatCount } from '../../core/text/numbers.ts';
import type { Problem } from '../../core/text/problem.ts';
import type { FileReader, Files, FoundFile, Log } from '../../ports/machine.ts';
import type { World } from '../../ports/ports.ts';
import type { StepResult } from '../run/step-result.ts';
import { type LinesFile, openLines } from './lines-file.ts';

/**
 * What reading came to: the requests with their lines on disk, none where only batches are to be collected, or why nothing is sent.
 * `warnings`: what is doubtful about the requests.
 */
export type Reading = StepResult<RequestSet | undefined, Empty | Rejected> & { readonly warnings: readonly Problem[] };

/**
 * Reads all request files once, checks every line, and writes the lines that will be sent to `requests.jsonl`. Every problem
 * is found in this one pass, `earlier` ones included; on any of them nothing stays on disk. Where only the params of
 * requests are wrong, they are read all the same, with their `faults`.
 */
export async function readRequests(world: World, inputs: Inputs, earlier: readonly Problem[]): Promise<Reading> {
  if (inputs.requests.length === 0) {
    if (earlier.length === 0) return { ok: true, value: undefined, warnings: [] };
    return { ok: false, outcome: { status: 'rejected', problems: earlier }, warnings: [] };
  }
  const { found, unmatched } = await world.files.find(inputs.requests);
  for (const pattern of found.length === 0 ? [] : unmatched) {
    world.log.warning(`No file matches ${JSON.stringify(pattern)} in the input requests; the other patterns are used.`);
  }
  const out = await openLines(world.files, join(inputs.resultsPath, 'requests.jsonl'));
  const earlierLines = openEarlierLines(world.files, found);
  try {
    // With given batches nothing is ever sent.
    const rules = inputs.batchIds.length === 0 ? rulesOf(inputs.api) : undefined;
    const merge = { under: inputs.defaultParams, over: inputs.overrideParams };
    const intake = createIntake(found, merge, rules, earlierLines.read);
    for (const [index, file] of found.entries()) {
      if (isReplaced(file, inputs)) intake.problems.push({ ...REPLACED, where: { file: file.name } });
      else await readFile(world.files, file, index, intake, out);
    }
    const { problems: faults, warnings } = intake;
    if (earlier.length + faults.length > intake.faults)
      return { ok: false, outcome: { status: 'rejected', problems: [...earlier, ...faults] }, warnings };
    if (intake.places.length === 0) return { ...nothingFound(world.log, inputs, found), warnings };
    const lines = await out.commit();
    report(world.log, found, intake);
    const { ids, places, tally, asserts } = intake;
    const value = { ids, places, tally, faults, asserts, lines, starts: out.starts, files: found };
    return { ok: true, value, warnings };
  } finally {
    earlierLines.close();
    await out.discard();
  }
}

/**
 * What a run writes into `results-path`, and so no request file. Not among them is `retry.jsonl`, which is made to be given as
 * `requests`: it is replaced last, when nothing is read from it any more.
 */
const OWN_FILES = ['requests.jsonl', 'results.jsonl', 'summary.json', 'report.md'];

const REPLACED: Problem = {
  code: 'requests-replaced',
  what: 'the file stands in results-path under a name that this step writes, so it would be replaced',
  cure: 'set results-path to another folder, or leave the file out of the input requests',
};

function isReplaced({ path }: FoundFile, { resultsPath }: Inputs): boolean {
  return OWN_FILES.some((own) => relative(path, join(resultsPath, own)) === '');
}

async function readFile(files: Files, file: FoundFile, index: number, intake: Intake, out: LinesFile): Promise<void> {
  const splitter = createLineSplitter(MAX_BODY_BYTES);
  const take = async (lines: Iterable<Line>): Promise<void> => {
    for (const line of lines) {
      const text = intake.take(line, index);
      const full = text === undefined ? undefined : out.write(text);
      if (full !== undefined) await full;
    }
  };
  try {
    for await (const piece of files.read(file.path)) await take(splitter.push(piece));
  } catch (error) {
    if (!isReadFailure(error)) throw error;
    intake.problems.push({
      code: 'unreadable-file',
      where: { file: file.name },
      what: `the file cannot be read (${describeCauses(error)})`,
      cure: 'name a readable file in the input requests',
    });
    return;
  }
  await take(splitter.end());
}

/** Without requests there may still be batches to collect, as if only those had been given. */
function nothingFound(log: Log, inputs: Inputs, found: readonly FoundFile[]): StepResult<undefined, Empty | Rejected> {
  const patterns = inputs.requests.map((pattern) => JSON.stringify(pattern)).join(', ');
  const what =
    found.length === 0
      ? `no file matches the input requests (${patterns})`
      : `there is no request in ${found.map((file) => file.name).join(', ')}`;
  if (inputs.ifNoRequestsFound === 'error') {
    const cure = 'check the path, which starts at the workspace, or set if-no-requests-found to warn or ignore';
    return { ok: false, outcome: { status: 'rejected', problems: [{ code: 'no-requests', what, cure }] } };
  }
  const loud = inputs.ifNoRequestsFound === 'warn';
  if (inputs.batchIds.length === 0) return { ok: false, outcome: { status: 'empty', patterns: inputs.requests, loud } };
  const line = `Only the batches of the input batch-id are collected: ${what}.`;
  if (loud) log.warning(line);
  else log.info(line);
  return { ok: true, value: undefined };
}

function report(log: Log, found: readonly FoundFile[], { places, tally, asserts }: Intake): void {
  const files = found.length === 1 ? (found[0]?.name ?? '') : `${found.length} files`;
  const models = describeModels(countByModel(tally));
  log.info(`Found ${countOf(places.length, 'request')} in ${files}${models === '' ? '' : `: ${models}`}`);
  if (asserts > 0) {
    const carry = asserts === 1 ? 'carries' : 'carry';
    log.warning(`${countOf(asserts, 'request')} ${carry} an assert; asserts are taken off and not graded yet.`);
  }
}

/** Models named in the log; a file may name as many as it has lines. */
const MAX_MODELS = 5;

function countByModel({ models, model }: Tally): ReadonlyMap<string, number> {
  const counts = new Map<string, number>(models.map((name) => [name, 0]));
  for (const index of model) {
    const name = models[index];
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** What a file says is a model may be anything. */
function describeModels(byModel: ReadonlyMap<string, number>): string {
  const all = Array.from(byModel, ([model, count]) => `${modelNameOf(model)} × ${formatCount(count)}`);
  const rest = all.length - MAX_MODELS;
  return [...all.slice(0, MAX_MODELS), ...(rest > 0 ? [`${formatCount(rest)} more`] : [])].join(', ');
}

/** Errors of the file system while reading; those of writing carry the call `write` and are not the file's fault. */
function isReadFailure(error: unknown): boolean {
  return Error.isError(error) && 'syscall' in error && (error.syscall === 'open' || error.syscall === 'read');
}

/** Lines that were read before, for the few that are looked at once more. */
function openEarlierLines(files: Files, found: readonly FoundFile[]) {
  const readers = new Map<number, FileReader>();
  return {
    read({ file, offset, length }: LinePlace): Uint8Array {
      const reader = readers.get(file) ?? files.open(found[file]?.path ?? '');
      readers.set(file, reader);
      return reader.readAt(offset, length);
    },
    close() {
      for (const reader of readers.values()) reader.close();
    },
  };
}
