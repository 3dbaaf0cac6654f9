import { expect, test } from '@jest/globals';
import { createLineDigests } from '../../../src/core/reuse/line-digests.ts';
import { sha256 } from '../../../src/core/text/sha256.ts';
import { writeJudgeRequests } from '../../../src/steps/grade/judge-requests.ts';
import { openLines } from '../../../src/steps/read/lines-file.ts';
import { readRequests } from '../../../src/steps/read/read.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { createFakes } from '../../fakes/ports.ts';
import { inputsOf } from '../../fakes/step.ts';

const line = (id: string, more: object = {}): string => {
  const messages = [{ role: 'user', content: `What is ${id}?` }];
  return JSON.stringify({ custom_id: id, params: { model: 'claude-haiku-4-5', max_tokens: 8, messages }, ...more });
};

async function read(raw: Record<string, string>) {
  const fakes = createFakes({ '/w/evals.jsonl': `${line('a', { assert: [{ type: 'is-json' }] })}\n\n${line('b')}\n` });
  const reading = await readRequests({ ports: fakes, inputs: inputsOf(raw), runState: createRunState(0, 'n') }, []);
  if (!reading.ok || reading.value === undefined) throw new Error(JSON.stringify(reading));
  const { lines, digests } = reading.value;
  return { sent: fakes.files.disk.get(lines.path)?.toString('utf8').trimEnd().split('\n') ?? [], digests };
}

function digestsOf(lines: readonly string[]): Uint8Array {
  const digests = createLineDigests(inputsOf().api);
  for (const one of lines) digests.add(one);
  return digests.finish();
}

test.each<[Record<string, string>, number]>([
  [{ 'reuse-answers': 'true' }, 2],
  [{ 'reuse-answers': 'save' }, 2],
  [{ 'reuse-answers': 'true', repeats: '2' }, 4],
  [{ 'reuse-answers': 'true', sample: '1' }, 1],
  [{ 'reuse-answers': 'true', sample: '50%', repeats: '2' }, 2],
])('are those of the lines as they are sent: %j', async (raw, count) => {
  const { sent, digests } = await read(raw);
  expect(sent.length).toBe(count);
  expect(digests).toEqual(digestsOf(sent));
});

test('a text is written as it is, however long it is and whatever was written before it', async () => {
  const fakes = createFakes();
  const out = await openLines(fakes.files, '/w/out.jsonl', createLineDigests(inputsOf().api));
  const lines = ['x'.repeat(300_000), 'é', '🙂'.repeat(100_000), '', 'y'.repeat(5_000), 'é'.repeat(262_144), 'z'];
  // Every other one as bytes, which their owner uses again.
  const memory = Buffer.alloc(1_000_000);
  for (const [at, one] of lines.entries()) {
    await out.write(at % 2 === 0 ? one : memory.subarray(0, memory.write(one)));
    memory.fill(0);
  }
  const text = lines.map((one) => `${one}\n`).join('');
  const starts = lines.map((_, at) => Buffer.byteLength(lines.slice(0, at).join('')) + at);
  expect(await out.commit()).toEqual({ path: '/w/out.jsonl', bytes: Buffer.byteLength(text), sha256: sha256(text) });
  expect(fakes.files.disk.get('/w/out.jsonl')?.equals(Buffer.from(text))).toBe(true);
  expect([...out.starts]).toEqual([...starts, Buffer.byteLength(text)]);
  expect(out.digests).toEqual(digestsOf(lines));
});

test('are not taken where answers are neither reused nor kept', async () => {
  expect((await read({})).digests).toBeUndefined();
});

test('are taken of what the judge is asked, too', async () => {
  const asked = [{ customId: 'j1', params: {}, text: line('j1') }];
  async function* each() {
    yield* asked;
  }
  const run = (raw: Record<string, string>) => ({
    ...{ ports: createFakes(), inputs: inputsOf(raw), runState: createRunState(0, 'n') },
  });
  const { requests } = await writeJudgeRequests(run({ 'reuse-answers': 'true' }), each());
  expect(requests.digests).toEqual(digestsOf([line('j1')]));
  expect((await writeJudgeRequests(run({}), each())).requests.digests).toBeUndefined();
});
