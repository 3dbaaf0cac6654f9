import type { FileWriter } from '../../ports/machine.ts';

/** Writes a text as the whole of a file; leaves none where that fails. */
export async function writeWhole(writer: FileWriter, text: string): Promise<void> {
  try {
    await writer.write(text);
    await writer.commit();
  } finally {
    await writer.discard();
  }
}
