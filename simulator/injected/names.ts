/** Runs inside another process, before its own code: every host under `.test` resolves to this machine. */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

type Lookup = (host: string, options: object, done: (...args: unknown[]) => void) => void;
const lookup = dns.lookup as unknown as Lookup;

function lookUp(host: string, ...rest: unknown[]): void {
  const done = rest.at(-1) as (...args: unknown[]) => void;
  const options = typeof rest[0] === 'object' && rest[0] !== null ? rest[0] : {};
  lookup(host.endsWith('.test') ? '127.0.0.1' : host, options, done);
}
Object.assign(dns, { lookup: lookUp });
syncBuiltinESMExports();
