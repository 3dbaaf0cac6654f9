import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the files that differ between two folders, byte for byte, or are in only one of them. */
export function compareFolders(a: string, b: string): string[] {
  const read = (folder: string, name: string): Buffer | undefined => {
    try {
      return readFileSync(join(folder, name));
    } catch {
      return undefined;
    }
  };
  const isSame = (name: string): boolean => {
    const [one, other] = [read(a, name), read(b, name)];
    return one !== undefined && other !== undefined && one.equals(other);
  };
  return [...new Set([...readdirSync(a), ...readdirSync(b)])].filter((name) => !isSame(name)).sort();
}
