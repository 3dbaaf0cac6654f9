import type { Figure } from './figures.ts';
import type { Sample } from './measure.ts';
import { makeScenes, type SceneName, SMALL } from './scenes.ts';
import { median } from './statistics.ts';

/** A change fails that makes something a third dearer than it was when the bound was set. */
const SLACK = 4 / 3;
/** A figure is missed if it is in each of these rounds: a busy machine disturbs one, slow code all. */
const MAX_ROUNDS = 3;
/** Pairs of starts, of which the median counts. */
const STARTS = 7;

const NAMES = ['few', 'plain', 'many', 'graded', 'huge'] as const satisfies readonly SceneName[];
type Name = (typeof NAMES)[number];
type Samples = Readonly<Record<Name, Sample>>;

/**
 * The small form: about a minute, for CI. A run of 20,000 requests mostly waits, so it looks at memory and at the processor time
 * of the main thread rather than at the clock, each against a neighbour that was measured in the same round. Gives the best value of each figure that was needed.
 */
export async function measureSmall(
  folder: string,
  show: (name: string, sample: Sample) => void,
): Promise<readonly Figure[]> {
  const { scenes, bytes, start } = makeScenes(folder, SMALL);
  // The first run reads everything from the disk.
  await start();
  let figures: readonly Figure[] = [];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const samples: Partial<Record<Name, Sample>> = {};
    for (const name of NAMES) {
      const sample = await scenes[name]();
      samples[name] = sample;
      show(name, sample);
    }
    const starts: number[] = [];
    const empties: number[] = [];
    for (let pair = 0; pair < STARTS; pair += 1) {
      const empty = await scenes.empty();
      empties.push(empty.mainMs);
      starts.push((await start()) / empty.elapsedMs);
    }
    const found = figuresOf(samples as Samples, { bytes, start: median(starts), emptyMs: median(empties) });
    figures = found.map((figure, index) => better(figure, figures[index]));
    if (figures.every(({ value, bound = Number.NaN }) => value <= bound)) break;
  }
  return figures;
}

function better(figure: Figure, other: Figure | undefined): Figure {
  return other !== undefined && other.value <= figure.value ? other : figure;
}

/** Each bound is what was measured when it was set, and a third more. */
function figuresOf(
  of: Samples,
  given: {
    /** Of the request files. */
    readonly bytes: { readonly many: number; readonly huge: number };
    /** Start to first request, in starts of an empty script. */
    readonly start: number;
    /** Of an empty script. */
    readonly emptyMs: number;
  },
): readonly Figure[] {
  const { bytes, start, emptyMs } = given;
  /** Processor time of the main thread beyond that of a run of 20 requests, which is start-up and calls. */
  const work = (name: Name): number => of[name].mainMs - of.few.mainMs;
  return [
    {
      what: 'processor time of 20,000 requests',
      against: 'plain script with the SDK',
      value: work('many') / (of.plain.mainMs - emptyMs),
      // Reading, checking, sending, checking results, pricing, packing: all that grows with the requests.
      bound: 1.1 * SLACK,
    },
    {
      what: 'the same with three asserts a request',
      against: 'without asserts',
      value: work('graded') / work('many'),
      // Parsing asserts, grading, comparing, writing grades.
      bound: 1.6 * SLACK,
    },
    {
      what: 'time for a byte, 5 lines of 6 MB',
      against: 'lines of 2.4 KB',
      value: work('huge') / bytes.huge / (work('many') / bytes.many),
      // Long lines cost less a byte: whatever grows faster than a line would show here first.
      bound: 0.7 * SLACK,
    },
    {
      what: 'processor time of 20 requests',
      against: 'an empty script',
      value: of.few.mainMs / emptyMs,
      // All code of an ordinary run, loaded and run once.
      bound: 34 * SLACK,
    },
    {
      what: 'start to first request',
      against: 'an empty script',
      value: start,
      // What the start of every run evaluates.
      bound: 7.5 * SLACK,
    },
    {
      what: 'peak of memory of 20,000 requests',
      against: '20 requests',
      value: of.many.peakBytes / of.few.peakBytes,
      // What is kept of each request, and blocks that are held while files stream by.
      bound: 1.25 * SLACK,
    },
    {
      what: 'the same with three asserts a request',
      against: 'without asserts',
      value: of.graded.peakBytes / of.many.peakBytes,
      bound: 1.1 * SLACK,
    },
  ];
}
