import { dirname, join } from 'node:path';
import { findPackedRef, parseGitHead } from '../../core/inputs/git-refs.ts';
import type { StrangersCode } from '../../core/inputs/untrusted-event.ts';
import type { Files, FoundFile } from '../../ports/machine.ts';
import type { Run } from '../run/run.ts';

/**
 * Warns, once, where the workspace holds the code of a pull request although the job has secrets. Looks at what is checked out there and
 * in the folders of the request files, by the files that git writes; runs nothing, and believes nothing else of them.
 */
export async function warnOfStrangersCode(
  { ports, context }: Pick<Run, 'ports' | 'context'>,
  requestFiles: readonly FoundFile[],
): Promise<void> {
  const { strangersCode: code, event, workspace } = context;
  if (code === undefined) return;
  for (const folder of foldersOf(workspace, requestFiles)) {
    if (!(await isCheckedOut(ports.files, join(folder, '.git'), code))) continue;
    ports.log.warning({ code: 'strangers-code', event });
    return;
  }
}

/** Most folders to look at; of deeper ones nobody checks anything out. */
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

/** Whether what is checked out in this repository is what the pull request brings. */
async function isCheckedOut(files: Files, git: string, code: StrangersCode): Promise<boolean> {
  const commit = await commitAt(files, git, 'HEAD');
  if (commit === undefined) return false;
  if (code.commits.some((one) => one.toLowerCase() === commit)) return true;
  if (code.pullRequest === undefined) return false;
  // Newer than the event, or of an event without commits: the refs that actions/checkout fetches them under.
  for (const name of ['head', 'merge'])
    if ((await commitAt(files, git, `refs/remotes/pull/${code.pullRequest}/${name}`)) === commit) return true;
  return false;
}

/** Most refs that lead from one to the next. */
const MAX_STEPS = 3;

/** The commit that `HEAD` or a ref stands for; undefined where the files do not say. */
async function commitAt(files: Files, git: string, start: string): Promise<string | undefined> {
  let name = start;
  for (let steps = 0; steps < MAX_STEPS; steps += 1) {
    const text = await readInside(files, join(git, ...name.split('/')));
    if (text === undefined) return findPackedRef((await readInside(files, join(git, 'packed-refs'))) ?? '', name);
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
