import { join } from 'node:path';
import { readWorkflow, type Workflow } from '../../core/inputs/workflow-file.ts';
import type { Files } from '../../ports/machine.ts';
import type { Run } from './run.ts';

/** The workflow of this run. Undefined if it was not checked out, or belongs to another repository. */
export async function readOwnWorkflow({ ports, context }: Run): Promise<Workflow | undefined> {
  return context.workflowPath === undefined
    ? undefined
    : readWorkflowAt(ports.files, join(context.workspace, context.workflowPath));
}

/** Undefined for a file that does not exist, cannot be read, or is outside behind a link. */
export async function readWorkflowAt(files: Files, path: string): Promise<Workflow | undefined> {
  const yaml = await readText(files, path);
  return yaml === undefined ? undefined : readWorkflow(yaml);
}

export async function readText(files: Files, path: string): Promise<string | undefined> {
  try {
    const { text, isOutside } = await files.readText(path);
    return isOutside ? undefined : text;
  } catch {
    return undefined;
  }
}
