import type { Message } from '../core/messages/message.ts';

export interface FoundFile {
  readonly path: string;
  /** Relative to the workspace, `/`-separated: the name shown to people. */
  readonly name: string;
}

/** A file being written under a temporary name. */
export interface FileWriter {
  /** Bytes accepted so far. */
  readonly bytes: number;
  /** Takes a piece. Returns a promise only when the buffer goes to disk: await it before the next piece. */
  write(piece: Uint8Array | string): Promise<void> | undefined;
  /** Flushes, closes and gives the file its real name. */
  commit(): Promise<void>;
  /** Closes and removes the written file. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/** Random access to a file. */
export interface FileReader {
  readAt(offset: number, length: number): Uint8Array;
  close(): void;
}

export interface Files {
  /** Files that match the glob patterns, sorted by name (code units), and the patterns that matched none. */
  find(
    patterns: readonly string[],
  ): Promise<{ readonly found: readonly FoundFile[]; readonly unmatched: readonly string[] }>;
  /** The bytes of a file, in pieces. A piece is valid until the next one is requested. */
  read(path: string): AsyncIterable<Uint8Array>;
  readText(path: string): Promise<string>;
  /** Creates missing folders; an existing file of this name is replaced by `commit` only. */
  write(path: string): Promise<FileWriter>;
  open(path: string): FileReader;
  size(path: string): Promise<number>;
  /** A file, or a folder with all that is in it. */
  remove(path: string): Promise<void>;
}

export interface Clock {
  /**
   * Milliseconds since the epoch as of the start of the process, from then on steady: for waiting and deadlines. A machine
   * whose time is set meanwhile does not move it.
   */
  now(): number;
  /** Milliseconds since the epoch as the machine has them now: for dates that others read. */
  date(): number;
  /** Rejects with the reason of the ports' signal once the runner ends the step. */
  sleep(ms: number): Promise<void>;
}

/** One line each; the adapter keeps untrusted text from becoming a workflow command. */
export interface Log {
  info(message: Message): void;
  notice(message: Message): void;
  warning(message: Message, where?: Place): void;
  error(message: Message, where?: Place): void;
  /** Lines folded under a title; a table comes as printed text. */
  group(title: Message, lines: readonly (Message | string)[]): void;
}

export interface Place {
  readonly file: string;
  readonly line?: number;
}

/** What the runner keeps of a step. */
export interface Runner {
  setOutput(name: string, value: string): void;
  /** Kept for the post step. */
  saveState(name: string, value: string): void;
  /** Appends to the job summary; the runner drops one over 1 MiB whole. */
  writeSummary(markdown: string): Promise<void>;
}
