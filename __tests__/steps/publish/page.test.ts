import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.ts';
import { printMessage } from '../../../src/core/messages/message.ts';
import { type PageMessage, printPageText } from '../../../src/core/messages/page.ts';
import { REPORT } from '../../../src/core/messages/report.ts';
import type { PageText } from '../../../src/core/page/case.ts';
import { wordsHtml } from '../../../src/core/page/html.ts';
import { MAX_PAGE_BYTES } from '../../../src/core/page/print-case.ts';
import { runBatch } from '../../../src/pipeline.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { publish } from '../../../src/steps/publish/publish.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { noSpace } from '../../fakes/files.ts';
import { inputsOf, runOf, runStep } from '../../fakes/step.ts';
import { createFakeWorld, errored, type FakeWorld, succeeded } from '../../fakes/world.ts';

const lineOf = (id: string): string =>
  JSON.stringify({
    custom_id: id,
    params: {
      model: 'claude-haiku-4-5',
      max_tokens: 8,
      messages: [{ role: 'user', content: `Question <${id}>, é 😀?` }],
    },
  });

const requestsOf = (...ids: string[]): string => ids.map((id) => `${lineOf(id)}\n`).join('');

function worldOf(...ids: string[]): FakeWorld {
  const world = createFakeWorld({ '/w/evals.jsonl': requestsOf(...ids) });
  world.apiState.answer = (id) =>
    succeeded(id, { input_tokens: 10, output_tokens: 5 }, { content: [{ type: 'text', text: `Answer <${id}>` }] });
  return world;
}

/** The records of the cases of a page, in the order in which they stand. */
function casesOf(html: string): { id: string; position: number; outcome: string; [name: string]: unknown }[] {
  const blocks = html.matchAll(/<script[^>]*class="case"[^>]*>(.*?)<\/script>/gs);
  return Array.from(blocks, ([, json]) => JSON.parse(json ?? ''));
}

const textOf = (world: FakeWorld, path: string): string => world.files.disk.get(path)?.toString('utf8') ?? '';
const warningsOf = ({ log }: FakeWorld): string[] =>
  log.annotations.flatMap(({ level, text }) => (level === 'warning' ? text : []));
const has = (html: string, message: PageMessage): boolean => html.includes(printPageText(message));
const leftOut = (total: number, artifact: string | undefined, unanswered = 0): PageMessage => ({
  ...{ shown: 2_000, total, unanswered, incomplete: 0, artifact },
  code: 'cases-left-out',
});

/** A result that is missing is believed by the second run that finds it so, an hour after the batch ended. */
async function runUntilTaken(world: FakeWorld, raw: Readonly<Record<string, string>>): Promise<void> {
  await runStep(world, inputsOf(raw));
  world.clock.time += 3_600_000;
  await runStep(world, inputsOf(raw));
}

