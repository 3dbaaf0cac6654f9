import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Simulator } from '../../simulator/index.ts';
import { unzip } from '../../simulator/results/index.ts';
import { printMessage } from '../../src/core/messages/message.ts';
import { printProblem } from '../../src/core/messages/problems.ts';
import { artifactsOf, createsOf, errorsOf, lines, readOutput, requestLine, run, simulate } from './harness.ts';

type Parts = readonly { readonly text: { readonly head: string } }[];

interface Case {
  readonly id: string;
  readonly outcome: string;
  readonly usd: string | null;
  readonly tokens: { readonly input: number; readonly output: number } | null;
  readonly prompt: Parts | null;
  readonly answer: Parts | null;
}

/** The cases of a page, in the order in which they stand. */
function casesOf(html: string): Case[] {
  const blocks = html.matchAll(/<script[^>]*class="case"[^>]*>(.*?)<\/script>/gs);
  return Array.from(blocks, ([, json]) => JSON.parse(json ?? ''));
}

/** What a browser gets that is sent to the page's artifact. */
async function fetchPage({ results, origin }: Simulator, name: string): Promise<{ type: string | null; html: string }> {
  const artifact = results.artifacts.find((one) => one.name === name);
  if (artifact === undefined) throw new Error(`There is no artifact ${name}`);
  const response = await fetch(results.artifactUrl(origin, artifact));
  return { type: response.headers.get('content-type'), html: await response.text() };
}

const micro = (usd: string): number => Math.round(Number(usd) * 1_000_000);

test('the page opens unzipped from the address in the output, and its figures are those of summary.json', async () => {
  const simulator = await simulate({
    anthropic: {
      outcomeOf: (id) => {
        if (id === 'case-3') return { kind: 'errored', type: 'invalid_request_error', message: 'no such tool' };
        return { kind: 'succeeded', text: `Hello ${id}.`, stopReason: id === 'case-5' ? 'max_tokens' : 'end_turn' };
      },
    },
  });
  const requests = Array.from({ length: 12 }, (_, i) => requestLine(`case-${i}`));
  const result = await run(simulator, lines(...requests), {
    inputs: { 'max-error-rate': '50', 'artifact-name': 'evals' },
  });
  expect(result.conclusion).toBe('success');

  const { type, html } = await fetchPage(simulator, 'evals.html');
  expect(type).toBe('text/html');
  expect(html).toBe(readOutput(result, 'page-file'));
  expect(basename(result.outputs.get('page-file') ?? '')).toBe('evals.html');
  const stored = artifactsOf(simulator).map(({ id, name, digest }) => [name, id, digest === undefined]);
  expect(stored).toEqual([
    ['evals', expect.any(Number), false],
    ['evals.html', expect.any(Number), false],
  ]);
  const url = result.outputs.get('report-url');
  expect(url).toMatch(new RegExp(`/actions/runs/\\d+/artifacts/${stored[1]?.[1]}$`));
  expect(simulator.repository.comments[0]?.body).toContain(`](${url})`);
  expect(readOutput(result, 'report-file')).toContain(`](${url})`);

  const summary = JSON.parse(readOutput(result, 'summary-file'));
  const cases = casesOf(html);
  expect(cases.map(({ id }) => id).slice(0, 3)).toEqual(['case-3', 'case-5', 'case-0']);
  const count = (outcome: string): number => cases.filter((one) => one.outcome === outcome).length;
  const sum = (of: (one: Case) => number): number => cases.reduce((total, one) => total + of(one), 0);
  expect({ total: cases.length, succeeded: count('succeeded'), errored: count('errored') }).toEqual({
    total: summary.requests.total,
    succeeded: summary.requests.succeeded,
    errored: summary.requests.errored,
  });
  expect({
    input: sum(({ tokens }) => tokens?.input ?? 0),
    output: sum(({ tokens }) => tokens?.output ?? 0),
  }).toEqual({ input: summary.tokens.input, output: summary.tokens.output });
  // Each case is rounded by itself.
  expect(Math.abs(sum(({ usd }) => micro(usd ?? '0')) - micro(summary.cost.usd))).toBeLessThanOrEqual(cases.length / 2);
  expect(html).toContain(`$${summary.cost.usd}`);
});

