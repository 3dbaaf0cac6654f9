import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRequestIds, lineIds } from '../../../src/core/intake/request-ids.ts';
import { CUSTOM_ID } from '../../../src/core/requests/validate-line.ts';

const PLACE = { file: 'a.jsonl', line: 1 };
const suffix = fc.constantFrom('', '-r1', '-r2', '-r3', '-r12', '-r01', '-r', 'r1');
const id = fc
  .tuple(fc.constantFrom('a', 'b', '-', 'x'.repeat(55)), fc.array(suffix, { maxLength: 3 }))
  .map(([stem, suffixes]) => stem + suffixes.join(''));

/** Takes what has no fault, in order. Returns each id with what it is sent under. */
function take(ids: readonly string[], repeats: number): ReadonlyMap<string, readonly string[]> {
  const requests = createRequestIds(repeats);
  const taken = new Map<string, readonly string[]>();
  for (const customId of ids) {
    if (!CUSTOM_ID.test(customId) || requests.faultOf(customId, () => PLACE) !== undefined) continue;
    const texts = requests.add({ customId, text: JSON.stringify({ custom_id: customId }), paramsText: '{}' });
    taken.set(
      customId,
      texts.map((text) => JSON.parse(text).custom_id),
    );
  }
  expect([...requests.positions.keys()]).toEqual([...taken.values()].flat());
  expect([...lineIds(requests.positions, repeats)]).toEqual([...taken.keys()]);
  return taken;
}

test('what is sent is unique, fit for the API, and never the id of another line', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 12 }), fc.integer({ min: 1, max: 20 }), (ids, repeats) => {
      const taken = take(ids, repeats);
      const sent = [...taken.values()].flat();
      expect(sent.length).toBe(taken.size * repeats);
      expect(new Set(sent).size).toBe(sent.length);
      expect(sent.filter((one) => !CUSTOM_ID.test(one))).toEqual([]);
      for (const [customId, own] of taken) {
        const foreign = sent.filter((one) => one === customId && !own.includes(one));
        expect(foreign).toEqual([]);
      }
    }),
  );
});

test('the order of lines does not decide whether there is a clash', () => {
  fc.assert(
    fc.property(fc.uniqueArray(id, { maxLength: 6 }), fc.integer({ min: 1, max: 20 }), (ids, repeats) => {
      const isWhole = (list: readonly string[]): boolean => take(list, repeats).size === list.length;
      expect(isWhole(ids)).toBe(isWhole(ids.toReversed()));
    }),
  );
});
