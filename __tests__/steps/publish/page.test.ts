import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.ts';
import { printMessage } from '../../../src/core/messages/message.ts';
import { type PageMessage, printPageText } from '../../../src/core/messages/page.ts';
import { REPORT } from '../../../src/core/messages/report.ts';
import type { PagePart, PageText } from '../../../src/core/page/case.ts';
import { wordsHtml } from '../../../src/core/page/html.ts';
import { MAX_PAGE_BYTES } from '../../../src/core/page/print-case.ts';
import { runBatch } from '../../../src/pipeline.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { publish } from '../../../src/steps/publish/publish.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { bodyWith } from '../../fakes/body.ts';
import { noSpace } from '../../fakes/files.ts';
import { createFakes, errored, type Fakes, succeeded } from '../../fakes/ports.ts';
import { inputsOf, runOf, runStep } from '../../fakes/step.ts';

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

function fakesOf(...ids: string[]): Fakes {
  const fakes = createFakes({ '/w/evals.jsonl': requestsOf(...ids) });
  fakes.apiState.answer = (id) =>
    succeeded(id, { input_tokens: 10, output_tokens: 5 }, { content: [{ type: 'text', text: `Answer <${id}>` }] });
  return fakes;
}

/** The records of the cases of a page, in the order in which they stand. */
function casesOf(html: string): { id: string; position: number; outcome: string; [name: string]: unknown }[] {
  const blocks = html.matchAll(/<script[^>]*class="case"[^>]*>(.*?)<\/script>/gs);
  return Array.from(blocks, ([, json]) => JSON.parse(json ?? ''));
}

const textOf = (fakes: Fakes, path: string): string => fakes.files.disk.get(path)?.toString('utf8') ?? '';
const warningsOf = ({ log }: Fakes): string[] =>
  log.annotations.flatMap(({ level, text }) => (level === 'warning' ? text : []));
const has = (html: string, message: PageMessage): boolean => html.includes(printPageText(message));
const leftOut = (total: number, artifact: string | undefined, unanswered = 0): PageMessage => ({
  ...{ shown: 2_000, total, unanswered, incomplete: 0, artifact },
  code: 'cases-left-out',
});

/** A result that is missing is believed by the second run that finds it so, an hour after the batch ended. */
async function runUntilTaken(fakes: Fakes, raw: Readonly<Record<string, string>>): Promise<void> {
  await runStep(fakes, inputsOf(raw));
  fakes.clock.time += 3_600_000;
  await runStep(fakes, inputsOf(raw));
}

