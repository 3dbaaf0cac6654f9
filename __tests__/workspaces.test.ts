import { describe, expect, test } from '@jest/globals';
import type { PauseNote } from '../src/core/wake/pause-note.ts';
import { createFakes, type Fakes } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// A batch belongs to a workspace. One that is asked for in another is not there, and whoever looks is told why.

const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}}`;
const EVALS = ['a', 'b'].map(line).join('\n');
const LATER = runOf({ GITHUB_RUN_ID: '100' });
const BOTH = { belongsTo: 'wrkspc_A', answeredBy: 'wrkspc_B' };

function fakesIn(workspaceId: string | undefined): Fakes {
  const fakes = createFakes({ '/w/evals.jsonl': EVALS });
  fakes.apiState.workspaceId = workspaceId;
  return fakes;
}

const failuresOf = (fakes: Fakes) =>
  fakes.log.messages.flatMap((message) => (message.code === 'step-failed' ? message.failures : []));
/** The batches of the newest record, as it is stored. */
const recorded = ({ memory }: Fakes): readonly { readonly id: string; readonly workspaceId?: string }[] => {
  const [text = '{}'] = memory.texts.flatMap(({ text }) => (text.includes('"rounds"') ? text : [])).slice(-1);
  return JSON.parse(text).rounds.flatMap(({ shards }: { shards: { batch: object }[] }) =>
    shards.map(({ batch }) => batch),
  );
};

async function submit(fakes: Fakes, raw: Readonly<Record<string, string>> = {}): Promise<void> {
  await runStep(fakes, inputsOf({ 'wait-minutes': '0', ...raw }));
  expect(fakes.apiState.created).toBe(1);
}

describe('a later run in another workspace', () => {
  test('names both, and sends nothing', async () => {
    const fakes = fakesIn('wrkspc_A');
    await submit(fakes);
    fakes.apiState.workspaceId = 'wrkspc_B';
    const { outcome, green } = await runStep(fakes, inputsOf(), LATER);
    expect([outcome.status, green, fakes.apiState.created]).toEqual(['failed', false, 1]);
    expect(failuresOf(fakes)).toMatchObject([
      { code: 'batch-unreachable', why: 'not-found', isResumed: true, ...BOTH },
    ]);
  });

  test.each([
    ['wrkspc_A', 'wrkspc_A', { belongsTo: 'wrkspc_A', answeredBy: 'wrkspc_A' }],
    ['wrkspc_A', undefined, { belongsTo: 'wrkspc_A', answeredBy: undefined }],
    [undefined, 'wrkspc_B', { belongsTo: undefined, answeredBy: 'wrkspc_B' }],
    [undefined, undefined, { belongsTo: undefined, answeredBy: undefined }],
  ])('is told what is known: a batch of %s that was deleted, looked for in %s', async (before, now, expected) => {
    const fakes = fakesIn(before);
    await submit(fakes);
    fakes.apiState.batches.clear();
    fakes.apiState.workspaceId = now;
    await runStep(fakes, inputsOf(), LATER);
    expect(failuresOf(fakes)).toMatchObject([{ code: 'batch-unreachable', ...expected }]);
  });

  test('goes on where the first one answers again', async () => {
    const fakes = fakesIn('wrkspc_A');
    await submit(fakes);
    fakes.apiState.workspaceId = 'wrkspc_B';
    await runStep(fakes, inputsOf(), LATER);
    fakes.apiState.workspaceId = 'wrkspc_A';
    const { outcome } = await runStep(fakes, inputsOf(), runOf({ GITHUB_RUN_ID: '101' }));
    expect([outcome.status, fakes.apiState.created]).toEqual(['completed', 1]);
  });

  test('is told of a batch that is given alone in which workspace it was looked for', async () => {
    const fakes = fakesIn('wrkspc_A');
    await submit(fakes);
    fakes.apiState.workspaceId = 'wrkspc_B';
    await runStep(fakes, inputsOf({ requests: '', 'batch-id': 'msgbatch_1' }), LATER);
    expect(failuresOf(fakes)).toMatchObject([{ isResumed: false, belongsTo: undefined, answeredBy: 'wrkspc_B' }]);
  });

  test('is told of a batch that is given with its requests where the record says that it is', async () => {
    const fakes = fakesIn('wrkspc_A');
    await submit(fakes);
    fakes.apiState.workspaceId = 'wrkspc_B';
    await runStep(fakes, inputsOf({ 'batch-id': 'msgbatch_1' }), LATER);
    expect(failuresOf(fakes)).toMatchObject([{ isResumed: false, ...BOTH }]);
  });

  test('is told of the batch of an earlier push that it cannot stop', async () => {
    const fakes = fakesIn('wrkspc_A');
    await submit(fakes);
    fakes.apiState.workspaceId = 'wrkspc_B';
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('c')));
    await runStep(fakes, inputsOf({ supersede: 'cancel', 'wait-minutes': '0' }), LATER);
    expect(fakes.log.messages).toContainEqual(
      expect.objectContaining({ code: 'earlier-push-not-checked', id: 'msgbatch_1', belongsTo: 'wrkspc_A' }),
    );
    expect(fakes.apiState.canceled).toEqual([]);
  });

  test('that pays anew does not take the batch for gone', async () => {
    const fakes = fakesIn('wrkspc_A');
    await submit(fakes);
    fakes.apiState.workspaceId = 'wrkspc_B';
    fakes.clock.time += 3_600_000;
    await runStep(fakes, inputsOf({ resume: 'never', 'wait-minutes': '0' }), LATER);
    const records = fakes.memory.texts.map(({ text }) => text).filter((text) => text.includes('"rounds"'));
    const stored = records.findLast((text) => text.includes('msgbatch_2'));
    expect(JSON.parse(stored ?? '{}').unfinished).toMatchObject([
      { rounds: [{ shards: [{ batch: { id: 'msgbatch_1' } }] }] },
    ]);
  });
});

describe('the workspace of a batch is remembered', () => {
  const inA = [{ id: 'msgbatch_1', workspaceId: 'wrkspc_A' }];

  test('from the create', async () => {
    const fakes = fakesIn('wrkspc_A');
    await submit(fakes);
    expect(recorded(fakes)).toMatchObject(inA);
  });

  test('from the list, where the answer to the create was lost', async () => {
    const fakes = fakesIn('wrkspc_A');
    fakes.apiState.failOn('create-answer', new Error('lost'));
    await runStep(fakes, inputsOf({ 'wait-minutes': '0' }));
    await runStep(fakes, inputsOf({ 'wait-minutes': '0' }), runOf({ GITHUB_RUN_ATTEMPT: '2' }));
    expect(recorded(fakes)).toMatchObject(inA);
  });

  test('from a look, where an older version wrote the record', async () => {
    const fakes = fakesIn('wrkspc_A');
    await submit(fakes);
    for (const one of fakes.memory.texts) one.text = one.text.replaceAll(',"workspaceId":"wrkspc_A"', '');
    expect(recorded(fakes)).not.toMatchObject(inA);
    await runStep(fakes, inputsOf(), LATER);
    expect(recorded(fakes)).toMatchObject(inA);
  });

  test('in the note of a paused step', async () => {
    const fakes = fakesIn('wrkspc_A');
    await submit(fakes);
    const [note] = [...fakes.pauseState.notes.values()].map((text): PauseNote => JSON.parse(text));
    expect(note?.workspace_id).toBe('wrkspc_A');
  });

  test('and never sent: no request differs by it', async () => {
    const bodies = await Promise.all(
      ['wrkspc_A', undefined].map(async (workspaceId) => {
        const fakes = fakesIn(workspaceId);
        await submit(fakes);
        return [...fakes.apiState.batches.values()].map(({ body }) => body);
      }),
    );
    expect(bodies[0]).toEqual(bodies[1]);
  });
});
