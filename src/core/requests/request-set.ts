import type { BodyFile, FoundFile } from '../../ports.ts';

/** All requests of a run: their ids in order and where each stands in the files. The texts stay on disk. */
export interface RequestSet {
  /** Custom id → position, 0-based, in file order. */
  readonly ids: ReadonlyMap<string, number>;
  /** By position: where the line was read. */
  readonly places: readonly LinePlace[];
  readonly files: readonly FoundFile[];
  /** `params.model` after merging → requests. */
  readonly models: ReadonlyMap<string, number>;
  /** How many lines carry an `assert`. */
  readonly asserts: number;
  /** The request lines as sent, one per line. */
  readonly lines: WrittenFile;
  /** By position: where the line starts in `lines`; one more entry says where the file ends. Bytes. */
  readonly starts: readonly number[];
}

/** A file of this run with its hex SHA-256. */
export interface WrittenFile extends BodyFile {
  readonly sha256: string;
}

/** Where a line stands: bytes of the file without line end. */
export interface LinePlace {
  /** Index into `files`. */
  readonly file: number;
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/** Limits of one batch, of the API itself: https://platform.claude.com/docs/en/build-with-claude/batch-processing */
export const MAX_REQUESTS = 100_000;
/** The API takes 256 MB; we stay below whatever it takes a megabyte to be. Bytes of the whole body. */
export const MAX_BODY_BYTES = 250_000_000;
