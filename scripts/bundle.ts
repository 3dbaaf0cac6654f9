// Bundles src/ into dist/, the code that ships. With --check it bundles elsewhere and reports what differs from dist/.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compareFolders } from './compare-folders.ts';
import { bundledPackages, renderLicenses } from './licenses.ts';
import { packagedSources } from './page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = (path: string): string => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

/** Emits JavaScript with tsc, because ncc does not take TypeScript 7, and bundles that into `out`. */
function bundle(out: string): void {
  rmSync(`${root}build/src`, { recursive: true, force: true });
  rmSync(`${root}${out}`, { recursive: true, force: true });
  run(tool('typescript/bin/tsc'), '-p', 'tsconfig.build.json');
  const options = ['--source-map', '--no-source-map-register', '--no-cache', '--quiet'];
  run(tool('@vercel/ncc/dist/ncc/cli.js'), 'build', 'build/src/index.js', '--out', out, ...options);
  copyFileSync(`${root}build/src/post.js`, `${root}${out}/post.js`);
  writeFileSync(
    `${root}${out}/licenses.txt`,
    renderLicenses(root, bundledPackages([...takeSources(`${root}${out}`), ...packagedSources()])),
  );
}

/** Runs Node. */
function run(...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The sources that the maps name. Removes the maps, which only serve to tell which packages are inside. */
function takeSources(folder: string): string[] {
  const sources: string[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.map'))) {
    sources.push(...JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')).sources);
    rmSync(`${folder}/${name}`);
    const code = `${folder}/${name.slice(0, -'.map'.length)}`;
    writeFileSync(code, toAscii(readFileSync(code, 'utf8')).replace(/\n*\/\/# sourceMappingURL=\S+\s*$/, '\n'));
    run('--check', code);
  }
  return sources;
}

/**
 * The same code in ASCII: the engine keeps its text as long as the process lives, and in two bytes a character as soon as one character
 * needs them.
 */
function toAscii(code: string): string {
  if (/\\[^\0-\x7f]/.test(code)) throw new Error('A backslash would become part of the escape behind it');
  return (
    code
      // archiver has this space between two tokens, where no escape may be.
      .replaceAll('||\u00a0{', '|| {')
      .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  );
}

if (process.argv.includes('--check')) {
  bundle('build/dist');
  const names = compareFolders(`${root}dist`, `${root}build/dist`);
  if (names.length > 0) {
    console.error(`dist/ is not what src/ makes (${names.join(', ')}): run "npm run build" and commit dist/.`);
    process.exit(1);
  }
  console.log('dist/ is what src/ makes.');
} else {
  bundle('dist');
}
