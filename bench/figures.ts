import { renderTextTable } from '../simulator/demo/text-table.ts';
import type { Sample } from './measure.ts';
import type { Scale, SceneName } from './scenes.ts';
import { median } from './statistics.ts';
import { waitFor, worstWait } from './waiting.ts';

/** What the figures are made of: a sample of each scene for each round. */
export interface Measured {
  readonly samples: Readonly<Record<SceneName, readonly Sample[]>>;
  /** Of the request files. */
  readonly bytes: { readonly many: number; readonly long: number; readonly huge: number };
  readonly scale: Scale;
}

/** A row of the table. */
export interface Figure {
  readonly what: string;
  readonly against: string;
  readonly value: number;
  /** The most that the value may be; undefined where it is only told. */
  readonly bound?: number | undefined;
  readonly unit?: 'MB' | 's';
}

const MOST_COLUMNS = 120;
const HOUR_MS = 3_600_000;

/** All figures, each the median over the rounds of what one round gives. */
export function figuresOf({ samples, bytes, scale }: Measured): readonly Figure[] {
  const rounds = samples.many.length;
  const ofRounds = (of: (at: (name: SceneName) => Sample) => number): number =>
    median(
      Array.from({ length: rounds }, (_, round) =>
        of((name) => {
          const sample = samples[name][round];
          if (sample === undefined) throw new Error(`${name} lacks a round`);
          return sample;
        }),
      ),
    );
  const ratio = (of: (sample: Sample) => number, name: SceneName, base: SceneName): number =>
    ofRounds((at) => of(at(name)) / of(at(base)));
  const count = scale.many.toLocaleString('en');
  const hour = waitFor(HOUR_MS);
  return [
    {
      what: `whole run, ${count} requests`,
      against: 'plain script with the SDK',
      value: ratio(elapsed, 'many', 'plain'),
      bound: 0.8,
    },
    {
      what: 'up to the end of the upload',
      against: 'the same part of that script',
      value: ratio(uploaded, 'many', 'plain'),
      bound: 0.6,
    },
    { what: 'processor time of that run', against: 'that script', value: ratio(cpu, 'many', 'plain') },
    {
      what: 'peak of memory of that run',
      against: '',
      value: ofRounds((at) => at('many').peakBytes) / 1e6,
      bound: 190,
      unit: 'MB',
    },
    {
      what: 'the same',
      against: `1,000 requests, and ${count} IDs`,
      value: ofRounds(
        (at) => at('many').peakBytes / (at('thousand').peakBytes + at('ids').peakBytes - at('empty').peakBytes),
      ),
      bound: 1.2,
    },
    {
      what: 'download, check, order, price, report',
      against: 'the limit for these bytes',
      value: ofRounds(
        (at) =>
          (collecting(at('collected')) - collecting(at('fewCollected'))) /
          (at('limit').elapsedMs - at('empty').elapsedMs),
      ),
      bound: 2,
    },
    {
      what: `time for a byte, ${scale.hugeLines} lines of 6 MB`,
      against: 'lines of 2.4 KB',
      value: ofRounds((at) => sending(at, 'huge') / bytes.huge / (sending(at, 'many') / bytes.many)),
      bound: 1 / 0.7,
    },
    {
      what: `time for a byte, ${scale.longLines.toLocaleString('en')} lines of 250 KB`,
      against: 'lines of 2.4 KB',
      value: ofRounds((at) => sending(at, 'long') / bytes.long / (sending(at, 'many') / bytes.many)),
    },
    {
      what: 'start to first request',
      against: 'an empty script',
      value: ofRounds((at) => (at('few').firstRequestMs ?? Number.NaN) / at('empty').elapsedMs),
      bound: 6,
    },
    { what: 'run of 20 requests', against: '', value: ofRounds((at) => at('few').elapsedMs) / 1e3, unit: 's' },
    {
      what: `time for a request, ${count}`,
      against: scale.fewer.toLocaleString('en'),
      value: ofRounds((at) => beyond(at, 'many') / scale.many / (beyond(at, 'fewer') / scale.fewer)),
      bound: 1.1,
    },
    {
      what: 'the same with one assert a request',
      against: 'without asserts',
      value: ratio(elapsed, 'gradedByOne', 'many'),
      bound: 1.3,
    },
    {
      what: 'its peak of memory',
      against: 'without asserts',
      value: ratio((sample) => sample.peakBytes, 'gradedByOne', 'many'),
      bound: 1.1,
    },
    {
      what: 'the same with three asserts a request',
      against: 'without asserts',
      value: ratio(elapsed, 'graded', 'many'),
      bound: 1.3,
    },
    { what: 'its processor time', against: 'without asserts', value: ratio(cpu, 'graded', 'many') },
    {
      what: 'its peak of memory',
      against: 'without asserts',
      value: ratio((sample) => sample.peakBytes, 'graded', 'many'),
      bound: 1.1,
    },
    { what: 'looks at a batch that takes an hour', against: '', value: hour.looks, bound: 130 },
    {
      what: 'longest time lost after its end',
      against: '',
      value: worstWait(HOUR_MS).lostMs / 1e3,
      bound: 30,
      unit: 's',
    },
  ];
}

const elapsed = ({ elapsedMs }: Sample): number => elapsedMs;
const cpu = ({ cpuMs }: Sample): number => cpuMs;
const uploaded = ({ uploadedMs = Number.NaN }: Sample): number => uploadedMs;
const collecting = ({ elapsedMs, collectingMs = Number.NaN }: Sample): number => elapsedMs - collectingMs;
/** What a run takes up to the end of the upload, beyond one of 20 requests. */
const sending = (at: (name: SceneName) => Sample, name: SceneName): number => uploaded(at(name)) - uploaded(at('few'));
/** What a run takes beyond one of 20 requests. */
const beyond = (at: (name: SceneName) => Sample, name: SceneName): number => at(name).elapsedMs - at('few').elapsedMs;

/** Whether a figure is beyond its bound. Also where it is no number. */
export function isMissed({ value, bound }: Figure): boolean {
  return bound !== undefined && !(value <= bound);
}

/** The figures as text, in columns. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ['what', 'against', 'median', 'bound', ''];
  const cells = figures.map((figure) => {
    const { what, against, value, bound, unit = '' } = figure;
    const shown = `${value >= 100 ? value.toFixed(0) : value.toFixed(2)} ${unit}`.trim();
    const limit = bound === undefined ? '' : `≤ ${Number(bound.toFixed(2))} ${unit}`.trim();
    return [what, against, shown, limit, bound === undefined ? '' : isMissed(figure) ? 'missed' : 'ok'];
  });
  return renderTextTable(head, cells, ['left', 'left', 'right', 'right', 'right'], MOST_COLUMNS);
}
