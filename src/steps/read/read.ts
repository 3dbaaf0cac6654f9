import { join, relative } from 'node:path';
import type { Empty, Rejected } from '../../core/endings/outcome.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import { collectRequests, type RequestCollector } from '../../core/intake/request-collector.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { rulesOf } from '../../core/lint/finding.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { MAX_BODY_BYTES } from '../../core/requests/limits.ts';
import { createLineSplitter, type Line, type LinePlace } from '../../core/requests/lines.ts';
import { modelNameOf } from '../../core/results/kind.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { FileError } from '../../ports/file-error.ts';
import type { FileReader, Files, FoundFile, Log } from '../../ports/machine.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Run } from '../run/run.ts';
import { folderOf, isInStepFolder } from '../run/step-folder.ts';
import { findFiles, searchAgain } from './find-files.ts';
import { type LinesFile, openLines } from './lines-file.ts';
import { readSchemaFiles } from './schema-files.ts';

/** The requests with their lines on disk, undefined where only batches are to be collected; or why the run ends here. */
export type Reading = { readonly warnings: readonly Problem[] } & (
  | { readonly ok: true; readonly value: RequestSet | undefined }
  | { readonly ok: false; readonly outcome: Empty | Rejected }
);

/**
 * Reads all request files once, checks every line, and writes the lines to send to `requests.jsonl`. One pass finds
 * every problem and reports the `earlier` ones with them; any problem leaves nothing on disk. Requests with wrong
 * params alone are read anyway, with their `faults`.
 */
export async function readRequests(
  run: Pick<Run, 'ports' | 'inputs' | 'runState'>,
  earlier: readonly Problem[],
): Promise<Reading> {
  const { ports, inputs } = run;
  if (inputs.requests.length === 0)
    return earlier.length === 0 ? { ok: true, value: undefined, warnings: [] } : rejected(earlier);
  const { found, problems } = await findFiles(ports, inputs.requests);
  const out = await openResults(run);
  if ('code' in out) return rejected([...earlier, ...problems, out]);
  const earlierLines = openEarlierLines(ports.files, found);
  try {
    // With given batches nothing is ever sent.
    const rules = inputs.batchIds.length === 0 ? rulesOf(inputs.api) : undefined;
    const merge = { under: inputs.defaultParams, over: inputs.overrideParams };
    const collector = collectRequests(found, merge, { rules, readAgain: earlierLines.read });
    for (const [index, file] of found.entries()) {
      if (isReplaced(file, inputs)) collector.rejectFile(index, { code: 'requests-replaced' });
      else await readFile(ports.files, { ...file, index }, { collector, out });
      collector.endFile();
    }
    const { ids, places, stats, problems: faults, warnings } = collector;
    const { problems: ofSchemas } = await readSchemaFiles(ports.files, collector.schemaFiles.values());
    const others = [...earlier, ...problems, ...ofSchemas];
    if (others.length > 0 || collector.isUnreadable) return rejected([...others, ...faults], warnings);
    if (places.length === 0) return await nothingFound(ports, inputs, found);
    const lines = await out.commit();
    report(ports.log, found, collector);
    const value = { ids, places, stats, faults, lines, starts: out.starts, files: found, cases: undefined };
    return { ok: true, value, warnings };
  } finally {
    earlierLines.close();
    await out.discard();
  }
}

