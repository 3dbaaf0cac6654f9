import { describe, expect, test } from '@jest/globals';
import { ESTIMATE } from '../src/core/messages/estimate.ts';
import { printNextStep } from '../src/core/messages/failures.ts';
import { printMessage } from '../src/core/messages/message.ts';
import { formatUsd } from '../src/core/text/money.ts';
import { ApiError } from '../src/ports/api.ts';
import { errored, type Fakes, succeeded } from './fakes/ports.ts';
import {
  ANSWER_MICRO_USD,
  afterMain,
  changes,
  codesOf,
  evals,
  failuresOf,
  fakesWith,
  fullResults,
  ids,
  killedAt,
  line,
  MODEL,
  mainRun,
  onwards,
  resultsOf,
  run,
  sizesOf,
  textOf,
  usd,
} from './fakes/reusing.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// A request whose bytes an earlier run was answered takes that answer: only what changed is sent and paid for.

describe('reuse', () => {
  test('12 of 100 changed: a batch of 12, the cost of 12, and the results of a full run', async () => {
    const main = await afterMain();
    const changed = evals(100, changes(12));
    const later = onwards(main, changed);
    expect(await run(later, {}, mainRun(2))).toMatchObject({
      green: true,
      status: 'completed',
      source: 'submitted',
      sizes: [100, 12],
      newUsd: usd(12),
      costUsd: usd(100),
    });
    expect(resultsOf(later)).toBe(await fullResults(changed));
  });

  test('nothing changed: no batch, and the same results', async () => {
    const main = await afterMain();
    const later = onwards(main, evals(100));
    const before = later.clock.time;
    expect(await run(later, {}, mainRun(2))).toMatchObject({
      green: true,
      status: 'completed',
      source: 'none',
      sizes: [100],
      newUsd: '0.000000',
      costUsd: usd(100),
    });
    expect(later.clock.time - before).toBeLessThan(5_000);
    expect(resultsOf(later)).toBe(resultsOf(main));
    expect(textOf(later, '/r/summary.json')).not.toBe('');
    // Nothing is new, so nothing is saved.
    expect(later.kept.texts).toEqual(main.kept.texts);
  });

  test('a re-run of a job that sent nothing, and a later run after it', async () => {
    const later = onwards(await afterMain(), evals(100));
    await run(later, {}, mainRun(2));
    const again = onwards(later, evals(100));
    const rerun = { ...mainRun(2), runAttempt: 2 };
    expect(await run(again, {}, rerun)).toMatchObject({ status: 'completed', sizes: [100], newUsd: '0.000000' });
    expect(resultsOf(again)).toBe(resultsOf(later));
  });

  test('a re-run of a job that sent some takes the same answers, whatever the index says by then', async () => {
    const changed = evals(100, changes(12));
    const later = onwards(await afterMain(), changed);
    await run(later, {}, mainRun(2));
    const again = onwards(later, changed);
    again.kept.texts.length = 0;
    const rerun = { ...mainRun(2), runAttempt: 2 };
    expect(await run(again, {}, rerun)).toMatchObject({
      status: 'completed',
      source: 'reused',
      sizes: [100, 12],
      newUsd: '0.000000',
      costUsd: usd(100),
    });
    expect(resultsOf(again)).toBe(resultsOf(later));
  });

  test('a prompt that was changed and changed back takes its own answer, not that of the same ID', async () => {
    const main = await afterMain(evals(4));
    const second = onwards(main, evals(4, { q0: 'x', q1: 'y' }));
    await run(second, {}, mainRun(2));
    const content = evals(4, { q1: 'y', q3: 'z' });
    const third = onwards(second, content);
    expect(await run(third, {}, mainRun(3))).toMatchObject({ sizes: [4, 2, 1], newUsd: usd(1) });
    expect(resultsOf(third)).toBe(await fullResults(content));
    const again = onwards(third, content);
    await run(again, {}, { ...mainRun(3), runAttempt: 2 });
    expect(resultsOf(again)).toBe(resultsOf(third));
  });

  test('save keeps answers and takes none; false does neither', async () => {
    const saving = fakesWith(evals(3));
    await run(saving, { 'reuse-answers': 'save' });
    expect(saving.kept.texts.length).toBe(1);
    const second = onwards(saving, evals(3));
    expect(await run(second, { 'reuse-answers': 'save' }, mainRun(2))).toMatchObject({ sizes: [3, 3] });
    const third = onwards(second, evals(3));
    expect(await run(third, { 'reuse-answers': 'false' }, mainRun(3))).toMatchObject({ sizes: [3, 3, 3] });
    expect(third.kept.texts.length).toBe(2);
  });

  test('resume: never takes none, and keeps its own', async () => {
    const main = await afterMain(evals(3));
    const never = onwards(main, evals(3));
    expect(await run(never, { resume: 'never' }, mainRun(2))).toMatchObject({ sizes: [3, 3], newUsd: usd(3) });
    const later = onwards(never, evals(3));
    expect(await run(later, {}, mainRun(3))).toMatchObject({ sizes: [3, 3] });
    const { reuse } = JSON.parse(textOf(later, '/r/summary.json'));
    expect(reuse.sources).toMatchObject([{ batch_id: 'msgbatch_2', answers: 3 }]);
  });

  test('more repeats send only the answers that there are not yet', async () => {
    const two = fakesWith(evals(3));
    await run(two, { repeats: '2' });
    const three = onwards(two, evals(3));
    expect(await run(three, { repeats: '3' }, mainRun(2))).toMatchObject({ sizes: [6, 3], newUsd: usd(3) });
    const again = onwards(three, evals(3));
    expect(await run(again, { repeats: '2' }, mainRun(3))).toMatchObject({ sizes: [6, 3], source: 'none' });
    // One answer alone has the ID without a number.
    const one = onwards(again, evals(3));
    expect(await run(one, {}, mainRun(4))).toMatchObject({ sizes: [6, 3, 3] });
  });

  test('params that are merged in are part of the request, and an assert is not', async () => {
    const main = fakesWith(evals(3));
    await run(main, { 'default-params': 'system: Be brief.' });
    const asserted = evals(3).replaceAll(/}$/gm, ',"assert":[{"type":"contains","value":"to"}]}');
    const same = onwards(main, asserted);
    const gate = { 'min-pass-rate': '100' };
    expect(await run(same, { 'default-params': 'system: Be brief.', ...gate }, mainRun(2))).toMatchObject({
      ...{ sizes: [3], source: 'none', green: true },
    });
    const other = onwards(same, evals(3));
    expect(await run(other, { 'default-params': 'system: Be very brief.' }, mainRun(3))).toMatchObject({
      sizes: [3, 3],
    });
    const beta = onwards(other, evals(3));
    const betas = { 'default-params': 'system: Be brief.', 'anthropic-beta': 'context-1m-2025-08-07' };
    expect(await run(beta, betas, mainRun(4))).toMatchObject({ sizes: [3, 3, 3] });
  });

  test('of more pushes than a run reuses batches of, the large one is not paid for again', async () => {
    let fakes = await afterMain(evals(40));
    const changed: Record<string, string> = {};
    for (let push = 0; push < 22; push += 1) {
      changed[`q${push}`] = `edit ${push}`;
      fakes = onwards(fakes, evals(40, changed));
      await run(fakes, {}, mainRun(2 + push));
    }
    // What the smallest of too many batches hold is sent again, once, beside the last edit.
    expect(sizesOf(fakes)[0]).toBe(40);
    expect(Math.max(...sizesOf(fakes).slice(1))).toBeLessThanOrEqual(4);
    expect(resultsOf(fakes)).toBe(await fullResults(evals(40, changed)));
  });

  test('what has no answer, or waits to go on, is sent again', async () => {
    const fakes = fakesWith(evals(4));
    fakes.apiState.answer = (id) =>
      id === 'q0' ? errored(id) : succeeded(id, undefined, id === 'q1' ? { stop_reason: 'pause_turn' } : {});
    await run(fakes, { 'max-error-rate': '50' });
    const later = onwards(fakes, evals(4));
    later.apiState.answer = (id) => succeeded(id);
    expect(await run(later, { 'max-error-rate': '50' }, mainRun(2))).toMatchObject({ status: 'completed' });
    expect(sizesOf(later).slice(0, 2)).toEqual([4, 2]);
  });

  test('a batch that was deleted is sent again, with a warning', async () => {
    const main = await afterMain(evals(5));
    main.apiState.batches.delete('msgbatch_1');
    const later = onwards(main, evals(5));
    expect(await run(later, {}, mainRun(2))).toMatchObject({ green: true, sizes: [5], newUsd: usd(5) });
    expect(codesOf(later)).toContain('reuse-lost');
    // The record says that none was taken.
    expect(later.memory.texts.some(({ text }) => text.includes('"sources"'))).toBe(false);
  });

  test.each(['retrieve', 'results'] as const)(
    'a batch whose %s fails for now is not paid for once more',
    async (call) => {
      const main = await afterMain(evals(5));
      const blind = onwards(main, evals(5, changes(1)));
      Object.assign(blind.api, {
        [call]: () => Promise.reject(new ApiError({ code: 'quoted', text: '500' }, { reach: 'answered', status: 500 })),
      });
      expect(await run(blind, {}, mainRun(2))).toMatchObject({ green: false, status: 'failed', sizes: [5] });
      expect(failuresOf(blind)).toEqual(['reuse-unavailable']);
      const next = onwards(blind, evals(5, changes(1)));
      expect(await run(next, {}, mainRun(2))).toMatchObject({ green: true, sizes: [5, 1], newUsd: usd(1) });
    },
  );

  test('an answer that is missing from the results for now is not paid for once more', async () => {
    const main = await afterMain(evals(5));
    const short = onwards(main, evals(5));
    short.apiState.spoil = (_, lines) => lines.slice(1);
    expect(await run(short, {}, mainRun(2))).toMatchObject({ green: false, status: 'failed', sizes: [5] });
    const next = onwards(short, evals(5));
    expect(await run(next, {}, mainRun(2))).toMatchObject({ green: true, sizes: [5] });
  });

  test('answers older than reuse-days are sent again', async () => {
    const main = await afterMain(evals(2));
    const later = onwards(main, evals(2));
    later.clock.time += 3 * 86_400_000;
    expect(await run(later, { 'reuse-days': '2' }, mainRun(2))).toMatchObject({ sizes: [2, 2] });
  });

  test('an answer of another model, or of an alias that has moved, is not taken', async () => {
    const fakes = fakesWith(evals(3));
    const dated = (date: string) => `${MODEL}-${date}`;
    fakes.apiState.answer = (id) =>
      succeeded(id, undefined, { model: id === 'q0' ? 'claude-opus-4-5-20251101' : dated('20251001') });
    fakes.apiState.models.set(MODEL, { id: dated('20251001') });
    await run(fakes);
    const same = onwards(fakes, evals(3));
    same.apiState.models.set(MODEL, { id: dated('20251001') });
    expect(await run(same, {}, mainRun(2))).toMatchObject({ sizes: [3, 1] });
    const moved = onwards(fakes, evals(3));
    moved.apiState.batches.delete('msgbatch_2');
    moved.apiState.models.set(MODEL, { id: dated('20260601') });
    moved.apiState.answer = (id) => succeeded(id, undefined, { model: dated('20260601') });
    expect(await run(moved, {}, mainRun(3))).toMatchObject({ sizes: [3, 3] });
    expect(codesOf(moved)).toEqual(expect.arrayContaining(['reuse-outdated', 'reuse-lost']));
    expect(JSON.parse(textOf(moved, '/r/summary.json')).reuse).toMatchObject({ reused: 0, sent: 3, unavailable: 3 });
  });

  test.each([
    ['nonsense', 'nonsense'],
    ['another version', '{"schema":2}'],
    ['members of a prototype', '{"__proto__":{"schema":1},"schema":1,"stopReasons":[""],"batches":{}}'],
  ])('an index that is %s is dropped with a line in the log', async (_, text) => {
    const main = await afterMain(evals(2));
    const later = onwards(main, evals(2));
    for (const one of later.kept.texts) Object.assign(one, { text });
    expect(await run(later, {}, mainRun(2))).toMatchObject({ green: true, sizes: [2, 2] });
    expect(codesOf(later)).toContain('answers-dropped');
  });

  test('of several batches that are gone there is one line in the log', async () => {
    const main = await afterMain(evals(5));
    const pushed = onwards(main, evals(5, changes(1)));
    expect(await run(pushed, {}, mainRun(2))).toMatchObject({ sizes: [5, 1] });
    const later = onwards(pushed, evals(5, changes(1)));
    for (const id of ['msgbatch_1', 'msgbatch_2']) later.apiState.batches.delete(id);
    expect(await run(later, {}, mainRun(3))).toMatchObject({ green: true, sizes: [5] });
    expect(later.log.messages.filter(({ code }) => code === 'reuse-lost')).toMatchObject([{ batches: 2, count: 5 }]);
    expect(JSON.parse(textOf(later, '/r/summary.json')).reuse).toMatchObject({ reused: 0, sent: 5, unavailable: 5 });
  });

  test('an index of the future that names no batch of ours is paid for once', async () => {
    const main = await afterMain(evals(3));
    const forged = onwards(main, evals(3));
    const ahead = new Date(forged.clock.date() + 20 * 3_600_000).toISOString();
    for (const one of forged.kept.texts)
      Object.assign(one, {
        text: one.text
          .replaceAll('msgbatch_1', 'msgbatch_99')
          .replace(/"createdAt":"[^"]+"/g, `"createdAt":"${ahead}"`),
      });
    expect(await run(forged, {}, mainRun(2))).toMatchObject({ green: true, newUsd: usd(3) });
    const next = onwards(forged, evals(3));
    expect(await run(next, {}, mainRun(3))).toMatchObject({ green: true, source: 'none', newUsd: '0.000000' });
  });

  test('an index that names batches of others costs the sending of what it claimed', async () => {
    const main = await afterMain(evals(3));
    const other = fakesWith(['a', 'b'].map((id) => line(id)).join('\n'));
    await run(other);
    const later = onwards(main, evals(3));
    const foreign = other.apiState.batches.get('msgbatch_1');
    if (foreign !== undefined)
      later.apiState.batches.set('msgbatch_9', { ...foreign, batch: { ...foreign.batch, id: 'msgbatch_9' } });
    for (const one of later.kept.texts) Object.assign(one, { text: one.text.replaceAll('msgbatch_1', 'msgbatch_9') });
    expect(await run(later, {}, mainRun(2))).toMatchObject({ green: true, newUsd: usd(3) });
    expect(resultsOf(later)).toBe(await fullResults(evals(3)));
  });
});

