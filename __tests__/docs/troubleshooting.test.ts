import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { read } from './pages.ts';
import { root } from './process.ts';

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => read(`src/${path}`))
  .join('\n');

/** The messages that begin a row of a table, as the texts between what differs from run to run. */
const messages = ['docs/troubleshooting.md', 'docs/resuming.md'].flatMap((page) =>
  Array.from(read(page).matchAll(/^\| `([^`]+)` \|/gm), ([, message = '']) => message),
);

test.each(messages)('the message %j is one of the action', (message) => {
  const parts = message.split('…').filter((part) => part.trim() !== '' && part !== ':');
  expect(parts.filter((part) => !sources.includes(part))).toEqual([]);
});

test('there are messages for all parts of a run', () => {
  expect(messages.length).toBeGreaterThan(30);
});
