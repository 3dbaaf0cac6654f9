import { join } from 'node:path';
import type { Roundup } from '../../core/comparison/roundup.ts';
import type { Accounts } from '../../core/results/accounts.ts';
import { printBenchmark, printCostBenchmark } from '../../core/summary/benchmarks.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';
import { writeWhole } from '../run/write-whole.ts';

/** Writes `benchmark.json` and `benchmark-cost.json`, and returns their paths. */
export async function writeBenchmarks(
  run: Run,
  found: { readonly roundup: Roundup; readonly answers: Accounts; readonly judgements: Accounts | undefined },
): Promise<{ readonly benchmark: string; readonly benchmarkCost: string }> {
  const { tally, metrics } = found.roundup;
  const folder = folderOf(run);
  const benchmark = join(folder, 'benchmark.json');
  const benchmarkCost = join(folder, 'benchmark-cost.json');
  const { files } = run.ports;
  await writeWhole(await files.writeText(benchmark), printBenchmark(tally, metrics));
  const costs = printCostBenchmark(tally.cases, found.answers, found.judgements);
  await writeWhole(await files.writeText(benchmarkCost), costs);
  return { benchmark, benchmarkCost };
}