test.each<[string, string[], [boolean, boolean]]>([
  ['full', ['requests.jsonl', 'results.jsonl', 'retry.jsonl'], [true, true]],
  ['answers', ['results.jsonl'], [false, true]],
  ['none', [], [false, false]],
])('artifact-content: %s is all that leaves the runner', async (content, files, [prompts, answers]) => {
  const simulator = await simulate({
    anthropic: { outcomeOf: () => ({ kind: 'succeeded', text: 'SENTINEL-ANSWER' }) },
  });
  const requests = lines(requestLine('a', 'SENTINEL-PROMPT'), requestLine('b', 'SENTINEL-PROMPT'));
  const result = await run(simulator, requests, { inputs: { 'artifact-content': content } });
  expect(result.conclusion).toBe('success');
  const [zip, page, ...others] = artifactsOf(simulator).map(({ blob }) => blob.bytes ?? Buffer.alloc(0));
  expect(others).toEqual([]);
  const unzipped = unzip(zip ?? Buffer.alloc(0));
  expect([...unzipped.keys()].sort()).toEqual(['report.md', ...files, 'summary.json'].sort());
  const all = [String(page), ...Array.from(unzipped.values(), String)].join('\n');
  expect([all.includes('SENTINEL-PROMPT'), all.includes('SENTINEL-ANSWER')]).toEqual([prompts, answers]);
  expect(casesOf(String(page)).map(({ id, usd }) => [id, usd !== null])).toEqual([
    ['a', true],
    ['b', true],
  ]);
  const folder = dirname(result.outputs.get('results-file') ?? '');
  expect(
    readdirSync(folder)
      .filter((name) => !name.endsWith('.html'))
      .sort(),
  ).toEqual(['report.md', 'requests.jsonl', 'results.jsonl', 'retry.jsonl', 'summary.json']);
});

test('artifact-content: none with delete-batch is refused before anything is sent', async () => {
  const simulator = await simulate();
  const result = await run(simulator, lines(requestLine('a')), {
    inputs: { 'artifact-content': 'none', 'delete-batch': 'true' },
  });
  expect([result.conclusion, createsOf(simulator)]).toEqual(['failure', 0]);
  expect(errorsOf(result)).toEqual([
    printProblem({ code: 'input-results-lost', why: ['no-content'], input: 'delete-batch' }),
  ]);
});

