import { readMembers } from '../requests/members.ts';
import { COUNTED_BETA_PARAMS, COUNTED_PARAMS } from './param-names.generated.ts';

/**
 * The params of a request line that token counting accepts, each value as written; it refuses calls with any others. With `betas`, also
 * those that it accepts with an `anthropic-beta` header. The line must be an object that `JSON.parse` accepts. Undefined without params.
 */
export function countableParams(line: Uint8Array, betas = false): Uint8Array | undefined {
  const isTaken = (name: string) => COUNTED_PARAMS.has(name) || (betas && COUNTED_BETA_PARAMS.has(name));
  // In Latin-1, text positions equal byte positions, and JSON's own characters are the same.
  const text = Buffer.from(line.buffer, line.byteOffset, line.length).toString('latin1');
  const params = readMembers(text).find(({ name }) => name === 'params');
  if (params?.value.startsWith('{') !== true) return undefined;
  const members = readMembers(params.value).filter(({ name }) => isTaken(name));
  const pieces = members.flatMap(({ name, start, value }, at) => {
    const from = params.start + start;
    return [Buffer.from(`${at === 0 ? '' : ','}"${name}":`), line.subarray(from, from + value.length)];
  });
  return Buffer.concat([Buffer.from('{'), ...pieces, Buffer.from('}')]);
}