describe('a run that is killed', () => {
  test('at any call goes on as it was decided, and no request is sent twice', async () => {
    const changed = evals(20, changes(3));
    const full = await fullResults(changed);
    const main = await afterMain(evals(20));
    let at = 1;
    for (let isDead = true; isDead; at += 1) {
      const dying = onwards(main, changed);
      isDead = await killedAt(dying, at);
      const next = onwards(dying, changed);
      // Whoever wrote the index meanwhile.
      if (at % 2 === 0) next.kept.texts.length = 0;
      next.clock.time += 20 * 60_000;
      const hasDecided = sizesOf(dying).length > 1;
      const ended = await run(next, {}, mainRun(2));
      expect([at, ended.status, ended.green]).toEqual([at, 'completed', true]);
      if (hasDecided || at % 2 === 1) expect([at, ...sizesOf(next)]).toEqual([at, 20, 3]);
      expect(resultsOf(next)).toBe(full);
    }
    expect(at).toBeGreaterThan(10);
  });

  test('and whose source is deleted meanwhile sends what it had, in a further round', async () => {
    const changed = evals(20, changes(3));
    const dying = onwards(await afterMain(evals(20)), changed);
    await run(dying, { 'wait-minutes': '0' }, mainRun(2));
    expect(sizesOf(dying)).toEqual([20, 3]);
    const next = onwards(dying, changed);
    next.apiState.batches.delete('msgbatch_1');
    expect(await run(next, { 'retry-rounds': '0' }, mainRun(2))).toMatchObject({
      status: 'completed',
      sizes: [3, 17],
      newUsd: usd(20),
    });
    expect(resultsOf(next)).toBe(await fullResults(changed));
    const again = onwards(next, changed);
    expect(await run(again, {}, { ...mainRun(2), runAttempt: 2 })).toMatchObject({
      sizes: [3, 17],
      newUsd: '0.000000',
    });
  });

  test('waits for a source that cannot be read now, and pays for nothing', async () => {
    const changed = evals(20, changes(3));
    const paused = onwards(await afterMain(evals(20)), changed);
    await run(paused, { 'wait-minutes': '0' }, mainRun(2));
    const blind = onwards(paused, changed);
    const { retrieve } = blind.api;
    Object.assign(blind.api, {
      retrieve: (id: string) => {
        if (id !== 'msgbatch_1') return retrieve(id);
        throw new ApiError({ code: 'quoted', text: '500' }, { reach: 'answered', status: 500 });
      },
    });
    expect(await run(blind, {}, mainRun(2))).toMatchObject({ status: 'pending', sizes: [20, 3] });
    const failure = { code: 'reuse-unavailable', id: 'msgbatch_1', reason: '500', isNew: false };
    expect(blind.log.messages.flatMap((one) => (one.code === 'step-failed' ? one.failures : []))).toEqual([failure]);
    const next = onwards(blind, changed);
    expect(await run(next, {}, mainRun(2))).toMatchObject({ status: 'completed', sizes: [20, 3], newUsd: usd(3) });
  });
});

