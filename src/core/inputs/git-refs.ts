/** Where `HEAD`, or another file of a git repository that names a commit, leads: to a commit, or to a ref that names one. */
export type GitHead = { readonly commit: string } | { readonly ref: string };

/** The text of such a file; undefined if it is not one, or not one to go by. */
export function parseGitHead(text: string): GitHead | undefined {
  const line = text.replace(/\r?\n$/, '');
  if (COMMIT.test(line)) return { commit: line.toLowerCase() };
  const ref = /^ref: +(\S+)$/.exec(line)?.[1];
  return ref !== undefined && isRef(ref) ? { ref } : undefined;
}

/** The commit that a file of packed refs has for this one. */
export function findPackedRef(text: string, ref: string): string | undefined {
  const line = text.split(/\r?\n/).find((one) => one.endsWith(` ${ref}`)) ?? '';
  const commit = line.slice(0, -ref.length - 1);
  return COMMIT.test(commit) ? commit.toLowerCase() : undefined;
}

/** The folder that a `.git` names that is a file, as it is in a worktree. */
export function parseGitFile(text: string): string | undefined {
  return /^gitdir: ([^\r\n]+)\r?\n?$/.exec(text)?.[1];
}

/**
 * The refs that the last fetch took a commit from, by FETCH_HEAD, but no branches and tags; the commit itself where the fetch asked for
 * it. Only of this `owner/name`.
 */
export function findFetched(text: string, commit: string, repository: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, id = '', name = '', url = ''] = /^(\w+)\t(?:not-for-merge)?\t'([^']+)' of (\S+)$/.exec(line) ?? [];
    const isHere = `/${url.replace(':', '/')}`.toLowerCase().endsWith(`/${repository.toLowerCase()}`);
    return isHere && id.toLowerCase() === commit ? name : [];
  });
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** Whether it is a path below `refs/` that stays there: it is read as one, and anybody may have written it. */
function isRef(ref: string): boolean {
  const parts = ref.split('/');
  const isFit = (part: string): boolean => /^[^\\:\p{C}]+$/u.test(part) && !/^\.{1,2}$/.test(part);
  return ref.length <= MAX_REF && parts[0] === 'refs' && parts.length > 2 && parts.every(isFit);
}

const MAX_REF = 1_000;
