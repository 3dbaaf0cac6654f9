import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { memberOf, textOf } from '../core/text/json.ts';
import { GitHubError, type RunArtifact, type RunArtifacts } from '../ports/github.ts';
import { ServiceError } from '../ports/service-error.ts';
import { createGitHubCalls, type GitHubAccess, type GitHubCalls } from './github-calls.ts';
import { createdAtMsOf } from './stored-record.ts';
import { readMember } from './zip.ts';

/** Pages to look at, unless a caller says how many. GitHub lists the newest first. */
const MAX_PAGES = 5;
/** Longest time of one try of a download: half a minute, and what its bytes take at 50 KB/s. */
const BASE_MS = 30_000;
const BYTES_PER_MS = 50;

/** Artifacts of all runs, over REST. Anybody may have written their content, so it is never unpacked to the disk. */
export function createRunArtifacts(access: GitHubAccess): RunArtifacts {
  const { octokit } = access;
  const { actions } = octokit.rest;
  const { call, pages } = createGitHubCalls(access);

  async function list(send: Parameters<GitHubCalls['pages']>[1], most = MAX_PAGES): Promise<RunArtifact[]> {
    const found: RunArtifact[] = [];
    let pagesLeft = most;
    for await (const page of pages({ code: 'list-artifacts' }, send, 'artifacts')) {
      found.push(...page.flatMap((one) => parseArtifact(one) ?? []));
      pagesLeft -= 1;
      if (pagesLeft === 0) break;
    }
    return found.sort((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id);
  }

  return {
    async named(name, most) {
      const found = await list((page) => actions.listArtifactsForRepo({ ...page, name }), most);
      return found.filter((one) => one.name === name);
    },
    async ofRun(runId, most) {
      const found = await list((page) => actions.listWorkflowRunArtifacts({ ...page, run_id: runId }), most);
      return found.filter((one) => one.runId === runId);
    },
    async read(id) {
      const what = { code: 'read-artifact' } as const;
      const { data } = await call(what, (common) => actions.getArtifact({ ...common, artifact_id: id }));
      const artifact = parseArtifact(data);
      if (artifact?.id === id) return artifact;
      throw new GitHubError('unavailable', { code: 'github-answer-unusable', call: what });
    },
    async download({ id, bytes, digest }, { folder, maxBytes }) {
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      await mkdir(folder, { recursive: true });
      const path = join(folder, `artifact-${id}.zip`);
      const got = await call({ code: 'download-artifact' }, async ({ request: _, ...common }) => {
        const signal = AbortSignal.timeout(BASE_MS + Math.ceil(bytes / BYTES_PER_MS));
        const { data } = await octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/zip', {
          ...common,
          artifact_id: id,
          request: { signal, parseSuccessResponseBody: false },
        });
        return write(data as AsyncIterable<Uint8Array>, path, maxBytes);
      });
      if (got === undefined) throw tooLarge(maxBytes);
      if (digest !== '' && got !== digest) throw new ServiceError({ code: 'artifact-changed' });
      return { read: (name, most) => readMember(path, name, most) };
    },
  };
}

/** Writes the stream to a file and resolves to its SHA-256; undefined if it has more than `maxBytes`. */
async function write(body: AsyncIterable<Uint8Array>, path: string, maxBytes: number): Promise<string | undefined> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    let left = maxBytes;
    for await (const piece of body) {
      left -= piece.length;
      if (left < 0) return undefined;
      hash.update(piece);
      await file.writeFile(piece);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** Undefined for anything but an artifact. */
export function parseArtifact(value: unknown): RunArtifact | undefined {
  const [id, bytes, run] = [memberOf(value, 'id'), memberOf(value, 'size_in_bytes'), memberOf(value, 'workflow_run')];
  const [runId, repositoryId] = [memberOf(run, 'id'), memberOf(run, 'repository_id')];
  const [name, createdAtMs] = [textOf(value, 'name'), createdAtMsOf(value)];
  if (!isCount(id) || !isCount(bytes) || !isCount(runId) || name === undefined) return undefined;
  if (Number.isNaN(createdAtMs)) return undefined;
  return {
    id,
    name,
    runId,
    branch: textOf(run, 'head_branch') ?? '',
    createdAtMs,
    isExpired: memberOf(value, 'expired') !== false,
    isFromFork: typeof repositoryId !== 'number' || memberOf(run, 'head_repository_id') !== repositoryId,
    bytes,
    digest: /^sha256:([0-9a-f]{64})$/.exec(textOf(value, 'digest') ?? '')?.[1] ?? '',
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function tooLarge(limitBytes: number): ServiceError {
  return new ServiceError({ code: 'artifact-too-large', limitBytes });
}