describe('judgements', () => {
  const JUDGE = 'claude-sonnet-4-6';
  const rubricLine = (id: string, rubric: string, prompt = id): string =>
    line(id, prompt).replace(/}$/, `,"assert":[{"type":"llm-rubric","value":"${rubric}"}]}`);
  const rubrics = (count: number, of: (id: string) => string, prompts: Readonly<Record<string, string>> = {}) =>
    ids(count)
      .map((id) => rubricLine(id, of(id), prompts[id]))
      .join('\n');
  const judging = (fakes: Fakes): Fakes => {
    fakes.apiState.answer = (id) => {
      if (!id.startsWith('judge-')) return succeeded(id);
      const text = JSON.stringify({ reason: 'so', verdict: 'pass', score: 1 });
      const usage = { input_tokens: 100, output_tokens: 20 };
      return succeeded(id, usage, { model: JUDGE, content: [{ type: 'text', text }] });
    };
    return fakes;
  };
  const judge = { 'judge-model': JUDGE };
  /** 100 in at $3 and 20 out at $15, halved, in millionths of a dollar. */
  const costOf = (answers: number, judgements: number) =>
    ((Math.ceil(answers * ANSWER_MICRO_USD) + judgements * 300) / 1e6).toFixed(6);

  test('are paid for only where the answer or the rubric is another', async () => {
    const first = judging(fakesWith(rubrics(10, () => 'polite')));
    expect(await run(first, judge)).toMatchObject({ green: true, sizes: [10, 10], newUsd: costOf(10, 10) });

    const edited = onwards(
      first,
      rubrics(10, () => 'polite', changes(2)),
    );
    expect(await run(edited, judge, mainRun(2))).toMatchObject({
      green: true,
      sizes: [10, 10, 2, 2],
      newUsd: costOf(2, 2),
    });

    const other = onwards(
      edited,
      rubrics(10, (id) => (id === 'q5' ? 'short' : 'polite'), changes(2)),
    );
    expect(await run(other, judge, mainRun(3))).toMatchObject({
      green: true,
      source: 'none',
      sizes: [10, 10, 2, 2, 1],
      newUsd: costOf(0, 1),
    });
    expect(textOf(other, '/r/grades.jsonl').match(/"pass":true/g)?.length).toBeGreaterThanOrEqual(10);

    const same = onwards(
      other,
      rubrics(10, (id) => (id === 'q5' ? 'short' : 'polite'), changes(2)),
    );
    expect(await run(same, judge, mainRun(4))).toMatchObject({
      green: true,
      sizes: [10, 10, 2, 2, 1],
      newUsd: '0.000000',
    });
    expect(textOf(same, '/r/judge-results.jsonl')).toBe(textOf(other, '/r/judge-results.jsonl'));
  });

  test('that are gone are asked for again, and the report says so', async () => {
    const first = judging(fakesWith(rubrics(3, () => 'polite')));
    await run(first, judge);
    // Of the very same judgements, the artifact has the results.
    const same = onwards(
      first,
      rubrics(3, () => 'polite'),
    );
    same.apiState.batches.delete('msgbatch_2');
    expect(await run(same, judge, mainRun(2))).toMatchObject({ green: true, sizes: [3], newUsd: '0.000000' });
    const later = onwards(
      first,
      rubrics(3, (id) => (id === 'q1' ? 'short' : 'polite')),
    );
    later.apiState.batches.delete('msgbatch_2');
    expect(await run(later, judge, mainRun(2))).toMatchObject({ green: true, sizes: [3, 3], newUsd: costOf(0, 3) });
    const { reuse, grading } = JSON.parse(textOf(later, '/r/summary.json'));
    expect(reuse).toMatchObject({ reused: 3, unavailable: 0 });
    expect(grading.judge).toMatchObject({ judgements: 3, reused: 0, unavailable: 2 });
    expect(textOf(later, '/r/report.md')).toContain(printMessage({ code: 'judgements-unavailable', count: 2 }));
  });

  test('only those that are to be asked are held against the budget', async () => {
    const first = judging(fakesWith(rubrics(10, () => 'polite')));
    await run(first, judge);
    const edited = onwards(
      first,
      rubrics(10, (id) => (id === 'q5' ? 'short' : 'polite')),
    );
    const budget = { ...judge, 'max-cost-usd': '0.02' };
    expect(await run(edited, budget, mainRun(2))).toMatchObject({ green: true, sizes: [10, 10, 1] });
    const all = onwards(
      edited,
      rubrics(10, () => 'another'),
    );
    expect(await run(all, budget, mainRun(3))).toMatchObject({ green: false, sizes: [10, 10, 1] });
  });

  test('of reused answers are in the estimate before anything is bought', async () => {
    const first = judging(fakesWith(rubrics(10, () => 'polite')));
    await run(first, judge);
    const rude = (changed: Readonly<Record<string, string>> = {}) => rubrics(10, () => 'rude', changed);

    const dry = onwards(first, rude());
    const { runState: promised } = await run(dry, { ...judge, 'dry-run': 'true' }, mainRun(2));
    expect(promised.estimate).toMatchObject({ requests: 0, judging: { judgements: 10 } });
    expect(codesOf(dry)).toContain('dry-run-judgements');
    const upper = promised.estimate?.batch.upper ?? 0n;
    const { estimate } = JSON.parse(textOf(dry, '/r/summary.json'));
    expect(estimate).toMatchObject({ requests: 0, batch: { upper: formatUsd(upper) }, judging: { judgements: 10 } });
    expect(textOf(dry, '/r/report.md')).not.toContain(ESTIMATE.output({ low: 0, likely: 0, high: 0, upper: 0 }));

    // One answer more would be bought, though what it is for would then be refused.
    const tight = onwards(first, rude({ q1: 'otherwise' }));
    const limit = { ...judge, 'max-cost-usd': formatUsd(upper) };
    expect(await run(tight, limit, mainRun(3))).toMatchObject({ green: false, status: 'rejected', sizes: [10, 10] });
    const enough = onwards(first, rude());
    const bought = await run(enough, limit, mainRun(4));
    expect(bought).toMatchObject({ green: true, sizes: [10, 10, 10], newUsd: costOf(0, 10) });

    const again = onwards(enough, rude());
    const { runState: nothing } = await run(again, { ...judge, 'dry-run': 'true' }, mainRun(5));
    expect(nothing.estimate).toBeUndefined();
    expect(codesOf(again)).toContain('dry-run-reused');
    const less = onwards(
      enough,
      rubrics(10, (id) => (id === 'q5' ? 'short' : 'rude'), { q1: 'otherwise' }),
    );
    const { runState: some } = await run(less, { ...judge, 'dry-run': 'true' }, mainRun(6));
    expect(some.estimate).toMatchObject({ requests: 1, judging: { judgements: 2 } });
  });

  test('of reused answers that were sent before are not held against the budget once more', async () => {
    const first = judging(fakesWith(rubrics(10, () => 'polite')));
    await run(first, judge);
    const content = rubrics(10, () => 'rude');
    const paused = onwards(first, content);
    paused.apiState.pollsNeeded = 1_000;
    expect(await run(paused, { ...judge, 'wait-minutes': '0' }, mainRun(2))).toMatchObject({ status: 'pending' });
    const later = onwards(paused, content);
    for (const one of later.apiState.batches.values()) one.pollsLeft = 0;
    const end = await run(later, { ...judge, 'max-cost-usd': '0.000001' }, mainRun(3));
    expect(end).toMatchObject({ green: true, status: 'completed', sizes: [10, 10, 10], newUsd: costOf(0, 10) });
  });

  test('that a collected run took and that are gone are held against it as well', async () => {
    const first = judging(fakesWith(rubrics(3, () => 'polite')));
    await run(first, { ...judge, 'artifact-name': '' });
    const always = { ...judge, resume: 'always', 'max-cost-usd': '0.00001', 'artifact-name': '' };
    // With a request less, all judgements are those of the index, and none is asked for.
    const content = rubrics(2, () => 'polite');
    const fewer = onwards(first, content);
    expect(await run(fewer, always, mainRun(2))).toMatchObject({ green: true, sizes: [3, 3] });
    const later = onwards(fewer, content);
    later.apiState.batches.delete('msgbatch_2');
    expect(await run(later, always, mainRun(3))).toMatchObject({ green: false, sizes: [3] });
    expect(failuresOf(later)).toContain('judging-refused');
  });
});

