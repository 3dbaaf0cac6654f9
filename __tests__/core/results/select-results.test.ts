import { describe, expect, test } from '@jest/globals';
import { createResultLines, type ResultLines } from '../../../src/core/results/result-lines.ts';
import { selectResults } from '../../../src/core/results/select-results.ts';

const message = {
  model: 'm',
  stopReason: 'end_turn',
  usage: undefined,
  hasOutput: true,
  isEmpty: false,
  ranCode: false,
};

/** `a` an answer for id a, `-a` a failure. */
function download(drawings: readonly string[], ids?: ReadonlyMap<string, number>): ResultLines {
  const lines = createResultLines(ids);
  for (const drawing of drawings) {
    const ending = drawing.startsWith('-') ? ({ kind: 'expired' } as const) : ({ kind: 'succeeded', message } as const);
    lines.add({ customId: drawing.replace('-', ''), ending }, { offset: 0, length: 1 });
  }
  return lines;
}
const wanted = (...ids: readonly string[]) => new Map(ids.map((id, i) => [id, i]));

/** The choice as `id@download.line`, `?` where none came. */
function choose(downloads: readonly (readonly string[])[], ids?: readonly string[]): string[] {
  const positions = ids && wanted(...ids);
  const choice = selectResults(
    downloads.map((lines) => download(lines, positions)),
    positions,
  );
  return Array.from(choice.ids, ([id, position]) => {
    const line = choice.lineOf(position);
    return line === undefined ? `${id}?` : `${id}@${line.download}.${line.line}`;
  });
}

describe('selectResults', () => {
  test.each<[string, string[][], string[] | undefined, string[]]>([
    ['the order is that of the requests', [['c', 'a', 'b']], ['a', 'b', 'c'], ['a@0.1', 'b@0.2', 'c@0.0']],
    [
      'without requests it is that of coming',
      [
        ['c', 'a'],
        ['b', 'a'],
      ],
      undefined,
      ['c@0.0', 'a@1.1', 'b@1.0'],
    ],
    ['what did not come is known', [['b']], ['a', 'b'], ['a?', 'b@0.0']],
    ['the first line of an id counts within a batch', [['-a', 'a']], ['a'], ['a@0.0']],
    ['a later answer replaces an earlier failure', [['-a'], ['a']], ['a'], ['a@1.0']],
    ['a later failure does not replace an answer', [['a'], ['-a']], ['a'], ['a@0.0']],
    ['a later answer replaces an earlier one', [['a'], ['a']], ['a'], ['a@1.0']],
    ['a later failure replaces an earlier one', [['-a'], ['-a']], ['a'], ['a@1.0']],
    ['an answer stays through three batches', [['-a'], ['a'], ['-a']], ['a'], ['a@1.0']],
    [
      'ids that are names of everything',
      [['__proto__', 'constructor']],
      ['constructor', '__proto__'],
      ['constructor@0.1', '__proto__@0.0'],
    ],
    ['nothing at all', [], ['a'], ['a?']],
  ])('%s', (_, downloads, ids, expected) => {
    expect(choose(downloads, ids)).toEqual(expected);
  });

  test('a line that comes twice is one, also where an earlier batch has answered', () => {
    const downloads = [
      ['a', 'b'],
      ['-a', 'a', '-b'],
    ];
    expect(choose(downloads)).toEqual(['a@0.0', 'b@0.1']);
    const { repeated, came } = selectResults(
      downloads.map((lines) => download(lines)),
      undefined,
    );
    expect({ repeated, came }).toEqual({ repeated: 1, came: [2, 2] });
  });

  test('every request has an entry, also where nothing came for it', () => {
    expect(choose([['a']], ['a', 'b', 'c'])).toEqual(['a@0.0', 'b?', 'c?']);
  });

  test('unmatched and repeated lines are counted', () => {
    const ids = wanted('a');
    const choice = selectResults([download(['a', 'x', 'a', 'x'], ids), download(['a'], ids)], ids);
    const { unmatched, repeated, came } = choice;
    expect({ unmatched, repeated, came }).toEqual({ unmatched: 2, repeated: 1, came: [1, 1] });
  });
});
