import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPriceBook, ratesOf } from '../../src/core/cost/book.ts';
import { formatUsd, shortenUsd } from '../../src/core/text/money.ts';
import { run, simulate } from '../action/harness.ts';
import { read } from './pages.ts';
import { root } from './process.ts';

const readme = read('README.md');
const beforeTables = readme.slice(0, readme.indexOf('\n## Inputs'));

test('is short before its tables', () => {
  expect(beforeTables.length).toBeLessThanOrEqual(12_000);
});

test('is in the order in which readers ask', () => {
  const headings = Array.from(readme.matchAll(/^## (.*)$/gm), ([, heading]) => heading);
  expect(headings).toEqual([
    ...['Quick start', 'Write the JSONL', 'What you get', 'Recipes', 'Costs', 'For approvers', 'FAQ'],
    ...['Inputs', 'Outputs'],
  ]);
  expect(Array.from(readme.matchAll(/^### (.*)$/gm))).toHaveLength(7);
});

test('shows a picture for each color scheme that one can read', () => {
  const picture = /<picture>[\s\S]*?<\/picture>/.exec(beforeTables)?.[0] ?? '';
  expect(picture).toContain('media="(prefers-color-scheme: dark)"');
  expect(picture).toContain('width="720"');
  for (const [, path = ''] of picture.matchAll(/(?:srcset|src)="([^"]+)"/g))
    expect(existsSync(join(root, path))).toBe(true);
  expect(picture).toMatch(/ alt="[^"]{40,}"/);
});

test('says beside the first use what to put for org', () => {
  const [first = ''] = beforeTables.split('\n').filter((line) => line.includes('uses: org/'));
  expect(first).toMatch(/uses: org\/claude-batch-action@v1 # .*\borg\b/);
});

const { version }: { version: string } = JSON.parse(read('package.json'));
const major = /^(\d+)\.0\.0-/.exec(version)?.[1];

// Once the tag is there, these sentences stop the release that brings it.
(major === undefined ? test.skip : test).each(['README.md', 'examples/README.md', 'docs/requests.md'])(
  '%s says before it is needed what to write while there are only candidates',
  (path) => {
    const page = path === 'docs/requests.md' ? read(path).replace(/^[\s\S]*?\n## Schemas\n/, '') : read(path);
    const said = page.search(
      new RegExp(`There is no \`v${major}\` yet: [\\s\\S]{0,40}\\bwrite\\s+\`@?v${version}\` for`),
    );
    expect(said).toBeGreaterThan(-1);
    const used = page.search(new RegExp(`claude-batch-action[@/]v${major}\\b`));
    expect(used === -1 || said < used).toBe(true);
  },
);

test('quotes costs that follow from the prices', () => {
  const book = createPriceBook();
  const at = { atMs: Date.now(), promptTokens: 500 };
  const [, tokens = '', output = ''] = /1,000 requests with (\d+) input and (\d+) output tokens/.exec(readme) ?? [];
  const rows = Array.from(
    readme.matchAll(/^\| `(claude-[\w-]+)` \| \$([\d.]+) \| \$([\d.]+) \|$/gm),
    ([, ...row]) => row,
  );
  expect(rows.length).toBeGreaterThan(2);
  for (const [model = '', standard, batch] of rows) {
    const { rates } = ratesOf(book, model, at) ?? {};
    const cost = 1_000n * (BigInt(tokens) * (rates?.input ?? 0n) + BigInt(output) * (rates?.output ?? 0n));
    expect([model, standard, batch]).toEqual([model, shortenUsd(formatUsd(cost)), shortenUsd(formatUsd(cost / 2n))]);
  }
});

describe('the snippets of "Write the JSONL"', () => {
  const section = beforeTables.slice(
    beforeTables.indexOf('## Write the JSONL'),
    beforeTables.indexOf('## What you get'),
  );
  const snippets = Array.from(
    section.matchAll(/^(From [^\n]*):\n\n```(python|sh)\n([\s\S]*?)```/gm),
    ([, name, , code]) => ({
      name: name ?? '',
      code: code ?? '',
      isPython: name !== undefined && /Python|CSV/.test(name),
    }),
  );
  const INPUTS: Readonly<Record<string, string>> = {
    'questions.csv': '\uFEFFquestion,expected\n"What is the capital of Peru, ""today""?",Lima\n"Two\nlines",none\n',
    'requests.json': JSON.stringify(
      ['peru', 'chad'].map((id) => ({
        custom_id: id,
        params: {
          model: 'claude-haiku-4-5',
          max_tokens: 64,
          messages: [{ role: 'user', content: `Capital of ${id}?` }],
        },
      })),
      null,
      2,
    ),
    'openai.jsonl': ['peru', 'chad']
      .map((id, index) => {
        const system = index === 0 ? [{ role: 'system', content: [{ type: 'text', text: 'Be brief.' }] }] : [];
        const developer = index === 1 ? [{ role: 'developer', content: 'Be kind.' }] : [];
        const messages = [...system, ...developer, { role: 'user', content: `Capital of ${id}?` }];
        const body = { model: 'gpt-4o', max_tokens: 99, messages };
        return JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body });
      })
      .join('\n'),
  };
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'readme-'));
    mkdirSync(join(folder, 'evals'));
    for (const [name, text] of Object.entries(INPUTS)) writeFileSync(join(folder, name), text);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are four', () => {
    expect(snippets).toHaveLength(4);
  });

  test.each(snippets)('$name, to a dry run that passes', async ({ code, isPython }) => {
    const [command, args] = isPython ? ['python3', ['-c', code]] : ['sh', ['-ec', code]];
    await promisify(execFile)(command, args, { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder } });
    const requests = readFileSync(join(folder, 'evals', 'requests.jsonl'), 'utf8');
    const step = await run(await simulate(), requests, { inputs: { 'dry-run': 'true', 'anthropic-api-key': '' } });
    const { exitCode, outputs } = step;
    expect({ exitCode, status: outputs.get('status'), count: outputs.get('request-count') }).toEqual({
      exitCode: 0,
      status: 'dry-run',
      count: '2',
    });
  });
});
