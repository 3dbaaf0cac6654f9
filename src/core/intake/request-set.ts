import type { FoundFile, WrittenFile } from '../../ports/machine.ts';
import type { RequestStats } from '../estimate/request-stats.ts';
import type { Problem } from '../messages/problems.ts';
import type { LinePlace } from '../requests/lines.ts';
import { printSampleSize, type Sample, type SampleSize } from '../requests/sample.ts';
import type { Sequence } from '../text/sequence.ts';

/** All requests of a run, or a sample of them: their ids in order, and the place of each in the files. The texts stay on disk. */
export interface RequestSet {
  /** Custom id → position, 0-based, in file order. */
  readonly ids: ReadonlyMap<string, number>;
  /** By position: where the line was read. */
  readonly places: Sequence<LinePlace>;
  readonly files: readonly FoundFile[];
  /** What pricing needs of each request. */
  readonly stats: RequestStats;
  /** Problems that prevent sending them although they can be read: an earlier batch of them is still collected. */
  readonly faults: readonly Problem[];
  /** The request lines as sent, one per line. */
  readonly lines: WrittenFile;
  /** By position: where the line starts in `lines`; one more entry says where the file ends. Bytes. */
  readonly starts: Sequence<number>;
  /** By position: a 16-byte digest that finds an earlier run's answer to the same line; undefined if answers are not reused. */
  readonly digests: Uint8Array | undefined;
  /** Undefined if no request has an assert. */
  readonly cases: CaseFile | undefined;
  /** Undefined if no sample was asked for and all requests were taken. */
  readonly sample?: TakenSample | undefined;
}

/** What `sample` took of the requests in the files, each counted once, however often it is sent. */
export interface TakenSample extends Sample {
  readonly size: SampleSize;
  /** Requests in the files. */
  readonly of: number;
  /** Whether the files contain this custom id, of a request or of one of its answers, sampled or not. */
  has(customId: string): boolean;
}

/** The requests with asserts, on disk. */
export interface CaseFile {
  /** One line each, in request order, in the format of `readCaseLine`. */
  readonly path: string;
  readonly count: number;
  /** Default asserts, as written. */
  readonly defaultAsserts: readonly unknown[];
  /** Path → text of the schema files that asserts refer to. */
  readonly schemaTexts: ReadonlyMap<string, string>;
  /** Whether any assert is an `llm-rubric`. */
  readonly hasRubrics: boolean;
  /** Whether any case is `required`. */
  readonly hasRequired: boolean;
}

/** What people are told about a sample: how many requests of how many, and the input's value. */
export interface SampleFacts {
  readonly requests: number;
  readonly of: number;
  readonly input: string;
}

export function sampleFacts({ count, of, size }: TakenSample): SampleFacts {
  return { requests: count, of, input: printSampleSize(size) };
}
