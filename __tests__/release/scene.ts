import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode24 } from '../../scripts/node24.js';
import { type ReleaseOptions, runRelease } from '../../scripts/release/run.ts';
import { addRepository, createGitHub, type Repository, serverUrl } from '../../simulator/github/index.ts';
import { type Server, startServer } from '../../simulator/server.ts';

const main = fileURLToPath(new URL('../../scripts/release/main.ts', import.meta.url));

export const token = 'ghs_release';

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A clone of a bare repository, both in a folder of their own, and GitHub beside them. */
export interface Scene {
  readonly folder: string;
  readonly clone: string;
  readonly remote: string;
  readonly server: Server;
  readonly repository: Repository;
  /** What GitHub's description did not allow, and what the simulator threw; a test expects none. */
  readonly errors: readonly unknown[];
  git(...args: string[]): string;
  write(files: Readonly<Record<string, string>>): void;
  /** Commits all that the clone has, also where nothing changed, and pushes it. */
  commit(): string;
  /** Tags of the remote with their commits. */
  tags(): Record<string, string>;
  /** What the script of the release gets as its environment. */
  readonly env: Record<string, string>;
  /** Runs a command of the script of the release in the clone, within this process. */
  release(command: ReleaseOptions['command'], version?: string): Promise<Finished>;
  /** Starts the script itself. */
  start(...args: string[]): Promise<Finished>;
  stop(): Promise<void>;
}

export async function createScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  const clone = join(folder, 'clone');
  const remote = join(folder, 'remote.git');
  const { handler, state } = createGitHub();
  const server = await startServer({ handlers: [handler] });
  const repository = addRepository(state, 'octo-org/claude-batch-action');
  state.tokens.set(token, { login: 'github-actions[bot]', permissions: { contents: 'write' } });
  const env = gitEnvironment(folder);
  const run = (cwd: string, args: readonly string[]): string =>
    execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  run(folder, ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  run(folder, ['clone', '--quiet', remote, clone]);
  const scene: Scene = {
    folder,
    clone,
    remote,
    server,
    repository,
    env: {
      ...env,
      GITHUB_TOKEN: token,
      GITHUB_REPOSITORY: repository.fullName,
      GITHUB_API_URL: `${server.origin}/api/v3`,
      GITHUB_SERVER_URL: serverUrl(server.origin),
    },
    get errors() {
      return [...server.errors, ...state.errors];
    },
    git: (...args) => run(clone, args),
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(clone, path)), { recursive: true });
        writeFileSync(join(clone, path), text);
      }
    },
    commit() {
      run(clone, ['add', '--all']);
      run(clone, ['commit', '--quiet', '--allow-empty', '--message', 'Change']);
      run(clone, ['push', '--quiet', 'origin', 'HEAD:main']);
      return run(clone, ['rev-parse', 'HEAD']);
    },
    tags() {
      const lines = run(clone, ['ls-remote', remote, 'refs/tags/*']).split('\n');
      return Object.fromEntries(
        lines.flatMap((line) => (line === '' ? [] : [line.split('\trefs/tags/').reverse() as [string, string]])),
      );
    },
    release: (command, version) => runHere(scene, command, version),
    start: (...args) => runNode([main, ...args], clone, scene.env),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return scene;
}

async function runHere({ clone: root, env }: Scene, command: ReleaseOptions['command'], version: string | undefined) {
  const said = { stdout: '', stderr: '' };
  const write = (to: keyof typeof said) => (line: string) => {
    said[to] += `${line}\n`;
  };
  try {
    const outputs = { print: write('stdout'), printError: write('stderr') };
    const exitCode = await runRelease({ command, version, root, env, ...outputs });
    return { exitCode, ...said };
  } catch (error) {
    return { ...said, exitCode: 1, stderr: `error: ${String(error)}\n` };
  }
}

/** The environment of processes here: git finds no settings of this machine. */
export function gitEnvironment(home: string): Record<string, string> {
  const system = process.platform === 'win32' ? { SystemRoot: 'C:\\Windows', USERPROFILE: home } : {};
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\nname = Octo Cat\nemail = octocat@example.com\n[core]\nautocrlf = false\n',
  );
  return { ...system, PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: home, TEMP: home, TMP: home };
}

/** Runs Node 24 with this command line. */
export function runNode(args: readonly string[], cwd: string, env: Record<string, string>): Promise<Finished> {
  const node = findNode24();
  if (node === undefined) throw new Error('There is no Node 24 to run scripts on');
  return new Promise((resolve) => {
    execFile(node, args, { cwd, env, timeout: 240_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
    });
  });
}
