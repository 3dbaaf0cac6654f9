import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';

/** Runs a program that knows `captureOutput`, `sleep` and `print` in a process of its own, with no variables. */
function run(program: string) {
  const source = `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { spawn } from 'node:child_process';
    import { once } from 'node:events';
    import { createCaptureOutput } from ${JSON.stringify(new URL('../../src/adapters/capture-output.ts', import.meta.url).href)};
    const captureOutput = createCaptureOutput();
    const print = (text) => process.stdout.write(text + '\\n');
    ${program}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
    env: {},
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

const silent = { stderr: '', status: 0 };

describe('what is printed', () => {
  test.each<[name: string, program: string, stdout: string]>([
    [
      'by the work is handed back with its value',
      `const { value, printed } = await captureOutput(async () => {
        print('::warning::one');
        await sleep(1);
        console.log('two');
        console.error('three');
        return 4;
      });
      print(JSON.stringify([value, printed]));`,
      '[4,"::warning::one\\ntwo\\nthree\\n"]\n',
    ],
    [
      'by others meanwhile goes its way',
      `const gate = Promise.withResolvers();
      const work = captureOutput(async () => { print('inside'); await gate.promise; print('inside'); });
      print('outside');
      gate.resolve();
      print(JSON.stringify((await work).printed));`,
      'outside\n"inside\\ninside\\n"\n',
    ],
    [
      'by two works at once is kept apart',
      `const say = (name) => captureOutput(async () => { print(name + '1'); await sleep(1); print(name + '2'); });
      const both = await Promise.all([say('a'), say('b')]);
      print(JSON.stringify(both.map(({ printed }) => printed)));`,
      '["a1\\na2\\n","b1\\nb2\\n"]\n',
    ],
    [
      'late is not seen either',
      `await captureOutput(async () => { setTimeout(() => print('::error::late'), 5); });
      await sleep(20);
      print('after');`,
      'after\n',
    ],
    [
      'by a program that the work started is not seen',
      `const { printed } = await captureOutput(async () => {
        const child = spawn(process.execPath, ['-e', 'console.log("::warning::child")']);
        child.stdout.on('data', (piece) => process.stdout.write(piece));
        await once(child, 'close');
      });
      print(JSON.stringify(printed));`,
      '"::warning::child\\n"\n',
    ],
    [
      'as a mask or for debugging reaches the runner',
      `const { printed } = await captureOutput(async () => { print('::add-mask::secret'); print('::debug::x'); print('::set-output name=a::b'); });
      print(JSON.stringify(printed));`,
      '::add-mask::secret\n::debug::x\n"::set-output name=a::b\\n"\n',
    ],
    [
      'by work that fails is not seen, and the failure comes through',
      `await captureOutput(async () => { print('::error::x'); throw new Error('broken'); }).catch((error) => print(error.message));`,
      'broken\n',
    ],
    [
      'as bytes is text, and whoever waits for a write goes on',
      `const { printed } = await captureOutput(async () => {
        await new Promise((resolve) => process.stdout.write(Buffer.from('ä'), resolve));
        await new Promise((resolve) => process.stderr.write('b', 'utf8', resolve));
      });
      print(JSON.stringify(printed));`,
      '"äb"\n',
    ],
  ])('%s', (_, program, stdout) => {
    expect(run(program)).toEqual({ ...silent, stdout });
  });
});
