import { describe, expect, test } from '@jest/globals';
import { judges } from '../../simulator/anthropic/judge.ts';
import type { ScriptedOutcome } from '../../simulator/anthropic/script.ts';
import type { Simulator } from '../../simulator/index.ts';
import { unzip } from '../../simulator/results/index.ts';
import { readJunit } from '../junit-report.ts';
import { gradedOutputs, gradesArtifacts, gradesOf, onMain, passesOf } from './graded.ts';
import {
  artifactsOf,
  createsOf,
  errorsOf,
  lines,
  readOutput,
  requestLine,
  run,
  simulate,
  summaryOf,
  warningsOf,
} from './harness.ts';

// What graded runs do beyond one answer, one step and one attempt.

const JUDGE = 'claude-sonnet-4-6';
const rubric = { type: 'llm-rubric', value: 'Is right' };

function caseLine(id: string, assert: readonly object[], more: object = {}): string {
  return JSON.stringify({ ...JSON.parse(requestLine(id)), assert, ...more });
}

const text = (said: string): ScriptedOutcome => ({ kind: 'succeeded', text: said });

function runIdOf({ repository }: Simulator): number {
  return Math.max(...repository.runs.keys());
}

/** Whether each batch was a judge's, oldest first. */
function isJudging({ anthropic }: Simulator): boolean[] {
  return [...anthropic.batches.values()].map(({ requests }) => requests[0]?.customId.startsWith('judge-') ?? false);
}

test('with three answers each the shares of the cases are compared, and flaky ones are told', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `case-${index}`);
  const requests = lines(...ids.map((id) => caseLine(id, [{ type: 'equals', value: 'right' }])));
  let isWorse = false;
  const simulator = await simulate({
    anthropic: {
      outcomeOf: (id) => {
        const [, at, answer] = /^case-(\d+)-r(\d)$/.exec(id) ?? [];
        // One answer of three fails for every case, and a second one of ten cases.
        const isWrong = answer === '1' || (isWorse && answer === '2' && Number(at) < 10);
        return text(isWrong ? 'wrong' : 'right');
      },
    },
  });
  const inputs = { repeats: '3', 'repeat-min-pass': '2', 'max-drop': '2' };
  const first = await onMain(simulator, requests, { inputs });
  expect(gradedOutputs(first, 'pass-rate', 'passed-count', 'flaky-count', 'request-count')).toEqual({
    'pass-rate': '66.67',
    'passed-count': '20',
    'flaky-count': '20',
    'request-count': '60',
  });
  isWorse = true;
  const second = await run(simulator, requests, { inputs });
  expect([second.conclusion, second.outputs.get('verdict')]).toEqual(['failure', 'fail']);
  // Ten of ten differences fall: once in 1,024 by chance, of which the run itself counts half.
  expect(gradedOutputs(second, 'pass-rate', 'drop', 'broken-count', 'fixed-count', 'p-value', 'passed-count')).toEqual({
    'pass-rate': '50.00',
    drop: '16.67',
    'broken-count': '10',
    'fixed-count': '0',
    'p-value': (1 / 2048).toPrecision(6),
    'passed-count': '10',
  });
  expect(summaryOf(second).grading?.comparison?.figures?.test).toBe('sign-flip');
  const suite = readJunit(readOutput(second, 'junit-file'));
  expect(suite.cases.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'failure'));
});

test("a step's own graders: the action is called again in the same run, which costs nothing", async () => {
  const requests = lines(...['a', 'b'].map((id) => caseLine(id, [{ type: 'contains', value: 'right' }])));
  const simulator = await simulate({ anthropic: { outcomeOf: () => text('right') } });
  const runId = 17_000_000_001;
  const first = await run(simulator, requests, { job: { runId, action: 'one' } });
  expect([first.conclusion, first.outputs.get('passed-count')]).toEqual(['success', '2']);
  const extra = [
    { custom_id: 'a', metric: 'style', pass: false, score: 0.25, reason: 'too short' },
    { custom_id: 'b', metric: 'style', pass: true, score: 1 },
  ];
  const files = { 'extra.jsonl': lines(...extra.map((one) => JSON.stringify(one))) };
  const second = await run(simulator, requests, {
    job: { runId, action: 'two' },
    inputs: { 'extra-grades': 'extra.jsonl' },
    files,
  });
  expect([second.conclusion, createsOf(simulator), second.outputs.get('new-cost-usd')]).toEqual([
    'success',
    1,
    '0.000000',
  ]);
  expect(passesOf(second)).toEqual({ a: false, b: true });
  expect(summaryOf(second).grading?.metrics).toMatchObject([{ metric: 'style', cases: 2, mean: 0.625 }]);
});

