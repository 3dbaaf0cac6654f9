import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkCreate } from '../simulator/anthropic/create-check.ts';
import { simulatedModels } from '../simulator/anthropic/models.ts';
import { checkParams } from '../simulator/anthropic/params-check.ts';
import { printProblem } from '../src/core/messages/problems.ts';
import { readRequests } from '../src/steps/read/read.ts';
import { createRunState } from '../src/steps/run/run-state.ts';
import { effort } from './effort.ts';
import { createFakes } from './fakes/ports.ts';
import { inputsOf } from './fakes/step.ts';

// Whatever stands in a request file, reading it ends, throws nothing, and lets nothing pass that the API refuses.

const shared = fileURLToPath(new URL('../../shared/data/gsm8k.jsonl', import.meta.url));
const hasQuestions = existsSync(shared);

const made = Array.from({ length: 12 }, (_, i) => {
  const system = [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }];
  const messages = [{ role: 'user', content: `What is ${i} + ${i}? Ünïcode “${i}”` }];
  const params = { model: 'claude-haiku-4-5', max_tokens: 64, system, messages };
  return JSON.stringify({ custom_id: `made-${i}`, params, assert: [{ type: 'equals', value: String(2 * i) }] });
});
// The real questions are not beside every checkout; then requests made up for it are mutated.
const lines = hasQuestions ? readFileSync(shared, 'utf8').split('\n').filter(Boolean) : made;

/** Half of them without their assert: such a line goes out as it is written. */
const originals = lines.slice(0, 60).map((line, index) => {
  if (index % 2 === 0) return line;
  const { assert: _, ...sent } = JSON.parse(line);
  return JSON.stringify(sent);
});
const someLines = fc.subarray(originals, { minLength: 1, maxLength: 6 });

/** Where and how bytes change. */
const byteChange = fc.record({
  at: fc.nat(),
  remove: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(4000)),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc
      .constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '\n', '\r', '\u2028', '\ufeff', '\0', 'null', '1e999')
      .map((s) => Buffer.from(s)),
  ),
});

const changedBytes = fc
  .tuple(someLines, fc.array(byteChange, { minLength: 1, maxLength: 4 }))
  .map(([chosen, changes]) => {
    let bytes = Buffer.from(`${chosen.join('\n')}\n`);
    for (const { at, remove, insert } of changes) {
      const start = at % (bytes.length + 1);
      bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
    }
    return bytes;
  });

const word = fc.constantFrom(
  ...[
    'model',
    'max_tokens',
    'messages',
    'system',
    'tools',
    'tool_choice',
    'thinking',
    'stream',
    'betas',
    'role',
    'type',
  ],
  ...['content', 'text', 'source', 'cache_control', 'custom_id', 'params', 'assert', '__proto__', 'constructor', ''],
  ...['temperature', 'max_token', 'stop_sequences', 'output_config', 'name', 'input_schema', 'ttl'],
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    'user',
    'assistant',
    'text',
    'image',
    'tool',
    'ephemeral',
    '1h',
    'enabled',
    0,
    -1,
    1e21,
    64,
    '',
    [],
    {},
    null,
  ),
);

/** Changes to parsed lines: a place by a row of picks, and what becomes of it. */
const jsonChange = fc.record({
  line: fc.nat(),
  picks: fc.array(fc.nat(), { minLength: 1, maxLength: 7 }),
  does: fc.constantFrom('replace', 'remove', 'add', 'double'),
  name: word,
  value,
});

type Json = { [name: string]: unknown } | unknown[];
const isJson = (node: unknown): node is Json => typeof node === 'object' && node !== null;

