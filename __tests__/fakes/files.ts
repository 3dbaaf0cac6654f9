import type { FileReader, Files, FileWriter } from '../../src/ports/machine.ts';
import { createFailing, type Failing } from './faults.ts';

export interface FakeFiles extends Files, Failing {
  /** Path → content of every file, `.partial` ones included. */
  readonly disk: Map<string, Buffer>;
  /** Paths that are links out of the workspace. */
  readonly outside: Set<string>;
}

/** A disk in memory. Patterns match a path exactly, end in `*` or are `**\/*`; the workspace is `/w`. `pieceBytes` cuts what is read. */
export function createFakeFiles(content: Readonly<Record<string, string | Buffer>> = {}, pieceBytes = 7): FakeFiles {
  const failing = createFailing();
  const disk: Map<string, Buffer> = new Map(
    Object.entries(content).map(([path, text]): [string, Buffer] => [path, Buffer.from(text)]),
  );
  const outside = new Set<string>();
  const get = (path: string): Buffer => {
    const found = disk.get(path);
    if (found === undefined)
      throw Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { syscall: 'open' });
    return found;
  };
  const files: FakeFiles = {
    ...failing,
    disk,
    outside,
    async find(patterns) {
      const matches = (pattern: string): string[] =>
        [...disk.keys()].filter((path) =>
          pattern === '**/*'
            ? path.startsWith('/w/')
            : pattern.endsWith('*')
              ? path.startsWith(`/w/${pattern.slice(0, -1)}`)
              : path === `/w/${pattern}`,
        );
      const paths = [...new Set(patterns.flatMap(matches))].sort();
      return {
        found: paths.map((path) => ({ path, name: path.slice('/w/'.length), isOutside: outside.has(path) })),
        unmatched: patterns
          .filter((pattern) => !pattern.startsWith('!') && matches(pattern).length === 0)
          .map((pattern) => ({
            pattern,
            isFolder: [...disk.keys()].some((path) => path.startsWith(`/w/${pattern}/`)),
          })),
        refused: [],
      };
    },
    async *read(path) {
      const whole = get(path);
      for (let at = 0; at < whole.length; at += pieceBytes) {
        failing.trip('read');
        yield Buffer.from(whole.subarray(at, at + pieceBytes));
      }
    },
    async readText(path) {
      return { text: get(path).toString('utf8'), isOutside: outside.has(path) };
    },
    writeText: (path) => files.write(path),
    holdsSecret: async () => false,
    async write(path): Promise<FileWriter> {
      failing.trip('open-for-write');
      const partial = `${path}.partial`;
      disk.set(partial, Buffer.alloc(0));
      let bytes = 0;
      // Doubled when it is full: a copy for each piece would take longer than all that is tested.
      let room = Buffer.alloc(1_024);
      return {
        get bytes() {
          return bytes;
        },
        write(piece) {
          failing.trip('write');
          const data = Buffer.from(piece);
          // Throws where somebody has taken the file away.
          get(partial);
          if (bytes + data.length > room.length) {
            const larger = Buffer.alloc(2 * (bytes + data.length));
            room.copy(larger, 0, 0, bytes);
            room = larger;
          }
          room.set(data, bytes);
          bytes += data.length;
          disk.set(partial, room.subarray(0, bytes));
          return undefined;
        },
        async commit() {
          failing.trip('commit');
          disk.set(path, get(partial));
          disk.delete(partial);
        },
        async discard() {
          disk.delete(partial);
        },
      };
    },
    open(path): FileReader {
      const whole = get(path);
      return {
        readAt(offset, length, into = Buffer.alloc(length)) {
          const bytes = whole.subarray(offset, offset + length);
          into.set(bytes);
          return into.subarray(0, bytes.length);
        },
        close: () => undefined,
      };
    },
    async size(path) {
      return get(path).length;
    },
    async remove(path) {
      for (const name of disk.keys()) if (name === path || name.startsWith(`${path}/`)) disk.delete(name);
    },
    async markOf(folder) {
      return disk.get(`${folder}/summary.json`)?.toString() ?? '';
    },
    async settle(own, mark) {
      const folder = own.slice(0, own.lastIndexOf('/'));
      const to = mark === undefined || mark === (await files.markOf(folder)) ? folder : own.replace('/.', '/');
      failing.trip('settle');
      for (const [path, content] of [...disk].filter(([name]) => name.startsWith(`${own}/`))) {
        const name = path.slice(own.length + 1);
        if (!name.startsWith('.') && !name.endsWith('.partial')) disk.set(`${to}/${name}`, content);
        disk.delete(path);
      }
      return to;
    },
  };
  return files;
}

/** What a disk without room says. */
export function noSpace(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
}