test('two steps of one name are no baseline for anybody', async () => {
  const requests = lines(...['a', 'b'].map((id) => caseLine(id, [{ type: 'contains', value: 'right' }])));
  const simulator = await simulate({ anthropic: { outcomeOf: () => text('right') } });
  const runId = 17_000_000_001;
  for (const action of ['one', 'two']) await onMain(simulator, requests, { job: { runId, action } });
  const result = await run(simulator, requests);
  expect(summaryOf(result).grading?.refused.map(({ code }) => code)).toEqual(['two-steps', 'two-steps']);
  expect(result.outputs.get('baseline-run-id') ?? '').toBe('');
});

test('a required case that fails decides, whatever the statistics say', async () => {
  const requests = lines(
    caseLine('must', [{ type: 'contains', value: 'right' }], { required: true }),
    ...Array.from({ length: 50 }, (_, at) => caseLine(`may-${at}`, [{ type: 'contains', value: 'right' }])),
  );
  const simulator = await simulate({ anthropic: { outcomeOf: (id) => text(id === 'must' ? 'wrong' : 'right') } });
  const result = await run(simulator, requests, { inputs: { 'max-drop': '2' } });
  expect([result.conclusion, result.outputs.get('verdict')]).toEqual(['failure', 'fail']);
  expect(summaryOf(result).grading?.because.code).toBe('required-failed');
});

test('below min-pass-rate is a fail without a baseline', async () => {
  const requests = lines(...['a', 'b', 'c'].map((id) => caseLine(id, [{ type: 'contains', value: 'right' }])));
  const simulator = await simulate({ anthropic: { outcomeOf: (id) => text(id === 'a' ? 'wrong' : 'right') } });
  const red = await run(simulator, requests, { inputs: { 'min-pass-rate': '67' } });
  expect([red.conclusion, red.outputs.get('verdict')]).toEqual(['failure', 'fail']);
  const green = await run(simulator, requests, { inputs: { 'min-pass-rate': '66', resume: 'always' } });
  expect([green.conclusion, green.outputs.get('verdict'), createsOf(simulator)]).toEqual(['success', 'pass', 1]);
});

