import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import type { Message } from '../core/messages/message.ts';
import { describeCauses } from '../core/text/causes.ts';
import { memberOf } from '../core/text/json.ts';
import { GitHubError } from '../ports/github.ts';
import type { Clock, Log } from '../ports/machine.ts';
import { underFreeNumber } from './artifact.ts';
import type { CaptureOutput } from './capture-output.ts';
import { callGitHub } from './github-calls.ts';
import { parseList } from './github-shapes.ts';
import type { Octokit } from './octokit.ts';
import { createRelatedBranches, type RelatedRun } from './related-branches.ts';
import { createSerialQueue, within } from './serial-queue.ts';
import {
  createdAtMsOf,
  decodeRecord,
  type ListedRecord,
  lastOfEach,
  MAX_RECORD_BYTES,
  parseListed,
  readUpTo,
  slotOf,
} from './stored-record.ts';
import { unzipOnly } from './unzip.ts';

const FILE = 'record.json';
const RETENTION_DAYS = 30;
const UPLOAD_LIMIT_MS = 20_000;
const LOOK_LIMIT_MS = 60_000;
const [PAGE, MAX_PAGES] = [100, 5];
/** Other runs whose records are read. */
const MAX_RUNS = 3;
/** Records read per run and key: two jobs of a matrix with equal requests write alternately. */
const MAX_OF_A_RUN = 2;
const MAX_OTHERS = 30;
/** Artifact numbers in a run: a run of many attempts saves a handful of times in each. */
const MAX_NUMBER = 500;

interface Found {
  readonly texts: readonly string[];
  /** False if not everything could be read. */
  readonly readable: boolean;
}

/** Texts under keys as artifacts of workflow runs. Nothing here throws. */
export interface RecordArtifacts {
  /** The last texts of this run, and those of the newest runs of the same branch or pull request. */
  find(key: string): Promise<Found>;
  /** Whether it was stored, as the next number of this run. */
  save(key: string, text: string): Promise<boolean>;
  /** The last texts of every key and run of this repository that were stored since then, in ms since the epoch, newest first. */
  others(sinceMs: number): Promise<readonly string[]>;
}

