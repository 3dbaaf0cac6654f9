import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { unzip } from '../../simulator/results/index.ts';
import { printMessage } from '../../src/core/messages/message.ts';
import { artifactsOf, idsOf, lines, readOutput, requestLine, run, simulate, summaryOf, warningsOf } from './harness.ts';

// Steps of one job that run at the same time (`background:`), or a composite action that is used twice: one folder for both.

const bodyOf = (requests: string): string =>
  createHash('sha256')
    .update(`{"requests":[${requests.trimEnd().replaceAll('\n', ',')}]}`)
    .digest('hex');

test('two steps with one results-path each pay and report their own requests', async () => {
  const simulator = await simulate({ anthropic: { endsAfterMs: 20_000 } });
  const root = (await run(simulator, lines(requestLine('z')), { inputs: { 'dry-run': 'true' } })).root;
  const many = (letter: string) =>
    lines(...Array.from({ length: 1_000 }, (_, n) => requestLine(`${letter}-${n}`, `${n}${letter.repeat(800)}`)));
  const steps = ['a', 'b'].map((letter) => ({ letter, requests: many(letter) }));
  const ended = await Promise.all(
    steps.map(async ({ letter, requests }) => {
      const file = `${letter}.jsonl`;
      const inputs = { requests: file, name: letter, 'artifact-name': letter };
      return { letter, requests, result: await run(simulator, '', { root, files: { [file]: requests }, inputs }) };
    }),
  );
  const bodies = [...simulator.anthropic.batches.values()].map(({ bodySha256 }) => bodySha256);
  expect(bodies.toSorted()).toEqual(steps.map(({ requests }) => bodyOf(requests)).sort());
  for (const { letter, requests, result } of ended) {
    expect([result.conclusion, summaryOf(result).requests.succeeded]).toEqual(['success', 1_000]);
    expect(idsOf(readOutput(result, 'results-file'))).toEqual(idsOf(requests));
    expect(JSON.parse(readOutput(result, 'summary-file')).run.name).toBe(letter);
    const stored = artifactsOf(simulator).find(({ name }) => name === letter);
    const zip = unzip(stored?.blob.bytes ?? Buffer.alloc(0));
    expect(zip.get('requests.jsonl')?.toString()).toBe(requests);
  }
  const folders = ended.map(({ result }) => dirname(result.outputs.get('results-file') ?? ''));
  const [path = '', folder = ''] = folders.toSorted((one, other) => one.length - other.length);
  expect(ended.flatMap(({ result }) => warningsOf(result))).toEqual([
    printMessage({ code: 'results-path-shared', path, folder }),
  ]);
  expect(readdirSync(path).filter((name) => name.startsWith('.'))).toEqual([]);
});
