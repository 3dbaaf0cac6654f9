import { describe, expect, test } from '@jest/globals';
import { codeCell, escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import { escapeHtml } from '../../../src/core/page/html.ts';
import { dataBlock } from '../../../src/core/page/print-case.ts';
import { createBlotter, createSecrets, writingsOf } from '../../../src/core/text/secrets.ts';

const KEY = 'sk-ant-api03-deadbeef01-A_b_-_c';
const ODD = 'p<a>ss&"w\\ord\'`*@octo#1';
const JWT = `eyJhbGciOi.${'aB3_-.'.repeat(85)}`;
const blot = createBlotter([KEY, ODD, JWT]);

describe('a secret is blotted', () => {
  const secrets = [
    ['a key', KEY],
    ['one of odd characters', ODD],
    ['a token of 520 characters', JWT],
  ] as const;
  const forms: readonly (readonly [string, (text: string) => string])[] = [
    ['as it is', (text) => text],
    ['in a paragraph of Markdown', (text) => escapeMarkdown(text)],
    ['in a cell of Markdown', (text) => codeCell(`${text}|`)],
    ['in HTML', escapeHtml],
    ['in JSON', (text) => JSON.stringify({ text: `"${text}"` })],
    ['in the data of the page', (text) => dataBlock({ text: `"${text}"` })],
    ['in a URL', encodeURIComponent],
    ['in a URL in lower case', (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase())],
    ['in upper case', (text) => text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())],
    ['in lower case', (text) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())],
  ];
  const all = secrets.flatMap(([what, secret]) => forms.map(([how, form]) => [what, how, secret, form] as const));

  test.each(all)('%s %s', (_, __, secret, form) => {
    expect(blot(form(`x ${secret}, ${secret}`))).toBe(form('x 9999, 9999').replaceAll('9999', '***'));
  });

  const positions = [0, 1, 2].flatMap((before) => [0, 1, 2].map((behind) => [before, behind] as const));
  test.each(positions)('within base64, %i bytes before and %i behind it', (before, behind) => {
    for (const [, secret] of secrets) {
      for (const alphabet of ['base64', 'base64url'] as const) {
        const bytes = Buffer.from('ä'.repeat(3) + 'x'.repeat(before) + secret + 'y'.repeat(behind));
        const blotted = blot(bytes.toString(alphabet));
        const [start = '', end = '', ...more] = blotted.split('***');
        expect(more).toEqual([]);
        // What is left are the characters that hold bits of what stands around it.
        expect(Buffer.from(start, alphabet).length).toBeLessThanOrEqual(6 + before + 1);
        expect(end.replaceAll('=', '').length).toBeLessThanOrEqual(4);
        expect(writingsOf([secret]).some((text) => bytes.toString(alphabet).includes(text))).toBe(true);
      }
    }
  });

  test('cut at the end', () => {
    expect(blot(`${KEY.slice(0, 16)}… ${KEY.slice(0, -1)}`)).toBe('***… ***');
    expect(blot(`${KEY.slice(0, 15)}…`)).toBe(`${KEY.slice(0, 15)}…`);
  });

  test('and not the shorter of two that begin alike', () => {
    expect(createBlotter(['password', 'password-2'])('password-2 password')).toBe('*** ***');
    const alike = ['first', 'second', 'first-2'].map((end) => `sk-ant-api03-deadbeef-${end}`);
    expect(createBlotter(alike)(alike.join(' '))).toBe('*** *** ***');
  });
});

test('a secret of any length and of any characters', () => {
  const long = 'aB3_-.'.repeat(2_000);
  const slashes = `not-to-be-told-${'\\'.repeat(3)}"&<span>😀`;
  const blotter = createBlotter([long, slashes, `${slashes}-2`]);
  for (const secret of [long, slashes]) {
    expect(blotter(`.${secret}. ${JSON.stringify(secret)}`)).toBe('.***. "***"');
    expect(blotter(`.${Buffer.from(secret).toString('base64')}`).length).toBeLessThan(9);
  }
});

test('nothing else is', () => {
  // Base64 of what many keys begin with says nothing of this one.
  const beginnings = ['sk-ant-', 'sk-ant-api03-'].map((text) => Buffer.from(text).toString('base64'));
  for (const text of ['', 'sk-ant-', 'eyJhbGciOi', JSON.stringify({ a: '\\"' }), ...beginnings])
    expect(blot(text)).toBe(text);
  expect(createBlotter([])('x')).toBe('x');
});

test('a text too short for a secret is none', () => {
  expect(createSecrets([undefined, '', 'test', ' sk-ant-api03 ', 'sk-ant-api03']).texts()).toEqual(['sk-ant-api03']);
});

test('secrets that come later are replaced too, and only the newest of them are kept', () => {
  const secrets = createSecrets(['the-lasting-one']);
  const { blot } = secrets;
  const tokens = Array.from({ length: 8 }, (_, index) => `sk-ant-oat01-token-${index}`);
  expect(blot('sk-ant-oat01-token-0')).toBe('sk-ant-oat01-token-0');
  for (const token of tokens) secrets.add(token);
  secrets.add('short');
  expect(blot('the-lasting-one sk-ant-oat01-token-7, sk-ant-oat01-token-2')).toBe('*** ***, ***');
  expect(secrets.texts()).toEqual(['the-lasting-one', ...tokens.slice(2).reverse()]);
});
