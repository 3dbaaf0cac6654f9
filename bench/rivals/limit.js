// The least that anything can do with a file of JSON lines: bytes in, JSON.parse of each line, SHA-256, bytes out.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';

const [path] = process.argv.slice(2);
const out = createWriteStream('out.jsonl');
const hash = createHash('sha256');
let rest = Buffer.alloc(0);
let count = 0;
for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 })) {
  hash.update(piece);
  if (!out.write(piece)) await once(out, 'drain');
  const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (typeof JSON.parse(bytes.toString('utf8', start, end)) === 'object') count += 1;
    start = end + 1;
  }
  rest = bytes.subarray(start);
}
out.end();
await once(out, 'close');
if (count === 0 || hash.digest('hex').length !== 64) throw new Error('no lines');
