import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Inputs } from '../core/inputs/inputs.ts';
import { countOf, formatCount } from '../core/report/numbers.ts';
import { createLineSplitter, isBlank, type Line } from '../core/requests/lines.ts';
import { parseRequest, type Request } from '../core/requests/request.ts';
import { type LinePlace, MAX_BODY_BYTES, MAX_REQUESTS, type RequestSet } from '../core/requests/request-set.ts';
import { describeCauses, type Problem } from '../errors.ts';
import type { Empty, Rejected } from '../outcome.ts';
import type { Files, FileWriter, FoundFile, Log, World } from '../ports.ts';

/** What reading came to: the requests with their body on disk, none where no pattern is given, or why nothing is sent. */
export type Reading = { readonly kind: 'read'; readonly requests: RequestSet | undefined } | Empty | Rejected;

/**
 * Reads all request files once, checks every line, and writes what will be sent: the body (only where something is to be
 * submitted) and `requests.jsonl`. Every problem is found in this one pass, `earlier` ones included; on any of them nothing
 * stays on disk.
 */
export async function readRequests(world: World, inputs: Inputs, earlier: readonly Problem[]): Promise<Reading> {
  if (inputs.requests.length === 0) {
    return earlier.length === 0 ? { kind: 'read', requests: undefined } : { status: 'rejected', problems: earlier };
  }
  const { found, unmatched } = await world.files.find(inputs.requests);
  for (const pattern of found.length === 0 ? [] : unmatched) {
    world.log.warning(`No file matches ${JSON.stringify(pattern)} in the input requests; the other patterns are used.`);
  }
  const wanted = inputs.batchIds.length === 0;
  const out = await openOutputs(world.files, inputs.resultsPath, wanted);
  try {
    const run = createRun(inputs, found);
    for (const [index, file] of found.entries()) await readFile(world.files, file, index, run, out);
    const problems = [...earlier, ...run.problems, ...limitProblems(run.places.length, out.bodyBytes())];
    if (problems.length > 0) return { status: 'rejected', problems };
    if (run.places.length === 0) return nothingFound(inputs, found);
    const written = await out.commit();
    report(world.log, found, run);
    return { kind: 'read', requests: { ...run, ...written, files: found } };
  } finally {
    await out.discard();
  }
}

interface Run {
  readonly ids: Map<string, number>;
  readonly places: LinePlace[];
  readonly models: Map<string, number>;
  readonly problems: Problem[];
  asserts: number;
  readonly parse: (line: Line) => ReturnType<typeof parseRequest>;
  /** `file:line` of the request at a position. */
  readonly nameOf: (position: number) => string;
}

function createRun(inputs: Inputs, files: readonly FoundFile[]): Run {
  const merge = { under: inputs.defaultParams, over: inputs.overrideParams };
  const parse = (line: Line) => parseRequest(line.bytes, merge);
  const places: LinePlace[] = [];
  const nameOf = (position: number): string => {
    const place = places[position];
    return place === undefined ? '' : `${files[place.file]?.name}:${place.line}`;
  };
  return { ids: new Map(), places, models: new Map(), problems: [], asserts: 0, parse, nameOf };
}

async function readFile(files: Files, file: FoundFile, index: number, run: Run, out: Outputs): Promise<void> {
  const splitter = createLineSplitter(MAX_BODY_BYTES);
  const take = async (lines: Iterable<Line>): Promise<void> => {
    for (const line of lines) {
      const request = takeLine(line, file.name, run);
      if (request === undefined) continue;
      run.places.push({ file: index, line: line.number, offset: line.offset, length: line.bytes.length });
      const full = out.write(request.text);
      if (full !== undefined) await full;
    }
  };
  try {
    for await (const piece of files.read(file.path)) await take(splitter.push(piece));
  } catch (error) {
    if (!isReadFailure(error)) throw error;
    run.problems.push({
      code: 'unreadable-file',
      where: { file: file.name },
      what: `the file cannot be read (${describeCauses(error)})`,
      cure: 'name a readable file in the input requests',
    });
    return;
  }
  await take(splitter.end());
}

