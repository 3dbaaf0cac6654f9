import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { createFakes } from './fakes/ports.ts';
import { parsedInputsOf, runStep } from './fakes/step.ts';
import { KEY, MISTAKES, TEXT } from './likely-mistakes.ts';

// Each of the likeliest mistakes is one error with the facts that its cure needs, and nothing shows a text of a request or a key.

const UNKNOWN = ['claude-haiku-4.5', 'claude-4.5-haiku', 'haiku', 'gpt-4o'];

test('there are forty and more', () => {
  expect(Object.keys(MISTAKES).length).toBeGreaterThanOrEqual(40);
});

test.each(Object.entries(MISTAKES))('%s', async (_, { files, inputs, problem }) => {
  const disk = Object.entries(files).map(([name, content]) => [`/w/${name}`, content] as const);
  const fakes = createFakes(Object.fromEntries(disk));
  for (const name of UNKNOWN) fakes.apiState.models.set(name, null);
  const parsed = parsedInputsOf(inputs);
  const { outcome, green } = await runStep(fakes, parsed.inputs, undefined, parsed.problems);

  const problems = outcome.status === 'rejected' ? outcome.problems : [];
  expect(new Set(problems.map(({ code }) => code)).size).toBe(1);
  expect(problems[0]).toMatchObject(problem);
  expect({ green, created: fakes.apiState.created }).toEqual({ green: false, created: 0 });
  const errors = fakes.log.annotations.filter(({ level }) => level === 'error');
  expect(errors).toHaveLength(1);
  expect(fakes.log.messages.filter(({ code }) => code === 'step-failed')).toEqual([]);

  const shown = [
    ...fakes.log.lines,
    ...fakes.log.annotations.map(({ text }) => text),
    ...fakes.summaries,
    ...fakes.board.comments.map(({ body }) => body),
    ...fakes.outputs.values(),
    inspect(problems, { depth: null }),
  ].join('\n');
  expect(shown).not.toContain(TEXT);
  expect(shown).not.toContain(KEY);
});
