import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, parse, relative, resolve, sep } from 'node:path';
import type { FileFault } from '../core/messages/file-faults.ts';
import { advance, beginMatch, type GlobPart, type Progress, parseGlobPart } from '../core/text/glob.ts';
import type { FileSearch, FoundFile } from '../ports/machine.ts';
import { faultOf, isWithin, look, realOf } from './regular-file.ts';

const SYSTEM = sep === '\\' ? 'windows' : 'posix';

/** A file that matches, or something that matches or has to be searched, but cannot be used. */
type Hit = { readonly path: string; readonly real: string } | { readonly path: string; readonly fault: FileFault };

/** A folder, and what the pattern says of the names below it. */
interface Place {
  readonly folder: string;
  readonly parts: readonly GlobPart[];
}

type Excluded = (path: string) => boolean;

/**
 * Order counts, as in a `.gitignore`: `!` excludes what earlier patterns found, and folders with all their content.
 * Wildcards stay in the workspace, or in the folder that an absolute pattern begins with; links to folders are followed
 * as long as they stay there too. A file that is named without wildcards may be anywhere.
 */
export async function searchFiles(workspace: string, patterns: readonly string[]): Promise<FileSearch> {
  const root = resolve(workspace);
  const real = await realOf(root);
  const found = new Map<string, FoundFile>();
  const refused = new Map<string, FileFault>();
  const unmatched: FileSearch['unmatched'][number][] = [];
  const nameOf = (path: string): string => relative(root, path).split(sep).join('/');
  for (const [index, pattern] of patterns.entries()) {
    if (pattern.startsWith('!')) continue;
    const excluded = exclusion(root, patterns.slice(index + 1));
    let hits = 0;
    for await (const hit of hitsOf({ root, real }, pattern, excluded)) {
      const { path } = hit;
      hits += 1;
      if ('fault' in hit) refused.set(path, hit.fault);
      else found.set(path, { path, name: nameOf(path), isOutside: !isWithin(real, hit.real) });
    }
    if (hits === 0) unmatched.push({ pattern, isFolder: (await look(resolve(root, pattern))) === 'folder' });
  }
  return {
    found: [...found.values()].sort(byName),
    unmatched,
    refused: Array.from(refused, ([path, fault]) => ({ name: nameOf(path), fault })).sort(byName),
  };
}

/** By code units. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

async function* hitsOf(
  workspace: { readonly root: string; readonly real: string },
  pattern: string,
  excluded: Excluded,
): AsyncGenerator<Hit> {
  // The exact name of a file, such as `a [1].jsonl`, wins over what it says as a pattern.
  const exact = resolve(workspace.root, pattern);
  const place = locate(workspace.root, pattern);
  if ((await look(exact)) === 'file') return yield* namedFile(exact, excluded);
  const [part] = place.parts;
  if (part === undefined) return;
  if (part.kind === 'name') return yield* namedFile(join(place.folder, part.name), excluded);
  if ((await look(place.folder)) === 'absent') return;
  const real = await realOf(place.folder);
  const isElsewhere = isAbsolute(pattern) && !isWithin(workspace.root, place.folder);
  const realm = isElsewhere ? real : workspace.real;
  if (isWithin(realm, real)) yield* walk({ ...place, real, realm }, excluded);
  else yield { path: place.folder, fault: 'outside' };
}

async function* namedFile(path: string, excluded: Excluded): AsyncGenerator<Hit> {
  const kind = await look(path);
  if (kind === 'absent' || kind === 'folder' || excluded(path)) return;
  yield kind === 'file' ? { path, real: await realOf(path) } : { path, fault: kind };
}

/** `realm`: the real folder that nothing may lead out of. */
interface Walk extends Place {
  readonly real: string;
  readonly realm: string;
}

async function* walk({ folder, real, realm, parts }: Walk, excluded: Excluded): AsyncGenerator<Hit> {
  const ahead: { path: string; real: string; progress: Progress }[] = [
    { path: folder, real, progress: beginMatch(parts) },
  ];
  // A folder is visited only once at the same point of the pattern, so links cannot lead in circles or multiply the work.
  const seen = new Set<string>();
  let way: string | undefined;
  let hits = 0;
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    const key = `${[...at.progress].join()} ${at.real}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const below: typeof ahead = [];
    for (const entry of await entriesOf(at.path)) {
      if ('fault' in entry) {
        hits += 1;
        yield { path: at.path, fault: entry.fault };
        break;
      }
      const path = join(at.path, entry.name);
      const progress = advance(parts, at.progress, entry.name);
      if (progress.size === 0 || excluded(path)) continue;
      const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : await look(path);
      const target = entry.isSymbolicLink() ? await realOf(path) : join(at.real, entry.name);
      const isMatch = progress.has(parts.length);
      if (kind === 'folder') {
        if (!isWithin(realm, target)) way ??= path;
        else if (progress.size > 1 || !isMatch) below.push({ path, real: target, progress });
      } else if (isMatch && kind !== 'absent') {
        hits += 1;
        if (kind !== 'file') yield { path, fault: kind };
        else yield isWithin(realm, target) ? { path, real: target } : { path, fault: 'outside' };
      }
    }
    ahead.push(...below.reverse());
  }
  // The user may have meant what is behind the link.
  if (hits === 0 && way !== undefined) yield { path: way, fault: 'outside' };
}

/** What is in a folder, links last, so that a folder is found under its own name; or why it cannot be read. */
async function entriesOf(folder: string): Promise<readonly (Dirent | { readonly fault: FileFault })[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => Number(a.isSymbolicLink()) - Number(b.isSymbolicLink()) || byName(a, b));
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    return fault === 'no-permission' ? [{ fault }] : [];
  }
}

/** Whether one of these patterns excludes a path, or a folder that it lies in. */
function exclusion(root: string, patterns: readonly string[]): Excluded {
  const places = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => locate(root, pattern.slice(1).trim()));
  return (path) =>
    places.some(({ folder, parts }) => {
      if (!isWithin(folder, path)) return false;
      let progress = beginMatch(parts);
      return relative(folder, path)
        .split(sep)
        .some((name) => {
          progress = advance(parts, progress, name);
          return progress.has(parts.length);
        });
    });
}

/** The folder that a pattern begins with literally, and the rest of the pattern. The workspace's own path is not read as a pattern. */
function locate(root: string, pattern: string): Place {
  const whole = normalize(pattern);
  let folder = root;
  let rest = whole;
  if (isAbsolute(whole)) {
    folder = whole.startsWith(root + sep) ? root : parse(whole).root;
    rest = whole.slice(folder.length);
  }
  const names = rest.split(sep).filter((name) => name !== '' && name !== '.');
  while (names[0] === '..') {
    names.shift();
    folder = dirname(folder);
  }
  const parts = names.map((name) => parseGlobPart(name, SYSTEM));
  for (let part = parts[0]; part?.kind === 'name' && parts.length > 1; part = parts[0]) {
    parts.shift();
    folder = join(folder, part.name);
  }
  return { folder, parts };
}
