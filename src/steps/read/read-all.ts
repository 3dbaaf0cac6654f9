import type { PriceBook } from '../../core/cost/book.ts';
import { missingCredential } from '../../core/inputs/credential.ts';
import { isOfCredentials } from '../../core/inputs/sign-in.ts';
import { type RequestSet, sampleFacts } from '../../core/intake/request-set.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { annotateProblems } from '../notify/annotate.ts';
import type { Run } from '../run/run.ts';
import type { StepResult } from '../run/step-result.ts';
import { type ExtraGrades, readExtraGrades } from './extra-grades.ts';
import { matchExtraGrades } from './match-grades.ts';
import { readPrices } from './prices.ts';
import { readRequests } from './read.ts';

/** What the user gave, in files. */
interface Given {
  /** Undefined if only batches are to be collected. */
  readonly requests: RequestSet | undefined;
  readonly prices: PriceBook;
  /** Grades of the step's own graders. */
  readonly extraGrades: ExtraGrades;
  /** Doubts about the requests. */
  readonly warnings: readonly Problem[];
}

/** Reads the price file and the request files, and reports all problems of them and of the inputs at once. */
export async function readAll(run: Run, wrongInputs: readonly Problem[]): Promise<StepResult<Given>> {
  const { ports, inputs, context, runState } = run;
  const missing = wrongInputs.some(isOfCredentials) || inputs.dryRun ? undefined : missingCredential(run);
  const noCredential = missing === undefined ? [] : [missing];
  const { prices, problems } = await readPrices(ports.files, inputs.pricesPath, context.workspace);
  const extra = await readExtraGrades(run);
  const reading = await readRequests(
    run,
    [...wrongInputs, ...noCredential, ...problems, ...extra.problems],
    extra.grades,
  );
  if (!reading.ok) {
    runState.warnings = reading.warnings;
    annotateProblems(ports.log, 'warning', reading.warnings);
    return reading;
  }
  const requests = reading.value;
  const { grades, fault, warnings: doubts } = matchExtraGrades(extra.grades, requests, inputs.repeats);
  const warnings = [...reading.warnings, ...doubts];
  runState.warnings = warnings;
  runState.requestCount = requests?.places.length;
  runState.hasRequired = requests?.cases?.hasRequired ?? false;
  runState.sample = requests?.sample && sampleFacts(requests.sample);
  if (fault !== undefined) {
    annotateProblems(ports.log, 'warning', warnings);
    return { ok: false, outcome: { status: 'rejected', problems: [fault], failures: [] } };
  }
  return { ok: true, value: { requests, prices, extraGrades: grades, warnings } };
}
