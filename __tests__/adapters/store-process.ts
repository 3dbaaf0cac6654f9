/** The other end of store.ts: the stores of records, answers and notes, in a process whose environment, output and folder are the test's. */
import { createAnswerStore } from '../../src/adapters/answer-store.ts';
import { createOctokit } from '../../src/adapters/clients/octokit.ts';
import { createStateStore } from '../../src/adapters/state-store.ts';
import { createPauseNotes } from '../../src/adapters/wake/pause-notes.ts';
import type { Message } from '../../src/core/messages/message.ts';
import type { AnswerPlace } from '../../src/ports/github.ts';
import type { Log } from '../../src/ports/machine.ts';
import type { Ask } from './store.ts';

const stores = new Map<string, { readonly store: ReturnType<typeof open>['store']; readonly messages: Message[] }>();

function open({ place, env }: Ask) {
  const messages: Message[] = [];
  const info = (message: Message) => void messages.push(message);
  const log: Log = { info, notice: info, warning: info, error: info, group: () => {} };
  const { token, limitMs } = place;
  const run = { ...place.run, serverUrl: process.env['GITHUB_SERVER_URL'] ?? '' };
  const limit = limitMs === undefined ? {} : { limitMs };
  const store = createStateStore({
    octokit: async () => createOctokit({ token, apiUrl: env['GITHUB_API_URL'] ?? '' }),
    run,
    temp: process.env['RUNNER_TEMP'] ?? '',
    clock: { now: Date.now, date: Date.now, sleep: async () => {} },
    log,
    ...limit,
  });
  const answers = createAnswerStore({ run, log, ...limit });
  const notes = createPauseNotes({ run, temp: process.env['RUNNER_TEMP'] ?? '' });
  const calls = {
    leaveNote: notes.leave,
    notesOfRun: notes.ofRun,
    removeNote: notes.remove,
    findAnswers: answers.find,
    saveAnswers: (at: AnswerPlace, lines: readonly string[]) => answers.save(at, (newest) => joinLines(newest, lines)),
  };
  return { store: { ...store, ...calls }, messages };
}

/** Undefined where nothing is new. */
function joinLines(newest: string | undefined, lines: readonly string[]): string | undefined {
  const had = newest === undefined ? [] : newest.split('\n');
  const added = lines.filter((line) => !had.includes(line));
  return added.length === 0 ? undefined : [...had, ...added].join('\n');
}

process.on('message', async (ask: Ask) => {
  Object.assign(process.env, ask.env);
  const opened = stores.get(ask.place.name) ?? open(ask);
  stores.set(ask.place.name, opened);
  const { store, messages } = opened;
  const { name, given } = ask.call;
  try {
    const call = store[name] as (...given: readonly unknown[]) => Promise<unknown>;
    const reply = { value: await call(...given), messages: messages.splice(0) };
    process.send?.({ id: ask.id, ...reply });
  } catch (error) {
    process.send?.({ id: ask.id, error: String(error) });
  }
});
