import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { inject } from '../../simulator/inject.ts';
import { runProgram } from './child.ts';

let root: string;
let folder: string;
let journal: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'claude-batch-writes-'));
  [folder, journal] = [join(root, 'work'), join(root, 'journal')];
  mkdirSync(folder);
});

afterEach(() => rmSync(root, { recursive: true }));

interface Kill {
  readonly stage: 'write' | 'written';
  readonly label: string;
  readonly count: number;
}

const helpers = `
  import fs, { writeFileSync, promises, createWriteStream, rmSync } from 'node:fs';
  import { open, writeFile, rename, mkdir, mkdtemp, rm, readFile } from 'node:fs/promises';
  import { promisify } from 'node:util';
  import { once } from 'node:events';
  const at = (name) => ${'`${process.argv[1]}/${name}`'};
`;

async function run(program: string, kill?: Kill) {
  const options = inject('writes', { journal, ...(kill === undefined ? {} : { kill }) });
  const { stdout, stderr, exitCode, signal } = await runProgram(`${helpers}${program}`, options, [folder]);
  const entries = readFileSync(journal, 'utf8').trimEnd().split('\n').filter(Boolean);
  return { stdout, stderr, exitCode, signal, entries: entries.map((line) => JSON.parse(line)) };
}

/** The journal in short: `+` at the start of a change, `-` at its end. */
const short = (entries: readonly { stage: string; label: string; count: number }[]) =>
  entries.map(
    ({ stage, label, count }) => `${stage === 'write' ? '+' : '-'} ${label}${count === 1 ? '' : ` ${count}`}`,
  );

const whole = (...labels: readonly string[]) => labels.flatMap((label) => [`+ ${label}`, `- ${label}`]);

describe('the journal tells', () => {
  test.each<[name: string, program: string, journal: string[]]>([
    ['a file written at once', `writeFileSync(at('a.txt'), 'x');`, whole('write a.txt')],
    ['a file written as a promise', `await writeFile(at('a.txt'), 'x');`, whole('write a.txt')],
    [
      'each time of the same',
      `for (const x of 'ab') fs.appendFileSync(at('a'), x);`,
      ['+ append a', '- append a', '+ append a 2', '- append a 2'],
    ],
    [
      'a file opened and written by its handle',
      `const file = await open(at('a.part'), 'w'); await file.write('x'); await file.truncate(0); await file.close(); await rename(at('a.part'), at('a'));`,
      whole('open a.part', 'write a.part', 'truncate a.part', 'rename a'),
    ],
    [
      'a file written by its descriptor',
      `const fd = fs.openSync(at('a'), 'w'); fs.writeSync(fd, 'x'); fs.ftruncateSync(fd); fs.closeSync(fd);`,
      whole('open a', 'write a', 'truncate a'),
    ],
    [
      'a stream',
      `const stream = createWriteStream(at('a')); stream.end('x'); await once(stream, 'close');`,
      whole('open a', 'write a'),
    ],
    [
      'what is asked for by a callback or made a promise',
      `await promisify(fs.mkdir)(at('d')); const fd = await promisify(fs.open)(at('a'), 'w'); const { bytesWritten } = await promisify(fs.write)(fd, 'xy');
      console.log(bytesWritten);`,
      whole('mkdir d', 'open a', 'write a'),
    ],
    [
      'folders, links, copies and what is removed',
      `await mkdir(at('d')); fs.symlinkSync('x', at('l')); writeFileSync(at('a'), ''); fs.copyFileSync(at('a'), at('b')); rmSync(at('b')); fs.rmdirSync(at('d')); fs.unlinkSync(at('l'));`,
      whole('mkdir d', 'link l', 'write a', 'copy b', 'remove b', 'remove d', 'remove l'),
    ],
    [
      'names without what differs from run to run',
      `for (const name of ['1234567.json', 'x-0123456789abcdef-2', '01234567-0123-0123-0123-0123456789ab.tmp', 'run-12']) writeFileSync(at(name), '');`,
      whole('write ….json', 'write x-…-2', 'write ….tmp', 'write run-12'),
    ],
    [
      'a change that fails',
      `try { fs.rmdirSync(at('none')); } catch {} await rm(at('none')).catch(() => {});`,
      ['+ remove none', '- remove none', '+ remove none 2', '- remove none 2'],
    ],
    [
      'nothing of reads and of what is printed',
      `await readFile(process.execPath).catch(() => {}); fs.readdirSync(at('.')); const file = await open(at('.')); await file.close(); fs.writeSync(1, 'x'); console.log('x'); console.error('');`,
      [],
    ],
  ])('%s', async (_, program, expected) => {
    const { entries, exitCode } = await run(program);
    expect([short(entries), exitCode]).toEqual([expected, 0]);
    expect(entries.every(({ dies, atNs }) => dies === false && /^\d+$/.test(atNs))).toBe(true);
  });

  test('and the program sees the same results as without it', async () => {
    const program = `
      const folder = await mkdtemp(at('d-'));
      const file = await open(folder + '/a', 'w+');
      const { bytesWritten } = await file.write(Buffer.from('abc'));
      await file.writeFile('d');
      await file.close();
      const failed = await rename(at('none'), at('other')).catch(({ code }) => code);
      console.log(JSON.stringify([bytesWritten, fs.readFileSync(folder + '/a', 'utf8'), failed, fs.existsSync(at('other')), fs.write.name, fs.write.length]));`;
    const { stdout } = await run(program);
    expect(JSON.parse(stdout)).toEqual([3, 'abcd', 'ENOENT', false, 'write', 6]);
  });

  test('changes of several processes in one place', async () => {
    await run(`writeFileSync(at('a'), '');`);
    const { entries } = await run(`writeFileSync(at('b'), '');`);
    expect(short(entries)).toEqual(whole('write a', 'write b'));
  });
});