describe('the budget', () => {
  test('is held against what is to be sent', async () => {
    const main = await afterMain();
    const budget = { 'max-cost-usd': '0.0006', 'max-cost-basis': 'upper' };
    const few = onwards(main, evals(100, changes(12)));
    expect(await run(few, budget, mainRun(2))).toMatchObject({ green: true, sizes: [100, 12] });
    expect(few.log.messages.find(({ code }) => code === 'reuse-saves')).toBeDefined();
    const many = onwards(main, evals(100, changes(90)));
    expect(await run(many, budget, mainRun(3))).toMatchObject({ green: false, status: 'rejected', sizes: [100] });
    const none = onwards(main, evals(100));
    expect(await run(none, { 'max-cost-usd': '0' }, mainRun(4))).toMatchObject({ green: true, sizes: [100] });
  });

  test('is held against earlier answers that are gone after the rest was sent', async () => {
    const changed = evals(20, changes(3));
    const paused = onwards(await afterMain(evals(20)), changed);
    await run(paused, { 'wait-minutes': '0' }, mainRun(2));
    const next = onwards(paused, changed);
    next.apiState.batches.delete('msgbatch_1');
    expect(await run(next, { 'max-cost-usd': '0.0001' }, mainRun(2))).toMatchObject({ green: false, sizes: [3] });
    expect(failuresOf(next)).toEqual(['reuse-gone']);
    expect(codesOf(next)).not.toContain('reuse-resent');
    const { next_step } = JSON.parse(textOf(next, '/r/summary.json'));
    expect(next_step).toBe(printNextStep({ code: 'fix-and-rerun' }));
    expect(textOf(next, '/r/report.md')).not.toContain('batch-id: msgbatch_2');
    const later = onwards(next, changed);
    expect(await run(later, { 'max-cost-usd': '1' }, mainRun(2))).toMatchObject({ green: true, sizes: [3, 17] });
  });

  test('is held against what a collected run took, where it sent nothing and all of it is gone', async () => {
    const rejected = { green: false, status: 'rejected', sizes: [] };
    const budget = { 'max-cost-usd': '0.00001' };
    const rerun = { ...mainRun(2), runAttempt: 2 };
    const done = onwards(await afterMain(evals(3)), evals(3));
    await run(done, { ...budget, 'artifact-name': '' }, mainRun(2));
    const gone = (fakes: Fakes): Fakes => {
      const later = onwards(fakes, evals(3));
      later.apiState.batches.delete('msgbatch_1');
      return later;
    };
    expect(await run(gone(done), { ...budget, 'artifact-name': '' }, rerun)).toMatchObject(rejected);
    expect(await run(gone(done), { ...budget, resume: 'always' }, mainRun(3))).toMatchObject(rejected);
    const { runState } = await run(gone(done), { 'max-cost-usd': '1' }, rerun);
    expect(runState.estimate?.requests).toBe(3);

    // What was stored is paid for, so no limit stands in front of it.
    const stored = onwards(await afterMain(evals(3)), evals(3));
    await run(stored, budget, mainRun(2));
    const restored = await run(gone(stored), budget, rerun);
    expect(restored).toMatchObject({ green: true, status: 'completed', sizes: [] });
    expect(restored.runState.estimate).toBeUndefined();
    const lost = gone(stored);
    lost.artifactState.stored.length = 0;
    expect(await run(lost, budget, rerun)).toMatchObject(rejected);
  });

  test.each<[string, (fakes: Fakes) => unknown]>([
    ['whose batch is deleted', ({ apiState }) => apiState.batches.delete('msgbatch_1')],
    [
      'of an alias that stands for another model now',
      ({ apiState }) => apiState.models.set(MODEL, { id: `${MODEL}-20991231` }),
    ],
  ])('a dry run counts an answer %s as to be sent', async (_, change) => {
    const main = fakesWith(evals(3));
    const { answer } = main.apiState;
    main.apiState.answer = (id, index) =>
      JSON.parse(JSON.stringify(answer(id, index)).replace(MODEL, `${MODEL}-20251001`));
    await run(main);
    const dry = onwards(main, evals(3, changes(1)));
    change(dry);
    const before = sizesOf(dry);
    const { runState } = await run(dry, { 'dry-run': 'true' }, mainRun(2));
    expect(runState.estimate?.requests).toBe(3);
    const real = onwards(dry, evals(3, changes(1)));
    change(real);
    expect(await run(real, {}, mainRun(2))).toMatchObject({ sizes: [...before, 3] });
  });

  test('a dry run without a key trusts the index', async () => {
    const dry = onwards(await afterMain(evals(3)), evals(3, changes(1)));
    dry.apiState.batches.clear();
    const inputs = inputsOf({ 'reuse-answers': 'true', 'dry-run': 'true' }, null);
    const { runState } = await runStep(dry, inputs, mainRun(2));
    expect(runState.estimate?.requests).toBe(1);
  });

  test('a dry run counts only what would be sent', async () => {
    const main = await afterMain();
    const dry = onwards(main, evals(100, changes(12)));
    const { runState } = await run(dry, { 'dry-run': 'true' }, mainRun(2));
    expect(runState.estimate?.requests).toBe(12);
    expect(sizesOf(dry)).toEqual([100]);
  });
});

