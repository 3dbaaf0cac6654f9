import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { simulatedToken } from '../../simulator/index.ts';
import { printMessage } from '../../src/core/messages/message.ts';
import { printReason } from '../../src/core/messages/reasons.ts';
import { describeCauses } from '../../src/core/text/causes.ts';
import { createsOf, errorsOf, lines, requestLine, run, simulate, warningsOf, wayToCollect } from './harness.ts';

// Whatever breaks, the step ends with one clear message and never green by accident.

const REQUESTS = lines(requestLine('a'), requestLine('b'));

/** Runs the action with code that is loaded before it, which may change what `node:fs` does for it. */
async function runWith(code: string, requests: string = REQUESTS, pace: 'fast' | 'real' = 'fast') {
  const simulator = await simulate({ pace, anthropic: { endsAfterMs: 1_000 } });
  const preload = `import fs from 'node:fs';
    import fsp from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    ${code}
    syncBuiltinESMExports();`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };
  return { simulator, result: await run(simulator, requests, { env }) };
}

/** Code that lets `openSync` throw when the results that were fetched are opened. */
function throwing(what: string): string {
  return `const openSync = fs.openSync; fs.openSync = (path, ...rest) => { if (String(path).includes('.results-')) throw ${what}; return openSync(path, ...rest); };`;
}

describe('something thrown that nobody foresaw', () => {
  test.each([
    ['a thrown text', throwing("'the text'"), 'the text'],
    ['a thrown undefined', throwing('undefined'), describeCauses(undefined)],
    ['a thrown object', throwing("{ toString() { throw new Error('no'); } }"), describeCauses({})],
  ])('%s inside the step', async (_, patch, said) => {
    const { result } = await runWith(patch);
    expect(result.conclusion).toBe('failure');
    expect(errorsOf(result)).toEqual([expect.stringContaining(said)]);
    expect(errorsOf(result)[0]).toContain(wayToCollect(result.outputs.get('batch-id')));
    expect(result.outputs.get('status')).toBe('pending');
  });

  test.each([
    ['a rejected promise without an error', "setTimeout(() => { Promise.reject('the reason'); }, 900);", 'the reason'],
    ['a rejected promise without anything', 'setTimeout(() => { Promise.reject(); }, 900);', describeCauses(undefined)],
    ['an error in a timer', "setTimeout(() => { throw new Error('in a timer'); }, 900);", 'in a timer'],
  ])('%s outside every promise of the step', async (_, code, said) => {
    const { result } = await runWith(code, REQUESTS, 'real');
    expect(result.conclusion).toBe('failure');
    expect(errorsOf(result)).toEqual([expect.stringContaining(said)]);
    expect(result.rawLog).not.toMatch(/^\s+at /m);
  });
});

describe('a full disk', () => {
  test('while reading: nothing is sent, one sentence, nothing half written stays', async () => {
    const big = lines(...Array.from({ length: 3_000 }, (_, i) => requestLine(`r-${i}`, 'x'.repeat(1_000))));
    const patch = `const open = fsp.open; let written = 0;
      fsp.open = async (path, flags) => {
        const file = await open(path, flags);
        if (flags !== 'wx') return file;
        const write = file.writeFile.bind(file);
        file.writeFile = async (data) => { written += data.length; if (written > 1e6) throw noSpace(); return write(data); };
        return file;
      };`;
    const { simulator, result } = await runWith(patch, big);
    expect({
      conclusion: result.conclusion,
      status: result.outputs.get('status'),
      creates: createsOf(simulator),
    }).toEqual({ conclusion: 'failure', status: 'failed', creates: 0 });
    expect(errorsOf(result)).toEqual([expect.stringContaining('no space left on device')]);
    expect(existsSync(join(result.temp, 'claude-batch'))).toBe(false);
  });

  test('where outputs are written: red, one sentence', async () => {
    const patch = `const append = fs.appendFileSync; fs.appendFileSync = (path, ...rest) => { if (path === process.env.GITHUB_OUTPUT) throw noSpace(); return append(path, ...rest); };`;
    const { result } = await runWith(patch);
    expect(result.conclusion).toBe('failure');
    expect(errorsOf(result)).toEqual([expect.stringMatching(/no space left on device/)]);
  });

  test('where the summary is written: a warning, and the step goes on', async () => {
    const patch = 'fsp.appendFile = async () => { throw noSpace(); };';
    const { result } = await runWith(patch);
    expect(result.conclusion).toBe('success');
    expect(warningsOf(result)).toEqual([expect.stringContaining('ENOSPC: no space left on device')]);
  });
});

describe('a token that may not', () => {
  test('a read-only token costs the comment, not the step, and the permission is named once', async () => {
    const simulator = await simulate();
    simulator.github.tokens.set(simulatedToken, {
      login: 'github-actions[bot]',
      permissions: { contents: 'read', 'pull-requests': 'read', issues: 'read', actions: 'read' },
    });
    const result = await run(simulator, REQUESTS);
    expect(result.conclusion).toBe('success');
    const target = { number: 7, of: 'pull-request' } as const;
    const reason = printReason({ code: 'github-forbidden', call: { code: 'create-comment', issue: 7 } });
    expect(warningsOf(result)).toEqual([
      printMessage({ code: 'comment-not-written', target, kind: 'forbidden', reason }),
    ]);
    expect(result.summary).toContain(result.outputs.get('batch-id'));
    expect(result.outputs.has('comment-id')).toBe(false);
  });

  test('a token that GitHub does not know is a warning too', async () => {
    const simulator = await simulate();
    const result = await run(simulator, REQUESTS, { inputs: { 'github-token': 'ghs_wrong' } });
    expect(result.conclusion).toBe('success');
    expect(warningsOf(result)).toHaveLength(1);
  });

  test('a wrong API key ends the step with what to check, and no batch', async () => {
    const simulator = await simulate();
    const result = await run(simulator, REQUESTS, { inputs: { 'anthropic-api-key': 'sk-ant-wrong' } });
    expect({ conclusion: result.conclusion, status: result.outputs.get('status') }).toEqual({
      conclusion: 'failure',
      status: 'rejected',
    });
    const refused = { code: 'key-refused', status: 401, words: 'invalid x-api-key', isOfApi: true } as const;
    const failures = [{ ...refused, requestId: undefined }];
    expect(errorsOf(result)).toEqual([printMessage({ code: 'step-failed', failures, next: undefined })]);
    expect(simulator.exchanges.filter(({ path }) => path.startsWith('/v1/'))).toHaveLength(1);
    expect(result.log).not.toContain(printMessage({ code: 'estimate' }));
  });
});
