import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { findNode24 } from '../../scripts/node24.js';
import { printRefusal } from '../../scripts/release/refusals.ts';
import { run, simulate } from '../action/harness.ts';
import { effort } from '../effort.ts';
import { createScene, type Scene } from './scene.ts';

// This project in a throwaway clone, and the commands of its workflow. Bundling is slow, so `npm test` leaves it out: there the clone
// has the bundle of this checkout, and what the workflow checks is checked but for the bundle.
const isBundling = effort(true, false);

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const version: string = JSON.parse(read('package.json')).version;

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly needs?: string;
  readonly if?: string;
  readonly steps: readonly Step[];
}
const workflow: { jobs: Record<'check' | 'publish', Job>; on: { workflow_dispatch: { inputs: object } } } = parse(
  read('.github/workflows/release.yml'),
);

/** The commands of a job that run the script of the release. */
function commandsOf({ steps }: Job): string[] {
  return steps.flatMap((step) => (/\brelease\b.* --version/.test(step.run ?? '') ? [step.run ?? ''] : []));
}

describe('the workflow', () => {
  const { check, publish } = workflow.jobs;

  test('starts as a dry run', () => {
    expect(workflow.on.workflow_dispatch.inputs).toMatchObject({ 'dry-run': { type: 'boolean', default: true } });
    expect(publish).toMatchObject({ if: '${{ !inputs.dry-run }}', needs: 'check' });
  });

  test('may write only in the job that waits for the environment, which installs nothing', () => {
    expect(Object.keys(workflow.jobs)).toEqual(['check', 'publish']);
    expect({ of: check.environment, may: check.permissions }).toEqual({ of: undefined, may: { contents: 'read' } });
    expect(publish.environment).toBe('release');
    expect(publish.permissions).toEqual({ contents: 'write', 'id-token': 'write', attestations: 'write' });
    expect(publish.steps.filter(({ run: command = '' }) => /\bnp[mx]\b/.test(command))).toEqual([]);
  });

  test('gives commands their values in the environment, and a token to those of the release alone', () => {
    const steps = [...check.steps, ...publish.steps].filter((step) => step.run !== undefined);
    expect(steps.filter((step) => step.run?.includes('${{'))).toEqual([]);
    const own = commandsOf(check).concat(commandsOf(publish));
    expect(steps.flatMap((step) => (step.env === undefined ? [] : [step.run]))).toEqual(own);
    expect(own).toHaveLength(3);
  });

  test('attests the files whose checksums it made, before it publishes', () => {
    const steps = publish.steps.map((step) => step.with?.['sbom-path'] ?? step.with?.['subject-checksums'] ?? step.run);
    const [, , assemble, source, content, last] = steps;
    expect([source, content]).toEqual(['build/release/SHA256SUMS', 'build/release/sbom.cdx.json']);
    expect([assemble, last]).toEqual(commandsOf(publish));
  });
});

describe('a clone of this project', () => {
  let scene: Scene;
  let commit: string;

  beforeAll(async () => {
    scene = await createScene();
    const left = new Set(['.git', 'node_modules', 'build', 'coverage', 'preview']);
    for (const name of readdirSync(root).filter((one) => !left.has(one)))
      cpSync(join(root, name), join(scene.clone, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(scene.clone, 'node_modules'), 'junction');
    if (isBundling) await shell('npm run --silent build');
    scene.git('config', 'core.excludesFile', '');
    writeFileSync(join(scene.clone, '.git', 'info', 'exclude'), 'node_modules\n');
    commit = scene.commit();
  });
  afterAll(() => scene.stop());

  /** Runs a line of the workflow in the clone. */
  async function shell(command: string) {
    const PATH = `${dirname(findNode24() ?? '')}${delimiter}${process.env['PATH']}`;
    const env = { ...scene.env, PATH, VERSION: version, npm_config_cache: join(scene.folder, 'npm') };
    const options = { cwd: scene.clone, env, timeout: 500_000 };
    return await promisify(execFile)('sh', ['-c', command], options).then(
      ({ stdout, stderr }) => ({ exitCode: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ exitCode: Number(code), stdout: String(stdout), stderr: String(stderr) }),
    );
  }

  test('is released by the commands of the workflow, once', async () => {
    const [whole = ''] = commandsOf(workflow.jobs.check);
    const check = isBundling ? whole : whole.replace('check', 'assemble');
    const checked = await shell(check);
    expect(checked).toMatchObject({ exitCode: 0, stderr: '' });
    expect({ tags: scene.tags(), releases: scene.repository.releases }).toEqual({ tags: {}, releases: [] });
    for (const command of commandsOf(workflow.jobs.publish))
      expect(await shell(command)).toMatchObject({ exitCode: 0, stderr: '' });
    const isCandidate = version.includes('-');
    const major = version.split('.')[0];
    expect(scene.tags()).toEqual({ [`v${version}`]: commit, ...(isCandidate ? {} : { [`v${major}`]: commit }) });
    const [release] = scene.repository.releases;
    expect(release).toMatchObject({ tag: `v${version}`, isPrerelease: isCandidate, isImmutable: true });
    expect(read('CHANGELOG.md')).toContain(release?.body);
    const again = await shell(check);
    expect({ ...again, stderr: again.stderr.replace(/http\S+(?=\.)/, 'URL') }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `error: ${printRefusal({ code: 'already-released', version, url: 'URL' })}\n`,
    });
  });

  test('has the checksums of all that ships in its release', () => {
    const archive = unpack();
    const sums = scene.repository.releases[0]?.assets.find(({ name }) => name === 'SHA256SUMS')?.content.toString();
    const shipped = readdirSync(archive, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /^(?:action\.yml|(?:dist|schema)\/.*)$/.test(path))
      .sort();
    const digest = (path: string) =>
      createHash('sha256')
        .update(readFileSync(join(archive, path)))
        .digest('hex');
    expect(sums).toBe(shipped.map((path) => `${digest(path)}  ${path}\n`).join(''));
    expect(shipped).toContain('dist/index.js');
  });

  test('gives runners an archive of what ships, from which the action runs', async () => {
    const archive = unpack();
    const documents = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md'];
    expect(readdirSync(archive).filter((name) => !documents.includes(name))).toEqual(['action.yml', 'dist', 'schema']);
    const request = { custom_id: 'a', params: { model: 'claude-haiku-4-5', max_tokens: 9, messages: [] } };
    request.params.messages.push({ role: 'user', content: 'Hello' } as never);
    const step = await run(await simulate(), `${JSON.stringify(request)}\n`, { action: archive });
    expect({ exitCode: step.exitCode, status: step.outputs.get('status') }).toEqual({
      exitCode: 0,
      status: 'completed',
    });
  });

  /** What the archive of the released commit holds, in a folder of its own. */
  function unpack(): string {
    const target = join(scene.folder, 'archive');
    mkdirSync(target, { recursive: true });
    const file = join(scene.folder, 'archive.tar');
    scene.git('archive', '--output', file, commit);
    execFileSync('tar', ['-xf', 'archive.tar', '-C', 'archive'], { cwd: scene.folder });
    return target;
  }

  (isBundling ? test : test.skip)('is refused with a bundle that is not of its source', async () => {
    scene.write({ 'src/index.ts': `${read('src/index.ts')}console.log('more');\n` });
    scene.commit();
    const { exitCode, stderr } = await shell(commandsOf(workflow.jobs.check)[0] ?? '');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('dist/ is not what src/ makes'),
    });
  });
});