/** The request of a line that may be sent, with its id noted; undefined for a blank or faulty one. */
function takeLine(line: Line, file: string, run: Run): Request | undefined {
  const where = { file, line: line.number };
  if (line.tooLong) {
    const what = 'the line alone is larger than a batch may be (250 MB)';
    run.problems.push({ code: 'line-too-long', where, what, cure: 'write one request per line' });
    return undefined;
  }
  if (isBlank(line.bytes)) return undefined;
  const request = run.parse(line);
  if (!('customId' in request)) {
    for (const problem of request) run.problems.push({ ...problem, where });
    return undefined;
  }
  const first = run.ids.get(request.customId);
  if (first !== undefined) {
    const what = `custom_id ${JSON.stringify(request.customId)} is already used at ${run.nameOf(first)}`;
    run.problems.push({
      code: 'repeated-custom-id',
      where,
      what,
      cure: 'give every request of all files an id of its own',
    });
    return undefined;
  }
  run.ids.set(request.customId, run.places.length);
  if (request.model !== undefined) run.models.set(request.model, (run.models.get(request.model) ?? 0) + 1);
  if (request.hasAssert) run.asserts += 1;
  return request;
}

function limitProblems(count: number, bodyBytes: number): Problem[] {
  const problems: Problem[] = [];
  const cure = 'split the requests into several steps with files of their own';
  if (count > MAX_REQUESTS) {
    const what = `there are ${formatCount(count)} requests, and a batch takes at most 100,000`;
    problems.push({ code: 'too-many-requests', what, cure });
  }
  if (bodyBytes > MAX_BODY_BYTES) {
    const what = `the requests make ${formatCount(bodyBytes)} bytes, and a batch takes at most 250,000,000`;
    problems.push({ code: 'too-many-bytes', what, cure });
  }
  return problems;
}

function nothingFound(inputs: Inputs, found: readonly FoundFile[]): Empty | Rejected {
  const patterns = inputs.requests;
  if (inputs.ifNoRequestsFound !== 'error') {
    return { status: 'empty', patterns, loud: inputs.ifNoRequestsFound === 'warn' };
  }
  const what =
    found.length === 0
      ? `no file matches the input requests (${patterns.map((p) => JSON.stringify(p)).join(', ')})`
      : `there is no request in ${found.map((file) => file.name).join(', ')}`;
  const cure = 'check the path, which starts at the workspace, or set if-no-requests-found to warn or ignore';
  return { status: 'rejected', problems: [{ code: 'no-requests', what, cure }] };
}

function report(log: Log, found: readonly FoundFile[], run: Run): void {
  const files = found.length === 1 ? (found[0]?.name ?? '') : `${found.length} files`;
  const models = Array.from(run.models, ([model, count]) => `${model} × ${formatCount(count)}`).join(', ');
  log.info(`Found ${countOf(run.places.length, 'request')} in ${files}${models === '' ? '' : `: ${models}`}`);
  if (run.asserts > 0) {
    const carry = run.asserts === 1 ? 'carries' : 'carry';
    log.warning(`${countOf(run.asserts, 'request')} ${carry} an assert; asserts are taken off and not graded yet.`);
  }
}

/** Errors of the file system while reading; those of writing carry the call `write` and are not the file's fault. */
function isReadFailure(error: unknown): boolean {
  return Error.isError(error) && 'syscall' in error && (error.syscall === 'open' || error.syscall === 'read');
}

/** The body and `requests.jsonl`, written together. */
interface Outputs {
  write(text: string): Promise<void> | undefined;
  bodyBytes(): number;
  /** Gives both their names. */
  commit(): Promise<Pick<RequestSet, 'body' | 'lines'>>;
  discard(): Promise<void>;
}

async function openOutputs(files: Files, folder: string, withBody: boolean): Promise<Outputs> {
  const bodyPath = join(folder, '.body.json');
  const linesPath = join(folder, 'requests.jsonl');
  const lines = await files.write(linesPath);
  const hash = createHash('sha256');
  let body: FileWriter | undefined;
  let bodyBytes = '{"requests":[]}'.length;
  let first = true;
  try {
    body = withBody ? await files.write(bodyPath) : undefined;
  } catch (error) {
    await lines.discard();
    throw error;
  }
  return {
    write(text) {
      const before = first ? '{"requests":[' : ',';
      bodyBytes += Buffer.byteLength(text) + (first ? 0 : 1);
      first = false;
      // Past the limit the run is refused anyway: nothing more is written, the rest is only checked.
      if (bodyBytes > MAX_BODY_BYTES) return undefined;
      const line = `${text}\n`;
      hash.update(line);
      const waits = [body?.write(before + text), lines.write(line)].filter((wait) => wait !== undefined);
      return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
    },
    bodyBytes: () => bodyBytes,
    async commit() {
      await lines.commit();
      const written = { path: linesPath, bytes: lines.bytes, sha256: hash.digest('hex') };
      if (body === undefined) return { body: undefined, lines: written };
      await body.write(']}');
      await body.commit();
      return { body: { path: bodyPath, bytes: body.bytes }, lines: written };
    },
    async discard() {
      await body?.discard();
      await lines.discard();
    },
  };
}