export function createRecordArtifacts(options: {
  readonly octokit: Octokit;
  readonly run: RelatedRun & { readonly runId: number };
  readonly temp: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly captureOutput: CaptureOutput;
  readonly limitMs?: number;
}): RecordArtifacts {
  const { octokit, run, temp, clock, log, captureOutput, limitMs = UPLOAD_LIMIT_MS } = options;
  const { owner, repo } = run;
  const queue = createSerialQueue(limitMs);
  const nextNumbers = new Map<string, number>();
  const logged = new Set<string>();

  function logOnce(message: Message): void {
    if (!logged.has(JSON.stringify(message))) log.info(message);
    logged.add(JSON.stringify(message));
  }

  type Page = { readonly per_page: number; readonly page: number; readonly request: { readonly signal: AbortSignal } };
  type Send = (page: Page) => Promise<{ readonly data: unknown }>;

  /** Pages of a list, newest first, until `enough` says so of the records found and of the last page. */
  async function list(
    send: Send,
    enough: (found: readonly ListedRecord[], page: readonly unknown[]) => boolean,
  ): Promise<ListedRecord[]> {
    const call = { code: 'list-artifacts' } as const;
    const found: ListedRecord[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { data } = await callGitHub(clock, {
        call,
        tries: 2,
        send: (signal) => send({ per_page: PAGE, page, request: { signal } }),
      });
      const listed = parseList(memberOf(data, 'artifacts'), call);
      found.push(...listed.flatMap((one) => parseListed(one) ?? []));
      if (listed.length < PAGE || enough(found, listed)) break;
    }
    return found;
  }

  const relatedBranches = createRelatedBranches({ octokit, run, clock });

  async function lookUp(key: string): Promise<ListedRecord[]> {
    const branches = await relatedBranches();
    const isOurs = ({ branch, runId }: ListedRecord): boolean => runId === run.runId || branches.has(branch);
    const slot = slotOf(key);
    const ourRuns = (found: readonly ListedRecord[]) => new Set(found.filter(isOurs).map(({ runId }) => runId));
    const firsts = await list(
      (page) => octokit.rest.actions.listArtifactsForRepo({ owner, repo, name: `${slot}-1`, ...page }),
      (found) => ourRuns(found).size >= MAX_RUNS,
    );
    const runs = new Set([run.runId, ...[...ourRuns(firsts)].slice(0, MAX_RUNS)]);
    const found = await Promise.all(
      [...runs].map((run_id) =>
        list(
          (page) => octokit.rest.actions.listWorkflowRunArtifacts({ owner, repo, run_id, ...page }),
          () => false,
        ),
      ),
    );
    const records = found.flat().filter((one) => one.slot === slot && isOurs(one));
    return lastOfEach(records, MAX_OF_A_RUN);
  }

  /** The text of an artifact; undefined if it is gone, or does not hold exactly one text of acceptable size. */
  async function download({ id }: ListedRecord): Promise<string | undefined> {
    try {
      const zip = await callGitHub(clock, {
        call: { code: 'download-record' },
        tries: 2,
        send: async (signal) => {
          const route = 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}';
          const request = { signal, parseSuccessResponseBody: false };
          const reply = await octokit.request(route, { owner, repo, artifact_id: id, archive_format: 'zip', request });
          return readUpTo(reply.data as AsyncIterable<Uint8Array>, MAX_RECORD_BYTES);
        },
      });
      const bytes = zip && unzipOnly(zip, FILE, MAX_RECORD_BYTES);
      return bytes && decodeRecord(bytes);
    } catch (error) {
      if (error instanceof GitHubError && error.kind === 'gone') return undefined;
      throw error;
    }
  }

  /** The texts of those records that can be read. */
  async function read(records: Promise<readonly ListedRecord[]>): Promise<Found> {
    let readable = true;
    const miss = (error: unknown): undefined => {
      readable = false;
      const isForbidden = error instanceof GitHubError && error.kind === 'forbidden';
      if (isForbidden) logOnce({ code: 'record-artifacts-forbidden' });
      else logOnce({ code: 'record-artifacts-not-read', reason: describeCauses(error) });
    };
    const texts = records.then((found) => Promise.all(found.map((one) => download(one).catch(miss))));
    const had = await within(LOOK_LIMIT_MS, texts).catch(miss);
    return { texts: had?.flatMap((text) => text ?? []) ?? [], readable };
  }

  async function upload(slot: string, text: string): Promise<void> {
    const folder = await mkdtemp(join(temp, 'claude-batch-record-'));
    try {
      const file = join(folder, FILE);
      await writeFile(file, text);
      const client = new DefaultArtifactClient();
      await underFreeNumber({ from: nextNumbers.get(slot) ?? 1, to: MAX_NUMBER }, async (number) => {
        await client.uploadArtifact(`${slot}-${number}`, [file], folder, { retentionDays: RETENTION_DAYS });
        nextNumbers.set(slot, number + 1);
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    find: (key) => read(lookUp(key)),
    async save(key, text) {
      try {
        await queue(() => captureOutput(() => upload(slotOf(key), text)));
        return true;
      } catch (error) {
        logOnce({ code: 'record-artifact-not-saved', reason: describeCauses(error) });
        return false;
      }
    },
    async others(sinceMs) {
      // GitHub truncates times to the second.
      const isOlder = (createdAtMs: number): boolean => createdAtMs + 999 < sinceMs;
      const listed = list(
        (page) => octokit.rest.actions.listArtifactsForRepo({ owner, repo, ...page }),
        (_, page) => page.some((one) => isOlder(createdAtMsOf(one))),
      );
      const recent = listed.then((all) => {
        const records = all.filter(({ createdAtMs }) => !isOlder(createdAtMs));
        return lastOfEach(records, MAX_OF_A_RUN).slice(0, MAX_OTHERS);
      });
      return (await read(recent)).texts;
    },
  };
}
