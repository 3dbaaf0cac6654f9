/**
 * Runs inside another process, before its own code: writes every change to the file system to a journal, one line of JSON at
 * its start and one at its end. If asked to, the process kills itself at one of these moments. Leaves reads and the standard
 * streams alone. A function that Node builds on others may appear as itself and as its parts.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

interface Settings {
  readonly journal: string;
  /** The process dies at this one: the `count`-th of its label, from 1. */
  readonly kill?: { readonly stage: 'write' | 'written'; readonly label: string; readonly count: number };
}

type Callable = (this: unknown, ...given: unknown[]) => unknown;
type Table = Record<string, Callable | undefined>;
type Label = (given: readonly unknown[], self: unknown) => string | undefined;

const settings = JSON.parse(decodeURIComponent(new URL(import.meta.url).hash.slice(1))) as Settings;
const program = basename(process.argv[1] ?? '').replace(/\.[^.]*$/, '');
const writeLine = fs.writeSync;
const journal = fs.openSync(settings.journal, 'a');
const counts = new Map<string, number>();
const names = new Map<number, string>();
/** Folders with a random name, by path: the journal calls them by the part before it. */
const made = new Map<string, string>();
/** Above zero while a function runs whose parts should not be reported as well. */
let depth = 0;

const byPath =
  (verb: string, index = 0): Label =>
  (given) =>
    `${verb} ${nameOf(given[index])}`;

const byDescriptor =
  (verb: string): Label =>
  ([fd]) =>
    typeof fd === 'number' && fd <= 2 ? undefined : `${verb} ${names.get(fd as number) ?? 'a file'}`;

const byOpen: Label = ([path, flags]) => {
  const { O_WRONLY, O_RDWR } = fs.constants;
  const writes =
    typeof flags === 'number' ? (flags & (O_WRONLY | O_RDWR)) !== 0 : typeof flags === 'string' && /[wa+]/.test(flags);
  return writes ? `open ${nameOf(path)}` : undefined;
};

const byHandle =
  (verb: string): Label =>
  (_, self) =>
    `${verb} ${names.get((self as fs.promises.FileHandle).fd) ?? 'a file'}`;

/** Functions that exist three times: with a callback, as a promise and with `Sync`. */
const functions: readonly (readonly [name: string, label: Label])[] = [
  ['appendFile', byPath('append')],
  ['copyFile', byPath('copy', 1)],
  ['cp', byPath('copy', 1)],
  ['ftruncate', byDescriptor('truncate')],
  ['link', byPath('link', 1)],
  ['mkdir', byPath('mkdir')],
  ['mkdtemp', byPath('mkdir')],
  ['open', byOpen],
  ['rename', byPath('rename', 1)],
  ['rm', byPath('remove')],
  ['rmdir', byPath('remove')],
  ['symlink', byPath('link', 1)],
  ['truncate', byPath('truncate')],
  ['unlink', byPath('remove')],
  ['write', byDescriptor('write')],
  ['writeFile', byPath('write')],
  ['writev', byDescriptor('write')],
];
const ofHandles = ['appendFile', 'truncate', 'write', 'writeFile', 'writev'];

const [withCallback, withPromise] = [fs, fs.promises].map((one) => one as unknown as Table) as [Table, Table];
const handle = await fs.promises.open(settings.journal);
const handles = Object.getPrototypeOf(handle) as Table;
await handle.close();
for (const [name, label] of functions) {
  replace(withCallback, name, (original) => wrapCallback(original, label));
  replace(withCallback, `${name}Sync`, (original) => wrapSync(original, label));
  replace(withPromise, name, (original) => wrapPromise(original, label));
}
for (const name of ofHandles) {
  const verb = { appendFile: 'append', truncate: 'truncate' }[name] ?? 'write';
  replace(handles, name, (original) => wrapPromise(original, byHandle(verb)));
}
syncBuiltinESMExports();

function replace(table: Table, name: string, wrap: (original: Callable) => Callable): void {
  const original = table[name];
  if (original === undefined) return;
  // The stand-in needs the function's properties, such as how to make a promise of it.
  const { prototype: _, ...extras } = Object.getOwnPropertyDescriptors(original);
  table[name] = Object.defineProperties(wrap(original), extras);
}

function wrapSync(original: Callable, label: Label): Callable {
  return function (...given) {
    const tell = begin(label(given, this));
    depth += 1;
    try {
      const result = original.apply(this, given);
      learnName(given[0], result);
      if (original.name === 'mkdtempSync') learnMade(given[0], result);
      return result;
    } finally {
      depth -= 1;
      tell();
    }
  };
}

function wrapCallback(original: Callable, label: Label): Callable {
  return function (...given) {
    const done = given.at(-1);
    const tell = begin(label(given, this));
    if (typeof done !== 'function') return original.apply(this, given);
    return original.call(this, ...given.slice(0, -1), (...results: unknown[]) => {
      learnName(given[0], results[1]);
      if (original.name === 'mkdtemp') learnMade(given[0], results[1]);
      tell();
      done(...results);
    });
  };
}

function wrapPromise(original: Callable, label: Label): Callable {
  return async function (...given) {
    const tell = begin(label(given, this));
    try {
      const result = await original.apply(this, given);
      learnName(given[0], (result as { fd?: unknown } | undefined)?.fd);
      if (original.name === 'mkdtemp') learnMade(given[0], result);
      return result;
    } finally {
      tell();
    }
  };
}

/** Reports the start of a change, and returns a function that reports its end. */
function begin(what: string | undefined): () => void {
  if (what === undefined || depth > 0) return () => {};
  const label = program === 'post' ? `${what} (post)` : what;
  const count = (counts.get(label) ?? 0) + 1;
  counts.set(label, count);
  pass('write', label, count);
  return () => pass('written', label, count);
}

function pass(stage: 'write' | 'written', label: string, count: number): void {
  const { kill } = settings;
  const dies = kill?.stage === stage && kill.label === label && kill.count === count;
  const line = JSON.stringify({ stage, label, count, atNs: String(process.hrtime.bigint()), dies });
  writeLine(journal, `${line}\n`);
  if (dies) process.kill(process.pid, 'SIGKILL');
}

/** Remembers which file a descriptor stands for. Results of functions other than `open` do no harm. */
function learnName(path: unknown, fd: unknown): void {
  if (typeof fd === 'number' && (typeof path === 'string' || path instanceof URL || path instanceof Uint8Array))
    names.set(fd, nameOf(path));
}

function learnMade(prefix: unknown, path: unknown): void {
  if (typeof path === 'string') made.set(path, `${nameOf(prefix)}…`);
}

/** The last part of a path, without what differs from run to run. */
function nameOf(path: unknown): string {
  const fd = typeof path === 'number' ? path : (path as { fd?: unknown } | null)?.fd;
  if (typeof fd === 'number') return names.get(fd) ?? 'a file';
  const alias = made.get(String(path));
  if (alias !== undefined) return alias;
  return basename(String(path)).replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}|\d{6,}/gi, '…');
}
