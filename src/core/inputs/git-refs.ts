/** What `HEAD`, or a similar file of a git repository, points to: a commit, or a ref that names one. */
export type GitHead = { readonly commit: string } | { readonly ref: string };

/** Parses such a file; undefined if it is malformed or unusable. */
export function parseGitHead(text: string): GitHead | undefined {
  const line = text.replace(/\r?\n$/, '');
  if (COMMIT.test(line)) return { commit: line.toLowerCase() };
  const ref = /^ref: +(\S+)$/.exec(line)?.[1];
  return ref !== undefined && isRef(ref) ? { ref } : undefined;
}

/** The commit of a ref in a packed-refs file. */
export function findPackedRef(text: string, ref: string): string | undefined {
  const line = text.split(/\r?\n/).find((one) => one.endsWith(` ${ref}`)) ?? '';
  const commit = line.slice(0, -ref.length - 1);
  return COMMIT.test(commit) ? commit.toLowerCase() : undefined;
}

/** The folder that a `.git` file points to, as in a worktree. */
export function parseGitFile(text: string): string | undefined {
  return /^gitdir: ([^\r\n]+)\r?\n?$/.exec(text)?.[1];
}

/**
 * The refs (neither branches nor tags) from which the last fetch got a commit, according to FETCH_HEAD; the commit itself if the fetch
 * asked for it. Only from this `owner/name`.
 */
export function findFetched(text: string, commit: string, repository: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, id = '', name = '', url = ''] = /^(\w+)\t(?:not-for-merge)?\t'([^']+)' of (\S+)$/.exec(line) ?? [];
    const isHere = `/${url.replace(':', '/')}`.toLowerCase().endsWith(`/${repository.toLowerCase()}`);
    return isHere && id.toLowerCase() === commit ? name : [];
  });
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** Whether it is a path that stays below `refs/`: it will be read as a file, and anyone may have written it. */
function isRef(ref: string): boolean {
  const parts = ref.split('/');
  const isFit = (part: string): boolean => /^[^\\:\p{C}]+$/u.test(part) && !/^\.{1,2}$/.test(part);
  return ref.length <= MAX_REF && parts[0] === 'refs' && parts.length > 2 && parts.every(isFit);
}

const MAX_REF = 1_000;