// There is no SIGKILL on Windows.
(process.platform === 'win32' ? describe.skip : describe)('a process is killed', () => {
  const program = `
    for (const name of ['a', 'b', 'a']) await writeFile(at(name), 'x', { flag: 'a' });
    fs.renameSync(at('a'), at('c'));
    writeFileSync(at('end'), '');`;

  test.each<[name: string, kill: Kill, files: Record<string, string>, last: string]>([
    ['before a change', { stage: 'write', label: 'write a', count: 1 }, {}, '+ write a'],
    ['after a change', { stage: 'written', label: 'write a', count: 1 }, { a: 'x' }, '- write a'],
    [
      'before the second of its kind',
      { stage: 'write', label: 'write a', count: 2 },
      { a: 'x', b: 'x' },
      '+ write a 2',
    ],
    [
      'after the second of its kind',
      { stage: 'written', label: 'write a', count: 2 },
      { a: 'xx', b: 'x' },
      '- write a 2',
    ],
    [
      'before one that is done at once',
      { stage: 'write', label: 'rename c', count: 1 },
      { a: 'xx', b: 'x' },
      '+ rename c',
    ],
    [
      'after one that is done at once',
      { stage: 'written', label: 'rename c', count: 1 },
      { b: 'x', c: 'xx' },
      '- rename c',
    ],
  ])('%s', async (_, kill, files, last) => {
    const { signal, entries } = await run(program, kill);
    expect([signal, short(entries).at(-1), entries.map(({ dies }) => dies).indexOf(true)]).toEqual([
      'SIGKILL',
      last,
      entries.length - 1,
    ]);
    const there = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    expect(Object.fromEntries(there)).toEqual(files);
  });

  test('only where there is such a moment', async () => {
    const { signal, exitCode } = await run(program, { stage: 'write', label: 'write a', count: 3 });
    expect([signal, exitCode]).toEqual([null, 0]);
  });
});
