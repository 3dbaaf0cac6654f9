import { OURS } from '../complete-workflow.ts';
import { textOf } from '../workflow.ts';
import type { Rule } from './rule.ts';

const COMMIT = /^[\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40}$/;

/** Actions and called workflows are named by a commit, with the version in a comment. Ours is named as users name it. */
const unpinned: Rule = {
  name: 'unpinned-uses',
  find: (workflow) =>
    workflow.values
      .filter(({ key, text }) => key === 'uses' && text !== OURS && !/^(?:\$|\.)\//.test(text))
      .flatMap(({ text, at }) => {
        if (!COMMIT.test(text)) return [{ at, says: `${text} is not pinned: write its commit of 40 digits` }];
        const rest = workflow.lineOf(at).text.split(text)[1] ?? '';
        return /^["']? # v\d/.test(rest) ? [] : [{ at, says: `${text} does not say its version: add it as a comment` }];
      }),
};

const obfuscated: Rule = {
  name: 'obfuscation',
  find: ({ values }) =>
    values
      .filter(({ key, text }) => key === 'uses' && /\/(?:\.{0,2}\/|\.{0,2}@)/.test(text))
      .map(({ text, at }) => ({ at, says: `${text} hides what it names` })),
};

/** A path relative to the workspace names whatever an earlier step has put there. */
const workspace: Rule = {
  name: 'self-repository',
  find: ({ values }) =>
    values
      .filter(({ key, text }) => key === 'uses' && text.startsWith('./'))
      .map(({ text, at }) => ({ at, says: `write $${text.slice(1)}: ${text} may be what a step has written there` })),
};

const inherited: Rule = {
  name: 'secrets-inherit',
  find: ({ jobs }) =>
    jobs
      .filter((job) => textOf(job, 'secrets') === 'inherit')
      .map((job) => ({ at: job, says: 'it passes all secrets: name those that are needed' })),
};

/** Images by digest. No job here has a reason to run in any image but the runner's. */
const images: Rule = {
  name: 'unpinned-images',
  find: ({ values }) =>
    values
      .filter(({ key, text }) => (key === 'image' || key === 'container') && !/@sha256:[0-9a-f]{64}$/.test(text))
      .map(({ text, at }) => ({ at, says: `${text} is not pinned: write its digest` })),
};

const selfHosted: Rule = {
  name: 'self-hosted-runner',
  pedantic: true,
  find: ({ values }) =>
    values
      .filter(({ key, text }) => key === 'runs-on' && text === 'self-hosted')
      .map(({ at }) => ({ at, says: 'a pull request of a stranger would run on our machine' })),
};

export const uses: readonly Rule[] = [unpinned, obfuscated, workspace, inherited, images, selfHosted];