/** Shares everything outside with another step that runs at the same time. */
function beside(fakes: Fakes, content: string): Fakes {
  const other = onwards(fakes, content);
  Object.assign(other.memory, { texts: fakes.memory.texts, claims: fakes.memory.claims });
  Object.assign(other.apiState, { batches: fakes.apiState.batches });
  Object.assign(other.artifactState, { stored: fakes.artifactState.stored });
  return other;
}

describe('two runs with the same requests at the same time', () => {
  test.each([
    ['only the first sees the index', true, false, [20, 3], 17],
    ['only the second sees the index', false, true, [20, 20], 0],
    ['both see it', true, true, [20, 3], 17],
  ])('share a batch and what is taken, where %s', async (_, isSeenByFirst, isSeenBySecond, sizes, reused) => {
    const changed = evals(20, changes(3));
    const main = await afterMain(evals(20));
    const second = onwards(main, changed);
    const first = beside(second, changed);
    if (!isSeenByFirst) first.kept.texts.length = 0;
    if (!isSeenBySecond) second.kept.texts.length = 0;
    // Both have seen that there is no record before either saves one.
    const begun = Promise.withResolvers<void>();
    const { find } = first.answers;
    Object.assign(first.answers, {
      find: async (...asked: Parameters<typeof find>) => {
        await begun.promise;
        return find(...asked);
      },
    });
    const ended = run(first, {}, mainRun(2));
    const { sleep } = second.clock;
    second.clock.sleep = async (ms) => {
      begun.resolve();
      await ended;
      second.apiState.created = first.apiState.created;
      await sleep(ms);
    };
    expect(await run(second, {}, mainRun(3))).toMatchObject({ status: 'completed', sizes, newUsd: '0.000000' });
    expect(resultsOf(second)).toBe(resultsOf(first));
    expect(resultsOf(second)).toBe(await fullResults(changed));
    const { reuse } = JSON.parse(second.memory.texts.findLast(({ text }) => text.includes('"phase"'))?.text ?? '');
    expect(reuse === null ? 0 : 17).toBe(reused);
  });
});

