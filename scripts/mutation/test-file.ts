// The tests of one file, as `@jest/globals` collects them, and running some of them.
import { bind } from 'jest-each';

type Work = (...given: unknown[]) => unknown;
type Hook = 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';

/** A `describe`, or the file itself. */
export interface Block {
  readonly id: string;
  readonly parent: Block | undefined;
  readonly skipped: boolean;
  readonly hooks: Readonly<Record<Hook, Work[]>>;
}

export interface Test {
  readonly id: string;
  readonly block: Block;
  readonly skipped: boolean;
  readonly work: Work;
}

export interface TestFile {
  /** Path below the root, with slashes. */
  readonly name: string;
  readonly tests: readonly Test[];
}

/** How one test ended, and how long it took. */
export interface Ending {
  readonly test: Test;
  readonly tookMs: number;
  readonly failure: Failure | undefined;
}

interface Failure {
  readonly thrown: unknown;
}

/** Called with whose code runs from now on: a test's own, or the hooks of a block. */
type Watch = (id: string) => void;

function createBlock(id: string, parent?: Block, skipped = false): Block {
  return { id, parent, skipped, hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] } };
}

const collected = { tests: [] as Test[], block: createBlock('') };

/** Loads a file and returns the tests it declares; whatever it throws is thrown on. */
export async function collect(name: string, load: () => Promise<unknown>): Promise<TestFile> {
  collected.tests = [];
  collected.block = createBlock(name);
  await load();
  return { name, tests: collected.tests };
}

/** Tests of the same name in one block get a number, so that each has an ID of its own. */
function idOf(title: string): string {
  const id = `${collected.block.id} › ${title}`;
  const same = collected.tests.filter((test) => test.id === id || test.id.startsWith(`${id} #`)).length;
  return same === 0 ? id : `${id} #${same + 1}`;
}

function declareTest(title: string, work: Work, skipped: boolean): void {
  const { block, tests } = collected;
  tests.push({ id: idOf(title), block, skipped: skipped || block.skipped, work });
}

function declareBlock(title: string, declare: Work, skipped: boolean): void {
  const outer = collected.block;
  collected.block = createBlock(`${outer.id} › ${title}`, outer, skipped || outer.skipped);
  declare();
  collected.block = outer;
}

function declarer(declare: (title: string, work: Work, skipped: boolean) => void) {
  const create = (skipped: boolean) => {
    const one = (title: string, work: Work) => declare(title, work, skipped);
    return Object.assign(one, { each: bind(one as never, false) });
  };
  return Object.assign(create(false), { skip: create(true) });
}

const hook = (name: Hook) => (work: Work) => void collected.block.hooks[name].push(work);

export const test = declarer(declareTest);
export const it = test;
export const describe = declarer(declareBlock);
export const beforeAll = hook('beforeAll');
export const beforeEach = hook('beforeEach');
export const afterEach = hook('afterEach');
export const afterAll = hook('afterAll');

/** From the file down to the block of a test. */
export function blocksOf(test: Test): readonly Block[] {
  const blocks: Block[] = [];
  for (let block: Block | undefined = test.block; block !== undefined; block = block.parent) blocks.unshift(block);
  return blocks;
}

/** What the first failing work throws, if any does. Tries all of them, so that everything gets tidied up. */
async function firstFailure(works: readonly Work[]): Promise<Failure | undefined> {
  let first: Failure | undefined;
  for (const work of works) {
    try {
      await work();
    } catch (thrown) {
      first ??= { thrown };
    }
  }
  return first;
}

/** The blocks that have been entered as tests run one after another. */
class Place {
  private entered: readonly Block[] = [];
  private readonly watch: Watch;

  constructor(watch: Watch) {
    this.watch = watch;
  }

  async enter(blocks: readonly Block[]): Promise<void> {
    for (const block of blocks.filter((one) => !this.entered.includes(one))) {
      this.entered = [...this.entered, block];
      this.watch(block.id);
      for (const work of block.hooks.beforeAll) await work();
    }
  }

  leaveAllBut(kept: readonly Block[]): Promise<Failure | undefined> {
    const left = this.entered.filter((block) => !kept.includes(block)).toReversed();
    this.entered = this.entered.filter((block) => kept.includes(block));
    return firstFailure(left.flatMap(({ id, hooks }) => [() => this.watch(id), ...hooks.afterAll]));
  }
}

async function runTest(test: Test, blocks: readonly Block[]): Promise<Failure | undefined> {
  const begun = await firstFailure([
    async () => {
      for (const { hooks } of blocks) for (const work of hooks.beforeEach) await work();
      await test.work();
    },
  ]);
  const tidied = await firstFailure(blocks.toReversed().flatMap(({ hooks }) => hooks.afterEach));
  return begun ?? tidied;
}

/**
 * Runs tests of one file in order, with the hooks of their blocks, until one fails if `untilFailure` says so. If a hook
 * around several tests throws, the test that it ran next to fails.
 */
export async function runTests(
  tests: readonly Test[],
  { untilFailure, watch = () => {} }: { readonly untilFailure: boolean; readonly watch?: Watch },
): Promise<readonly Ending[]> {
  const endings: Ending[] = [];
  const place = new Place(watch);
  for (const [at, test] of tests.entries()) {
    const blocks = blocksOf(test);
    const started = performance.now();
    const entering = await firstFailure([() => place.enter(blocks)]);
    watch(test.id);
    const failed = entering ?? (await runTest(test, blocks));
    const next = failed && untilFailure ? undefined : tests[at + 1];
    const leaving = await place.leaveAllBut(next === undefined ? [] : blocksOf(next));
    const failure = failed ?? leaving;
    endings.push({ test, tookMs: performance.now() - started, failure });
    if (failure && untilFailure) break;
  }
  return endings;
}
