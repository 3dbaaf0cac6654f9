import { spawnSync } from 'node:child_process';
import type { Checkout, RemoteTag } from './facts.ts';

/** The checkout and its remote `origin`, by the program `git`. */
export interface Git {
  readCheckout(): Checkout;
  readRemoteTags(): Map<string, RemoteTag>;
  /** Paths of the files that are tracked, below these paths. */
  listFiles(...below: readonly string[]): string[];
  /** Creates a tag at the remote; never moves one that exists. */
  pushTag(tag: string, commit: string): void;
  /** Moves a tag of the remote, or creates it, unless it is no longer where it was. */
  moveTag(tag: string, commit: string, from: RemoteTag | undefined): void;
}

export interface GitOptions {
  readonly root: string;
  /** The part of the environment that git may see. */
  readonly env: Readonly<Record<string, string>>;
  /** For remotes at this server only; without it, git asks as it is set up. */
  readonly credentials?: { readonly server: string; readonly token: string };
}

export function createGit({ root, env, credentials }: GitOptions): Git {
  const complete = { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...signIn(credentials) };

  function run(args: readonly string[]) {
    const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: root, env: complete, encoding: 'utf8' });
    if (error !== undefined) throw error;
    return { isDone: status === 0, text: stdout, said: stderr.trim() };
  }

  function git(...args: string[]): string {
    const { isDone, text, said } = run(args);
    if (!isDone) throw new Error(`git ${args[0]} failed: ${said}`);
    return text;
  }

  function isPushed(commit: string, branch: string, tip: string): boolean {
    if (commit === tip) return true;
    git('fetch', '--quiet', '--no-tags', 'origin', `refs/heads/${branch}`);
    return run(['merge-base', '--is-ancestor', commit, 'FETCH_HEAD']).isDone;
  }

  return {
    readCheckout() {
      const commit = git('rev-parse', 'HEAD').trim();
      const branch = run(['symbolic-ref', '--quiet', '--short', 'HEAD']).text.trim();
      const remote = git('ls-remote', '--symref', 'origin', 'HEAD');
      const defaultBranch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(remote)?.[1];
      const tip = /^([0-9a-f]+)\tHEAD$/m.exec(remote)?.[1];
      if (defaultBranch === undefined || tip === undefined) throw new Error('The remote has no default branch.');
      const status = git('status', '--porcelain', '-z', '--no-renames', '--untracked-files=all');
      const changed = new Set(status.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(3)])));
      const isOnBranch = isPushed(commit, defaultBranch, tip);
      return {
        commit,
        committedOn: git('show', '--no-patch', '--format=%cs', commit).trim(),
        branch: branch === '' ? undefined : branch,
        defaultBranch,
        isPushed: isOnBranch,
        changed: [...changed],
      };
    },

    readRemoteTags() {
      const tags = new Map<string, RemoteTag>();
      for (const line of git('ls-remote', 'origin', 'refs/tags/*').split('\n')) {
        const [, object = '', name = '', peeled] = /^([0-9a-f]+)\trefs\/tags\/(.+?)(\^\{\})?$/.exec(line) ?? [];
        // A tag with a message comes twice: as an object, then as the commit behind it.
        if (name !== '')
          tags.set(name, { commit: object, object: peeled ? (tags.get(name)?.object ?? object) : object });
      }
      return tags;
    },

    listFiles(...below) {
      return git('ls-files', '-z', '--', ...below)
        .split('\0')
        .filter((path) => path !== '');
    },

    pushTag(tag, commit) {
      git('push', '--quiet', 'origin', `${commit}:refs/tags/${tag}`);
    },

    moveTag(tag, commit, from) {
      const lease = `--force-with-lease=refs/tags/${tag}:${from?.object ?? ''}`;
      git('push', '--quiet', lease, 'origin', `${commit}:refs/tags/${tag}`);
    },
  };
}

/** The token as a header for one server: in the environment, so that it is in no command line and no file. */
function signIn(credentials: GitOptions['credentials']): Record<string, string> {
  if (credentials === undefined) return {};
  const basic = Buffer.from(`x-access-token:${credentials.token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${credentials.server}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
}
