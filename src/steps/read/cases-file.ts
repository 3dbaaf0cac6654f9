import type { Files, FileWriter } from '../../ports/machine.ts';

/** The file of cases being written; it exists only where there is a case. Await each write before the next. */
export type CasesFile = ReturnType<typeof openCases>;

export function openCases(files: Files, path: string) {
  let writer: FileWriter | undefined;
  let count = 0;

  async function begin(text: string): Promise<void> {
    writer = await files.write(path);
    await writer.write(text);
  }

  return {
    /** How many there are. */
    get count() {
      return count;
    },
    path,
    write(line: string): Promise<void> | undefined {
      count += 1;
      return writer === undefined ? begin(`${line}\n`) : writer.write(`${line}\n`);
    },
    commit: async () => await writer?.commit(),
    discard: async () => await writer?.discard(),
  };
}
