import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createTurns, TimeLimitError, within } from '../../src/adapters/turns.ts';

const LIMIT_MS = 40;

/** Work that ends when it is told to, and a record of what began and ended. */
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
  promise.then(String, (error: Error) => `${error.name}: ${error.message}`);
const TOO_LONG = 'TimeLimitError: no answer within 0.04 s';
const REFUSED = 'Error: an earlier call has not come back yet';

describe('turns', () => {
  test('one begins when the one before has ended, well or badly', async () => {
    const turns = createTurns(10_000);
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
    const all = [turns(step('a', () => 'A')), turns(step('b', fail)), turns(step('c', () => 'C'))];
    expect(await Promise.all(all.map(outcomeOf))).toEqual(['A', 'Error: broken', 'C']);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('what throws at once is a failure like others', async () => {
    const turns = createTurns(10_000);
    const thrown = turns(() => {
      throw new Error('at once');
    });
    expect(await outcomeOf(thrown)).toBe('Error: at once');
    expect(await turns(async () => 'next')).toBe('next');
  });

  test('one that takes too long is given up, and the next refused until it ends', async () => {
    const turns = createTurns(LIMIT_MS);
    const { work, end, seen } = createWorks();
    expect(await outcomeOf(turns(work('a')))).toBe(TOO_LONG);
    expect(await outcomeOf(turns(work('b')))).toBe(REFUSED);
    end('a');
    await sleep(0);
    expect(await turns(async () => 'c')).toBe('c');
    expect(seen).toEqual(['a begins', 'a ends']);
  });

  test('the wait for a turn counts; one whose turn does not come in time never begins', async () => {
    const turns = createTurns(LIMIT_MS);
    const { work, end, seen } = createWorks();
    expect(await Promise.all([turns(work('a')), turns(work('b'))].map(outcomeOf))).toEqual([TOO_LONG, TOO_LONG]);
    expect(await outcomeOf(turns(work('c')))).toBe(REFUSED);
    end('a');
    await sleep(0);
    expect(await turns(async () => 'd')).toBe('d');
    expect(seen).toEqual(['a begins', 'a ends']);
  });

  test('one that fails after it was given up disturbs nobody', async () => {
    const turns = createTurns(LIMIT_MS);
    let fail = (_: Error) => {};
    const failing = new Promise<never>((_, reject) => {
      fail = reject;
    });
    expect(await outcomeOf(turns(() => failing))).toBe(TOO_LONG);
    fail(new Error('late'));
    await sleep(0);
    expect(await turns(async () => 'next')).toBe('next');
  });
});

describe('within a limit', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['a value comes through', async () => 'value', 'value'],
    ['an error comes through', () => Promise.reject(new TypeError('wrong')), 'TypeError: wrong'],
    ['nothing is an error of its own', () => new Promise(() => {}), TOO_LONG],
  ])('%s', async (_, start, outcome) => {
    expect(await outcomeOf(within(LIMIT_MS, start()))).toBe(outcome);
  });

  test('which can be told from others', async () => {
    await expect(within(1, new Promise(() => {}))).rejects.toBeInstanceOf(TimeLimitError);
  });
});
