import { expect, test } from '@jest/globals';
import { unzip } from '../../simulator/results/unzip.ts';
import { unzipOnly } from '../../src/adapters/unzip.ts';
import { makeZip } from './zip.ts';

const LIMIT = 1000;
const file = { name: 'record.json', content: '{"schema":1,"phase":"created"}' };
const read = (zip: Buffer) => unzipOnly(zip, file.name, LIMIT)?.toString();

/** The zip with one byte changed. */
function flip(zip: Buffer, at: number): Buffer {
  const damaged = Buffer.from(zip);
  damaged[at] = (damaged[at] ?? 0) ^ 1;
  return damaged;
}

test.each<[string, Buffer, string]>([
  ['deflated', makeZip([file]), file.content],
  ['stored', makeZip([{ ...file, stored: true }]), file.content],
  ['with a comment behind', makeZip([file], 'made by hand'), file.content],
  ['of nothing', makeZip([{ ...file, content: '' }]), ''],
  ['of just as many bytes as allowed', makeZip([{ ...file, content: 'x'.repeat(LIMIT) }]), 'x'.repeat(LIMIT)],
])('the one file %s', (_, zip, content) => {
  expect(read(zip)).toBe(content);
  expect(unzip(zip).get(file.name)?.toString()).toBe(content);
});

const large = 'x'.repeat(LIMIT + 1);
const whole = makeZip([{ ...file, stored: true }]);

test.each<[string, Buffer]>([
  ['an empty text', Buffer.alloc(0)],
  ['no zip', Buffer.from('{"schema":1}')],
  ['a zip of no file', makeZip([])],
  ['a file of another name', makeZip([{ ...file, name: 'record.json2' }])],
  ['a path that ends in the name', makeZip([{ ...file, name: '../record.json' }])],
  ['two files', makeZip([file, { ...file, name: 'more.txt' }])],
  ['the same file twice', makeZip([file, file])],
  ['more bytes than allowed, deflated', makeZip([{ ...file, content: large }])],
  ['more bytes than allowed, stored', makeZip([{ ...file, content: large, stored: true }])],
  ['more bytes than allowed, with a small size claimed', makeZip([{ ...file, content: large, size: 10 }])],
  ['fewer bytes than claimed', makeZip([{ ...file, size: file.content.length + 1 }])],
  ['a way of packing that is not known', makeZip([{ ...file, method: 12 }])],
  ['a cut end', whole.subarray(0, -19)],
  ['a cut start', whole.subarray(7)],
  ['a changed byte of the content', flip(whole, whole.indexOf('created'))],
  ['a changed byte of a deflated content', flip(makeZip([file]), 30 + file.name.length + 8)],
  ['a changed signature of the directory', flip(whole, whole.indexOf(Buffer.from('PK\x01\x02')))],
  ['a directory that lies beyond the end', flip(whole, whole.length - 22 + 18)],
  ['a file that lies beyond the end', flip(whole, whole.indexOf(Buffer.from('PK\x01\x02')) + 45)],
])('%s is not read', (_, zip) => {
  expect(read(zip)).toBeUndefined();
});
