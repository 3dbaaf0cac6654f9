import { describe, expect, test } from '@jest/globals';
import { createFakes, errored, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// Judgements are one more batch, sent once the answers are in: whatever ends a run in between, neither is paid twice.

const line = (id: string, rubric = 'is polite'): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]},"assert":[{"type":"llm-rubric","value":"${rubric}"}]}`;
const evals = (rubric?: string): string => ['c', 'a', 'b'].map((id) => line(id, rubric)).join('\n');
const JUDGE = 'claude-sonnet-4-5';
/** 10 in at $1 and 5 out at $5 per million, halved: an answer; 100 in at $3 and 20 out at $15, halved: a judgement. */
const COSTS = { answers: 0.0000525, judgements: 0.0009 };

const isJudgement = (id: string): boolean => id.startsWith('judge-');

function judged(id: string, verdict = 'pass', score = 1): object {
  const text = JSON.stringify({ reason: 'It says please.', verdict, score });
  return succeeded(id, { input_tokens: 100, output_tokens: 20 }, { model: JUDGE, content: [{ type: 'text', text }] });
}

function fakesWith(content: string = evals()): Fakes {
  const fakes = createFakes({ '/w/evals.jsonl': content });
  fakes.apiState.answer = (id) =>
    isJudgement(id)
      ? judged(id)
      : succeeded(id, { input_tokens: 10, output_tokens: 5 }, { content: [{ type: 'text', text: `Please, ${id}.` }] });
  return fakes;
}

const rerun = (attempt = 2) => runOf({ GITHUB_RUN_ATTEMPT: String(attempt) });
const laterRun = (id = 100) => runOf({ GITHUB_RUN_ID: String(id) });

interface Asked {
  readonly requests: { readonly custom_id: string }[];
}

/** How many batches of answers and of judgements were created. */
function madeBy({ apiState }: Fakes) {
  const made = { answers: 0, judgements: 0 };
  for (const { body } of apiState.batches.values()) {
    const { requests }: Asked = JSON.parse(body);
    made[isJudgement(requests[0]?.custom_id ?? '') ? 'judgements' : 'answers'] += 1;
  }
  return made;
}

const textOf = (fakes: Fakes, path: string): string => fakes.files.disk.get(path)?.toString('utf8') ?? '';
const gradesOf = (fakes: Fakes): unknown[] =>
  textOf(fakes, '/r/grades.jsonl')
    .split('\n')
    .filter(Boolean)
    .map((one) => JSON.parse(one).pass);
const failuresOf = (fakes: Fakes) =>
  fakes.log.messages.flatMap((message) => (message.code === 'step-failed' ? message.failures : []));

async function run(fakes: Fakes, raw: Readonly<Record<string, string>> = {}, context = runOf()) {
  fakes.outputs.clear();
  fakes.log.messages.length = 0;
  for (const path of fakes.files.disk.keys()) if (path.startsWith('/r/')) fakes.files.disk.delete(path);
  const { outcome, green } = await runStep(fakes, inputsOf({ 'judge-model': JUDGE, ...raw }), context);
  return {
    green,
    status: outcome.status,
    ...madeBy(fakes),
    grades: gradesOf(fakes),
    newUsd: fakes.outputs.get('new-cost-usd'),
  };
}

const ALL_USD = (COSTS.answers + COSTS.judgements).toFixed(6);

describe('judgements', () => {
  test('are a batch of their own, behind that of the answers', async () => {
    const fakes = fakesWith();
    expect(await run(fakes)).toEqual({
      green: true,
      status: 'completed',
      answers: 1,
      judgements: 1,
      grades: [true, true, true],
      newUsd: ALL_USD,
    });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
    expect(fakes.outputs.get('judge-batch-id')).toBe('msgbatch_2');
  });
});

void [rerun, laterRun, failuresOf, errored];