describe('the page', () => {
  test('is written beside the results, uploaded on its own, and named in the outputs', async () => {
    const fakes = fakesOf('a', 'b');
    const { green } = await runStep(fakes);
    expect(green).toBe(true);
    const html = textOf(fakes, '/r/evals.html');
    expect(html).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    expect(fakes.artifactState.pages.map(({ name, content }) => [name, content.get('evals.html')?.toString()])).toEqual(
      [['evals.html', html]],
    );
    expect(fakes.artifactState.stored.flatMap(({ files }) => files)).not.toContain('/r/evals.html');
    expect(['page-file', 'report-url'].map((name) => fakes.outputs.get(name))).toEqual([
      '/r/evals.html',
      'https://github.test/artifacts/1001',
    ]);
    expect(html).toContain('https://github.test/artifacts/1"');
  });

  test('is linked in the comment, in report.md and in the job summary', async () => {
    const fakes = fakesOf('a');
    await runStep(fakes);
    const texts = [fakes.board.comments[0]?.body, textOf(fakes, '/r/report.md'), fakes.summaries[0]];
    expect(texts.filter((text) => !text?.includes('](https://github.test/artifacts/1001)'))).toEqual([]);
  });

  test('holds each case with the request, the answer, the tokens and the cost that are its own', async () => {
    const fakes = fakesOf('a', 'b', 'c');
    // As always in the fake, results come in the opposite order; the second one has other tokens.
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, i) =>
      i === 1 ? succeeded(id, { input_tokens: 1_000_000, output_tokens: 0 }) : answer(id, i);
    await runStep(fakes);
    expect(casesOf(textOf(fakes, '/r/evals.html'))).toMatchObject([
      {
        position: 0,
        id: 'a',
        source: { file: 'evals.jsonl', line: 1 },
        prompt: [{ text: { head: 'Question <a>, é 😀?' } }],
        answer: [{ text: { head: 'Answer <a>' } }],
        usd: '0.000018',
      },
      {
        position: 1,
        id: 'b',
        prompt: [{ text: { head: 'Question <b>, é 😀?' } }],
        answer: [{ text: { head: 'ok' } }],
        usd: '0.500000',
      },
      {
        position: 2,
        id: 'c',
        prompt: [{ text: { head: 'Question <c>, é 😀?' } }],
        answer: [{ text: { head: 'Answer <c>' } }],
        usd: '0.000018',
      },
    ]);
  });

  test('has what has no whole answer first, a missing one with its id and prompt', async () => {
    const fakes = fakesOf('whole', 'wrong', 'gone', 'cut');
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, i) => {
      if (id === 'wrong') return errored(id);
      if (id === 'cut') return succeeded(id, undefined, { stop_reason: 'max_tokens' });
      return id === 'gone' ? { custom_id: 'other', result: { type: 'expired' } } : answer(id, i);
    };
    await runUntilTaken(fakes, { 'max-error-rate': '100', 'retry-rounds': '0' });
    const cases = casesOf(textOf(fakes, '/r/evals.html'));
    expect(cases.map(({ id, position, outcome }) => [id, position, outcome])).toEqual([
      ['wrong', 1, 'errored'],
      ['gone', 2, 'missing'],
      ['cut', 3, 'succeeded'],
      ['whole', 0, 'succeeded'],
    ]);
    expect(cases[1]).toMatchObject({ prompt: [{ text: { head: 'Question <gone>, é 😀?' } }], answer: null });
    expect(cases[0]).toMatchObject({
      error: { type: 'invalid_request_error', message: { head: 'max_tokens: required' } },
    });
  });

  test('shows of a later round what replaced the failure', async () => {
    const fakes = fakesOf('a', 'b');
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, i) =>
      id === 'b' && fakes.apiState.created === 1 ? errored(id, 'overloaded_error') : answer(id, i);
    await runStep(fakes);
    expect(fakes.apiState.created).toBe(2);
    expect(casesOf(textOf(fakes, '/r/evals.html'))).toMatchObject([
      { id: 'a', answer: [{ text: { head: 'Answer <a>' } }] },
      { id: 'b', answer: [{ text: { head: 'Answer <b>' } }], outcome: 'succeeded' },
    ]);
  });

  test('lists 2,000 of more, and reads no others', async () => {
    const ids = Array.from({ length: 2_003 }, (_, i) => `id-${i}`);
    const fakes = fakesOf(...ids);
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, i) => (i === 2_002 ? errored(id) : answer(id, i));
    const reads = new Map<string, number>();
    const open: Ports['files']['open'] = (path) => {
      const reader = fakes.files.open(path);
      const readAt: typeof reader.readAt = (offset, length) => {
        reads.set(path, (reads.get(path) ?? 0) + 1);
        return reader.readAt(offset, length);
      };
      return { ...reader, readAt };
    };
    const counted: Fakes = { ...fakes, files: { ...fakes.files, open } };
    await runStep(counted, inputsOf({ 'max-error-rate': '1' }));
    const html = textOf(fakes, '/r/evals.html');
    const cases = casesOf(html);
    expect([cases.length, cases[0]?.id, cases[1]?.id, cases[1999]?.id]).toEqual([2_000, 'id-2002', 'id-0', 'id-1998']);
    expect(has(html, leftOut(2_003, 'evals', 1))).toBe(true);
    expect([...reads].filter(([path]) => path.endsWith('/results.jsonl')).map(([, times]) => times)).toEqual([2_000]);
  });

  test('stays within its bound: cases beyond it have no texts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-'));
    try {
      const fakes = fakesOf();
      const text = '漢'.repeat(20_000);
      fakes.apiState.answer = (id) => succeeded(id, undefined, { content: [{ type: 'text', text }] });
      const requests = Array.from({ length: 450 }, (_, i) => ({ custom_id: `id-${i}` }));
      await fakes.api.create(bodyWith(JSON.stringify({ requests })));
      const inputs = inputsOf({ requests: '', 'batch-id': 'msgbatch_1', 'results-path': folder });
      await runStep({ ...fakes, files: createFiles('/w') as Fakes['files'] }, inputs);
      const html = readFileSync(join(folder, 'evals.html'), 'utf8');
      expect(Buffer.byteLength(html)).toBeLessThan(MAX_PAGE_BYTES + 200_000);
      const cases = casesOf(html);
      const whole = cases.findIndex(({ texts_left_out }) => texts_left_out);
      expect([cases.length, whole]).toEqual([450, expect.any(Number)]);
      expect(whole).toBeGreaterThan(400);
      expect(
        cases.slice(0, whole).filter(({ answer }) => (answer as PagePart<PageText>[])[0]?.text.head !== text),
      ).toEqual([]);
      expect(cases.slice(whole).filter(({ answer }) => answer !== null)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('of batches that were given alone has answers without prompts, whatever the result line holds', async () => {
    const fakes = fakesOf();
    fakes.apiState.answer = (id) => ({ ...succeeded(id), params: { messages: [{ role: 'user', content: 'forged' }] } });
    await fakes.api.create(bodyWith('{"requests":[{"custom_id":"a"},{"custom_id":"b"}]}'));
    await runStep(fakes, inputsOf({ requests: '', 'batch-id': 'msgbatch_1' }));
    const html = textOf(fakes, '/r/evals.html');
    expect(casesOf(html)).toMatchObject([
      { id: 'b', prompt: null, answer: [{ text: { head: 'ok' } }] },
      { id: 'a', prompt: null, answer: [{ text: { head: 'ok' } }] },
    ]);
    expect(html).not.toContain('forged');
  });

  test('of results that were restored is made from those', async () => {
    const fakes = fakesOf('a', 'b');
    await runStep(fakes, inputsOf({ 'delete-batch': 'true' }));
    expect(fakes.apiState.batches.size).toBe(0);
    fakes.files.disk.delete('/r/evals.html');
    const { outcome } = await runStep(fakes, inputsOf(), runOf({ GITHUB_RUN_ATTEMPT: '2' }));
    expect(outcome.status).toBe('completed');
    expect(casesOf(textOf(fakes, '/r/evals.html'))).toMatchObject([
      {
        id: 'a',
        prompt: [{ text: { head: 'Question <a>, é 😀?' } }],
        answer: [{ text: { head: 'Answer <a>' } }],
        usd: '0.000018',
      },
      { id: 'b', answer: [{ text: { head: 'Answer <b>' } }] },
    ]);
  });

  test('has the number of the artifact whose name was taken, and replaces an older page', async () => {
    const fakes = fakesOf('a');
    fakes.files.disk.set('/r/evals-2.html', Buffer.from('old'));
    const upload: Ports['artifacts']['upload'] = async (artifact) => {
      const stored = await fakes.artifacts.upload(artifact);
      return stored && { ...stored, name: 'evals-2' };
    };
    await runStep({ ...fakes, artifacts: { ...fakes.artifacts, upload } });
    expect(textOf(fakes, '/r/evals-2.html')).toContain('</html>');
    expect(fakes.artifactState.pages.map(({ name }) => name)).toEqual(['evals-2.html']);
    expect([...fakes.files.disk.keys()].filter((path) => path.endsWith('.html'))).toEqual(['/r/evals-2.html']);
  });

  test('without artifact-name is report.html, and stays where it is', async () => {
    const fakes = fakesOf('a');
    const { green } = await runStep(fakes, inputsOf({ 'artifact-name': '' }));
    expect([green, fakes.outputs.get('page-file'), fakes.outputs.has('report-url')]).toEqual([
      true,
      '/r/report.html',
      false,
    ]);
    expect(fakes.artifactState.pages).toEqual([]);
  });

  test('where there is no artifact service stays where it is, without a word', async () => {
    const fakes = fakesOf('a');
    fakes.artifactState.exists = false;
    const { green } = await runStep(fakes);
    expect([green, fakes.outputs.get('page-file'), fakes.outputs.has('report-url')]).toEqual([
      true,
      '/r/evals.html',
      false,
    ]);
    expect(warningsOf(fakes)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>, number]>([
    ['that waits for its batch', { 'wait-minutes': '0' }, 0],
    ['that only estimates', { 'dry-run': 'true' }, 0],
    ['with a faulty file', { requests: 'nothing.jsonl' }, 0],
    ['over the limit of failures', {}, 1],
  ])('of a run %s: %#', async (_, raw, pages) => {
    const fakes = fakesOf('a', 'b');
    fakes.apiState.answer = (id) => errored(id);
    await runStep(fakes, inputsOf(raw));
    expect([...fakes.files.disk.keys()].filter((path) => path.endsWith('.html'))).toHaveLength(pages);
    expect(fakes.artifactState.pages).toHaveLength(pages);
    expect(fakes.outputs.has('page-file')).toBe(pages === 1);
  });

  test('that cannot be uploaded is a warning, and everything else is told', async () => {
    const fakes = fakesOf('a');
    fakes.artifactState.failOn('uploadFile', new Error('the service is away'));
    const { green } = await runStep(fakes);
    expect([green, fakes.outputs.get('page-file'), fakes.outputs.has('report-url')]).toEqual([
      true,
      '/r/evals.html',
      false,
    ]);
    const warning = { code: 'page-not-uploaded', path: '/r/evals.html', reason: 'the service is away' } as const;
    expect(fakes.log.messages).toContainEqual(warning);
    expect(warningsOf(fakes)).toEqual([printMessage(warning)]);
    expect(fakes.outputs.get('comment-id')).toBe('1');
  });

  test('that cannot be written is a warning, and leaves nothing half', async () => {
    const fakes = fakesOf('a');
    const writeText: Ports['files']['writeText'] = async (path) => {
      const writer = await fakes.files.writeText(path);
      const full = async (): Promise<void> => {
        throw noSpace();
      };
      return path.endsWith('.html') ? { ...writer, write: full } : writer;
    };
    const { green } = await runStep({ ...fakes, files: { ...fakes.files, writeText } });
    expect([green, fakes.outputs.has('page-file'), fakes.artifactState.pages]).toEqual([true, false, []]);
    const reason = 'ENOSPC: no space left on device, write';
    expect(fakes.log.messages).toContainEqual({ code: 'page-not-written', folder: '/r', reason });
    expect([...fakes.files.disk.keys()].filter((path) => path.includes('.html'))).toEqual([]);
  });

  test('is not uploaded where the results were not, nor waited for once the step has to end', async () => {
    const refused = fakesOf('a');
    refused.artifactState.failOn('upload', new Error('no room'));
    await runStep(refused);
    expect([refused.artifactState.pages, textOf(refused, '/r/evals.html').length > 0]).toEqual([[], true]);

    const stopped = fakesOf('a');
    const uploadFile: Ports['artifacts']['uploadFile'] = () => {
      stopped.stopNow();
      return new Promise(() => undefined);
    };
    await runStep({ ...stopped, artifacts: { ...stopped.artifacts, uploadFile } });
    expect([stopped.outputs.has('comment-id'), stopped.outputs.has('report-url')]).toEqual([true, false]);

    const late = fakesOf('a');
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
    const fakes = fakesOf('a', 'b');
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, i) => (id === 'b' ? errored(id) : answer(id, i));
    await runStep(fakes, inputsOf({ 'artifact-content': content, 'max-error-rate': '100' }));
    const [zip] = fakes.artifactState.stored;
    expect(zip?.files).toEqual([...files, 'summary.json', 'report.md']);
    const html = textOf(fakes, '/r/evals.html');
    const json = JSON.stringify(casesOf(html));
    expect({ prompt: json.includes(PROMPT), answer: json.includes(ANSWER) }).toEqual(holds);
    expect(casesOf(html).map(({ id, usd }) => [id, usd])).toEqual([
      ['b', null],
      ['a', '0.000018'],
    ]);
    // What leaves the runner, all of it.
    const uploaded = [...fakes.artifactState.stored, ...fakes.artifactState.pages].flatMap(({ content: all }) =>
      Array.from(all.values(), String),
    );
    const unquoted = uploaded.join('\n').replaceAll('\\u003c', '<');
    expect({ prompt: unquoted.includes(PROMPT), answer: unquoted.includes(ANSWER) }).toEqual(holds);
    const kept = ['requests.jsonl', 'results.jsonl', 'retry.jsonl'].map(
      (name) => textOf(fakes, `/r/${name}`).length > 0,
    );
    expect(kept).toEqual([true, true, true]);
  });

  test.each(['full', 'answers', 'none'])(
    '%s: a case without an answer has the model that was asked',
    async (content) => {
      const fakes = fakesOf('a', 'b', 'c');
      const { answer } = fakes.apiState;
      fakes.apiState.answer = (id, i) => {
        if (id === 'c') return { custom_id: 'other', result: { type: 'expired' } };
        return id === 'b' ? errored(id) : answer(id, i);
      };
      await runUntilTaken(fakes, { 'artifact-content': content, 'max-error-rate': '100', 'retry-rounds': '0' });
      const html = textOf(fakes, '/r/evals.html');
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
    const fakes = fakesOf('a', 'b');
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, i) => (id === 'b' ? errored(id) : answer(id, i));
    await runStep(fakes, inputsOf(changed));
    expect(JSON.parse(textOf(fakes, '/r/summary.json')).files).toContain('retry.jsonl');
    const words = REPORT['retry-file']({ keptBy });
    expect(textOf(fakes, '/r/report.md')).toContain(words);
    expect(textOf(fakes, fakes.outputs.get('page-file') ?? '')).toContain(wordsHtml(words));
    const failure = expect.objectContaining({ code: 'error-rate-exceeded', hasRetryFile: true, keptBy });
    expect(fakes.log.messages).toContainEqual(expect.objectContaining({ code: 'step-failed', failures: [failure] }));
  });

  test('none: the page says that it holds the error messages that it holds', async () => {
    const fakes = fakesOf('a');
    fakes.apiState.answer = (id) => errored(id);
    await runStep(fakes, inputsOf({ 'artifact-content': 'none' }));
    const html = textOf(fakes, '/r/evals.html');
    expect(has(html, { code: 'shows-none' })).toBe(true);
    expect(casesOf(html)).toEqual([expect.objectContaining({ error: expect.anything() })]);
  });

  test('none: a record that leads to an artifact with results keeps leading there', async () => {
    const fakes = fakesOf('a');
    await runStep(fakes, inputsOf({ 'delete-batch': 'true' }));
    for (const attempt of ['2', '3']) {
      const { outcome, runState } = await runStep(
        fakes,
        inputsOf({ 'artifact-content': 'none' }),
        runOf({ GITHUB_RUN_ATTEMPT: attempt }),
      );
      expect([outcome.status, runState.store?.record.artifact?.id]).toEqual(['completed', 1]);
    }
  });

  test('none: the artifact is none that results could be restored from', async () => {
    const fakes = fakesOf('a');
    const { runState } = await runStep(fakes, inputsOf({ 'artifact-content': 'none' }));
    expect([runState.store?.record.phase, runState.store?.record.artifact]).toEqual(['collected', null]);
  });

  test('none: a list that is cut does not say that the artifact has the rest', async () => {
    const fakes = fakesOf(...Array.from({ length: 2_001 }, (_, i) => `id-${i}`));
    await runStep(fakes, inputsOf({ 'artifact-content': 'none' }));
    const html = textOf(fakes, '/r/evals.html');
    expect(has(html, leftOut(2_001, undefined))).toBe(true);
    expect(html).not.toContain('data-results=');
  });
});
