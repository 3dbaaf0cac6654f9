// This project's test runner for Stryker. It keeps the tests loaded in one process and switches mutants on and off, so that a
// mutant costs the milliseconds of the tests that reach it. Jest would load all their files again for each.
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import { configureGlobal } from 'fast-check';
import { loadAgain, prepareLoading, type Scope } from './load.ts';
import { Mutants } from './mutants.ts';
import { reachedFrom } from './reach.ts';
import { blocksOf, collect, type Ending, runTests, type TestFile } from './test-file.ts';

/** The test that a file can be loaded at all: it tries mutants that loading reaches, such as in tables, by loading the file again. */
const loadingOf = (name: string) => `${name} › loads`;
/** Stryker lets a mutant run a hundred times as often as the unchanged code. Half of that is enough to know that it does not end. */
const HITS_TOO_GENEROUS = 2;
const fileOf = (id: string) => id.split(' › ', 1)[0] ?? id;
const messageOf = (ending: Ending) => String(ending.failure?.thrown);

/** A test that failed. */
interface Killer {
  readonly id: string;
  readonly message: string;
}

class TestsInProcess implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  private readonly root = process.cwd();
  private readonly mutants = new Mutants();
  private readonly patterns: readonly string[];
  private readonly loaded = new Map<string, TestFile>();
  /** How long a test took when it was last run, by its ID. */
  private readonly tookMs = new Map<string, number>();
  private nrOfTests = 0;

  constructor(options: StrykerOptions) {
    this.patterns = options['testPatterns'] as string[];
  }

  async init(): Promise<void> {
    prepareLoading(this.root);
    configureGlobal({ seed: 1 });
  }

  /** By loading it once more: a mutant in code that runs while loading stays in what that code computed. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun({ files = [] }: DryRunOptions): Promise<DryRunResult> {
    const names = this.namesReaching(files);
    await this.loadSources(names);
    const tests: TestResult[] = [];
    for (const name of names) {
      const loading = loadingOf(name);
      const began = performance.now();
      this.mutants.attribute(loading);
      const file = await this.load(name);
      tests.push({
        id: loading,
        name: loading,
        fileName: name,
        timeSpentMs: performance.now() - began,
        status: TestStatus.Success,
      });
      const endings = await runTests(
        file.tests.filter(({ skipped }) => !skipped),
        { untilFailure: false, watch: (id) => this.mutants.attribute(id) },
      );
      this.mutants.attribute(undefined);
      this.remember(endings);
      tests.push(...endings.map(resultOf));
      this.mutants.share(new Map(endings.map(({ test }) => [test.id, blocksOf(test).map(({ id }) => id)])));
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.mutants.coverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const hitLimit = options.hitLimit === undefined ? undefined : options.hitLimit / HITS_TOO_GENEROUS;
    this.mutants.limit(hitLimit);
    this.nrOfTests = 0;
    try {
      const failure = await this.killerOf(options);
      const endless = determineHitLimitReached(this.mutants.hits, hitLimit);
      if (endless) return { status: MutantRunStatus.Timeout, reason: endless.reason ?? '' };
      const { nrOfTests } = this;
      return failure
        ? { status: MutantRunStatus.Killed, killedBy: [failure.id], failureMessage: failure.message, nrOfTests }
        : { status: MutantRunStatus.Survived, nrOfTests };
    } finally {
      this.mutants.activate(undefined);
    }
  }

  /** The first test that fails because of a mutant. */
  private async killerOf({ activeMutant, sandboxFileName, testFilter }: MutantRunOptions): Promise<Killer | undefined> {
    const ids = testFilter && new Set(testFilter);
    const names = ids ? this.quickestFirst(ids) : this.namesReaching([sandboxFileName]);
    // What tests loaded and made before may hide a mutant from them.
    let isDoubtful = ids !== undefined;
    for (const name of names) {
      const failure = await this.failureIn(name, ids, activeMutant.id);
      if (failure && (await this.passes(failure.id))) return failure;
      // An earlier mutant has left something behind in what the file has made.
      isDoubtful ||= failure !== undefined;
    }
    for (const name of isDoubtful ? names : []) {
      this.loaded.delete(name);
      const failure = await this.failureIn(name, ids, activeMutant.id);
      this.loaded.delete(name);
      if (!failure) continue;
      if (await this.passes(failure.id)) return failure;
      throw new Error(`Fails without a mutant: ${failure.id}`);
    }
    return undefined;
  }

  /** The first failure of a file's tests under a mutant. */
  private async failureIn(
    name: string,
    ids: ReadonlySet<string> | undefined,
    mutant: string,
  ): Promise<Killer | undefined> {
    const again = ids === undefined || ids.has(loadingOf(name));
    let file: TestFile;
    try {
      if (again) this.mutants.activate(mutant);
      file = again ? await this.loadOnce(name, ids ? 'tests' : 'everything') : await this.load(name);
    } catch (thrown) {
      return { id: loadingOf(name), message: String(thrown) };
    }
    this.mutants.activate(mutant);
    const selected = file.tests.filter(({ id, skipped }) => !skipped && (again || ids.has(id)));
    const quickest = selected.toSorted((a, b) => (this.tookMs.get(a.id) ?? 0) - (this.tookMs.get(b.id) ?? 0));
    const endings = await runTests(quickest, { untilFailure: true });
    this.mutants.activate(undefined);
    this.nrOfTests += endings.length;
    this.remember(endings);
    const last = endings.at(-1);
    return last?.failure && { id: last.test.id, message: messageOf(last) };
  }

  /** Whether a test passes without a mutant. */
  private async passes(id: string): Promise<boolean> {
    this.mutants.activate(undefined);
    const file = await this.load(fileOf(id));
    const endings = await runTests(
      file.tests.filter((test) => test.id === id),
      { untilFailure: true },
    );
    return endings.every(({ failure }) => !failure);
  }

  private async load(name: string): Promise<TestFile> {
    const file = this.loaded.get(name) ?? (await this.loadOnce(name, 'tests'));
    this.loaded.set(name, file);
    return file;
  }

  private loadOnce(name: string, scope: Scope): Promise<TestFile> {
    return collect(name, () => loadAgain(join(this.root, name), scope));
  }

  /** Runs the code of modules before any test does, so that it counts for none of them. */
  private async loadSources(names: readonly string[]): Promise<void> {
    const source = join(this.root, 'src/');
    const paths = new Set(names.flatMap((name) => [...reachedFrom(join(this.root, name)).keys()]));
    for (const path of paths) if (path.startsWith(source)) await import(pathToFileURL(path).href);
  }

  /** Test files that load one of some files, nearest first. */
  private namesReaching(paths: readonly string[]): readonly string[] {
    const wanted = paths.map((path) => join(this.root, relative(this.root, path)));
    const names = globSync([...this.patterns], { cwd: this.root }).map((name) => name.replaceAll('\\', '/'));
    const distances = names.map((name) => {
      const reached = reachedFrom(join(this.root, name));
      return { name, distance: Math.min(...wanted.map((path) => reached.get(path) ?? Number.POSITIVE_INFINITY)) };
    });
    const reaching = distances.filter(({ distance }) => Number.isFinite(distance));
    return reaching.sort((a, b) => a.distance - b.distance).map(({ name }) => name);
  }

  private remember(endings: readonly Ending[]): void {
    for (const { test, tookMs } of endings) this.tookMs.set(test.id, tookMs);
  }

  /** The files of some tests. */
  private quickestFirst(ids: ReadonlySet<string>): readonly string[] {
    const sums = new Map<string, number>();
    for (const id of ids) sums.set(fileOf(id), (sums.get(fileOf(id)) ?? 0) + (this.tookMs.get(id) ?? 0));
    return [...sums].sort(([, a], [, b]) => a - b).map(([name]) => name);
  }
}

function resultOf(ending: Ending): TestResult {
  const { test, tookMs, failure } = ending;
  const known = { id: test.id, name: test.id, fileName: fileOf(test.id), timeSpentMs: tookMs };
  return failure
    ? { ...known, status: TestStatus.Failed, failureMessage: messageOf(ending) }
    : { ...known, status: TestStatus.Success };
}

/** The test files below the root. */
export const strykerValidationSchema = {
  properties: { testPatterns: { type: 'array', items: { type: 'string' } } },
};

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', TestsInProcess)];
