// Adds to package-lock.json the optional packages of other platforms that npm leaves out when it cannot see them while
// locking (npm/cli#4828); `npm ci` refuses a lock file without them. Their versions are the exact ones that the packages
// in the lock file name. Run it after `npm install`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Entry {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const SYSTEMS = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'openharmony', 'aix'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 's390x', 'loong64', 'riscv64', 'arm'];

/** Whether a package is found from the folder of another one, as Node looks for it: in its own modules, then further up. */
function isLocked(packages: ReadonlyMap<string, Entry>, from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages.has(`${at === '' ? '' : `${at}/`}node_modules/${name}`)) return true;
    if (at === '') return false;
  }
}

function describe(name: string, version: string): Entry {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.find((word) => words.includes(word));
  const cpu = PROCESSORS.find((word) => words.includes(word));
  const libc = name.endsWith('musl') ? 'musl' : os === 'linux' && /-gnu$/.test(name) ? 'glibc' : undefined;
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    dev: true,
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}

const lock = JSON.parse(readFileSync(path, 'utf8'));
const packages = new Map<string, Entry>(Object.entries(lock.packages));
const added: string[] = [];
for (const [at, { optionalDependencies = {} }] of [...packages]) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isLocked(packages, at, name)) continue;
    packages.set(`node_modules/${name}`, describe(name, version));
    added.push(name);
  }
}
lock.packages = Object.fromEntries([...packages].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'package-lock.json is complete.' : `Added ${added.length}: ${added.join(', ')}`);