test('the page follows the number of its artifact, and counts on where its own name is taken', async () => {
  const simulator = await simulate();
  const job = { runId: 16_000_000_778 };
  const go = () =>
    run(simulator, lines(requestLine('a')), { job, inputs: { 'artifact-name': 'evals', 'retention-days': '3' } });
  await go();
  const second = await go();
  expect(basename(second.outputs.get('page-file') ?? '')).toBe('evals-2.html');
  // Somebody deletes the zip, and its name is free again while that of the page is not.
  const { artifacts } = simulator.results;
  artifacts.splice(
    artifacts.findIndex(({ name }) => name === 'evals'),
    1,
  );
  const third = await go();
  expect([
    third.conclusion,
    third.outputs.get('artifact-name'),
    basename(third.outputs.get('page-file') ?? ''),
  ]).toEqual(['success', 'evals', 'evals.html']);
  expect(artifactsOf(simulator).map(({ name }) => name)).toEqual([
    'evals.html',
    'evals-2',
    'evals-2.html',
    'evals',
    'evals-3.html',
  ]);
  const page = artifacts.at(-1);
  expect((await fetchPage(simulator, page?.name ?? '')).html).toBe(readOutput(third, 'page-file'));
  expect(third.outputs.get('report-url')).toMatch(new RegExp(`/${page?.id}$`));
  expect(Math.round(((page?.expiresAtMs ?? 0) - (page?.createdAtMs ?? 0)) / 86_400_000)).toBe(3);
  expect(readdirSync(dirname(third.outputs.get('page-file') ?? '')).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a page that cannot be uploaded is a warning: the step is green, and the results are stored', async () => {
  const simulator = await simulate();
  simulator.faults.push({
    method: 'POST',
    path: /CreateArtifact$/,
    // The record of the batch, the results and the record of their collection are stored before.
    after: 3,
    does: {
      kind: 'answer',
      response: {
        status: 403,
        headers: { 'content-type': 'application/json' },
        body: '{"code":"permission_denied","msg":"no room"}',
      },
    },
  });
  const result = await run(simulator, lines(requestLine('a')));
  expect([result.conclusion, result.outputs.has('artifact-id'), result.outputs.has('report-url')]).toEqual([
    'success',
    true,
    false,
  ]);
  const warnings = result.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
  const path = result.outputs.get('page-file') ?? '';
  const [before, after] = printMessage({ code: 'page-not-uploaded', path, reason: '|' }).split('|');
  expect([warnings.length, warnings[0]?.startsWith(before ?? '?'), warnings[0]?.endsWith(after ?? '?')]).toEqual([
    1,
    true,
    true,
  ]);
  expect(warnings[0]).toContain('no room');
  expect(existsSync(path)).toBe(true);
});

test('without artifact-name, and on a server without this service, the page stays on the runner', async () => {
  const simulator = await simulate();
  const alone = await run(simulator, lines(requestLine('a')), { inputs: { 'artifact-name': '' } });
  expect([alone.conclusion, basename(alone.outputs.get('page-file') ?? '')]).toEqual(['success', 'report.html']);
  const ghes = await run(simulator, lines(requestLine('b')), { job: { serverUrl: 'https://github.example.com' } });
  expect([ghes.conclusion, basename(ghes.outputs.get('page-file') ?? '')]).toEqual([
    'success',
    'claude-batch-evals-0.html',
  ]);
  for (const result of [alone, ghes]) {
    expect(result.outputs.has('report-url')).toBe(false);
    expect(casesOf(readFileSync(result.outputs.get('page-file') ?? '', 'utf8'))).toHaveLength(1);
  }
  expect(artifactsOf(simulator)).toEqual([]);
});

const HOSTILE = [
  '</script><script>owned()</script>',
  '"><img src=x onerror=owned()>',
  '<!--<script>',
  '__proto__',
  'constructor',
  '\u202eowned\u2028',
  '::error::owned',
];

test('hostile ids and texts are data in the page', async () => {
  const simulator = await simulate({
    anthropic: {
      outcomeOf: (_, __, index) =>
        index % 2 === 0
          ? { kind: 'succeeded', text: HOSTILE.join('\n'), model: HOSTILE[0] ?? '' }
          : { kind: 'errored', type: 'invalid_request_error', message: HOSTILE.join('\n') },
    },
  });
  // The API takes any id of this form.
  const requests = ['__proto__', 'constructor', 'a', 'b'].map((id) => requestLine(id, HOSTILE.join('\n')));
  const first = await run(simulator, lines(...requests), { inputs: { 'max-error-rate': '100' } });
  const own = readOutput(first, 'page-file');
  expect(
    casesOf(own)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['__proto__', 'a', 'b', 'constructor']);
  expect(casesOf(own).filter(({ prompt }) => !prompt?.[0]?.text.head.includes('</script>'))).toEqual([]);

  // Result lines may name anything where nobody knows what was asked.
  simulator.anthropic.script.lineFaults = { foreign: HOSTILE };
  const given = await run(simulator, '', {
    inputs: { requests: '', 'batch-id': first.outputs.get('batch-id') ?? '', 'max-error-rate': '100' },
  });
  const html = readOutput(given, 'page-file');
  expect(casesOf(html)).toHaveLength(4 + HOSTILE.length - 2);
  for (const page of [own, html]) {
    expect(page.match(/<script type="module">/g)).toHaveLength(1);
    const opened = page.match(/<script\b/gi)?.length ?? 0;
    expect([opened, page.match(/<\/script/gi)?.length]).toEqual([casesOf(page).length + 1, opened]);
    expect(page).not.toMatch(/<img|<!--/i);
  }
  for (const { annotations } of [first, given])
    expect(annotations.filter(({ message }) => message === 'owned')).toEqual([]);
});
