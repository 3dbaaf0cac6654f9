/**
 * Runs the bundled action on `examples/capitals.jsonl` as a step on main and then on a pull request, against the simulator, and prints
 * what a user gets: the comment with the verdict, the figures and the results. Needs no key and no network. It leaves the
 * results in `build/demo`, or in the folder given as the argument. Exits 1 if the step or the simulator failed.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scenarioOf } from './demo/scenario.ts';
import { toTerminalText } from './demo/terminal-text.ts';
import { addPull } from './github/index.ts';
import { startSimulator } from './index.ts';
import type { RunResult } from './runner.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = 'examples/capitals.jsonl';
const pullRequest = 7;

async function main(folder: string): Promise<void> {
  const requests = readFileSync(join(root, example), 'utf8');
  const outcomeOf = scenarioOf(requests, 'main');
  const simulator = await startSimulator({ anthropic: { retryAfterSeconds: undefined, outcomeOf } });
  try {
    addPull(simulator.github, simulator.repository, {
      number: pullRequest,
      headBranch: 'shorter-prompt',
      headSha: '4f1d9c2e8b7a6053d4c1b2a3f4e5d6c7b8a90123',
    });
    const step = {
      files: { 'evals/capitals.jsonl': { copy: join(root, example) } },
      inputs: {
        requests: 'evals/*.jsonl',
        'poll-interval-seconds': '0.2',
        'max-error-rate': '10%',
        'max-drop': '5',
        resume: 'never',
      },
    };
    // What main measures is the baseline.
    const main = await simulator.run(step);
    simulator.anthropic.script.outcomeOf = scenarioOf(requests, 'branch');
    const result = main.conclusion === 'success' ? await simulator.run({ ...step, pullRequest }) : main;
    const errors = [...simulator.errors, ...simulator.github.errors];
    const comment = simulator.repository.comments.at(-1);
    const results = result.outputs.get('results-file');
    if (result.conclusion !== 'success' || errors.length > 0 || comment === undefined || results === undefined) {
      console.error(`The step ended with ${result.conclusion}. Its log:\n\n${result.log}`);
      for (const error of errors) console.error('The simulator failed:', error);
      process.exitCode = 1;
      return;
    }
    mkdirSync(folder, { recursive: true });
    cpSync(dirname(results), folder, { recursive: true });
    console.log(
      [
        `dist/index.js ran on ${example} against the simulator: no key, no network, no cost.`,
        '',
        title(`Comment on pull request #${pullRequest}`),
        toTerminalText(comment.body),
        '',
        title('Verdict and cost, from the outputs of the step'),
        ...['verdict', 'pass-rate', 'baseline-pass-rate', 'drop', 'p-value'].map((name) => renderOutput(name, result)),
        ...['cost-usd', 'standard-cost-usd', 'saved-usd'].map((name) => renderOutput(name, result, '$')),
        '',
        title('Results: open the .html file in a browser'),
        ...readdirSync(dirname(results)).map((name) => join(folder, name)),
      ].join('\n'),
    );
  } finally {
    await simulator.stop();
  }
}

function title(text: string): string {
  return `${text}\n${'='.repeat(text.length)}\n`;
}

function renderOutput(name: string, { outputs }: RunResult, unit = ''): string {
  return `${name.padEnd(18)} ${unit}${outputs.get(name) ?? ''}`;
}

await main(resolve(process.argv[2] ?? join(root, 'build', 'demo')));
