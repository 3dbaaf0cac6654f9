import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitHubContext } from '../core/inputs/context.ts';
import type { Message } from '../core/messages/message.ts';
import { describeCauses } from '../core/text/causes.ts';
import { GitHubError, type StateStore } from '../ports/github.ts';
import { hasArtifactService, openArtifactClient, underFreeNumber } from './artifact.ts';
import { createGitHubCalls, type GitHubAccess, type GitHubCalls } from './github-calls.ts';
import { findRelatedBranches } from './related-branches.ts';
import { createSerialQueue, within } from './serial-queue.ts';
import {
  createdAtMsOf,
  type ListedRecord,
  lastOfEach,
  parseListed,
  type RecordStore,
  readRecord,
  type StoreOptions,
  slotOf,
} from './stored-record.ts';

const RETENTION_DAYS = 30;
const LOOK_LIMIT_MS = 60_000;
const MAX_PAGES = 5;
/** Most other runs whose records are read. */
const MAX_RUNS = 3;
/** Most records read per run and key: two matrix jobs with equal requests write alternately. */
const MAX_OF_A_RUN = 2;
const MAX_OTHERS = 30;
/** Most artifact numbers in a run: even a run with many attempts saves only a handful of times in each. */
const MAX_NUMBER = 500;

/**
 * Texts under keys as artifacts of workflow runs, one file each, numbered within a run. Finds the last texts of this
 * run and of the newest runs of the same branch or pull request. `readable` is false if some could not be read.
 */
export function createRecordArtifacts(
  options: StoreOptions & GitHubAccess & { readonly temp: string; readonly run: Pick<GitHubContext, 'serverUrl'> },
): RecordStore &
  Pick<StateStore, 'others'> & {
    /** False once GitHub has refused the list of artifacts for good. */
    mayList(): boolean;
  } {
  const { octokit, run, temp, log, captureOutput, limitMs } = options;
  const { actions } = octokit.rest;
  const { call, pages } = createGitHubCalls(options);
  const queue = createSerialQueue(limitMs);
  const nextNumbers = new Map<string, number>();
  const logged = new Set<string>();
  let mayList = true;
  let branches: Promise<ReadonlySet<string>> | undefined;

  function logOnce(message: Message): void {
    if (!logged.has(JSON.stringify(message))) log.info(message);
    logged.add(JSON.stringify(message));
  }

  /** Records of a list, newest first, until `enough` accepts the records found and the last page. */
  async function list(
    send: Parameters<GitHubCalls['pages']>[1],
    enough: (found: readonly ListedRecord[], page: readonly unknown[]) => boolean,
  ): Promise<ListedRecord[]> {
    const found: ListedRecord[] = [];
    let pagesLeft = MAX_PAGES;
    for await (const page of pages({ code: 'list-artifacts' }, send, 'artifacts')) {
      found.push(...page.flatMap((one) => parseListed(one) ?? []));
      pagesLeft -= 1;
      if (pagesLeft === 0 || enough(found, page)) break;
    }
    return found;
  }

  async function lookUp(key: string): Promise<ListedRecord[]> {
    branches ??= findRelatedBranches(options, run);
    const ofBranches = await branches;
    const isOurs = ({ branch, runId }: ListedRecord): boolean => runId === run.runId || ofBranches.has(branch);
    const slot = slotOf(key);
    const ourRuns = (found: readonly ListedRecord[]) => new Set(found.filter(isOurs).map(({ runId }) => runId));
    const firsts = await list(
      (page) => actions.listArtifactsForRepo({ ...page, name: `${slot}-1` }),
      (found) => ourRuns(found).size >= MAX_RUNS,
    );
    const runs = new Set([run.runId, ...[...ourRuns(firsts)].slice(0, MAX_RUNS)]);
    const found = await Promise.all(
      [...runs].map((run_id) =>
        list(
          (page) => actions.listWorkflowRunArtifacts({ ...page, run_id }),
          () => false,
        ),
      ),
    );
    const records = found.flat().filter((one) => one.slot === slot && isOurs(one));
    return lastOfEach(records, MAX_OF_A_RUN);
  }

  /** The text of an artifact; undefined if it is gone. */
  async function download({ id }: ListedRecord): Promise<string | undefined> {
    try {
      return await call({ code: 'download-record' }, async ({ request, ...common }) => {
        // The route's name predates unzipped artifacts, which it returns as they are.
        const route = 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/zip';
        const streamed = { ...request, parseSuccessResponseBody: false };
        const { data } = await octokit.request(route, { ...common, artifact_id: id, request: streamed });
        return readRecord(data as AsyncIterable<Uint8Array>);
      });
    } catch (error) {
      if (error instanceof GitHubError && error.kind === 'gone') return undefined;
      throw error;
    }
  }

  /** The texts of the readable records. */
  async function read(records: Promise<readonly ListedRecord[]>): ReturnType<StateStore['find']> {
    let readable = true;
    const miss = (error: unknown): undefined => {
      readable = false;
      const isForbidden = error instanceof GitHubError && error.kind === 'forbidden';
      if (isForbidden) logOnce({ code: 'record-artifacts-forbidden' });
      else logOnce({ code: 'record-artifacts-not-read', reason: describeCauses(error) });
    };
    const load = async (one: ListedRecord) => {
      const text = await download(one).catch(miss);
      return text === undefined ? [] : [{ text, atMs: one.createdAtMs }];
    };
    const loaded = records.then((found) => Promise.all(found.map(load)));
    const had = (await within(LOOK_LIMIT_MS, loaded).catch(miss))?.flat() ?? [];
    return { texts: had.map(({ text }) => text), uploadedAtMs: had.map(({ atMs }) => atMs), readable };
  }

  async function upload(slot: string, text: string): Promise<void> {
    const client = await openArtifactClient();
    const folder = await mkdtemp(join(temp, 'claude-batch-record-'));
    try {
      await underFreeNumber({ from: nextNumbers.get(slot) ?? 1, to: MAX_NUMBER }, async (number) => {
        const name = `${slot}-${number}`;
        await writeFile(join(folder, name), text);
        const as = { skipArchive: true, retentionDays: RETENTION_DAYS };
        await client.uploadArtifact(name, [join(folder, name)], folder, as);
        nextNumbers.set(slot, number + 1);
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    mayList: () => mayList,
    find(key) {
      const listed = lookUp(key);
      listed.catch((error) => {
        if (isLasting(error)) mayList = false;
      });
      return read(listed);
    },
    async save(key, text) {
      if (!hasArtifactService(run.serverUrl)) return false;
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
        (page) => actions.listArtifactsForRepo({ ...page }),
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

/** Whether a call fails in every run with this token's permissions. */
function isLasting(error: unknown): boolean {
  return error instanceof GitHubError && ['forbidden', 'refused', 'unauthenticated'].includes(error.kind);
}
