import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { formOf, textFormOf, traceIn } from '../../../src/core/requests/file-form.ts';

const LINE = '{"custom_id":"a","params":{}}';
const BOM = '\ufeff';
const utf32 = (text: string) => Buffer.from(Uint32Array.from(text, (unit) => unit.charCodeAt(0)).buffer);

test.each<[string, string | Buffer, ReturnType<typeof formOf>]>([
  ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1', 'lfs-pointer'],
  ['UTF-16 with its mark, little end first', Buffer.from(BOM + LINE, 'utf16le'), 'utf-16'],
  ['UTF-16 with its mark, big end first', Buffer.from(BOM + LINE, 'utf16le').swap16(), 'utf-16'],
  ['UTF-16 without a mark, little end first', Buffer.from(LINE, 'utf16le'), 'utf-16'],
  ['UTF-16 without a mark, big end first', Buffer.from(LINE, 'utf16le').swap16(), 'utf-16'],
  ['UTF-32 with its mark, little end first', utf32(BOM + LINE), 'utf-32'],
  ['UTF-32 with its mark, big end first', utf32(BOM + LINE).swap32(), 'utf-32'],
  ['UTF-32 without a mark, little end first', utf32(LINE), 'utf-32'],
  ['UTF-32 without a mark, big end first', utf32(LINE).swap32(), 'utf-32'],
  ['gzip', gzipSync(LINE), 'gzip'],
  ['zip', 'PK\x03\x04\x14', 'zip'],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), 'zstd'],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'xz'],
  ['bzip2', 'BZh91AY', 'bzip2'],
  ['Parquet', 'PAR1\x15', 'parquet'],
  ['HTML', '<!DOCTYPE html>', 'html'],
  ['HTML after a blank', ' <html lang="en">', 'html'],
  ['XML', '<?xml version="1.0"?>', 'html'],
  ['a request', LINE, undefined],
  ['JSON of another kind', '[1]', undefined],
  ['NUL alone', Buffer.alloc(40), undefined],
  ['a text', 'version 2', undefined],
  ['nothing', '', undefined],
])('%s', (_, bytes, form) => {
  expect(formOf(Buffer.from(bytes))).toBe(form);
});

test.each<[string, string, ReturnType<typeof textFormOf>, string?]>([
  ['a head of CSV', 'id,question', 'csv'],
  ['one with quotes', '"id","the question, in full"', 'text'],
  ['one of one quoted column and another', '"id",question', 'csv'],
  ['one with semicolons', 'id;question text', 'csv'],
  ['one with tabs', 'id\tquestion', 'tsv'],
  ['one with spaces', 'id, question text', 'csv'],
  ['a sentence with commas', 'Hello, what is the capital of Peru?', 'text'],
  ['another', 'What is 3, 4 and 5?', 'text'],
  ['a question', 'What is the capital of Peru?', 'text'],
  ['a list of YAML', '- custom_id: a', 'yaml'],
  ['a mapping of YAML', 'requests:', 'yaml'],
  ['a mapping of YAML with a value', 'custom_id: a', 'yaml'],
  ['a prompt with a colon', 'Question: what is it?', 'text'],
  ['a list of prompts', '- What is it?', 'text'],
  ['a document of YAML', '---', 'yaml'],
  ['a comment', '# evals', 'text'],
  ['a question in a file called CSV', 'What is it?', 'csv', 'a.CSV'],
  ['a value in a file called TSV', 'What is it?', 'tsv', 'a.tsv'],
  ['a comment in a file called YAML', '# evals', 'yaml', 'a.yml'],
  ['JSON that is cut off', '{"custom_id"', undefined],
  ['JSON that is cut off, in a file called CSV', ' [1,', undefined, 'a.csv'],
])('%s as the first line', (_, line, form, name = 'a.jsonl') => {
  expect(textFormOf(Buffer.from(line), name)).toBe(form);
});

test.each<[string, string | Buffer, ReturnType<typeof traceIn>]>([
  ['the begin of a conflict', '<<<<<<< HEAD', { code: 'merge-conflict' }],
  ['the base of a conflict', '||||||| merged common ancestors', { code: 'merge-conflict' }],
  ['the middle of a conflict', '=======', { code: 'merge-conflict' }],
  ['the end of a conflict', '>>>>>>> topic', { code: 'merge-conflict' }],
  ['a conflict with line ends of Windows, which are cut off', '<<<<<<< HEAD', { code: 'merge-conflict' }],
  ['a heading', '======= x', undefined],
  ['a tail of NUL', Buffer.concat([Buffer.from(LINE), Buffer.alloc(9)]), { code: 'nul-bytes' }],
  ['NUL alone', Buffer.alloc(9), { code: 'nul-bytes' }],
  ['a byte order mark', BOM + LINE, { code: 'unseen-character', codePoint: 0xfeff, at: 'start' }],
  ['a no-break space', `\u00a0${LINE}`, { code: 'unseen-character', codePoint: 0xa0, at: 'start' }],
  ['a zero-width space', `\u200b${LINE}`, { code: 'unseen-character', codePoint: 0x200b, at: 'start' }],
  ['an ideographic space', `\u3000${LINE}`, { code: 'unseen-character', codePoint: 0x3000, at: 'start' }],
  ['a mark of direction', `\u202a${LINE}`, { code: 'unseen-character', codePoint: 0x202a, at: 'start' }],
  ['a no-break space behind', `${LINE}\u00a0`, { code: 'unseen-character', codePoint: 0xa0, at: 'end' }],
  ['bytes that are no UTF-8', Buffer.from([0xc3, 0x28]), undefined],
  ['a comma too many', `${LINE},`, undefined],
  ['a blank', ` ${LINE}x`, undefined],
])('%s in a line', (_, bytes, problem) => {
  expect(traceIn(Buffer.from(bytes))).toEqual(problem);
});