describe('given batches', () => {
  test('are filled with what their run had left out, and with what the index has', async () => {
    const changed = evals(20, changes(3));
    const paused = onwards(await afterMain(evals(20)), changed);
    await run(paused, { 'wait-minutes': '0' }, mainRun(2));
    for (const hasRecord of [true, false]) {
      const given = onwards(paused, changed);
      if (!hasRecord) given.memory.texts.length = 0;
      expect(await run(given, { 'batch-id': 'msgbatch_2' }, mainRun(3))).toMatchObject({
        green: true,
        status: 'completed',
        sizes: [20, 3],
        costUsd: usd(20),
      });
      expect(resultsOf(given)).toBe(await fullResults(changed));
      // Without the record of the run that sent them, what given batches were asked is not known.
      expect(given.kept.texts.length).toBe(paused.kept.texts.length + (hasRecord ? 1 : 0));
      const later = onwards(given, evals(20, { ...changes(3), q9: 'newer' }));
      expect(await run(later, {}, mainRun(4))).toMatchObject({ sizes: [20, 3, hasRecord ? 1 : 4] });
    }
    const without = onwards(paused, changed);
    await run(without, { 'batch-id': 'msgbatch_2', 'reuse-answers': 'false' }, mainRun(3));
    expect(resultsOf(without).split('\n').filter(Boolean).length).toBe(3);
  });

  test('that were given before are not known to be of these requests either', async () => {
    const first = onwards(await afterMain(evals(3)), evals(3, changes(1)));
    first.memory.texts.length = 0;
    for (const id of [2, 3])
      expect(await run(first, { 'batch-id': 'msgbatch_1' }, mainRun(id))).toMatchObject({ status: 'completed' });
    const later = onwards(first, evals(3, { ...changes(1), q2: 'newer' }));
    expect(await run(later, {}, mainRun(4))).toMatchObject({ sizes: [3, 2] });
  });

  test('with a changed file cost nothing new where a record of others names them', async () => {
    const given = onwards(await afterMain(evals(3)), evals(3, changes(1)));
    const { costUsd, newUsd } = await run(given, { 'batch-id': 'msgbatch_1' }, mainRun(2));
    expect([costUsd, newUsd]).toEqual([usd(3), '']);
    // Nobody has reported this one.
    const unknown = onwards(await afterMain(evals(3)), evals(3, changes(1)));
    unknown.memory.texts.length = 0;
    expect(await run(unknown, { 'batch-id': 'msgbatch_1' }, mainRun(2))).toMatchObject({ newUsd: usd(3) });
  });
});

