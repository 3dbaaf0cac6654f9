// Tests the tests: changes the code in one place at a time and expects a test to fail.
//   npm run test:mutation                               all areas
//   npm run test:mutation -- core/cost core/results     some
//   npm run test:mutation -- src/core/cost/price.ts     one file
//   --lanes 2   processes at the same time
//   --again     also what an earlier run has tested
import { readFileSync } from 'node:fs';
import { matchesGlob, relative } from 'node:path';
import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import type { Area } from './mutation/areas.ts';
import { type Command, readCommand, type Selected } from './mutation/command.ts';
import { forgetSurvivors } from './mutation/earlier-report.ts';
import { describeMutant, gone, readSurvivors, unlisted } from './mutation/survivors.ts';

/** The least share of mutants that the tests of an area have to kill. */
const LEAST_PERCENT = 85;

/** The files of an area's report, without their ends. */
const reportOf = ({ name }: Area) => `build/mutation/${name.replaceAll('/', '-')}`;

function optionsOf({ area, source }: Selected, ways: Command): PartialStrykerOptions {
  const report = reportOf(area);
  return {
    mutate: [source],
    testRunner: 'in-process',
    plugins: [new URL('mutation/test-runner.ts', import.meta.url).href],
    testPatterns: area.tests,
    coverageAnalysis: 'perTest',
    concurrency: ways.lanes,
    // A process also keeps whatever it loads again.
    maxTestRunnerReuse: 300,
    // Only endless work takes that long, even on a busy machine. Counting finds most of it at once.
    timeoutMS: 10_000,
    timeoutFactor: 3,
    dryRunTimeoutMinutes: 30,
    incremental: true,
    force: ways.again,
    incrementalFile: `${report}.json`,
    htmlReporter: { fileName: `${report}.html` },
    reporters: ['html', 'progress-append-only'],
    tempDirName: 'build/mutation/sandbox',
    ignorePatterns: ['/build', '/dist', '/preview'],
    symlinkNodeModules: true,
    // Stryker would read it by the interface that TypeScript 7 no longer has. Node strips the types.
    tsconfigFile: 'none',
    disableTypeChecks: false,
    allowConsoleColors: false,
    thresholds: { high: 95, low: LEAST_PERCENT, break: null },
  };
}

const DETECTED = new Set(['Killed', 'Timeout']);
const UNDETECTED = new Set(['Survived', 'NoCoverage']);

/** Reports what became of the mutants of an area. True if enough were killed and the list of survivors is right. */
function tell({ area, source }: Selected, found: readonly MutantResult[]): boolean {
  // Includes what an earlier run found in other files of the area, except mutants that survived.
  const results = found
    .map((result) => ({ ...result, fileName: relative('.', result.fileName).replaceAll('\\', '/') }))
    .filter(({ fileName }) => matchesGlob(fileName, source));
  const detected = results.filter(({ status }) => DETECTED.has(status));
  const survived = results
    .filter(({ status }) => UNDETECTED.has(status))
    .map((result) => describeMutant(result, readFileSync(result.fileName, 'utf8')));
  const failed = results.filter(({ status }) => status === 'RuntimeError' || status === 'CompileError');
  const list = readSurvivors();
  const missing = unlisted(list, survived);
  const stale = gone(list, survived, new Set(results.map(({ fileName }) => fileName)));
  const percent = (100 * detected.length) / (detected.length + survived.length);
  for (const one of missing) {
    const kind = one.isStatic ? `${one.mutator}, static` : one.mutator;
    console.log(`survived  ${one.file}:${one.line}  ${one.in}  →  ${one.becomes}  (${kind})`);
  }
  for (const entry of stale) console.log(`killed, though listed  ${entry}`);
  for (const { fileName, location, statusReason } of failed)
    console.log(`error  ${fileName}:${location.start.line}  ${statusReason}`);
  const timeouts = results.filter(({ status }) => status === 'Timeout').length;
  console.log(
    `${area.name}: ${percent.toFixed(1)} % of ${detected.length + survived.length} mutants killed (${timeouts} by running on), ` +
      `${survived.length} survived, ${missing.length} of them not listed, ${stale.length} listed but killed, ${failed.length} errors`,
  );
  return percent >= LEAST_PERCENT && missing.length === 0 && stale.length === 0 && failed.length === 0;
}

const command = readCommand(process.argv.slice(2));
if (typeof command === 'string') {
  console.error(command);
  process.exit(1);
}
let isGood = true;
for (const selected of command.selected) {
  forgetSurvivors(`${reportOf(selected.area)}.json`);
  const results = await new Stryker(optionsOf(selected, command)).runMutationTest();
  isGood = tell(selected, results) && isGood;
}
process.exitCode = isGood ? 0 : 1;
