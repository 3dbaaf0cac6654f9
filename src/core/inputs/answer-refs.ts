import { sha256 } from '../text/sha256.ts';
import type { GitHubContext } from './context.ts';

/**
 * The refs whose answers a run looks for: its own first, which is the one that it saves for, then the branch that its pull
 * request or merge group goes to, then the default branch. Whether their caches may be read is for GitHub to say: a run for a
 * comment or for another run is one of the default branch, whatever it is about.
 */
export function answerRefs(run: Pick<GitHubContext, 'ref' | 'baseBranch' | 'defaultBranch'>): readonly string[] {
  const branches = [run.baseBranch, run.defaultBranch].filter((branch) => branch !== undefined);
  return [...new Set([run.ref, ...branches.map((branch) => `refs/heads/${branch}`)])];
}

/** How the cache entries with the index of a name and a ref are called, up to the part that differs from run to run. */
export function answerPrefix(name: string, ref: string): string {
  return `claude-batch-answers-${shortHash(name)}-${shortHash(ref)}-`;
}

function shortHash(text: string): string {
  return sha256(text).slice(0, 16);
}
