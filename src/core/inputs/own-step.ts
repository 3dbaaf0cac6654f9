import type { WorkflowStep } from './workflow-file.ts';

/** The current step, as far as the runner identifies it. */
export interface OwnStep {
  readonly job: string;
  /** `GITHUB_ACTION`: the step's own id, or one that the runner made up. */
  readonly action: string;
  /** `owner/repo@ref`; undefined for an action in the workspace. */
  readonly uses: string | undefined;
  /** The input `name`, with its expressions evaluated. */
  readonly name: string;
}

/** Whether a step may be the current one. */
export function isOurs({ uses }: WorkflowStep, own: Pick<OwnStep, 'uses'>): boolean {
  return own.uses === undefined ? isLocal(uses) : actionOf(uses) === actionOf(own.uses);
}

function isLocal(uses: string): boolean {
  return /^(?:\.|\$)\//.test(uses);
}

/** Without the version, which may differ between two jobs. Lower case, since GitHub ignores case. */
export function actionOf(uses: string): string {
  return uses.split('@', 1)[0]?.toLowerCase() ?? '';
}
