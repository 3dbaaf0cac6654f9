import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeAssets } from './assets.ts';
import { carryOut } from './carry-out.ts';
import type { AssetFile, Facts, ProjectFiles } from './facts.ts';
import { createGit } from './git.ts';
import { createReleases } from './github.ts';
import { type Plan, planRelease } from './plan.ts';
import { printPlan } from './print-plan.ts';
import { printRefusal, type Refusal } from './refusals.ts';
import { SHIPPED } from './shipped.ts';

export const COMMANDS = ['check', 'assemble', 'publish'] as const;

export interface ReleaseOptions {
  readonly command: (typeof COMMANDS)[number];
  /** The version that was asked for, which must be that of package.json. */
  readonly version: string | undefined;
  /** Folder of the checkout. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

/** What programs need of the environment, without any token. */
const PLAIN = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'SSH_AUTH_SOCK'];

/** Runs a command of `main.ts`, and returns its exit code. */
export async function runRelease(options: ReleaseOptions): Promise<number> {
  const { command, version, root, print } = options;
  const plain = pick(options.env, PLAIN);
  const { git, releases } = connect(options, plain);
  const isThere = (path: string): boolean => existsSync(join(root, path));
  const files = git.listFiles().filter(isThere);
  const shipped = git.listFiles(...SHIPPED).filter(isThere);
  const assets = makeAssets(root, shipped);
  const facts: Facts = {
    files: readProject(root, files),
    asked: version,
    checkout: git.readCheckout(),
    remoteTags: git.readRemoteTags(),
    releases: await releases?.list(),
  };
  const decision = planRelease(facts, assets);
  const refusals = [
    ...(decision.kind === 'refused' ? decision.refusals : []),
    ...(command === 'check' ? compareBundle(root, plain) : []),
  ];
  if (decision.kind === 'refused' || refusals.length > 0) return refuse(refusals, options);
  writeFiles(root, decision.plan, assets);
  if (command !== 'publish') {
    for (const line of printPlan(decision.plan, releases !== undefined)) print(line);
    return 0;
  }
  if (releases === undefined) throw new Error('To publish, set GITHUB_TOKEN and GITHUB_REPOSITORY.');
  const ending = await carryOut(decision.plan, { git, releases, remoteTags: facts.remoteTags, print });
  if (ending.kind === 'released') return 0;
  const { tag, url } = ending.release;
  return refuse([{ code: 'changeable-release', tag, url }], options);
}

/** Git, and GitHub where the environment says who asks and for what repository. */
function connect({ root, env }: ReleaseOptions, plain: Record<string, string>) {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = env;
  const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_API_URL: api = 'https://api.github.com' } = env;
  if (!token) return { git: createGit({ root, env: plain }), releases: undefined };
  return {
    git: createGit({ root, env: plain, credentials: { server, token } }),
    releases: repository ? createReleases({ api, repository, token }) : undefined,
  };
}

function pick(env: ReleaseOptions['env'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

/** Documents, examples, and the forms of GitHub. CHANGELOG.md names all versions, and tests any. */
const PAGE = /^(?!CHANGELOG\.md$|__tests__\/)(?:.*\.md|action\.yml|examples\/.*|\.github\/.*)$/;

function readProject(root: string, paths: readonly string[]): ProjectFiles {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const pages = paths.filter((path) => PAGE.test(path));
  return {
    packageJson: read('package.json'),
    packageLock: read('package-lock.json'),
    changelog: read('CHANGELOG.md'),
    pages: new Map(pages.map((path) => [path, read(path)])),
  };
}

function compareBundle(root: string, env: Record<string, string>): Refusal[] {
  const args = ['scripts/bundle.ts', '--check'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  return status === 0 ? [] : [{ code: 'bundle-differs', said: stderr.trim() }];
}

function writeFiles(root: string, { subject }: Plan, assets: readonly AssetFile[]): void {
  const folder = join(root, 'build', 'release');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'NOTES.md'), `${subject.notes}\n`);
  for (const { name, text } of assets) writeFileSync(join(folder, name), text);
}

function refuse(refusals: readonly Refusal[], { printError }: ReleaseOptions): number {
  for (const refusal of refusals) printError(`error: ${printRefusal(refusal)}`);
  return 1;
}