describe('the page', () => {
  test('is written beside the results, uploaded on its own, and named in the outputs', async () => {
    const world = worldOf('a', 'b');
    const { green } = await runStep(world);
    expect(green).toBe(true);
    const html = textOf(world, '/r/evals.html');
    expect(html).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    expect(
      world.artifactState.pages.map(({ name, content }) => [name, content.get('/r/evals.html')?.toString()]),
    ).toEqual([['evals.html', html]]);
    expect(world.artifactState.stored.flatMap(({ files }) => files)).not.toContain('/r/evals.html');
    expect(['page-file', 'report-url'].map((name) => world.outputs.get(name))).toEqual([
      '/r/evals.html',
      'https://github.test/artifacts/1001',
    ]);
    expect(html).toContain('https://github.test/artifacts/1"');
  });

  test('is linked in the comment, in report.md and in the job summary', async () => {
    const world = worldOf('a');
    await runStep(world);
    const texts = [world.board.comments[0]?.body, textOf(world, '/r/report.md'), world.summaries[0]];
    expect(texts.filter((text) => !text?.includes('](https://github.test/artifacts/1001)'))).toEqual([]);
  });

  test('holds each case with the request, the answer, the tokens and the cost that are its own', async () => {
    const world = worldOf('a', 'b', 'c');
    // As always in the fake, results come in the opposite order; the second one has other tokens.
    const { answer } = world.apiState;
    world.apiState.answer = (id, i) =>
      i === 1 ? succeeded(id, { input_tokens: 1_000_000, output_tokens: 0 }) : answer(id, i);
    await runStep(world);
    expect(casesOf(textOf(world, '/r/evals.html'))).toMatchObject([
      {
        position: 0,
        id: 'a',
        prompt: { head: 'Question <a>, é 😀?' },
        answer: { head: 'Answer <a>' },
        usd: '0.000018',
      },
      { position: 1, id: 'b', prompt: { head: 'Question <b>, é 😀?' }, answer: { head: 'ok' }, usd: '0.500000' },
      {
        position: 2,
        id: 'c',
        prompt: { head: 'Question <c>, é 😀?' },
        answer: { head: 'Answer <c>' },
        usd: '0.000018',
      },
    ]);
  });

  test('has what has no whole answer first, a missing one with its id and prompt', async () => {
    const world = worldOf('whole', 'wrong', 'gone', 'cut');
    const { answer } = world.apiState;
    world.apiState.answer = (id, i) => {
      if (id === 'wrong') return errored(id);
      if (id === 'cut') return succeeded(id, undefined, { stop_reason: 'max_tokens' });
      return id === 'gone' ? { custom_id: 'other', result: { type: 'expired' } } : answer(id, i);
    };
    await runUntilTaken(world, { 'max-error-rate': '100', 'retry-rounds': '0' });
    const cases = casesOf(textOf(world, '/r/evals.html'));
    expect(cases.map(({ id, position, outcome }) => [id, position, outcome])).toEqual([
      ['wrong', 1, 'errored'],
      ['gone', 2, 'missing'],
      ['cut', 3, 'succeeded'],
      ['whole', 0, 'succeeded'],
    ]);
    expect(cases[1]).toMatchObject({ prompt: { head: 'Question <gone>, é 😀?' }, answer: null });
    expect(cases[0]).toMatchObject({
      error: { type: 'invalid_request_error', message: { head: 'max_tokens: required' } },
    });
  });

  test('shows of a later round what replaced the failure', async () => {
    const world = worldOf('a', 'b');
    const { answer } = world.apiState;
    world.apiState.answer = (id, i) =>
      id === 'b' && world.apiState.created === 1 ? errored(id, 'overloaded_error') : answer(id, i);
    await runStep(world);
    expect(world.apiState.created).toBe(2);
    expect(casesOf(textOf(world, '/r/evals.html'))).toMatchObject([
      { id: 'a', answer: { head: 'Answer <a>' } },
      { id: 'b', answer: { head: 'Answer <b>' }, outcome: 'succeeded' },
    ]);
  });

  test('lists 2,000 of more, and reads no others', async () => {
    const ids = Array.from({ length: 2_003 }, (_, i) => `id-${i}`);
    const world = worldOf(...ids);
    const { answer } = world.apiState;
    world.apiState.answer = (id, i) => (i === 2_002 ? errored(id) : answer(id, i));
    const reads = new Map<string, number>();
    const open: Ports['files']['open'] = (path) => {
      const reader = world.files.open(path);
      const readAt: typeof reader.readAt = (offset, length) => {
        reads.set(path, (reads.get(path) ?? 0) + 1);
        return reader.readAt(offset, length);
      };
      return { ...reader, readAt };
    };
    const counted: FakeWorld = { ...world, files: { ...world.files, open } };
    await runStep(counted, inputsOf({ 'max-error-rate': '1' }));
    const html = textOf(world, '/r/evals.html');
    const cases = casesOf(html);
    expect([cases.length, cases[0]?.id, cases[1]?.id, cases[1999]?.id]).toEqual([2_000, 'id-2002', 'id-0', 'id-1998']);
    expect(has(html, leftOut(2_003, 'evals', 1))).toBe(true);
    expect(reads.get('/r/results.jsonl')).toBe(2_000);
  });

  test('stays within its bound: cases beyond it have no texts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-'));
    try {
      const world = worldOf();
      const text = '漢'.repeat(20_000);
      world.apiState.answer = (id) => succeeded(id, undefined, { content: [{ type: 'text', text }] });
      const requests = Array.from({ length: 450 }, (_, i) => ({ custom_id: `id-${i}` }));
      world.files.disk.set('/body', Buffer.from(JSON.stringify({ requests })));
      await world.api.create({ path: '/body', bytes: 0 });
      const inputs = inputsOf({ requests: '', 'batch-id': 'msgbatch_1', 'results-path': folder });
      await runStep({ ...world, files: createFiles('/w') as FakeWorld['files'] }, inputs);
      const html = readFileSync(join(folder, 'evals.html'), 'utf8');
      expect(Buffer.byteLength(html)).toBeLessThan(MAX_PAGE_BYTES + 200_000);
      const cases = casesOf(html);
      const whole = cases.findIndex(({ texts_left_out }) => texts_left_out);
      expect([cases.length, whole]).toEqual([450, expect.any(Number)]);
      expect(whole).toBeGreaterThan(400);
      expect(cases.slice(0, whole).filter(({ answer }) => (answer as PageText).head !== text)).toEqual([]);
      expect(cases.slice(whole).filter(({ answer }) => answer !== null)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('of batches that were given alone has answers without prompts, whatever the result line holds', async () => {
    const world = worldOf();
    world.apiState.answer = (id) => ({ ...succeeded(id), params: { messages: [{ role: 'user', content: 'forged' }] } });
    world.files.disk.set('/body', Buffer.from('{"requests":[{"custom_id":"a"},{"custom_id":"b"}]}'));
    await world.api.create({ path: '/body', bytes: 0 });
    await runStep(world, inputsOf({ requests: '', 'batch-id': 'msgbatch_1' }));
    const html = textOf(world, '/r/evals.html');
    expect(casesOf(html)).toMatchObject([
      { id: 'b', prompt: null, answer: { head: 'ok' } },
      { id: 'a', prompt: null, answer: { head: 'ok' } },
    ]);
    expect(html).not.toContain('forged');
  });

  test('of results that were restored is made from those', async () => {
    const world = worldOf('a', 'b');
    await runStep(world, inputsOf({ 'delete-batch': 'true' }));
    expect(world.apiState.batches.size).toBe(0);
    world.files.disk.delete('/r/evals.html');
    const { outcome } = await runStep(world, inputsOf(), runOf({ GITHUB_RUN_ATTEMPT: '2' }));
    expect(outcome.status).toBe('completed');
    expect(casesOf(textOf(world, '/r/evals.html'))).toMatchObject([
      { id: 'a', prompt: { head: 'Question <a>, é 😀?' }, answer: { head: 'Answer <a>' }, usd: '0.000018' },
      { id: 'b', answer: { head: 'Answer <b>' } },
    ]);
  });

  test('has the number of the artifact whose name was taken, and replaces an older page', async () => {
    const world = worldOf('a');
    world.files.disk.set('/r/evals-2.html', Buffer.from('old'));
    const upload: Ports['artifacts']['upload'] = async (artifact) => {
      const stored = await world.artifacts.upload(artifact);
      return stored && { ...stored, name: 'evals-2' };
    };
    await runStep({ ...world, artifacts: { ...world.artifacts, upload } });
    expect(textOf(world, '/r/evals-2.html')).toContain('</html>');
    expect(world.artifactState.pages.map(({ name }) => name)).toEqual(['evals-2.html']);
    expect([...world.files.disk.keys()].filter((path) => path.endsWith('.html'))).toEqual(['/r/evals-2.html']);
  });

  test('without artifact-name is report.html, and stays where it is', async () => {
    const world = worldOf('a');
    const { green } = await runStep(world, inputsOf({ 'artifact-name': '' }));
    expect([green, world.outputs.get('page-file'), world.outputs.has('report-url')]).toEqual([
      true,
      '/r/report.html',
      false,
    ]);
    expect(world.artifactState.pages).toEqual([]);
  });

  test('where there is no artifact service stays where it is, without a word', async () => {
    const world = worldOf('a');
    world.artifactState.exists = false;
    const { green } = await runStep(world);
    expect([green, world.outputs.get('page-file'), world.outputs.has('report-url')]).toEqual([
      true,
      '/r/evals.html',
      false,
    ]);
    expect(warningsOf(world)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>, number]>([
    ['that waits for its batch', { 'wait-minutes': '0' }, 0],
    ['that only estimates', { 'dry-run': 'true' }, 0],
    ['with a faulty file', { requests: 'nothing.jsonl' }, 0],
    ['over the limit of failures', {}, 1],
  ])('of a run %s: %#', async (_, raw, pages) => {
    const world = worldOf('a', 'b');
    world.apiState.answer = (id) => errored(id);
    await runStep(world, inputsOf(raw));
    expect([...world.files.disk.keys()].filter((path) => path.endsWith('.html'))).toHaveLength(pages);
    expect(world.artifactState.pages).toHaveLength(pages);
    expect(world.outputs.has('page-file')).toBe(pages === 1);
  });

  test('that cannot be uploaded is a warning, and everything else is told', async () => {
    const world = worldOf('a');
    world.artifactState.failOn('uploadFile', new Error('the service is away'));
    const { green } = await runStep(world);
    expect([green, world.outputs.get('page-file'), world.outputs.has('report-url')]).toEqual([
      true,
      '/r/evals.html',
      false,
    ]);
    const warning = { code: 'page-not-uploaded', path: '/r/evals.html', reason: 'the service is away' } as const;
    expect(world.log.messages).toContainEqual(warning);
    expect(warningsOf(world)).toEqual([printMessage(warning)]);
    expect(world.outputs.get('comment-id')).toBe('1');
  });

  test('that cannot be written is a warning, and leaves nothing half', async () => {
    const world = worldOf('a');
    const writeText: Ports['files']['writeText'] = async (path) => {
      const writer = await world.files.writeText(path);
      const full = async (): Promise<void> => {
        throw noSpace();
      };
      return path.endsWith('.html') ? { ...writer, write: full } : writer;
    };
    const { green } = await runStep({ ...world, files: { ...world.files, writeText } });
    expect([green, world.outputs.has('page-file'), world.artifactState.pages]).toEqual([true, false, []]);
    const reason = 'ENOSPC: no space left on device, write';
    expect(world.log.messages).toContainEqual({ code: 'page-not-written', folder: '/r', reason });
    expect([...world.files.disk.keys()].filter((path) => path.includes('.html'))).toEqual([]);
  });

  test('is not uploaded where the results were not, nor waited for once the step has to end', async () => {
    const refused = worldOf('a');
    refused.artifactState.failOn('upload', new Error('no room'));
    await runStep(refused);
    expect([refused.artifactState.pages, textOf(refused, '/r/evals.html').length > 0]).toEqual([[], true]);

    const stopped = worldOf('a');
    const uploadFile: Ports['artifacts']['uploadFile'] = () => {
      stopped.stopNow();
      return new Promise(() => undefined);
    };
    await runStep({ ...stopped, artifacts: { ...stopped.artifacts, uploadFile } });
    expect([stopped.outputs.has('comment-id'), stopped.outputs.has('report-url')]).toEqual([true, false]);

    const late = worldOf('a');
    const task = {
      ports: late,
      inputs: inputsOf(),
      context: runOf(),
      runState: createRunState(late.clock.now(), 'me'),
    };
    const outcome = await runBatch(task);
    late.stopNow();
    await publish(task, outcome);
    expect([late.artifactState.pages, late.outputs.get('page-file')]).toEqual([[], '/r/evals.html']);
  });
});

describe('content', () => {
  const PROMPT = 'Question <a>';
  const ANSWER = 'Answer <a>';

  test.each<[string, string[], { prompt: boolean; answer: boolean }]>([
    ['full', ['requests.jsonl', 'results.jsonl', 'retry.jsonl'], { prompt: true, answer: true }],
    ['answers', ['results.jsonl'], { prompt: false, answer: true }],
    ['none', [], { prompt: false, answer: false }],
  ])('%s: what the artifact and the page hold, and all of it in results-path', async (content, files, holds) => {
    const world = worldOf('a', 'b');
    const { answer } = world.apiState;
    world.apiState.answer = (id, i) => (id === 'b' ? errored(id) : answer(id, i));
    await runStep(world, inputsOf({ 'artifact-content': content, 'max-error-rate': '100' }));
    const [zip] = world.artifactState.stored;
    expect(zip?.files.map((path) => path.slice(3))).toEqual([...files, 'summary.json', 'report.md']);
    const html = textOf(world, '/r/evals.html');
    const json = JSON.stringify(casesOf(html));
    expect({ prompt: json.includes(PROMPT), answer: json.includes(ANSWER) }).toEqual(holds);
    expect(casesOf(html).map(({ id, usd }) => [id, usd])).toEqual([
      ['b', null],
      ['a', '0.000018'],
    ]);
    // What leaves the runner, all of it.
    const uploaded = [...world.artifactState.stored, ...world.artifactState.pages].flatMap(({ content: all }) =>
      Array.from(all.values(), String),
    );
    const unquoted = uploaded.join('\n').replaceAll('\\u003c', '<');
    expect({ prompt: unquoted.includes(PROMPT), answer: unquoted.includes(ANSWER) }).toEqual(holds);
    const kept = ['requests.jsonl', 'results.jsonl', 'retry.jsonl'].map(
      (name) => textOf(world, `/r/${name}`).length > 0,
    );
    expect(kept).toEqual([true, true, true]);
  });

  test.each(['full', 'answers', 'none'])(
    '%s: a case without an answer has the model that was asked',
    async (content) => {
      const world = worldOf('a', 'b', 'c');
      const { answer } = world.apiState;
      world.apiState.answer = (id, i) => {
        if (id === 'c') return { custom_id: 'other', result: { type: 'expired' } };
        return id === 'b' ? errored(id) : answer(id, i);
      };
      await runUntilTaken(world, { 'artifact-content': content, 'max-error-rate': '100', 'retry-rounds': '0' });
      const html = textOf(world, '/r/evals.html');
      const model = 'claude-haiku-4-5';
      expect(casesOf(html).map((found) => [found.id, found['model']])).toEqual([
        ['b', model],
        ['c', model],
        ['a', expect.any(String)],
      ]);
      const holds =
        content === 'full'
          ? expect.objectContaining({ head: JSON.stringify({ model, max_tokens: 8 }, null, 2) })
          : null;
      expect(casesOf(html).map(({ parameters }) => parameters)).toEqual([holds, holds, holds]);
    },
  );

  test.each([
    [{ 'artifact-content': 'answers' }, 'artifact-content'],
    [{ 'artifact-content': 'none' }, 'artifact-content'],
    [{ 'artifact-name': '' }, 'artifact-name'],
    [{ 'artifact-content': 'none', 'artifact-name': '' }, 'artifact-name'],
  ] as const)('%j: no text sends the reader to the artifact for retry.jsonl', async (changed, keptBy) => {
    const world = worldOf('a', 'b');
    const { answer } = world.apiState;
    world.apiState.answer = (id, i) => (id === 'b' ? errored(id) : answer(id, i));
    await runStep(world, inputsOf(changed));
    expect(JSON.parse(textOf(world, '/r/summary.json')).files).toContain('retry.jsonl');
    const words = REPORT['retry-file']({ keptBy });
    expect(textOf(world, '/r/report.md')).toContain(words);
    expect(textOf(world, world.outputs.get('page-file') ?? '')).toContain(wordsHtml(words));
    const failure = expect.objectContaining({ code: 'error-rate-exceeded', hasRetryFile: true, keptBy });
    expect(world.log.messages).toContainEqual(expect.objectContaining({ code: 'step-failed', failures: [failure] }));
  });

  test('none: the page says that it holds the error messages that it holds', async () => {
    const world = worldOf('a');
    world.apiState.answer = (id) => errored(id);
    await runStep(world, inputsOf({ 'artifact-content': 'none' }));
    const html = textOf(world, '/r/evals.html');
    expect(has(html, { code: 'shows-none' })).toBe(true);
    expect(casesOf(html)).toEqual([expect.objectContaining({ error: expect.anything() })]);
  });

  test('none: a record that leads to an artifact with results keeps leading there', async () => {
    const world = worldOf('a');
    await runStep(world, inputsOf({ 'delete-batch': 'true' }));
    for (const attempt of ['2', '3']) {
      const { outcome, trail } = await runStep(
        world,
        inputsOf({ 'artifact-content': 'none' }),
        runOf({ GITHUB_RUN_ATTEMPT: attempt }),
      );
      expect([outcome.status, trail.store?.record.artifact?.id]).toEqual(['completed', 1]);
    }
  });

  test('none: the artifact is none that results could be restored from', async () => {
    const world = worldOf('a');
    const { trail } = await runStep(world, inputsOf({ 'artifact-content': 'none' }));
    expect([trail.store?.record.phase, trail.store?.record.artifact]).toEqual(['collected', null]);
  });

  test('none: a list that is cut does not say that the artifact has the rest', async () => {
    const world = worldOf(...Array.from({ length: 2_001 }, (_, i) => `id-${i}`));
    await runStep(world, inputsOf({ 'artifact-content': 'none' }));
    const html = textOf(world, '/r/evals.html');
    expect(has(html, leftOut(2_001, undefined))).toBe(true);
    expect(html).not.toContain('data-results=');
  });
});
