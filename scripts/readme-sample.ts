// Puts the comment of a fresh demo into README.md as the sample of what a comment says, or with --check compares the two.
// Run it after the report's text changed and dist/ was built. IDs and times alone do not change the sample.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SAMPLE = /(?<=^```text\n).*?(?=^```$)/ms;

/** The text of the comment in what the demo prints: what is between the first title and the second. */
export function commentIn(printed: string): string {
  return printed.split(/^.*\n=+$/m)[1]?.trim() ?? '';
}

/** The sample in the text of README.md. */
export function sampleIn(readme: string): string {
  return SAMPLE.exec(readme)?.[0].trim() ?? '';
}

/** A comment without what differs from run to run: batch ids, times, and where lines break for their lengths. */
export function withoutIdsAndTimes(comment: string): string {
  return comment
    .replace(/msgbatch_\w+/g, 'id')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'time')
    .replace(/· \d+ (?:ms|s)(?= ·)/g, '· a while')
    .replace(/\s+/g, ' ');
}

function main(): void {
  const path = new URL('../README.md', import.meta.url);
  const demo = fileURLToPath(new URL('../simulator/demo.ts', import.meta.url));
  const printed = execFileSync(process.execPath, [demo], { encoding: 'utf8' });
  const comment = commentIn(printed);
  const readme = readFileSync(path, 'utf8');
  if (withoutIdsAndTimes(sampleIn(readme)) === withoutIdsAndTimes(comment)) {
    console.log('README.md shows the comment of the demo.');
    return;
  }
  if (process.argv.includes('--check')) {
    console.error(
      'README.md does not show the comment of the demo: run "node scripts/node24.js scripts/readme-sample.ts".',
    );
    process.exitCode = 1;
    return;
  }
  writeFileSync(
    path,
    readme.replace(SAMPLE, () => `${comment}\n`),
  );
  console.log('Wrote the sample of the comment.');
}

if (import.meta.main) main();
