// Releases the version in package.json: `check` says whether it can be released and what would be done, and compares the bundle
// too; `assemble` does the same without the bundle, so it needs no packages; `publish` does it. Each writes notes, checksums and
// SBOM to build/release/. `--version` must agree with package.json. docs/releasing.md has the way from a change to a release.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeAssets } from './assets.ts';
import { carryOut } from './carry-out.ts';
import type { AssetFile, Facts, ProjectFiles } from './facts.ts';
import { createGit } from './git.ts';
import { createReleases } from './github.ts';
import { type Decision, type Plan, planRelease } from './plan.ts';
import { printPlan } from './print-plan.ts';
import { printRefusal, type Refusal } from './refusals.ts';

const COMMANDS = ['check', 'assemble', 'publish'];
const USAGE = `Usage: main.ts ${COMMANDS.join('|')} [--version 1.2.3]`;
/** What programs need of the environment: no token is among it. */
const PLAIN = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'SSH_AUTH_SOCK'];

const root = process.cwd();
const env = (name: string): string | undefined => process.env[name] || undefined;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { version: { type: 'string' } } });
  const [command = ''] = positionals;
  if (!COMMANDS.includes(command)) throw new Error(USAGE);
  const token = env('GITHUB_TOKEN');
  const repository = env('GITHUB_REPOSITORY');
  const server = env('GITHUB_SERVER_URL') ?? 'https://github.com';
  const git = createGit({
    root,
    env: plainEnvironment(),
    ...(token === undefined ? {} : { credentials: { server, token } }),
  });
  const releases =
    token === undefined || repository === undefined
      ? undefined
      : createReleases({ api: env('GITHUB_API_URL') ?? 'https://api.github.com', repository, token });

  const assets = makeAssets(root);
  const facts: Facts = {
    files: readProject(),
    asked: values.version,
    checkout: git.readCheckout(),
    remoteTags: git.readRemoteTags(),
    releases: await releases?.list(),
  };
  const decision = planRelease(facts, assets);
  const refusals = [...refusalsOf(decision), ...(command === 'check' ? compareBundle() : [])];
  if (decision.kind === 'refused' || refusals.length > 0) {
    for (const refusal of refusals) console.error(`error: ${printRefusal(refusal)}`);
    return 1;
  }
  writeFiles(decision.plan, assets);
  if (command !== 'publish') {
    for (const line of printPlan(decision.plan, releases !== undefined)) console.log(line);
    return 0;
  }
  if (releases === undefined) throw new Error('To publish, set GITHUB_TOKEN and GITHUB_REPOSITORY.');
  const { remoteTags } = facts;
  const ending = await carryOut(decision.plan, { git, releases, remoteTags, print: console.log });
  if (ending.kind === 'released') return 0;
  const { tag, url } = ending.release;
  console.error(`error: ${printRefusal({ code: 'changeable-release', tag, url })}`);
  return 1;
}

function plainEnvironment(): Record<string, string> {
  return Object.fromEntries(
    PLAIN.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function readProject(): ProjectFiles {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  return {
    packageJson: read('package.json'),
    packageLock: read('package-lock.json'),
    changelog: read('CHANGELOG.md'),
    readme: read('README.md'),
  };
}

function refusalsOf(decision: Decision): readonly Refusal[] {
  return decision.kind === 'refused' ? decision.refusals : [];
}

function compareBundle(): Refusal[] {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/bundle.ts', '--check'], {
    cwd: root,
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  return status === 0 ? [] : [{ code: 'bundle-differs', said: stderr.trim() }];
}

function writeFiles({ subject }: Plan, assets: readonly AssetFile[]): void {
  const folder = join(root, 'build', 'release');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'NOTES.md'), `${subject.notes}\n`);
  for (const { name, text } of assets) writeFileSync(join(folder, name), text);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
