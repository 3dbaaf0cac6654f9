// Outputs of this action that a workflow reads. The other linters let any name pass.
import { OURS } from './complete-workflow.ts';
import type { Finding } from './source.ts';
import { textOf, type Workflow } from './workflow.ts';

/** Every `steps.<id>.outputs.<name>` of a step with this action, where the name is none of `outputs`. */
export function checkOutputs(workflow: Workflow, outputs: ReadonlySet<string>): Finding[] {
  const ids = new Set(workflow.steps.filter((step) => textOf(step, 'uses') === OURS).map((step) => textOf(step, 'id')));
  return workflow.values.flatMap(({ text, at }) =>
    Array.from(text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g))
      .filter(([, id = '', name = '']) => ids.has(id) && !outputs.has(name))
      .map(([, , name]) => ({
        file: workflow.source.file,
        line: workflow.source.firstLine + workflow.lineOf(at).number - 1,
        message: `action.yml has no output ${name} [outputs]`,
      })),
  );
}
