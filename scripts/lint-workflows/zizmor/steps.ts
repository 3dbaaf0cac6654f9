import { textOf } from '../workflow.ts';
import type { Rule } from './rule.ts';

const artipacked: Rule = {
  name: 'artipacked',
  find: ({ steps }) =>
    steps
      .filter((step) => textOf(step, 'uses').startsWith('actions/checkout@'))
      .filter((step) => !/^(?:true|false)$/.test(textOf(step.get('with'), 'persist-credentials')))
      .map((step) => ({ at: step, says: 'it leaves the token on disk: set persist-credentials: false' })),
};

const expanded: Rule = {
  name: 'template-injection',
  find: ({ values }) =>
    values
      .filter(({ key, text }) => (key === 'run' || key === 'script') && text.includes('${{'))
      .map(({ key, at }) => ({ at, says: `an expression becomes part of the code in ${key}: pass it by env` })),
};

/** A rule about commands: those that match `pattern`. */
const command = (name: string, pattern: RegExp, says: string): Rule => ({
  name,
  find: ({ values }) =>
    values.filter(({ key, text }) => key === 'run' && pattern.test(text)).map(({ at }) => ({ at, says })),
});

const adhoc = command(
  'adhoc-packages',
  /^\s*(?:(?:npm|pnpm) (?:i|install|add)|yarn add|npx|gem install|bundle add) +(?!-)/m,
  'it installs a package that no lock file pins',
);

const environment = command(
  'github-env',
  /\bGITHUB_(?:ENV|PATH)\b/,
  'what it writes there changes the programs of later steps: use an output',
);

const shell: Rule = {
  name: 'misfeature',
  find: ({ values }) =>
    values
      .filter(({ key, text }) => key === 'shell' && text === 'cmd')
      .map(({ at }) => ({ at, says: 'cmd cannot be analyzed' })),
};

const commands: Rule = {
  name: 'insecure-commands',
  find: ({ steps, jobs, root }) =>
    [root, ...jobs, ...steps]
      .filter((map) => textOf(map.get('env'), 'ACTIONS_ALLOW_UNSECURE_COMMANDS') !== '')
      .map((map) => ({ at: map, says: 'it lets any output set variables' })),
};

export const steps: readonly Rule[] = [artipacked, expanded, adhoc, environment, shell, commands];
