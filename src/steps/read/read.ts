import { join } from 'node:path';
import type { Empty, Rejected } from '../../core/endings/outcome.ts';
import { idleInputs } from '../../core/inputs/idle-inputs.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import { collectRequests, type RequestCollector } from '../../core/intake/request-collector.ts';
import { type CaseFile, type RequestSet, sampleFacts } from '../../core/intake/request-set.ts';
import { rulesOf } from '../../core/lint/finding.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { modelNameOf } from '../../core/results/kind.ts';
import { FileError } from '../../ports/file-error.ts';
import type { FoundFile, Log } from '../../ports/machine.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';
import { type CasesFile, openCases } from './cases-file.ts';
import type { ExtraGrades } from './extra-grades.ts';
import { findFiles, searchAgain } from './find-files.ts';
import { digestsFor, type LinesFile, openLines } from './lines-file.ts';
import { isNameTaken, isReplaced } from './own-files.ts';
import { openEarlierLines, readFile } from './read-file.ts';
import { readSchemaFiles } from './schema-files.ts';
import { NOWHERE, takeSample } from './take-sample.ts';
import { aboveLimit, gatesWithoutCases, gradingProblems } from './unfit-inputs.ts';

/** The requests with their lines on disk, undefined where only batches are to be collected; or why the run ends here. */
export type Reading = { readonly warnings: readonly Problem[] } & (
  | { readonly ok: true; readonly value: RequestSet | undefined }
  | { readonly ok: false; readonly outcome: Empty | Rejected }
);

/**
 * Reads all request files once, checks every line, and writes the lines to send to `requests.jsonl`. One pass finds
 * every problem and reports the `earlier` ones with them; any problem leaves nothing on disk. Requests with wrong
 * params alone are read anyway, with their `faults`. Requests that somebody else graded are cases too.
 */
export async function readRequests(
  run: Pick<Run, 'ports' | 'inputs' | 'runState'>,
  earlier: readonly Problem[],
  grades?: Pick<ExtraGrades, 'has'>,
): Promise<Reading> {
  const { ports, inputs } = run;
  if (inputs.requests.length === 0)
    return earlier.length === 0 ? { ok: true, value: undefined, warnings: [] } : rejected(earlier);
  const { found, without, problems } = await findFiles(ports.files, inputs.requests, 'requests');
  if (found.length > 0) for (const pattern of without) ports.log.warning({ code: 'pattern-unmatched', pattern });
  const out = await openResults(run);
  if ('code' in out) return rejected([...earlier, ...problems, out]);
  const earlierLines = openEarlierLines(ports.files, found);
  const cases = openCases(ports.files, join(folderOf(run), '.cases.jsonl'));
  try {
    // With given batches nothing is ever sent.
    const rules = inputs.batchIds.length === 0 ? rulesOf(inputs.api, inputs.allowedModels) : undefined;
    const merge = { under: inputs.defaultParams, over: inputs.overrideParams };
    const { defaultAsserts, repeats, sample } = inputs;
    const isGraded = grades === undefined ? {} : { isGraded: grades.has };
    const options = { readAgain: earlierLines.read, defaultAsserts, repeats, ...isGraded };
    const all = collectRequests(found, merge, { ...options, rules });
    const takers = sample === undefined ? { collector: all, out, cases } : { collector: all, ...NOWHERE };
    for (const [index, file] of found.entries()) {
      if (isReplaced(file, inputs)) all.rejectFile(index, { code: 'requests-replaced' });
      else await readFile(ports.files, { ...file, index }, takers);
      all.endFile();
    }
    const { problems: faults, warnings } = all;
    const schemas = await readSchemaFiles(ports.files, all.schemaFiles.values());
    const others = [...earlier, ...problems, ...schemas.problems, ...gradingProblems(all, { inputs, earlier })];
    if (others.length > 0 || all.isUnreadable) return rejected([...others, ...faults], warnings);
    if (all.places.length === 0) return await nothingFound(ports, inputs, found);
    report(ports.log, found, { collector: all, repeats });
    // What is wrong with lines is known by now.
    const collector = sample === undefined ? all : collectRequests(found, merge, { ...options, rules: undefined });
    const taken = sample && (await takeSample(all, sample, { ...options, collector, out, cases }));
    if (taken !== undefined && 'changed' in taken)
      return rejected([{ code: 'file-unusable', fault: 'changed', where: { file: found[taken.changed]?.name ?? '' } }]);
    if (taken !== undefined) {
      const ungradable = gatesWithoutCases(collector, inputs, { isSample: true });
      if (ungradable.length > 0) return rejected(ungradable, warnings);
      ports.log.info({ code: 'sample-taken', ...sampleFacts(taken) });
    }
    const { ids, places, stats } = collector;
    const lines = await out.commit();
    await cases.commit();
    for (const idle of idleInputs(inputs, { hasRubrics: all.firstRubric !== undefined }))
      ports.log.notice({ code: 'input-idle', ...idle });
    const value: RequestSet = {
      ...{ ids, places, stats, lines, starts: out.starts, digests: out.digests, files: found, sample: taken },
      faults: [...faults, ...aboveLimit(collector, { inputs, found })],
      cases: cases.count === 0 ? undefined : caseFileOf(cases, { collector, schemas, defaultAsserts }),
    };
    return { ok: true, value, warnings };
  } finally {
    earlierLines.close();
    await out.discard();
    await cases.discard();
  }
}

