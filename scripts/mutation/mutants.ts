// The state that Stryker's changes in the code read while it runs: which of them is switched on, and what they count.
import { INSTRUMENTER_CONSTANTS, type MutantCoverage } from '@stryker-mutator/api/core';

/** Stryker's `InstrumenterContext`, with members that can be unset. */
interface Shared {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: MutantCoverage;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

/** The code holds on to these objects, so none of them is ever replaced. */
export class Mutants {
  readonly coverage: MutantCoverage = { static: {}, perTest: {} };
  private readonly shared: Shared;

  constructor() {
    this.shared = { mutantCoverage: this.coverage };
    Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: this.shared });
  }

  activate(id: string | undefined): void {
    this.shared.activeMutant = id;
  }

  /** Lets the active mutant be reached this many times; then it throws. */
  limit(hits: number | undefined): void {
    this.shared.hitCount = hits === undefined ? undefined : 0;
    this.shared.hitLimit = hits;
  }

  get hits(): number | undefined {
    return this.shared.hitCount;
  }

  /** Sets who reaches mutants from now on: a test, the hooks of a block, or nobody. */
  attribute(id: string | undefined): void {
    this.shared.currentTestId = id;
  }

  /** A test also reaches whatever the hooks of its blocks reach. */
  share(blocksOf: ReadonlyMap<string, readonly string[]>): void {
    const { perTest } = this.coverage;
    for (const [test, blocks] of blocksOf) {
      for (const block of blocks) perTest[test] = { ...perTest[block], ...perTest[test] };
    }
    for (const block of [...blocksOf.values()].flat()) delete perTest[block];
  }
}
