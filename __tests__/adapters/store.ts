import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRuntimeToken } from '../../simulator/results/index.ts';
import type { CacheScope } from '../../simulator/results/token.ts';
import type { StoreOptions } from '../../src/adapters/stored-record.ts';
import type { Message } from '../../src/core/messages/message.ts';
import type { AnswerPlace, AnswerStore, PauseNotes, StateStore } from '../../src/ports/github.ts';

/** A step that remembers: its run, what it may do, and a name that no other step of the test has. */
export interface Place {
  readonly name: string;
  readonly run: StoreOptions['run'];
  readonly token: string;
  readonly scopes: readonly CacheScope[];
  readonly limitMs?: number;
}

/** What a step may ask for: records, notes, and answers, whose index is a set of lines here. */
interface Calls extends StateStore {
  leaveNote: PauseNotes['leave'];
  notesOfRun: PauseNotes['ofRun'];
  removeNote: PauseNotes['remove'];
  findAnswers: AnswerStore['find'];
  /** Saves the lines of the newest index with these, unless it has them all. */
  saveAnswers(place: AnswerPlace, lines: readonly string[]): ReturnType<AnswerStore['save']>;
}

type Call = {
  [Name in keyof Calls]: { readonly name: Name; readonly given: Parameters<Calls[Name]> };
}[keyof Calls];

export interface Ask {
  readonly id: number;
  readonly place: Place;
  readonly call: Call;
  readonly env: Readonly<Record<string, string>>;
}

/** The store of one step, and what it logged since that was last asked for. */
export interface Step extends Calls {
  messages(): Message[];
}

export interface StoreProcess {
  /** The working directory. */
  readonly folder: string;
  readonly temp: string;
  step(place: Place): Step;
  /** All it printed. */
  output(): string;
  stop(): Promise<void>;
}

/** The real clients in a process of their own: no variables but these, a folder of its own, and one call at a time. */
export function startStoreProcess(origin: string, env: Readonly<Record<string, string>> = {}): StoreProcess {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'claude-batch-store-')));
  const [folder, temp] = [join(root, 'work'), join(root, 'temp')];
  for (const one of [folder, temp]) mkdirSync(one);
  const child = fork(fileURLToPath(new URL('./store-process.ts', import.meta.url)), {
    cwd: folder,
    env: {
      // tar and gzip, for the cache client.
      PATH: '/usr/local/bin:/usr/bin:/bin',
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: `${origin}/`,
      GITHUB_API_URL: `${origin}/api/v3`,
      GITHUB_SERVER_URL: origin.replace('127.0.0.1', 'github.localhost'),
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: temp,
      ...env,
    },
    execArgv: [],
    silent: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text));
  let lastId = 0;

  function ask(place: Place, call: Call): Promise<{ readonly value: unknown; readonly messages: readonly Message[] }> {
    lastId += 1;
    const id = lastId;
    const { runId } = place.run;
    const token = makeRuntimeToken(runId, `job-of-${runId}`, place.scopes);
    return new Promise((resolve, reject) => {
      const hear = (reply: { id: number; value?: unknown; messages?: Message[]; error?: string }) => {
        if (reply.id !== id) return;
        child.off('message', hear);
        if (reply.error !== undefined) reject(new Error(reply.error));
        else resolve({ value: reply.value, messages: reply.messages ?? [] });
      };
      child.on('message', hear);
      ended.then(() => reject(new Error(`the process ended: ${output}`)));
      child.send({ id, place, call, env: { GITHUB_API_URL: `${origin}/api/v3`, ACTIONS_RUNTIME_TOKEN: token } });
    });
  }

  return {
    folder,
    temp,
    step(place) {
      const logged: Message[] = [];
      const call = async (called: Call): Promise<never> => {
        const { value, messages } = await ask(place, called);
        logged.push(...messages);
        return value as never;
      };
      return {
        find: (...given) => call({ name: 'find', given }),
        save: (...given) => call({ name: 'save', given }),
        claim: (...given) => call({ name: 'claim', given }),
        others: (...given) => call({ name: 'others', given }),
        findAnswers: (...given) => call({ name: 'findAnswers', given }),
        saveAnswers: (...given) => call({ name: 'saveAnswers', given }),
        leaveNote: (...given) => call({ name: 'leaveNote', given }),
        notesOfRun: (...given) => call({ name: 'notesOfRun', given }),
        removeNote: (...given) => call({ name: 'removeNote', given }),
        messages: () => logged.splice(0),
      };
    },
    output: () => output,
    async stop() {
      child.kill();
      await ended;
      rmSync(root, { recursive: true, force: true });
    },
  };
}