describe('a deleted source', () => {
  test('of a run that stored its results is restored from there', async () => {
    const changed = evals(20, changes(3));
    const done = onwards(await afterMain(evals(20)), changed);
    await run(done, {}, mainRun(2));
    const again = onwards(done, changed);
    again.apiState.batches.delete('msgbatch_1');
    const rerun = { ...mainRun(2), runAttempt: 2 };
    expect(await run(again, {}, rerun)).toMatchObject({
      green: true,
      sizes: [3],
      newUsd: '0.000000',
      costUsd: usd(20),
    });
    expect(resultsOf(again)).toBe(resultsOf(done));
  });

  test('of a run that sent nothing as well', async () => {
    const main = await afterMain(evals(20));
    const done = onwards(main, evals(20));
    await run(done, {}, mainRun(2));
    const again = onwards(done, evals(20));
    again.apiState.batches.delete('msgbatch_1');
    const rerun = { ...mainRun(2), runAttempt: 2 };
    expect(await run(again, {}, rerun)).toMatchObject({ green: true, sizes: [], newUsd: '0.000000' });
    expect(resultsOf(again)).toBe(resultsOf(main));
    // Without the artifact they are sent.
    const without = onwards(done, evals(20));
    without.apiState.batches.delete('msgbatch_1');
    without.artifactState.stored.length = 0;
    expect(await run(without, {}, rerun)).toMatchObject({ green: true, sizes: [20], newUsd: usd(20) });
  });
});

