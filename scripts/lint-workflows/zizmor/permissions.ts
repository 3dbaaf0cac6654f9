import { isMap } from 'yaml';
import { keyOf, pairsOf, textOf, type Workflow } from '../workflow.ts';
import type { Rule } from './rule.ts';

const holders = ({ root, jobs }: Workflow) => [root, ...jobs].filter((map) => map.has('permissions'));

/** No permissions at all means those of the repository's settings, which may be all. */
const missing: Rule = {
  name: 'excessive-permissions',
  find: ({ root, jobs }) =>
    root.has('permissions') || (jobs.length > 0 && jobs.every((job) => job.has('permissions')))
      ? []
      : [{ at: root, says: 'it has no permissions, so the defaults of the repository count' }],
};

const all: Rule = {
  name: 'excessive-permissions',
  find: (workflow) =>
    holders(workflow)
      .filter((map) => /^(?:read|write)-all$/.test(textOf(map, 'permissions')))
      .map((map) => ({ at: map, says: `it has ${textOf(map, 'permissions')}: name the permissions that are needed` })),
};

/** Each job without permissions of its own may write whatever the workflow may write. */
const shared: Rule = {
  name: 'excessive-permissions',
  find: ({ root, jobs }) =>
    jobs.length < 2 || jobs.every((job) => job.has('permissions'))
      ? []
      : pairsOf(root.get('permissions'))
          .filter((pair) => textOf(root.get('permissions'), keyOf(pair)) === 'write')
          .map((pair) => ({ at: pair.key, says: `all jobs get ${keyOf(pair)}: write: give it to those that need it` })),
};

const undocumented: Rule = {
  name: 'undocumented-permissions',
  find: (workflow) =>
    holders(workflow)
      .map((map) => map.get('permissions'))
      .filter(isMap)
      .flatMap((permissions) => pairsOf(permissions))
      .filter((pair) => !/ # \w/.test(workflow.lineOf(pair.key).text))
      .map((pair) => ({ at: pair.key, says: `say in a comment what ${keyOf(pair)} is for` })),
};

export const permissions: readonly Rule[] = [missing, all, shared, undocumented];
