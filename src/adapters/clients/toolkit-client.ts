// All of the toolkit shares these classes, including parts that are loaded late, so every client of it is covered.
import { HttpClient, HttpClientResponse } from '@actions/http-client';
import { readBody } from './body.ts';

/** Artifacts and entries of the cache are not read through this; a page of a list has less than one megabyte. */
const MAX_ANSWER_BYTES = 8 << 20;

// The toolkit's client would follow redirects and send the job's token to whatever host they lead to. No route of its services needs
// one.
Object.defineProperty(HttpClient.prototype, '_allowRedirects', { get: () => false, set: () => undefined });

// The toolkit's own never ends where the connection breaks, and copies all that it has with each piece: an error page of 200 MB
// would keep the process busy for minutes.
HttpClientResponse.prototype.readBody = async function (): Promise<string> {
  const pieces: Uint8Array[] = [];
  if ((await readBody(this.message, MAX_ANSWER_BYTES, pieces)) === 'too-long') throw new Error('answer too long');
  return Buffer.concat(pieces).toString();
};
