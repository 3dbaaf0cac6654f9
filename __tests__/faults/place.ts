import type { Simulator } from '../../simulator/index.ts';
import type { LeapingClock } from '../../simulator/leaping-clock.ts';
import type { Job } from '../../simulator/runner/job.ts';
import type { Ran } from './stage.ts';

/** What surrounds the runs of a cell, where that is not the usual. */
export interface Place {
  /** The address by which the runs know all services, where it is not their own. */
  readonly publicOrigin?: string;
  readonly job?: Partial<Job>;
  inputs?(): Readonly<Record<string, string>>;
  /** Variables of the runs; undefined takes one away. */
  env?(simulator: Simulator): Readonly<Record<string, string | undefined>>;
  /** Whether something is on its way to the services. */
  isBusy?(): boolean;
  /** Is told when the services are there. */
  begin?(services: { readonly simulator: Simulator; readonly clock: LeapingClock }): void;
  /** Puts right what was wrong, before the next run. */
  mend?(): Promise<void>;
  /** What is wrong about what the run did here. */
  findWrongs?(ran: Ran, simulator: Simulator): string[];
  leave(): void;
}
