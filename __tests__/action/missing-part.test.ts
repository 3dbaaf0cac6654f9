import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { printReason } from '../../src/core/messages/reasons.ts';
import { artifactsOf, createsOf, errorsOf, lines, requestLine, run, simulate, warningsOf } from './harness.ts';

// Files of dist/ that are loaded late may be gone by then, such as with the disk.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REQUESTS = lines(requestLine('a'), requestLine('b'));
/** How the reason begins, without what Node says of the file. */
const [REASON = ''] = printReason({ code: 'part-not-loaded', cause: '\n' }).split('\n');

let action: string;
beforeEach(() => {
  action = mkdtempSync(join(tmpdir(), 'claude-batch-action-'));
  for (const name of ['action.yml', 'dist']) cpSync(join(ROOT, name), join(action, name), { recursive: true });
});
afterEach(() => rmSync(action, { recursive: true }));

/** Takes away the files that are loaded late and hold this text, and gives their number. */
function takeAway(text: string): number {
  const names = readdirSync(join(action, 'dist')).filter((name) => /^\d+\.index\.js$/.test(name));
  const gone = names.filter((name) => readFileSync(join(action, 'dist', name), 'utf8').includes(text));
  for (const name of gone) rmSync(join(action, 'dist', name));
  return gone.length;
}

test.each([
  ["of GitHub's client", 'class Octokit '],
  ["of the API's client", 'BaseAnthropic'],
  ['of the steps after reading', 'async function planReuse('],
])('without the file %s nothing is sent, and the step says why in one line', async (_, text) => {
  expect(takeAway(text)).toBeGreaterThan(0);
  const simulator = await simulate();
  const result = await run(simulator, REQUESTS, { action });
  expect(result.conclusion).toBe('failure');
  expect(errorsOf(result)).toEqual([expect.stringContaining(REASON)]);
  expect(result.log).not.toMatch(/^ +at /m);
  expect(createsOf(simulator)).toBe(0);
});

test("without the page's file there is no page, and everything else", async () => {
  expect(takeAway('STYLE_HASH')).toBe(1);
  const simulator = await simulate();
  const result = await run(simulator, REQUESTS, { action });
  expect([result.conclusion, errorsOf(result)]).toEqual(['success', []]);
  expect(warningsOf(result)).toEqual([expect.stringContaining(REASON)]);
});

test('what the end of a run needs is loaded by the time it looks at its batch', async () => {
  const simulator = await simulate();
  let gone = 0;
  simulator.watchers.push((stage, { method, path }) => {
    if (stage === 'arrived' && method === 'GET' && /^\/v1\/messages\/batches\/[^/]+$/.test(path)) gone += takeAway('');
    return 'go-on';
  });
  const result = await run(simulator, REQUESTS, { action });
  expect(gone).toBeGreaterThan(5);
  expect([result.conclusion, errorsOf(result), warningsOf(result)]).toEqual(['success', [], []]);
  expect(artifactsOf(simulator)).toHaveLength(2);
});
