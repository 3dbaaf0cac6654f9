import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createSerialQueue, within } from '../../src/adapters/serial-queue.ts';
import { ServiceError } from '../../src/ports/service-error.ts';

const LIMIT_MS = 40;

/** Work that ends on demand, and a record of what began and ended. */
function createWorks() {
  const seen: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    seen,
    end: (name: string) => ends.get(name)?.(),
    work: (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      seen.push(`${name} ends`);
      return name;
    },
  };
}

const outcomeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(String, (error: Error) => (error instanceof ServiceError ? error.reason.code : error.message));
const TOO_LONG = 'time-limit';
const REFUSED = 'earlier-call-pending';

describe('a serial queue', () => {
  test('work starts when the work before it has ended, with or without an error', async () => {
    const queue = createSerialQueue(10_000);
    const seen: string[] = [];
    const step = (name: string, result: () => string) => async () => {
      seen.push(`${name} begins`);
      await sleep(5);
      seen.push(`${name} ends`);
      return result();
    };
    const fail = () => {
      throw new Error('broken');
    };
    const all = [queue(step('a', () => 'A')), queue(step('b', fail)), queue(step('c', () => 'C'))];
    expect(await Promise.all(all.map(outcomeOf))).toEqual(['A', 'broken', 'C']);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('work that throws at once fails like any other', async () => {
    const queue = createSerialQueue(10_000);
    const thrown = queue(() => {
      throw new Error('at once');
    });
    expect(await outcomeOf(thrown)).toBe('at once');
    expect(await queue(async () => 'next')).toBe('next');
  });

  test('work that takes too long is given up, and everything else is refused until it ends', async () => {
    const queue = createSerialQueue(LIMIT_MS);
    const { work, end, seen } = createWorks();
    expect(await outcomeOf(queue(work('a')))).toBe(TOO_LONG);
    expect(await outcomeOf(queue(work('b')))).toBe(REFUSED);
    end('a');
    await sleep(0);
    expect(await queue(async () => 'c')).toBe('c');
    expect(seen).toEqual(['a begins', 'a ends']);
  });

  test('time in the queue counts, and work that did not get to run in time never starts', async () => {
    const queue = createSerialQueue(LIMIT_MS);
    const { work, end, seen } = createWorks();
    expect(await Promise.all([queue(work('a')), queue(work('b'))].map(outcomeOf))).toEqual([TOO_LONG, TOO_LONG]);
    expect(await outcomeOf(queue(work('c')))).toBe(REFUSED);
    end('a');
    await sleep(0);
    expect(await queue(async () => 'd')).toBe('d');
    expect(seen).toEqual(['a begins', 'a ends']);
  });

  test('work that fails after it was given up disturbs no other', async () => {
    const queue = createSerialQueue(LIMIT_MS);
    let fail = (_: Error) => {};
    const failing = new Promise<never>((_, reject) => {
      fail = reject;
    });
    expect(await outcomeOf(queue(() => failing))).toBe(TOO_LONG);
    fail(new Error('late'));
    await sleep(0);
    expect(await queue(async () => 'next')).toBe('next');
  });
});

describe('within a limit', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['a value comes through', async () => 'value', 'value'],
    ['an error comes through', () => Promise.reject(new TypeError('wrong')), 'wrong'],
    ['nothing is an error with a reason', () => new Promise(() => {}), TOO_LONG],
  ])('%s', async (_, start, outcome) => {
    expect(await outcomeOf(within(LIMIT_MS, start()))).toBe(outcome);
  });
});
