import type { FileFault } from '../core/messages/file-faults.ts';
import type { Message } from '../core/messages/message.ts';

export interface FoundFile {
  readonly path: string;
  /** Relative to the workspace, `/`-separated: the name shown to people. */
  readonly name: string;
  /** Whether it lies outside the workspace once all links are resolved; no message quotes such a file. */
  readonly isOutside: boolean;
}

/** The result of searching for patterns. */
export interface FileSearch {
  /** Sorted by name (code units), each once. */
  readonly found: readonly FoundFile[];
  /** Patterns without matches; `isFolder` if one names a folder. */
  readonly unmatched: readonly { readonly pattern: string; readonly isFolder: boolean }[];
  /** Matches that are not regular files, are unreadable, or lie beyond what wildcards may reach. */
  readonly refused: readonly { readonly name: string; readonly fault: FileFault }[];
}

/** A file of this run with its hex SHA-256. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file being written under a temporary name. */
export interface FileWriter {
  /** Bytes accepted so far. */
  readonly bytes: number;
  /** Takes a piece. Only returns a promise if the buffer is being written to disk: await it before the next piece. */
  write(piece: Uint8Array | string): Promise<void> | undefined;
  /** Flushes and closes the file and gives it its real name. */
  commit(): Promise<void>;
  /** Closes and removes the written file. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/** Random access to a file. */
export interface FileReader {
  /** `into`: memory of at least that length for the bytes. */
  readAt(offset: number, length: number, into?: Uint8Array): Uint8Array;
  close(): void;
}

export interface Files {
  /** Files that match the glob patterns. */
  find(patterns: readonly string[]): Promise<FileSearch>;
  /**
   * The bytes of a file, in pieces. A piece is valid until the next one is requested. Throws a `FileError` if it is not a regular file,
   * and at the end if it has changed in the meantime.
   */
  read(path: string): AsyncIterable<Uint8Array>;
  /** A small file, and whether it lies outside the workspace. Throws a `FileError` if it is not a regular file or larger than 1 MiB. */
  readText(path: string): Promise<{ readonly text: string; readonly isOutside: boolean }>;
  /** Creates missing folders; only `commit` replaces an existing file of this name. */
  write(path: string): Promise<FileWriter>;
  /** The same for a text that people read: secrets in a piece become `***`. */
  writeText(path: string): Promise<FileWriter>;
  /** Whether a file contains a secret of this run. */
  holdsSecret(path: string): Promise<boolean>;
  /** Throws a `FileError` if it is not a regular file. */
  open(path: string): FileReader;
  size(path: string): Promise<number>;
  /** Removes a file, or a folder with everything in it. */
  remove(path: string): Promise<void>;
  /** A text that changes when a step moves its files to this folder. */
  markOf(folder: string): Promise<string>;
  /**
   * Moves the finished files from a step's own folder to its parent folder, and removes the rest. If another step has moved its files
   * there since `mark`, the own folder stays, under a visible name. Resolves to the folder that has the files now.
   */
  settle(own: string, mark: string | undefined): Promise<string>;
}

export interface Clock {
  /**
   * Milliseconds since the epoch, for waiting and deadlines. Steady from the start of the process on: setting the machine's
   * time does not move it.
   */
  now(): number;
  /** Milliseconds since the epoch by the machine's current clock: for dates that others read. */
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
  /** Lines folded under a title; a table is passed as printed text. */
  group(title: Message, lines: readonly (Message | string)[]): void;
}

export interface Place {
  readonly file: string;
  readonly line?: number;
}

/** What the runner stores for a step, and what it runs on. */
export interface Runner {
  /** How many processors a process may use. */
  readonly cores: number;
  setOutput(name: string, value: string): void;
  /** Stores a value for the post step. */
  saveState(name: string, value: string): void;
  /** Appends to the job summary; the runner drops a summary over 1 MiB entirely. */
  writeSummary(markdown: string): Promise<void>;
}
