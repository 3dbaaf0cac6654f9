// zizmor's audits, as far as they can be made without zizmor, which is in no registry that the tests can reach. The workflow
// `.github/workflows/zizmor.yml` runs the real one.
import type { Finding } from '../source.ts';
import type { Workflow } from '../workflow.ts';
import { expressions } from './expressions.ts';
import { permissions } from './permissions.ts';
import type { Rule } from './rule.ts';
import { steps } from './steps.ts';
import { triggers } from './triggers.ts';
import { uses } from './uses.ts';

/** All of them; a name may have several. */
export const RULES: readonly Rule[] = [...triggers, ...permissions, ...uses, ...steps, ...expressions];

/** What they find in one workflow; the pedantic ones only where it `isOwn`. A comment in the line of a finding turns it off. */
export function runAudits(workflow: Workflow, isOwn: boolean): Finding[] {
  const { file, firstLine } = workflow.source;
  return RULES.filter(({ pedantic }) => isOwn || pedantic !== true).flatMap(({ name, find }) =>
    find(workflow).flatMap(({ at, says }) => {
      const { number, text } = workflow.lineOf(at);
      const ignored = /# zizmor: ignore\[([\w,-]+)\]/.exec(text)?.[1]?.split(',') ?? [];
      return ignored.includes(name) ? [] : [{ file, line: firstLine + number - 1, message: `${says} [${name}]` }];
    }),
  );
}

/** Wherever an action is used, one version must mean one commit, and one commit one version. */
export function compareVersions(workflows: readonly Workflow[]): Finding[] {
  const seen = new Map<string, string>();
  return workflows.flatMap((workflow) =>
    workflow.values.flatMap(({ key, at }) => {
      const { number, text } = workflow.lineOf(at);
      const [, name, commit = '', version = ''] = /([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # (v\S+)/.exec(text) ?? [];
      if (key !== 'uses' || name === undefined) return [];
      const other = seen.get(`${name} ${version}`) ?? seen.get(`${name} ${commit}`) ?? `${commit} ${version}`;
      for (const part of [version, commit]) seen.set(`${name} ${part}`, other);
      const line = workflow.source.firstLine + number - 1;
      const message = `${name} is ${commit} ${version} here and ${other} elsewhere [ref-version-mismatch]`;
      return other === `${commit} ${version}` ? [] : [{ file: workflow.source.file, line, message }];
    }),
  );
}
