import type { BatchApi } from './api.ts';
import type {
  AnswerStore,
  ArtifactStore,
  CommentBoard,
  PauseNotes,
  Repository,
  RunArtifacts,
  StateStore,
  WorkflowRuns,
} from './github.ts';
import type { Clock, Files, Log, Runner } from './machine.ts';

/** The outside world as the pipeline sees it. Adapters implement these interfaces for real, tests with stateful fakes. */
export interface Ports {
  readonly api: BatchApi;
  readonly files: Files;
  readonly clock: Clock;
  /** Aborted when the runner ends the step: the job was cancelled, superseded or is out of time. */
  readonly signal: AbortSignal;
  readonly state: StateStore;
  readonly answers: AnswerStore;
  readonly log: Log;
  readonly runner: Runner;
  readonly artifacts: ArtifactStore;
  readonly runArtifacts: RunArtifacts;
  readonly comments: CommentBoard;
  readonly repository: Repository;
  readonly pauseNotes: PauseNotes;
}

/** The outside world as the waker of paused runs sees it. */
export interface WakerPorts
  extends Pick<Ports, 'api' | 'clock' | 'files' | 'log' | 'runArtifacts' | 'runner' | 'signal' | 'state'> {
  readonly workflowRuns: WorkflowRuns;
}
