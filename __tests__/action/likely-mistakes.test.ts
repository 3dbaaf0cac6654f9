import { describe, expect, test } from '@jest/globals';
import { KEY, MISTAKES, TEXT } from '../likely-mistakes.ts';
import { createsOf, errorsOf, lines, requestLine, run, simulate, visibleLog } from './harness.ts';

// What a person sees of the likeliest mistakes: one error, with a title, and at the end of the log where to read on.

const SHOWN = [
  ...['a JSON array over lines', 'CSV', 'an OpenAI batch file', 'prompts', 'params without a wrapper', 'UTF-16'],
  ...['a Git LFS pointer', "another vendor's model", 'a path with a slip', 'a workspace without a checkout'],
  'a key in the wrong input',
];

const ROWS = SHOWN.map((name) => [name, MISTAKES[name] ?? { files: {}, problem: {} }] as const);

test.each(ROWS)('%s', async (_, { files, inputs = {} }) => {
  const simulator = await simulate();
  const result = await simulator.run({ pullRequest: 7, files, inputs: { requests: 'evals.jsonl', ...inputs } });
  expect(result.outputs.get('status')).toBe('rejected');
  expect(createsOf(simulator)).toBe(0);
  const [error, ...others] = result.annotations;
  expect(others).toEqual([]);
  expect(error?.properties.get('title')).toMatch(/^Claude batch: .{4,60}$/);
  const [comment] = simulator.repository.comments;
  expect(result.log.trimEnd().split('\n').at(-1)).toContain(`#issuecomment-${comment?.id}`);
  for (const text of [visibleLog(result), result.summary, comment?.body ?? '', ...result.outputs.values()]) {
    expect(text).not.toContain(TEXT);
    expect(text).not.toContain(KEY);
  }
});

describe('all requests refused for one reason', () => {
  const REQUESTS = lines(...['a', 'b', 'c'].map((id) => requestLine(id)));
  const WORDS = 'Your credit balance is too low';

  test("the last error has the API's own words", async () => {
    const simulator = await simulate({
      anthropic: {
        outcomeOf: () => ({
          kind: 'errored',
          type: 'invalid_request_error',
          message: `${WORDS}\n::error::owned ${'x'.repeat(300)}`,
        }),
      },
    });
    const result = await run(simulator, REQUESTS);
    const [error, ...others] = errorsOf(result);
    expect(others).toEqual([]);
    expect(error).toContain(`3 × invalid_request_error: ${WORDS} ::error::owned`);
    expect(error).not.toContain('x'.repeat(200));
    const links = result.log.trimEnd().split('\n').slice(-3);
    expect(links.every((line) => /https?:\/\/\S+$/.test(line))).toBe(true);
  });

  test('words that differ are not in it', async () => {
    const simulator = await simulate({
      anthropic: {
        outcomeOf: (id) => ({ kind: 'errored', type: 'invalid_request_error', message: `${WORDS}, said of ${id}` }),
      },
    });
    expect(visibleLog(await run(simulator, REQUESTS))).not.toContain(WORDS);
  });
});
