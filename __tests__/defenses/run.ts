// Takes each defense of docs/security.md away, in a copy of this repository, and shows that its test then fails. Numbers of
// invariants as arguments select some of them.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { copyRepository, environmentOf, loads } from './copy.ts';
import { type Removal, removals } from './removals.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Longest time of one test, in ms. */
const LIMIT_MS = 300_000;

/** What jest writes with `--json`, as far as it is read. */
interface JestResult {
  readonly numRuntimeErrorTestSuites: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
  }[];
}

/** Runs the test of a removal in a copy; undefined where it broke off. */
async function runTest(copy: string, { test, name }: Removal): Promise<JestResult | undefined> {
  const output = join(copy, 'build', 'defenses.json');
  rmSync(output, { force: true });
  mkdirSync(dirname(output), { recursive: true });
  const named = name === undefined ? [] : ['--testNamePattern', name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')];
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = [join(copy, 'node_modules/jest/bin/jest.js'), '--runInBand', '--json', '--outputFile', output];
  const child = spawn(process.execPath, [...node, ...jest, ...named, '--runTestsByPath', test], {
    cwd: copy,
    env: environmentOf(copy),
    stdio: 'ignore',
    timeout: LIMIT_MS,
  });
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  try {
    return JSON.parse(readFileSync(output, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether a test fails by an assertion: code that cannot be loaded and a test that is not there are no evidence. */
function failsAsItShould(result: JestResult | undefined): boolean {
  if (result === undefined || result.numRuntimeErrorTestSuites > 0 || result.numFailedTests === 0) return false;
  const messages = result.testResults.flatMap((file) => file.assertionResults.flatMap((one) => one.failureMessages));
  return messages.some((text) => /\bexpect\(/.test(stripVTControlCharacters(text)));
}

const passed = new Map<string, Promise<boolean>>();

/** Whether the test of a removal passes while nothing is removed. */
function passes(copy: string, removal: Removal): Promise<boolean> {
  const key = `${removal.test} ${removal.name ?? ''}`;
  const known = passed.get(key);
  if (known !== undefined) return known;
  const found = runTest(copy, removal).then((result) => {
    return result !== undefined && result.numPassedTests > 0 && result.numFailedTests === 0;
  });
  passed.set(key, found);
  return found;
}

/** What the test of a removal says: `yes`, or why it is no evidence. */
async function tryRemoval(copy: string, removal: Removal): Promise<string> {
  if (!(await passes(copy, removal))) return '**no: it fails or is missing with the defense in place**';
  const path = join(copy, removal.file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace(removal.before, () => removal.after),
  );
  try {
    if (!(await loads(copy, removal.file))) return '**no: without the defense, the file does not load**';
    const result = await runTest(copy, removal);
    if (failsAsItShould(result)) return 'yes';
    const isBroken = result === undefined || result.numRuntimeErrorTestSuites > 0 || result.numFailedTests > 0;
    return isBroken ? '**no: it breaks, but by no assertion**' : '**no: it passes**';
  } finally {
    writeFileSync(path, text);
  }
}

/** A row of the table. */
function rowOf({ invariant, defense, test, name }: Removal, verdict: string): string {
  const title = name === undefined ? '' : ` › ${name}`;
  return `| ${invariant} | ${defense} | \`${test}\`${title} | ${verdict} |`;
}

const wanted = process.argv.slice(2);
const known = new Set(removals.map(({ invariant }) => String(invariant)));
const unknown = wanted.filter((word) => !known.has(word));
if (unknown.length > 0) {
  console.error(
    `docs/security.md has no invariant ${unknown.join(', ')}: name some of ${[...known].join(', ')}, or none for all.`,
  );
  process.exit(1);
}
const chosen = removals.filter(({ invariant }) => wanted.length === 0 || wanted.includes(String(invariant)));
const left = [...chosen];
let proved = 0;

async function work(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'claude-batch-defenses-'));
  try {
    copyRepository(root, copy);
    for (let removal = left.shift(); removal !== undefined; removal = left.shift()) {
      const verdict = await tryRemoval(copy, removal);
      proved += verdict === 'yes' ? 1 : 0;
      console.log(rowOf(removal, verdict));
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

console.log('| invariant | defense removed | test | fails as it should |\n|---|---|---|---|');
await Promise.all(Array.from({ length: Math.min(2, availableParallelism(), chosen.length) }, work));
console.log(`\n${proved} of ${chosen.length} removals make their test fail.`);
process.exitCode = proved === chosen.length ? 0 : 1;
