// Completes a part of a workflow, as documents show it, so that it can be linted like a whole one.
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Source } from './source.ts';

/** How documents and examples name this action. */
export const OURS = 'org/claude-batch-action@v1';

/** What is added at the end for each key that the part lacks. */
const REST: Readonly<Record<string, string>> = {
  name: 'name: a\n',
  on: 'on: [push, pull_request]\n',
  permissions: 'permissions: {}\n',
  concurrency: 'concurrency: { group: a, cancel-in-progress: false }\n',
  jobs: 'jobs: { a: { name: a, runs-on: ubuntu-24.04, steps: [{ run: echo }] } }\n',
};
/** Keys that only workflows and jobs have: a job by itself is completed too, and the linters say that it is in the wrong place. */
const WORKFLOW_KEYS = new Set([
  'on',
  'permissions',
  'concurrency',
  'jobs',
  'run-name',
  'env',
  'defaults',
  'runs-on',
  'steps',
]);
const STEPS = 'jobs:\n  a:\n    name: a\n    runs-on: ubuntu-24.04\n    steps:\n';

/**
 * The text as a whole workflow that keeps each line's place in the file: steps get a job, jobs get a trigger. A text with
 * both triggers and jobs comes back unchanged; undefined means that the text is not part of a workflow.
 */
export function completeWorkflow(source: Source): Source | undefined {
  const { contents } = parseDocument(source.text);
  if (isSeq(contents)) return extend(put(source, STEPS, 6));
  if (!isMap(contents)) return undefined;
  const keys = contents.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
  if (keys.includes('uses') || keys.includes('run')) return extend(put(source, `${STEPS}      -\n`, 8));
  if (keys.includes('with')) return extend(put(source, `${STEPS}      - uses: ${OURS}\n`, 8));
  if (!keys.some((key) => WORKFLOW_KEYS.has(key))) return undefined;
  return keys.includes('on') && keys.includes('jobs') ? source : extend(source);
}

/** The text after `head`, its lines indented by `indent` more blanks unless they are already. */
function put({ file, firstLine, text }: Source, head: string, indent: number): Source {
  const present = /^ */.exec(text)?.[0].length ?? 0;
  const blanks = ' '.repeat(Math.max(0, indent - present));
  const lines = text.split('\n').map((line) => (line === '' ? '' : `${blanks}${line}`));
  return { file, firstLine: firstLine - (head.split('\n').length - 1), text: `${head}${lines.join('\n')}` };
}

function extend(source: Source): Source {
  const missing = Object.entries(REST).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(source.text));
  return { ...source, text: `${source.text}\n${missing.map(([, line]) => line).join('')}` };
}