describe('a judge', () => {
  const ids = Array.from({ length: 12 }, (_, index) => `case-${index}`);
  const requests = lines(...ids.map((id) => caseLine(id, [rubric])));
  const inputs = { 'judge-model': JUDGE };
  const start = () => simulate({ anthropic: { outcomeOf: (id) => (id.startsWith('case-') ? text(id) : undefined) } });

  test('a run that does not wait leaves its batches to the next attempts, and pays for each once', async () => {
    const simulator = await start();
    simulator.anthropic.script.endsAfterLooks = 2;
    const runId = 17_000_000_001;
    const seen: (string | undefined)[][] = [];
    let attempt = 1;
    for (; attempt < 10; attempt += 1) {
      const result = await run(simulator, requests, {
        job: { runId, runAttempt: attempt },
        inputs: { ...inputs, 'wait-minutes': '0' },
      });
      expect(result.conclusion).toBe('success');
      seen.push(['status', 'verdict'].map((name) => result.outputs.get(name) || undefined));
      if (result.outputs.get('status') === 'completed') break;
    }
    expect(seen.at(-1)).toEqual(['completed', 'pass']);
    expect(seen.slice(0, -1).every(([status, verdict]) => status === 'pending' && verdict === undefined)).toBe(true);
    expect(isJudging(simulator)).toEqual([false, true]);
  });

  test('another judge than the baseline had makes runs not comparable', async () => {
    const simulator = await start();
    await onMain(simulator, requests, { inputs });
    const gate = { 'max-drop': '2', 'judge-model': 'claude-opus-4-6' };
    const result = await run(simulator, requests, { inputs: gate });
    expect([result.conclusion, result.outputs.get('verdict')]).toEqual(['success', 'not-comparable']);
    expect(summaryOf(result).grading?.because.code).toBe('other-judge');
  });

  test.each<[string, Readonly<Record<string, string>>, (simulator: Simulator) => void]>([
    ['that is not named', {}, () => {}],
    ['that does not exist', { 'judge-model': 'claude-nobody' }, () => {}],
    [
      'that takes no structured outputs',
      inputs,
      ({ anthropic: { models } }) => {
        const model = models.get(JUDGE);
        if (!model?.capabilities) throw new Error('There is no such model');
        const capabilities = { ...model.capabilities, structured_outputs: { supported: false } };
        models.set(JUDGE, { ...model, capabilities });
      },
    ],
    ['that the budget does not allow', { ...inputs, 'max-cost-usd': '0.0031' }, () => {}],
  ])('%s is rejected before anything is sent', async (_, given, change) => {
    const simulator = await start();
    change(simulator);
    const result = await run(simulator, requests, { inputs: given });
    expect([result.conclusion, result.outputs.get('status'), createsOf(simulator)]).toEqual(['failure', 'rejected', 0]);
    expect(errorsOf(result)).toHaveLength(1);
  });

  test('that is the judged model is warned of', async () => {
    const simulator = await start();
    const result = await run(simulator, requests, { inputs: { 'judge-model': 'claude-haiku-4-5' } });
    expect([result.conclusion, warningsOf(result).length]).toEqual(['success', 1]);
  });

  test('is paid for in cost, and not in counts and tokens', async () => {
    const simulator = await start();
    const result = await run(simulator, requests, { inputs });
    const usd = (name: string): number => Number(result.outputs.get(name));
    expect(result.outputs.get('request-count')).toBe('12');
    expect(usd('judge-cost-usd')).toBeGreaterThan(0);
    expect(usd('cost-usd')).toBeGreaterThan(usd('judge-cost-usd'));
    expect(usd('new-cost-usd')).toBe(usd('cost-usd'));
    const [, judging] = simulator.anthropic.batches.keys();
    expect(result.outputs.get('judge-batch-id')).toBe(judging);
    expect(result.outputs.get('batch-id')).not.toContain(judging);
  });

  test('delete-batch deletes both batches, once what they held is stored', async () => {
    const simulator = await start();
    const result = await run(simulator, requests, { inputs: { ...inputs, 'delete-batch': 'true' } });
    expect([result.conclusion, simulator.anthropic.batches.size, simulator.anthropic.created]).toEqual([
      'success',
      0,
      2,
    ]);
    const [artifact] = artifactsOf(simulator).filter(({ name }) => name === result.outputs.get('artifact-name'));
    const files = unzip(artifact?.blob.bytes ?? Buffer.alloc(0));
    expect(String(files.get('judge-results.jsonl')).trimEnd().split('\n')).toHaveLength(12);
    // The same run, again: everything comes out of the artifact.
    const again = await run(simulator, requests, {
      inputs: { ...inputs, 'delete-batch': 'true' },
      job: { runId: runIdOf(simulator), runAttempt: 2 },
    });
    expect([again.conclusion, again.outputs.get('verdict'), simulator.anthropic.created]).toEqual([
      'success',
      'pass',
      2,
    ]);
    expect(again.outputs.get('passed-count')).toBe('12');
  });

  test('with another rubric answers are free, and all judgements are asked for again, within the budget', async () => {
    const simulator = await start();
    await run(simulator, requests, { inputs });
    const others = requests.replaceAll('Is right', 'Is kind');
    const again = { ...inputs, resume: 'always' };
    const dear = await run(simulator, others, { inputs: { ...again, 'max-cost-usd': '0.000001' } });
    expect([dear.conclusion, dear.outputs.get('verdict'), dear.outputs.get('succeeded-count')]).toEqual([
      'failure',
      'not-comparable',
      '12',
    ]);
    expect(isJudging(simulator)).toEqual([false, true]);
    const cheap = await run(simulator, others, { inputs: again });
    expect([cheap.conclusion, cheap.outputs.get('verdict')]).toEqual(['success', 'pass']);
    expect(isJudging(simulator)).toEqual([false, true, true]);
    expect(cheap.outputs.get('new-cost-usd')).toBe(cheap.outputs.get('judge-cost-usd'));
  });

  test.each(['answers', 'judgements'])('with a gate, %s that are late fail the step', async (late) => {
    const simulator = await start();
    const { script } = simulator.anthropic;
    script.outcomeOf = (id) => {
      if (id.startsWith('judge-') === (late === 'judgements')) script.endsAfterMs = Number.POSITIVE_INFINITY;
      return id.startsWith('case-') ? text(id) : undefined;
    };
    const result = await run(simulator, requests, { inputs: { ...inputs, 'max-drop': '2', 'wait-minutes': '0.2' } });
    expect([result.conclusion, result.outputs.get('status'), result.outputs.get('verdict') ?? '']).toEqual([
      'failure',
      'pending',
      '',
    ]);
    expect(isJudging(simulator)).toEqual(late === 'answers' ? [false] : [false, true]);
  });

  test('artifact-content: none keeps back what it said', async () => {
    const simulator = await start();
    simulator.anthropic.script.judge = judges.always({ verdict: 'fail', score: 0, reason: 'SENTINEL-REASON' });
    const result = await run(simulator, requests, { inputs: { ...inputs, 'artifact-content': 'none' } });
    expect(result.outputs.get('failed-count')).toBe('12');
    expect(gradesOf(result)[0]?.answers[0]?.asserts[0]).toMatchObject({ type: 'llm-rubric', pass: false });
    expect(readOutput(result, 'grades-file')).not.toContain('SENTINEL-REASON');
    const stored = simulator.results.artifacts.map(({ blob, name, contentType }) => {
      const bytes = blob.bytes ?? Buffer.alloc(0);
      const texts = contentType === 'application/zip' ? Array.from(unzip(bytes).values(), String) : [String(bytes)];
      return [name, texts.join('\n').includes('SENTINEL-REASON')];
    });
    expect(stored.filter(([, has]) => has)).toEqual([]);
    expect(simulator.repository.comments[0]?.body).not.toContain('SENTINEL-REASON');
    expect(result.summary).not.toContain('SENTINEL-REASON');
  });

  test('its reasons never reach the grades that other runs read', async () => {
    const simulator = await start();
    simulator.anthropic.script.judge = judges.always({ verdict: 'fail', score: 0, reason: 'SENTINEL-REASON' });
    await run(simulator, requests, { inputs });
    const [grades, ...more] = gradesArtifacts(simulator);
    expect(more).toEqual([]);
    const files = unzip(grades?.blob.bytes ?? Buffer.alloc(0));
    expect([...files.keys()].sort()).toEqual(['grades.jsonl', 'measured.json']);
    expect(Array.from(files.values(), String).join('')).not.toContain('SENTINEL-REASON');
  });
});

