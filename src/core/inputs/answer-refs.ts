import { sha256 } from '../text/sha256.ts';
import type { GitHubContext } from './context.ts';

/**
 * The refs whose answers a run looks for: its own first, under which it also saves, then the target branch of its pull request or merge
 * group, then the default branch. GitHub decides which of their caches it may read: a run for a comment or for another run belongs to the
 * default branch, whatever it is about.
 */
export function answerRefs(run: Pick<GitHubContext, 'ref' | 'baseBranch' | 'defaultBranch'>): readonly string[] {
  const branches = [run.baseBranch, run.defaultBranch].filter((branch) => branch !== undefined);
  return [...new Set([run.ref, ...branches.map((branch) => `refs/heads/${branch}`)])];
}

/** Key prefix of the cache entries that index the answers of a name and a ref; the rest of the key differs by run. */
export function answerPrefix(name: string, ref: string): string {
  return `claude-batch-answers-${shortHash(name)}-${shortHash(ref)}-`;
}

function shortHash(text: string): string {
  return sha256(text).slice(0, 16);
}
