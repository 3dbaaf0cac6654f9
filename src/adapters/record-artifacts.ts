import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { describeCauses } from '../core/text/causes.ts';
import { GitHubError } from '../ports/github.ts';
import type { Clock, Log } from '../ports/machine.ts';
import { callGitHub } from './github-calls.ts';
import { member, parseList } from './github-shapes.ts';
import type { Octokit } from './octokit.ts';
import type { Quietly } from './quietly.ts';
import { createdAtMsOf, type ListedRecord, lastOfEach, parseListed, slotOf } from './record-listing.ts';
import { decodeRecord, MAX_RECORD_BYTES, readUpTo } from './record-text.ts';
import { createRelatedBranches, type RelatedRun } from './related-branches.ts';
import { isTaken } from './taken-name.ts';
import { createTurns, within } from './turns.ts';
import { unzipOnly } from './unzip.ts';

const FILE = 'record.json';
const RETENTION_DAYS = 30;
const UPLOAD_LIMIT_MS = 20_000;
const LOOK_LIMIT_MS = 60_000;
const [PAGE, MAX_PAGES] = [100, 5];
/** Runs whose records are read beside those of this run. */
const MAX_RUNS = 3;
/** Records read of one run and key: two legs of a matrix with equal requests write in turn. */
const MAX_OF_A_RUN = 2;
const MAX_OTHERS = 30;
/** Names tried when those before are taken: a run of many attempts saves a handful of times in each. */
const MAX_NAMES = 500;

interface Found {
  readonly texts: readonly string[];
  /** False where not everything could be asked. */
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
  readonly quietly: Quietly;
  readonly limitMs?: number;
}): RecordArtifacts {
  const { octokit, run, temp, clock, log, quietly, limitMs = UPLOAD_LIMIT_MS } = options;
  const { owner, repo } = run;
  const turns = createTurns(limitMs);
  const nextNumbers = new Map<string, number>();
  const told = new Set<string>();

  function tell(line: string): void {
    if (!told.has(line)) log.info(line);
    told.add(line);
  }

  type Page = { readonly per_page: number; readonly page: number; readonly request: { readonly signal: AbortSignal } };
  type Send = (page: Page) => Promise<{ readonly data: unknown }>;

  /** Pages of a list, newest first, until `enough` says so of the records found and of the last page. */
  async function list(
    send: Send,
    enough: (found: readonly ListedRecord[], page: readonly unknown[]) => boolean,
  ): Promise<ListedRecord[]> {
    const what = 'list the artifacts';
    const found: ListedRecord[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { data } = await callGitHub(clock, {
        what,
        tries: 2,
        send: (signal) => send({ per_page: PAGE, page, request: { signal } }),
      });
      const listed = parseList(member(data, 'artifacts'), what);
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
    return lastOfEach(
      found.flat().filter((one) => one.slot === slot && isOurs(one)),
      MAX_OF_A_RUN,
    );
  }

  /** The text of an artifact; undefined where it is gone, or holds anything but one text of a sound size. */
  async function download({ id }: ListedRecord): Promise<string | undefined> {
    try {
      const zip = await callGitHub(clock, {
        what: 'download a record',
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

  /** What can be had of the records; one that cannot takes nothing from the others. */
  async function read(records: Promise<readonly ListedRecord[]>): Promise<Found> {
    let readable = true;
    const miss = (error: unknown): undefined => {
      readable = false;
      tell(
        error instanceof GitHubError && error.kind === 'forbidden'
          ? 'Records that other runs left as artifacts are not looked at: that takes the permission actions: read.'
          : `Records that other runs left as artifacts could not be read: ${describeCauses(error)}.`,
      );
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
      for (let number = nextNumbers.get(slot) ?? 1; ; number += 1) {
        try {
          await client.uploadArtifact(`${slot}-${number}`, [file], folder, { retentionDays: RETENTION_DAYS });
          nextNumbers.set(slot, number + 1);
          return;
        } catch (error) {
          if (number >= MAX_NAMES || !isTaken(error)) throw error;
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    find: (key) => read(lookUp(key)),
    async save(key, text) {
      try {
        await turns(() => quietly(() => upload(slotOf(key), text)));
        return true;
      } catch (error) {
        tell(`A record could not be stored as an artifact: ${describeCauses(error)}.`);
        return false;
      }
    },
    async others(sinceMs) {
      // GitHub cuts times to the second.
      const isOlder = (createdAtMs: number): boolean => createdAtMs + 999 < sinceMs;
      const listed = list(
        (page) => octokit.rest.actions.listArtifactsForRepo({ owner, repo, ...page }),
        (_, page) => page.some((one) => isOlder(createdAtMsOf(one))),
      );
      const recent = listed.then((all) =>
        lastOfEach(
          all.filter(({ createdAtMs }) => !isOlder(createdAtMs)),
          MAX_OF_A_RUN,
        ),
      );
      return (await read(recent.then((all) => all.slice(0, MAX_OTHERS)))).texts;
    },
  };
}