function caseFileOf(
  { path, count }: CasesFile,
  known: {
    readonly collector: RequestCollector;
    readonly schemas: { readonly texts: ReadonlyMap<string, string> };
    readonly defaultAsserts: readonly unknown[];
  },
): CaseFile {
  const { collector, schemas, defaultAsserts } = known;
  const has = { hasRubrics: collector.firstRubric !== undefined, hasRequired: collector.hasRequired };
  return { path, count, defaultAsserts, schemaTexts: schemas.texts, ...has };
}

/** Codes of a file system that does not take the folder, whatever the runner does. */
const UNFIT_FOLDER = new Set([
  ...['ENOTDIR', 'EEXIST', 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG', 'ELOOP', 'EINVAL'],
  ...['EISDIR', 'ERR_FS_EISDIR', 'link-out'],
]);

async function openResults(run: Pick<Run, 'ports' | 'inputs' | 'runState'>): Promise<LinesFile | Problem> {
  const { files } = run.ports;
  if (await isNameTaken(files, run.inputs)) return { code: 'input-folder', reason: 'EISDIR', input: 'results-path' };
  try {
    return await openLines(files, join(folderOf(run), 'requests.jsonl'), digestsFor(run.inputs));
  } catch (error) {
    const code = error instanceof FileError ? error.fault : Error.isError(error) && 'code' in error && error.code;
    if (typeof code !== 'string' || !UNFIT_FOLDER.has(code)) throw error;
    // The message would repeat the path, which may be thousands of letters long.
    return { code: 'input-folder', reason: code, input: 'results-path' };
  }
}

function rejected(problems: readonly Problem[], warnings: readonly Problem[] = []): Reading {
  return { ok: false, outcome: { status: 'rejected', problems, failures: [] }, warnings };
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

function report(
  log: Log,
  found: readonly FoundFile[],
  { collector, repeats }: { readonly collector: RequestCollector; readonly repeats: number },
): void {
  const { places, stats } = collector;
  const counts = new Map<string | undefined, number>();
  for (const { model } of stats.requests) counts.set(model, (counts.get(model) ?? 0) + 1);
  const models = stats.models.slice(0, MAX_MODELS).map((name) => {
    return { model: modelNameOf(name), requests: counts.get(name) ?? 0 };
  });
  log.info({
    code: 'requests-found',
    requests: places.length / repeats,
    repeats,
    files: found.map(({ name }) => name),
    models,
    moreModels: stats.models.length - models.length,
  });
}

/** Most models to name in the log; a file may name as many as it has lines. */
const MAX_MODELS = 5;