function change(
  root: Json,
  { picks, does, name, value }: { picks: number[]; does: string; name: string; value: unknown },
) {
  let at: Json = root;
  let key: string | undefined;
  for (const pick of picks) {
    const keys = Object.keys(at);
    key = keys[pick % Math.max(1, keys.length)];
    const next: unknown = key === undefined ? undefined : Reflect.get(at, key);
    if (!isJson(next)) break;
    at = next;
    key = undefined;
  }
  const keys = Object.keys(at);
  const place = key ?? keys[(picks[0] ?? 0) % Math.max(1, keys.length)];
  if (does === 'add')
    Object.defineProperty(at, name, {
      value: structuredClone(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else if (place === undefined) return;
  else if (does === 'remove') Reflect.deleteProperty(at, place);
  else if (does === 'double' && Array.isArray(at)) at.push(structuredClone(at[Number(place)]));
  else
    Object.defineProperty(at, place, {
      value: structuredClone(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

const changedJson = fc
  .tuple(someLines, fc.array(jsonChange, { minLength: 1, maxLength: 3 }))
  .map(([chosen, changes]) => {
    const roots: Json[] = chosen.map((line) => JSON.parse(line));
    for (const one of changes) {
      const root = roots[one.line % roots.length];
      if (root !== undefined) change(root, one);
    }
    return Buffer.from(roots.map((root) => JSON.stringify(root).replaceAll('undefined', 'null')).join('\n'));
  });

const models = simulatedModels();

async function read(content: Buffer) {
  const fakes = createFakes({ '/w/evals.jsonl': content });
  return {
    fakes,
    reading: await readRequests({ ports: fakes, inputs: inputsOf(), runState: createRunState(0, 'n') }, []),
  };
}

async function judge(content: Buffer): Promise<void> {
  const { fakes, reading } = await read(content);
  if (!reading.ok) {
    const { outcome } = reading;
    if (outcome.status !== 'rejected') throw new Error(outcome.status);
    expect(outcome.problems.length).toBeGreaterThan(0);
    for (const problem of outcome.problems) {
      const { code, where } = problem;
      expect(printProblem(problem)).not.toMatch(/[\n\r\u2028]/);
      // A file of another kind as a whole has no line to name.
      const hasPlace = where?.file === 'evals.jsonl' && (code === 'file-form') === (where.line === undefined);
      expect(code === 'no-requests' || hasPlace).toBe(true);
    }
    expect([...fakes.files.disk.keys()]).toEqual(['/w/evals.jsonl']);
    return;
  }
  const { value: requests, warnings } = reading;
  if (requests === undefined) throw new Error('nothing was read');
  const sent = fakes.files.disk.get('/r/.claude-batch-n/requests.jsonl')?.toString('utf8').trimEnd().split('\n') ?? [];
  // What the API looks at when it takes the batch.
  const taken = checkCreate(JSON.parse(`{"requests":[${sent.join(',')}]}`));
  expect(taken.map(({ custom_id }) => custom_id)).toEqual([...requests.ids.keys()]);
  // What it looks at when it comes to answer: whatever it refuses was named, at its line.
  const named = new Set([...requests.faults, ...warnings].map(({ where }) => where?.line));
  for (const [position, { params }] of taken.entries()) {
    const fault = checkParams(params, { models, version: '2026-10-21', beta: false, inBatch: true });
    const isOfModel =
      fault?.message.startsWith('model: ') && typeof params['model'] === 'string' && params['model'] !== '';
    const isOverLimit = / > \d+, which is the maximum/.test(fault?.message ?? '');
    if (fault === undefined || isOfModel || isOverLimit) continue;
    const line = requests.places.at(position)?.line;
    if (!named.has(line)) throw new Error(`${fault.message} was not said: ${JSON.stringify(params).slice(0, 500)}`);
  }
}

describe('request files, changed at random', () => {
  test('the lines themselves pass without a word', async () => {
    const { reading } = await read(Buffer.from(lines.join('\n')));
    expect(reading).toMatchObject({ ok: true, value: { faults: [] }, warnings: [] });
  });

  test('in their bytes', async () => {
    await fc.assert(fc.asyncProperty(changedBytes, judge), { numRuns: effort(600, 200) });
  });

  test('in their JSON', async () => {
    await fc.assert(fc.asyncProperty(changedJson, judge), { numRuns: effort(1200, 400) });
  });

  test('any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => judge(Buffer.from(bytes))),
      {
        numRuns: effort(400, 150),
      },
    );
  });
});
