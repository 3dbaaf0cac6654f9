import { execFileSync, spawn } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Copies the files that git would commit, and leads to the installed packages; what `dist/` runs are the sources, so that nothing has to be
 * built. Links and what was deleted are left out.
 */
export function copyRepository(root: string, copy: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const name of listed.toString().split('\0')) {
    const isFile = lstatSync(join(root, name), { throwIfNoEntry: false })?.isFile() ?? false;
    if (!isFile || name.startsWith('docs/images/')) continue;
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    cpSync(join(root, name), join(copy, name));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  mkdirSync(join(copy, 'dist'), { recursive: true });
  writeFileSync(join(copy, 'dist/index.js'), "import '../src/index.ts';\n");
}

/** Nothing of this process's variables reaches processes of the copy but where programs and temporary files are. */
export function environmentOf(copy: string): NodeJS.ProcessEnv {
  const system = process.env['SystemRoot'];
  return {
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: copy,
    TMPDIR: tmpdir(),
    TEMP: tmpdir(),
    ...(system === undefined ? {} : { SystemRoot: system }),
  };
}

/** Whether the file can be imported, if it is code: where it cannot, a test that starts a process fails for that alone. */
export async function loads(copy: string, file: string): Promise<boolean> {
  if (!file.endsWith('.ts')) return true;
  const code = `await import(${JSON.stringify(pathToFileURL(join(copy, file)).href)}); process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: copy,
    env: environmentOf(copy),
    stdio: 'ignore',
  });
  const exitCode = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  return exitCode === 0;
}
