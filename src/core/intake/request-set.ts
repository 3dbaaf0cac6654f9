import type { FoundFile, WrittenFile } from '../../ports/machine.ts';
import type { RequestStats } from '../estimate/request-stats.ts';
import type { Problem } from '../messages/problems.ts';
import type { LinePlace } from '../requests/lines.ts';
import { printSampleSize, type Sample, type SampleSize } from '../requests/sample.ts';
import type { Sequence } from '../text/sequence.ts';

/** All requests of a run, or the sample of them: their ids in order and the place of each in the files. The texts stay on disk. */
export interface RequestSet {
  /** Custom id → position, 0-based, in file order. */
  readonly ids: ReadonlyMap<string, number>;
  /** By position: where the line was read. */
  readonly places: Sequence<LinePlace>;
  readonly files: readonly FoundFile[];
  /** What pricing needs to know of each. */
  readonly stats: RequestStats;
  /** What keeps them from being sent, though they can be read: a batch that was made of them before is still collected. */
  readonly faults: readonly Problem[];
  /** The request lines as sent, one per line. */
  readonly lines: WrittenFile;
  /** By position: where the line starts in `lines`; one more entry says where the file ends. Bytes. */
  readonly starts: Sequence<number>;
  /** By position: what tells whether an earlier run was answered the same line, 16 bytes each; undefined where answers are not reused. */
  readonly digests: Uint8Array | undefined;
  /** Undefined where no request has an assert. */
  readonly cases: CaseFile | undefined;
  /** Undefined where all requests of the files were taken without being asked for fewer. */
  readonly sample?: TakenSample | undefined;
}

/** What `sample` took of the requests in the files, each counted once, however often it is sent. */
export interface TakenSample extends Sample {
  readonly size: SampleSize;
  /** Requests in the files. */
  readonly of: number;
  /** Whether the files have this custom id, of a request or of one of its answers, be it taken or not. */
  has(customId: string): boolean;
}

/** The requests that have asserts, on disk. */
export interface CaseFile {
  /** A line each, as `readCaseLine` reads it, in the order of the requests. */
  readonly path: string;
  readonly count: number;
  /** Default asserts, as they are written. */
  readonly defaultAsserts: readonly unknown[];
  /** Path → text of the schemas that asserts take from files. */
  readonly schemaTexts: ReadonlyMap<string, string>;
  /** Whether any assert is an `llm-rubric`. */
  readonly hasRubrics: boolean;
  /** Whether any case is `required`. */
  readonly hasRequired: boolean;
}

/** What people are told of a sample: how many requests of how many, and what the input says. */
export interface SampleFacts {
  readonly requests: number;
  readonly of: number;
  readonly input: string;
}

export function sampleFacts({ count, of, size }: TakenSample): SampleFacts {
  return { requests: count, of, input: printSampleSize(size) };
}
