import type { PriceBook } from '../../core/cost/book.ts';
import { NO_KEY } from '../../core/endings/ending.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { annotateProblems } from '../notify/annotate.ts';
import type { Task } from '../run/job.ts';
import type { StepResult } from '../run/step-result.ts';
import { readPrices } from './prices.ts';
import { readRequests } from './read.ts';

/** What the user gave, in files. */
interface Given {
  /** Undefined where only batches are to be collected. */
  readonly requests: RequestSet | undefined;
  readonly prices: PriceBook;
  /** What is doubtful about the requests. */
  readonly warnings: readonly Problem[];
}

/** Reads the price file and the request files, and names all that is wrong with them and with the inputs at once. */
export async function readAll(task: Task, wrongInputs: readonly Problem[]): Promise<StepResult<Given>> {
  const { world, inputs, run, trail } = task;
  const isKeyWrong = wrongInputs.some(({ input }) => input === 'anthropic-api-key');
  const noKey = inputs.api.key === undefined && !isKeyWrong && !inputs.dryRun ? [NO_KEY] : [];
  const { prices, problems } = await readPrices(world.files, inputs.pricesPath, run.workspace);
  const reading = await readRequests(world, inputs, [...wrongInputs, ...noKey, ...problems]);
  trail.warnings = reading.warnings;
  if (!reading.ok) {
    annotateProblems(world.log, 'warning', reading.warnings);
    return reading;
  }
  const requests = reading.value;
  trail.requestCount = requests?.places.length;
  return { ok: true, value: { requests, prices, warnings: reading.warnings } };
}
