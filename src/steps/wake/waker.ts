import type { GitHubContext } from '../../core/inputs/context.ts';
import type { WakerPorts } from '../../ports/ports.ts';

/** A step that wakes paused jobs. */
export interface Waker {
  readonly ports: WakerPorts;
  readonly context: GitHubContext;
  /** Absolute, for what is downloaded; empty afterwards. */
  readonly folder: string;
}
