import type { BatchApi } from './api.ts';
import type { ArtifactStore, CommentBoard, Repository, StateStore } from './github.ts';
import type { Clock, Files, Log, Runner, Stop } from './machine.ts';

/** The outside world as the pipeline needs it. Adapters implement these interfaces against the real thing, tests with stateful fakes. */
export interface World {
  readonly api: BatchApi;
  readonly files: Files;
  readonly clock: Clock;
  readonly stop: Stop;
  readonly state: StateStore;
  readonly log: Log;
  readonly runner: Runner;
  readonly artifacts: ArtifactStore;
  readonly comments: CommentBoard;
  readonly repository: Repository;
}