describe('a pull request', () => {
  const pullRun = (id: number) =>
    runOf(
      { GITHUB_RUN_ID: String(id), GITHUB_REF: 'refs/pull/7/merge', GITHUB_BASE_REF: 'main' },
      {
        pull_request: {
          number: 7,
          head: { sha: 'c0ffee', ref: 'topic', repo: { full_name: 'octo/evals' } },
          base: { ref: 'main' },
        },
        repository: { default_branch: 'main' },
      },
    );
  const PULL_SCOPES = ['refs/pull/7/merge', 'refs/heads/main'];

  test('takes the answers of main and its own, and main takes none of its', async () => {
    const main = await afterMain();
    const first = onwards(main, evals(100, changes(12)));
    first.kept.scopes = PULL_SCOPES;
    expect(await run(first, {}, pullRun(2))).toMatchObject({ sizes: [100, 12], newUsd: usd(12) });
    const second = onwards(first, evals(100, { ...changes(12), q1: 'newer' }));
    expect(await run(second, {}, pullRun(3))).toMatchObject({ sizes: [100, 12, 1], newUsd: usd(1) });
    const merged = onwards(second, evals(100, changes(12)));
    merged.kept.scopes = ['refs/heads/main'];
    expect(await run(merged, {}, mainRun(4))).toMatchObject({ sizes: [100, 12, 1, 12] });
  });
});
