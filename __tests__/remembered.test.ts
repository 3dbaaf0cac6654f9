import { expect, test } from '@jest/globals';
import { createFakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// Caches and records last for weeks, and everybody who may read the repository may read some of them.

const JUDGE = 'claude-sonnet-4-6';
const request = (id: string): string =>
  JSON.stringify({
    custom_id: id,
    params: { model: 'claude-haiku-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'SENTINEL-PROMPT' }] },
    assert: [{ type: 'llm-rubric', value: 'SENTINEL-RUBRIC' }],
  });

test('what is kept for later runs holds no text of a request, an answer or a judgement, and no key', async () => {
  const fakes = createFakes({ '/w/evals.jsonl': ['a', 'b'].map(request).join('\n') });
  fakes.apiState.answer = (id) => {
    const judgement = JSON.stringify({ reason: 'SENTINEL-REASON', verdict: 'pass', score: 1 });
    const [model, text] = id.startsWith('judge-') ? [JUDGE, judgement] : ['claude-haiku-4-5', 'SENTINEL-ANSWER'];
    return succeeded(id, undefined, { model, content: [{ type: 'text', text }] });
  };
  const inputs = {
    'default-params': '{system: SENTINEL-SYSTEM}',
    'judge-model': JUDGE,
    'reuse-answers': 'save',
    supersede: 'cancel',
  };
  const key = 'sk-ant-SENTINEL-KEY';

  await runStep(fakes, inputsOf({ ...inputs, 'wait-minutes': '0' }, key));
  expect(fakes.outputs.get('status')).toBe('pending');
  const notes = [...fakes.pauseState.notes.values()];
  await runStep(fakes, inputsOf(inputs, key), runOf({ GITHUB_RUN_ATTEMPT: '2' }));
  expect(fakes.outputs.get('status')).toBe('completed');
  expect(fakes.files.disk.get('/r/judge-results.jsonl')?.toString()).toContain('SENTINEL-REASON');

  const kept = {
    records: fakes.memory.texts.map(({ text }) => text),
    indexes: fakes.kept.texts.map(({ text }) => text),
    notes,
    names: [...fakes.memory.texts.map((one) => one.key), ...fakes.memory.claims],
    states: [...fakes.saved.values()],
  };
  expect(Object.entries(kept).filter(([, texts]) => texts.length === 0)).toEqual([]);
  for (const [what, texts] of Object.entries(kept))
    expect({ what, leaks: texts.filter((text) => text.includes('SENTINEL')) }).toEqual({ what, leaks: [] });
});