describe('cases that are not as they were', () => {
  const ids = Array.from({ length: 20 }, (_, index) => `case-${index}`);
  const with_ = (value: string) => ids.map((id) => caseLine(id, [{ type: 'contains', value }]));
  const inputs = { 'max-drop': '2' };
  const start = () => simulate({ anthropic: { outcomeOf: () => text('yes, right') } });

  test("with other asserts the baseline's answers are graded again by today's", async () => {
    const simulator = await start();
    await onMain(simulator, lines(...with_('wrong')), { inputs });
    const result = await run(simulator, lines(...with_('right')), { inputs });
    expect([result.conclusion, result.outputs.get('verdict')]).toEqual(['success', 'pass']);
    expect(gradedOutputs(result, 'pass-rate', 'baseline-pass-rate', 'fixed-count')).toEqual({
      'pass-rate': '100.00',
      'baseline-pass-rate': '100.00',
      'fixed-count': '0',
    });
    expect(summaryOf(result).grading?.comparison).toMatchObject({ pairs: 20, left_out: { asserts_changed: 0 } });
  });

  test('without its answers they are left out', async () => {
    const simulator = await start();
    await onMain(simulator, lines(...with_('wrong')), { inputs: { ...inputs, 'artifact-content': 'none' } });
    const result = await run(simulator, lines(...with_('right')), { inputs });
    expect([result.conclusion, result.outputs.get('verdict')]).toEqual(['success', 'not-comparable']);
    expect(summaryOf(result).grading?.because.code).toBe('no-pairs');
  });

  test('added and removed ones are counted apart', async () => {
    const simulator = await start();
    const all = with_('right');
    await onMain(simulator, lines(...all.slice(0, 15)), { inputs });
    const result = await run(simulator, lines(...all.slice(5)), { inputs });
    expect(result.outputs.get('verdict')).toBe('pass');
    expect(summaryOf(result).grading?.comparison).toMatchObject({ pairs: 10, left_out: { added: 5, removed: 5 } });
  });

  test('the very same answers say nothing about a change', async () => {
    const simulator = await start();
    const first = await onMain(simulator, lines(...with_('right')), { inputs });
    const result = await run(simulator, lines(...with_('right')), {
      inputs: { ...inputs, 'batch-id': first.outputs.get('batch-id') ?? '' },
    });
    expect(result.outputs.get('verdict')).toBe('pass');
    expect(summaryOf(result).grading?.comparison).toMatchObject({ pairs: 20, same_answers: 20 });
  });

  test('a run and a path can be named as the baseline', async () => {
    const simulator = await start();
    const first = await onMain(simulator, lines(...with_('right')), { inputs });
    const runId = runIdOf(simulator);
    await onMain(simulator, lines(...with_('right')), { inputs: { ...inputs, resume: 'never' } });
    const named = await run(simulator, lines(...with_('right')), { inputs: { ...inputs, baseline: `run:${runId}` } });
    expect([named.outputs.get('verdict'), named.outputs.get('baseline-run-id')]).toEqual(['pass', String(runId)]);
    const result = await run(simulator, lines(...with_('right')), {
      inputs: { ...inputs, baseline: 'old/grades.jsonl', resume: 'always' },
      files: { 'old/grades.jsonl': readOutput(first, 'grades-file') },
    });
    expect([result.outputs.get('verdict'), result.outputs.get('baseline-pass-rate')]).toEqual(['pass', '100.00']);
  });
});