/** Codes of a file system that does not take the folder, whatever the runner does. */
const UNFIT_FOLDER = new Set([
  ...['ENOTDIR', 'EEXIST', 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG', 'ELOOP', 'EINVAL'],
  ...['EISDIR', 'ERR_FS_EISDIR'],
]);

async function openResults(run: Pick<Run, 'ports' | 'inputs' | 'runState'>): Promise<LinesFile | Problem> {
  const { files } = run.ports;
  const { resultsPath } = run.inputs;
  const { unmatched } = await files.find([...OWN_FILES, 'retry.jsonl'].map((name) => join(resultsPath, name)));
  // Found only when results are in, it would cost them their place.
  if (unmatched.some(({ isFolder }) => isFolder))
    return { code: 'input-folder', reason: 'EISDIR', input: 'results-path' };
  try {
    return await openLines(files, join(folderOf(run), 'requests.jsonl'));
  } catch (error) {
    const code = Error.isError(error) && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string' || !UNFIT_FOLDER.has(code)) throw error;
    // The message would repeat the path, which may be thousands of letters long.
    return { code: 'input-folder', reason: code, input: 'results-path' };
  }
}

function rejected(problems: readonly Problem[], warnings: readonly Problem[] = []): Reading {
  return { ok: false, outcome: { status: 'rejected', problems, failures: [] }, warnings };
}

/**
 * Files that a run writes into `results-path`, which cannot be request files, and neither can those of another step that
 * has not ended. `retry.jsonl` may be one: the run
 * replaces it last, after all reading.
 */
const OWN_FILES = ['requests.jsonl', 'results.jsonl', 'summary.json', 'report.md'];

function isReplaced({ path }: FoundFile, { resultsPath }: Inputs): boolean {
  return isInStepFolder(path) || OWN_FILES.some((own) => relative(path, join(resultsPath, own)) === '');
}

async function readFile(
  files: Files,
  { index, ...file }: FoundFile & { readonly index: number },
  { collector, out }: { readonly collector: RequestCollector; readonly out: LinesFile },
): Promise<void> {
  const splitter = createLineSplitter(MAX_BODY_BYTES);
  const take = async (lines: Iterable<Line>): Promise<void> => {
    for (const line of lines) {
      const text = collector.take(line, index);
      const full = text === undefined ? undefined : out.write(text);
      if (full !== undefined) await full;
    }
  };
  try {
    for await (const piece of files.read(file.path)) {
      await take(splitter.push(piece));
      if (collector.isAbandoned(index)) return;
    }
  } catch (error) {
    if (error instanceof FileError) return collector.rejectFile(index, { code: 'file-unusable', fault: error.fault });
    if (!isReadFailure(error)) throw error;
    collector.rejectFile(index, { code: 'unreadable-file', reason: describeCauses(error) });
    return;
  }
  await take(splitter.end());
}

/** Without requests there may still be batches to collect, as if only those had been given. */
async function nothingFound({ files, log }: Ports, inputs: Inputs, found: readonly FoundFile[]): Promise<Reading> {
  const { requests: patterns, ifNoRequestsFound } = inputs;
  const names = found.map(({ name }) => name);
  if (ifNoRequestsFound === 'error') {
    const advice = names.length > 0 ? {} : await searchAgain(files, patterns);
    return rejected([{ code: 'no-requests', patterns, files: names, ...advice }]);
  }
  const loud = ifNoRequestsFound === 'warn';
  if (inputs.batchIds.length === 0) return { ok: false, outcome: { status: 'empty', patterns, loud }, warnings: [] };
  log[loud ? 'warning' : 'info']({ code: 'no-requests-beside-batches', patterns, files: names });
  return { ok: true, value: undefined, warnings: [] };
}

function report(log: Log, found: readonly FoundFile[], { places, stats, asserts }: RequestCollector): void {
  const models = stats.models.slice(0, MAX_MODELS).map((name) => {
    return { model: modelNameOf(name), requests: stats.requests.filter(({ model }) => model === name).length };
  });
  log.info({
    code: 'requests-found',
    requests: places.length,
    files: found.map(({ name }) => name),
    models,
    moreModels: stats.models.length - models.length,
  });
  if (asserts > 0) log.warning({ code: 'asserts-not-graded', requests: asserts });
}

/** Most models to name in the log; a file may name as many as it has lines. */
const MAX_MODELS = 5;

/** File system errors while reading; those of writing have the call `write` and are not the request file's fault. */
function isReadFailure(error: unknown): boolean {
  return Error.isError(error) && 'syscall' in error && (error.syscall === 'open' || error.syscall === 'read');
}

/** Reads again the few earlier lines that are checked once more. */
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
