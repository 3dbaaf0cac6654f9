import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type {
  DeleteArtifactResponse,
  DownloadArtifactResponse,
  FindOptions,
  GetArtifactResponse,
  ListArtifactsResponse,
  UploadArtifactOptions,
  UploadArtifactResponse,
} from '@actions/artifact';

interface FindBy {
  readonly findBy?: NonNullable<FindOptions['findBy']>;
}

export interface Rest {
  readonly token: string;
  /** Such as `GET /repos/{owner}/{repo}/pulls`. */
  readonly route: string;
  readonly parameters: Record<string, unknown>;
}

/** What the process can be asked to do with the real clients. */
export interface Calls {
  upload(input: {
    name: string;
    files: string[];
    root: string;
    options?: UploadArtifactOptions;
  }): Promise<UploadArtifactResponse>;
  list(input: FindBy): Promise<ListArtifactsResponse>;
  get(input: FindBy & { name: string }): Promise<GetArtifactResponse>;
  download(input: FindBy & { id: number; path: string; expectedHash?: string }): Promise<DownloadArtifactResponse>;
  remove(input: { name: string }): Promise<DeleteArtifactResponse>;
  /** Resolves to the entry's id, -1 where it was not saved. */
  save(input: { path: string; key: string }): Promise<number>;
  /** Resolves to the key that matched. */
  restore(input: { path: string; key: string; restoreKeys?: string[] }): Promise<string | undefined>;
  identity(input: { audience: string }): Promise<string>;
  /** One REST call by octokit; an HTTP error is an answer too. */
  request(input: Rest): Promise<{ status: number; headers: Record<string, string>; data: unknown }>;
  paginate(input: Rest): Promise<unknown[]>;
  graphql(input: { token: string; query: string }): Promise<unknown>;
}

export interface Toolkit {
  /** Sets variables for this and later calls, does the call, throws what the client threw. */
  call<Name extends keyof Calls>(
    name: Name,
    input: Parameters<Calls[Name]>[0],
    env?: Record<string, string>,
  ): Promise<Awaited<ReturnType<Calls[Name]>>>;
  /** What the clients printed, for failures that are no exceptions. */
  output(): string;
  stop(): Promise<void>;
}

/** GitHub's own artifact, cache and identity clients in a process of their own, with no variables but these. */
export function startToolkit(env: Record<string, string>, cwd = tmpdir()): Toolkit {
  const child = fork(fileURLToPath(new URL('./toolkit-process.ts', import.meta.url)), {
    cwd,
    // tar and gzip, for the cache client.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...env },
    execArgv: [],
    silent: true,
  });
  let output = '';
  child.stdout?.on('data', (text: Buffer) => (output += text));
  child.stderr?.on('data', (text: Buffer) => (output += text));
  return {
    output: () => output,
    async call(name, input, more = {}) {
      const died = new AbortController();
      const reply = once(child, 'message', { signal: died.signal });
      const end = () => died.abort(new Error(`the toolkit process ended: ${output}`));
      child.once('exit', end);
      child.send({ call: name, input, env: more });
      const [message] = (await reply) as [{ value?: unknown; error?: string }];
      child.off('exit', end);
      if (message.error !== undefined) throw new Error(message.error);
      return message.value as never;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}
