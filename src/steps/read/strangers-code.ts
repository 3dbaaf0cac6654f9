import { dirname, join, resolve } from 'node:path';
import type { GitHubContext } from '../../core/inputs/context.ts';
import { findFetched, findPackedRef, parseGitFile, parseGitHead } from '../../core/inputs/git-refs.ts';
import type { StrangersCode } from '../../core/inputs/untrusted-event.ts';
import type { Files, FoundFile } from '../../ports/machine.ts';
import type { Run } from '../run/run.ts';

/**
 * Warns, once, if the workspace holds the code of a pull request although the job has secrets. Looks at what is checked out there and
 * in the folders of the request files, by the files that git writes; runs nothing, and takes nothing else from them.
 */
export async function warnOfStrangersCode(
  { ports, context }: Pick<Run, 'ports' | 'context'>,
  requestFiles: readonly FoundFile[],
): Promise<void> {
  const { strangersCode, event, workspace } = context;
  if (strangersCode === undefined) return;
  for (const folder of foldersOf(workspace, requestFiles)) {
    const read = readerOf(ports.files, await gitFolders(ports.files, folder));
    if (!(await isCheckedOut(read, strangersCode, context))) continue;
    ports.log.warning({ code: 'strangers-code', event });
    return;
  }
}

/** Most folders to look at; nobody checks anything out in deeper ones. */
const MAX_FOLDERS = 20;

/** The workspace, and the folders in it that lead to the request files, outer ones first. */
function foldersOf(workspace: string, files: readonly FoundFile[]): readonly string[] {
  const folders = new Set([workspace]);
  for (const { name, isOutside } of files) {
    if (isOutside) continue;
    const parts = dirname(name)
      .split('/')
      .filter((part) => part !== '.');
    for (const [index] of parts.entries()) {
      if (folders.size >= MAX_FOLDERS) return [...folders];
      folders.add(join(workspace, ...parts.slice(0, index + 1)));
    }
  }
  return [...folders];
}

/** The folders where git keeps its files for this one: a worktree has a folder of its own, and one that all worktrees share. */
async function gitFolders(files: Files, folder: string): Promise<readonly string[]> {
  const named = parseGitFile((await readInside(files, join(folder, '.git'))) ?? '');
  if (named === undefined) return [join(folder, '.git')];
  const own = resolve(folder, named);
  const common = await readInside(files, join(own, 'commondir'));
  return common === undefined ? [own] : [own, resolve(own, common.trim())];
}

/** The files of this name that git keeps. */
type ReadGit = (name: string) => Promise<readonly string[]>;

function readerOf(files: Files, folders: readonly string[]): ReadGit {
  return async (name) => {
    const texts = await Promise.all(folders.map((folder) => readInside(files, join(folder, ...name.split('/')))));
    return texts.flatMap((text) => text ?? []);
  };
}

/** Whether this repository has the code of the pull request checked out. */
async function isCheckedOut(
  read: ReadGit,
  { commits, pullRequest }: StrangersCode,
  { owner, repo, sha }: GitHubContext,
): Promise<boolean> {
  const commit = await commitAt(read, 'HEAD');
  if (commit === undefined) return false;
  if (commits.some((one) => one.toLowerCase() === commit)) return true;
  // Newer than the event, or of an event without commits: the refs that actions/checkout fetches them under.
  for (const name of pullRequest === undefined ? [] : ['head', 'merge'])
    if ((await commitAt(read, `refs/remotes/pull/${pullRequest}/${name}`)) === commit) return true;
  // `gh pr checkout` and `git fetch` leave no such refs, but a note of what was fetched.
  const fetched = (await read('FETCH_HEAD')).flatMap((text) => findFetched(text, commit, `${owner}/${repo}`));
  // If the event names no commit, the workflow must have looked up the one that it fetched by its ID.
  const isLookedUp = pullRequest !== undefined && commits.length === 0 && commit !== sha;
  return fetched.some((name) => isOfPull(name, pullRequest) || (isLookedUp && name === commit));
}

function isOfPull(ref: string, wanted: number | undefined): boolean {
  const number = /^refs\/pull\/(\d+)\/(?:head|merge)$/.exec(ref)?.[1];
  return number !== undefined && (wanted === undefined || Number(number) === wanted);
}

/** Most refs that lead from one to the next. */
const MAX_STEPS = 3;

/** The commit that `HEAD` or a ref stands for; undefined if the files do not say. */
async function commitAt(read: ReadGit, start: string): Promise<string | undefined> {
  let name = start;
  for (let steps = 0; steps < MAX_STEPS; steps += 1) {
    const [text] = await read(name);
    if (text === undefined) return findPackedRef((await read('packed-refs'))[0] ?? '', name);
    const head = parseGitHead(text);
    if (head === undefined) return undefined;
    if ('commit' in head) return head.commit;
    name = head.ref;
  }
  return undefined;
}

/** A small plain file of the workspace; anything else is not there. */
async function readInside(files: Files, path: string): Promise<string | undefined> {
  try {
    const { text, isOutside } = await files.readText(path);
    return isOutside ? undefined : text;
  } catch {
    return undefined;
  }
}
