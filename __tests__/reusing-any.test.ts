import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseIndex } from '../src/core/reuse/index-text.ts';
import { createLineDigests, keysOf } from '../src/core/reuse/line-digests.ts';
import type { Fakes } from './fakes/ports.ts';
import {
  type Asked,
  fakesWith,
  fullResults,
  ids,
  killedAt,
  line,
  mainRun,
  onwards,
  resultsOf,
  run,
} from './fakes/reusing.ts';
import { inputsOf } from './fakes/step.ts';

// Whatever happens in between, no bytes are paid for twice while their answer can be had, and results are those of a full run.

const HOUR_MS = 3_600_000;
const REUSE_DAYS = 14;

type Event =
  | { readonly kind: 'push'; readonly id: number; readonly version: number; readonly dies: number }
  | { readonly kind: 'rerun'; readonly dies: number }
  | { readonly kind: 'evict' }
  | { readonly kind: 'delete'; readonly batch: number }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'clock'; readonly hours: number };

/** A run dies at one of its calls, or, above those, not at all. */
const dies = fc.oneof(fc.constant(1_000), fc.integer({ min: 1, max: 60 }));
const COUNT = 5;
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('push'),
      id: fc.nat({ max: COUNT - 1 }),
      version: fc.nat({ max: 2 }),
      dies,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rerun'), dies }) },
  fc.record({ kind: fc.constant('evict') }),
  fc.record({ kind: fc.constant('delete'), batch: fc.nat({ max: 5 }) }),
  fc.record({ kind: fc.constant('wait'), hours: fc.integer({ min: 1, max: 24 * 9 }) }),
  fc.record({ kind: fc.constant('clock'), hours: fc.integer({ min: -12, max: 12 }) }),
);

/** The lines of every batch, by its ID. */
function linesOf({ apiState }: Fakes): ReadonlyMap<string, readonly string[]> {
  const lines = [...apiState.batches].map(([id, { body }]): [string, string[]] => [
    id,
    (JSON.parse(body) as Asked).requests.map((one) => JSON.stringify(one)),
  ]);
  return new Map(lines);
}

/** Lines whose answer the index and the API have, young enough by any clock. */
function available(fakes: Fakes, lines: readonly string[]): ReadonlySet<string> {
  const text = fakes.kept.texts.at(-1)?.text;
  const read = text === undefined ? undefined : parseIndex(text, fakes.clock.date());
  if (read === undefined || !('index' in read)) return new Set();
  const digests = createLineDigests(inputsOf().api);
  for (const one of lines) digests.add(one);
  const keyOf = keysOf(digests.finish());
  const nowMs = Math.max(fakes.clock.now(), fakes.clock.date());
  const isThere = (_: string, position: number): boolean => {
    const kept = read.index.get(keyOf(position));
    const isYoung = kept !== undefined && nowMs - kept.answeredAtMs < (REUSE_DAYS * 24 - 1) * HOUR_MS;
    return isYoung && fakes.apiState.batches.has(kept.batchId);
  };
  return new Set(lines.filter(isThere));
}

test('no bytes are paid for twice while their answer can be had, for any history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { minLength: 3, maxLength: 9 }), async (events) => {
      const versions = new Map(ids(COUNT).map((id) => [id, 0]));
      const contentOf = () => Array.from(versions, ([id, version]) => line(id, `${id} v${version}`)).join('\n');
      let fakes = fakesWith(contentOf());
      let [runId, attempt, setMs] = [1, 0, 0];
      /** By content: what runs that did not end sent, and what each run sent. */
      const open = new Map<string, ReadonlyMap<string, string>>();
      const deleted = new Set<string>();

      const work = async (diesAt: number): Promise<void> => {
        const content = contentOf();
        const next = onwards(fakes, content);
        next.clock.setMs = setMs;
        // Who died is given up by then.
        next.clock.time += 20 * 60_000;
        const free = available(next, content.split('\n'));
        const before = linesOf(next);
        const context = { ...mainRun(runId), runAttempt: attempt };
        const ended = diesAt < 1_000 ? undefined : await run(next, {}, context);
        const isDead = ended === undefined && (await killedAt(next, diesAt, context));
        const sent = [...linesOf(next)]
          .filter(([id]) => !before.has(id))
          .flatMap(([id, all]) => all.map((one): [string, string] => [one, id]));
        const key = `${runId} ${content}`;
        const mine = new Map([...(open.get(content) ?? []), ...(open.get(key) ?? [])]);
        for (const [one] of sent) {
          const earlier = mine.get(one);
          if (earlier !== undefined && !deleted.has(earlier)) throw new Error(`sent twice: ${one}`);
          // What a record left undecided may have been answered since.
          if (free.has(one) && !open.has(content)) throw new Error(`paid twice: ${one}`);
        }
        expect(new Set(sent.map(([one]) => one)).size).toBe(sent.length);
        open.set(key, new Map([...mine, ...sent]));
        const isOver = !isDead && next.outputs.get('status') === 'completed';
        if (isOver) open.delete(content);
        else open.set(content, new Map([...(open.get(content) ?? []), ...sent]));
        if (isOver) expect(resultsOf(next)).toBe(await fullResults(content));
        if (!isDead && deleted.size === 0) expect(next.outputs.get('status')).toBe('completed');
        fakes = next;
      };

      for (const event of [{ kind: 'push', id: 0, version: 0, dies: 1_000 } as const, ...events]) {
        switch (event.kind) {
          case 'push':
            versions.set(`q${event.id}`, event.version);
            [runId, attempt] = [runId + 1, 1];
            await work(event.dies);
            break;
          case 'rerun':
            attempt += 1;
            await work(event.dies);
            break;
          case 'evict':
            fakes.kept.texts.length = 0;
            break;
          case 'delete': {
            const id = [...fakes.apiState.batches.keys()][event.batch];
            if (id !== undefined) deleted.add(id);
            fakes.apiState.batches.delete(id ?? '');
            break;
          }
          case 'wait':
            fakes.clock.time += event.hours * HOUR_MS;
            break;
          case 'clock':
            setMs = event.hours * HOUR_MS;
        }
      }
    }),
    {
      numRuns: 40,
      // A create without an answer on a runner whose clock is an hour ahead.
      examples: [
        [
          [
            { kind: 'clock', hours: 1 },
            { kind: 'push', id: 1, version: 1, dies: 14 },
            { kind: 'rerun', dies: 18 },
            { kind: 'push', id: 0, version: 0, dies: 1_000 },
          ],
        ],
      ],
    },
  );
});
