import type { WorkflowStep } from './workflow-file.ts';

/** The step that runs now, as far as the runner says which one it is. */
export interface OwnStep {
  readonly job: string;
  /** `GITHUB_ACTION`: the step's own id or one that the runner made up. */
  readonly action: string;
  /** `owner/repo@ref`; undefined for an action in the workspace. */
  readonly uses: string | undefined;
  /** The input `name`, as it came out of its expressions. */
  readonly name: string;
}

/** Whether a step may be the one that runs now. */
export function isOurs({ uses }: WorkflowStep, own: Pick<OwnStep, 'uses'>): boolean {
  return own.uses === undefined ? isLocal(uses) : actionOf(uses) === actionOf(own.uses);
}

function isLocal(uses: string): boolean {
  return /^(?:\.|\$)\//.test(uses);
}

/** Without the version, which may differ between two jobs; GitHub ignores its case. */
export function actionOf(uses: string): string {
  return uses.split('@', 1)[0]?.toLowerCase() ?? '';
}
