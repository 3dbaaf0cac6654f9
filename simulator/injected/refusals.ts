/**
 * Runs inside another process, before its own code: chosen requests cannot connect, which no server can do for a single
 * route. Each refusal is reported as an event of the process.
 */
import net from 'node:net';

interface Refusal {
  readonly head: string;
  readonly body: string;
  times: number;
  after?: number;
}

const { refusals } = JSON.parse(decodeURIComponent(new URL(import.meta.url).hash.slice(1))) as {
  readonly refusals: readonly Refusal[];
};

type Piece = string | Uint8Array;
type Generic = (
  this: net.Socket,
  isMany: boolean,
  data: unknown,
  encoding: string,
  done: (error?: Error) => void,
) => void;
const writer = net.Socket.prototype as unknown as { _writeGeneric: Generic };
const write = writer._writeGeneric;
writer._writeGeneric = function (this: net.Socket, isMany, data, encoding, done) {
  if (refusals.some(({ times }) => times > 0)) {
    const pieces = isMany ? (data as { readonly chunk: Piece }[]).map(({ chunk }) => chunk) : [data as Piece];
    const text = pieces
      .map((piece) => (typeof piece === 'string' ? piece : Buffer.from(piece).toString('latin1')))
      .join('');
    const hit = refusals.find(
      ({ head, body, times }) => times > 0 && new RegExp(head).test(text) && new RegExp(body).test(text),
    );
    if (hit?.after) hit.after -= 1;
    else if (hit !== undefined) {
      hit.times -= 1;
      process.emit('connection refused' as 'exit', 0);
      const facts = { code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: '127.0.0.1', port: 443 };
      this.destroy(Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:443'), facts));
      return done();
    }
  }
  return write.call(this, isMany, data, encoding, done);
};
