import { isMap } from 'yaml';
import { keyOf, pairsOf, textOf, type Workflow } from '../workflow.ts';
import type { Rule } from './rule.ts';

const anonymous: Rule = {
  name: 'anonymous-definition',
  pedantic: true,
  find: ({ root, jobs }) =>
    [root, ...jobs.filter((job) => !job.has('uses'))]
      .filter((map) => !map.has('name'))
      .map((map) => ({ at: map, says: map === root ? 'it has no name' : 'this job has no name' })),
};

/** These events run with the rights of the repository, and strangers can trigger them. */
const dangerous: Rule = {
  name: 'dangerous-triggers',
  find: ({ root }) =>
    pairsOf(root.get('on'))
      .filter((pair) => /^(?:pull_request_target|workflow_run)$/.test(keyOf(pair)))
      .map((pair) => ({ at: pair.key, says: `strangers can set off ${keyOf(pair)}, which has secrets` })),
};

const unlimited: Rule = {
  name: 'concurrency-limits',
  pedantic: true,
  find: ({ root, jobs }) =>
    [root, ...jobs].some((map) => hasLimit(map.get('concurrency')))
      ? []
      : [{ at: root, says: 'it has no concurrency that says whether a newer run cancels an older one' }],
};

const hasLimit = (concurrency: unknown): boolean => isMap(concurrency) && concurrency.has('cancel-in-progress');

/** A run that publishes may restore from a cache what another run put there. */
const cached: Rule = {
  name: 'cache-poisoning',
  find: (workflow) =>
    publishes(workflow)
      ? workflow.steps
          .filter((step) => usesCache(textOf(step, 'uses').split('@')[0] ?? '', step.get('with')))
          .map((step) => ({ at: step, says: 'what is published is built with a cache that other runs can write' }))
      : [],
};

function publishes({ root, triggers, steps }: Workflow): boolean {
  const on = root.get('on');
  const push = isMap(on) ? on.get('push') : undefined;
  return (
    triggers.has('release') ||
    (isMap(push) && push.has('tags')) ||
    steps.some(
      (step) => textOf(step, 'uses').startsWith('actions/attest') || /\bgh release\b/.test(textOf(step, 'run')),
    )
  );
}

function usesCache(action: string, inputs: unknown): boolean {
  if (action === 'actions/cache') return textOf(inputs, 'lookup-only') !== 'true';
  if (action !== 'actions/setup-node') return /^actions\/cache\/restore$/.test(action);
  return textOf(inputs, 'cache') !== '' || textOf(inputs, 'package-manager-cache') !== 'false';
}

export const triggers: readonly Rule[] = [anonymous, dangerous, unlimited, cached];
