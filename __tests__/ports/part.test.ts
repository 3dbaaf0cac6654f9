import { describe, expect, test } from '@jest/globals';
import { createPart, onDemand } from '../../src/ports/part.ts';
import { ServiceError } from '../../src/ports/service-error.ts';

describe('a part', () => {
  test('is loaded by the first call, and once', async () => {
    let loads = 0;
    const part = createPart(async () => {
      loads += 1;
      return { loads };
    });
    expect(loads).toBe(0);
    const [first, second] = await Promise.all([part(), part()]);
    expect([first, await part()]).toEqual([{ loads: 1 }, { loads: 1 }]);
    expect(second).toBe(first);
  });

  test('that cannot be loaded is a failure with a reason, and is tried again', async () => {
    let isGone = true;
    const part = createPart(async () => {
      if (isGone) throw new Error('Cannot find module');
      return 'loaded';
    });
    const failure = await part().catch((error) => error);
    expect(failure).toBeInstanceOf(ServiceError);
    expect(failure.reason).toEqual({ code: 'part-not-loaded', cause: 'Cannot find module' });
    isGone = false;
    expect(await part()).toBe('loaded');
  });

  test('within a part keeps its own reason', async () => {
    const inner = createPart(() => Promise.reject(new Error('gone')));
    const reason = { code: 'part-not-loaded', cause: 'gone' };
    await expect(createPart(inner)()).rejects.toMatchObject({ reason });
  });
});

test('calls on demand open the port with the first of them and pass on what it gives and throws', async () => {
  let opened = 0;
  interface Port {
    add(a: number, b: number): Promise<number>;
    fail(text: string): Promise<never>;
  }
  const port = onDemand<Port>(
    { add: true, fail: true },
    createPart(async () => {
      opened += 1;
      return { add: async (a, b) => a + b, fail: (text) => Promise.reject(new Error(text)) };
    }),
  );
  expect(opened).toBe(0);
  expect(await port.add(1, 2)).toBe(3);
  await expect({ ...port }.fail('no')).rejects.toThrow('no');
  expect(opened).toBe(1);
});
