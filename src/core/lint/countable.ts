import { readMembers } from '../requests/members.ts';
import { COUNTED_BETA_PARAMS, COUNTED_PARAMS } from './param-names.generated.ts';

/**
 * The params of a request line that token counting accepts, each value as written; it refuses calls with any others. With `betas`, also
 * those that it accepts with an `anthropic-beta` header. The line must be an object that `JSON.parse` accepts. Undefined without params.
 * Overwrites the line and returns a part of its memory: copies of long prompts would stay until the next garbage collection.
 */
export function takeCountableParams(line: Uint8Array, betas = false): Uint8Array | undefined {
  const isTaken = (name: string) => COUNTED_PARAMS.has(name) || (betas && COUNTED_BETA_PARAMS.has(name));
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.length);
  // In Latin-1, text positions equal byte positions, and JSON's own characters are the same.
  const params = readMembers(bytes.toString('latin1')).find(({ name }) => name === 'params');
  if (params?.value.startsWith('{') !== true) return undefined;
  let end = bytes.write('{');
  // Each piece moves towards the start, since names take no more room here than in the line: nothing is overwritten before it is copied.
  for (const { name, start, value } of readMembers(params.value).filter((member) => isTaken(member.name))) {
    end += bytes.write(`${end === 1 ? '' : ','}"${name}":`, end);
    const from = params.start + start;
    bytes.copyWithin(end, from, from + value.length);
    end += value.length;
  }
  return bytes.subarray(0, end + bytes.write('}', end));
}
