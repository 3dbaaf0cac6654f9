import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its private key, in PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority that nothing trusts by default, such as a company's own, in PEM, and the certificate that it issued for a host. */
export interface Authority {
  readonly cert: string;
  readonly host: Identity;
}

const DAY_MS = 86_400_000;
const OIDS = {
  ecdsaSha256: [1, 2, 840, 10045, 4, 3, 2],
  commonName: [2, 5, 4, 3],
  basicConstraints: [2, 5, 29, 19],
  subjectAltName: [2, 5, 29, 17],
} as const;

export function createAuthority(host: string): Authority {
  const name = 'Simulated authority';
  const [authority, leaf] = [makeKeys(), makeKeys()];
  const critical = der(0x01, Buffer.from([0xff]));
  const isAuthority = extension('basicConstraints', sequence(critical), critical);
  const ofHost = extension('subjectAltName', sequence(der(0x82, Buffer.from(host))));
  const issue = (subject: string, publicKey: KeyObject, extensions: readonly Buffer[]): string =>
    pem(certificate({ issuer: name, subject, publicKey, extensions }, authority.privateKey));
  return {
    cert: issue(name, authority.publicKey, [isAuthority]),
    host: {
      cert: issue(host, leaf.publicKey, [ofHost]),
      key: String(leaf.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    },
  };
}

function makeKeys(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

interface Certified {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

/** X.509, version 3, in DER (RFC 5280). Valid from yesterday on for two months. */
function certificate({ issuer, subject, publicKey, extensions }: Certified, signer: KeyObject): Buffer {
  const algorithm = sequence(oid('ecdsaSha256'));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const validity = sequence(utcTime(Date.now() - DAY_MS), utcTime(Date.now() + 60 * DAY_MS));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const more = der(0xa3, sequence(...extensions));
  const signed = sequence(version, serial, algorithm, nameOf(issuer), validity, nameOf(subject), spki, more);
  return sequence(signed, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', signed, signer)])));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function oid(name: keyof typeof OIDS): Buffer {
  const [first, second, ...rest] = OIDS[name];
  const bytes = rest.flatMap((arc) => {
    const groups = [arc & 127];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128);
    return groups;
  });
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid('commonName'), der(0x0c, Buffer.from(commonName)))));
}

function utcTime(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, '');
  return der(0x17, Buffer.from(text.slice(2)));
}

function extension(name: keyof typeof OIDS, value: Buffer, ...critical: readonly Buffer[]): Buffer {
  return sequence(oid(name), ...critical, der(0x04, value));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
