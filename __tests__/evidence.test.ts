import { describe, expect, test } from '@jest/globals';
import { createFakes, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// A check is green only once its gates are decided, unless the workflow says otherwise itself, which is then told.

const EVALS = ['c', 'a', 'b']
  .map(
    (id) =>
      `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]},"assert":[{"type":"equals","value":"ok"}]}`,
  )
  .join('\n');
const STEP = '{ uses: ./, with: { name: Evals } }';
const CI = `jobs: { evals: { steps: [${STEP}] } }`;
const TWO_JOBS = `jobs: { evals: { steps: [${STEP}] }, collect: { needs: evals, if: always(), steps: [${STEP}] } }`;
const WAKE =
  'on: { schedule: [{ cron: 0 * * * * }] }\njobs: { wake: { steps: [{ uses: ./, with: { wake-paused: true } }] } }';

const LATER = {
  alone: { yaml: CI, waker: false },
  'with a waker': { yaml: CI, waker: true },
  'with a later job': { yaml: TWO_JOBS, waker: false },
  'with both': { yaml: TWO_JOBS, waker: true },
} as const;

const hasCollector = (later: keyof typeof LATER): boolean => LATER[later].yaml === TWO_JOBS;

function fakesWith(later: keyof typeof LATER, evals = EVALS): Fakes {
  const { yaml, waker } = LATER[later];
  const wake = waker ? { '/w/.github/workflows/wake.yml': WAKE } : {};
  const fakes = createFakes({ '/w/evals.jsonl': evals, '/w/.github/workflows/ci.yml': yaml, ...wake });
  fakes.apiState.pollsNeeded = 1_000;
  return fakes;
}

/** What the check of a step shows, and what else is told of it. */
async function check(fakes: Fakes, raw: Readonly<Record<string, string>>, job = 'evals', attempt = 1) {
  fakes.outputs.clear();
  fakes.log.annotations.length = 0;
  fakes.log.messages.length = 0;
  const context = runOf({ GITHUB_JOB: job, GITHUB_RUN_ATTEMPT: String(attempt) });
  const { green } = await runStep(fakes, inputsOf({ name: 'Evals', ...raw }), context);
  const told = fakes.log.messages.find(({ code }) => code === 'green-without-evidence');
  const levels = fakes.log.annotations.map(({ level }) => level);
  const says = told === undefined ? 'nothing' : levels.includes('warning') ? 'a warning' : 'a notice';
  const isInComment = fakes.board.comments[0]?.body.includes('green without evidence') === true;
  expect(isInComment).toBe(told !== undefined);
  return { check: green ? 'green' : 'red', verdict: fakes.outputs.get('verdict'), says };
}

function endWith(fakes: Fakes, text: string): void {
  for (const one of fakes.apiState.batches.values()) {
    one.pollsLeft = 0;
    one.results = ['c', 'a', 'b'].map((id) =>
      JSON.stringify(succeeded(id, undefined, { content: [{ type: 'text', text }] })),
    );
  }
}

type Row = readonly [gate: string, wait: string, onTimeout: string, check: string, says: string];

/** The end of a step whose batch is still running, where no later job collects. */
const PAUSED: readonly Row[] = [
  ['min-pass-rate', '5', 'auto', 'red', 'nothing'],
  ['min-pass-rate', '5', 'pause', 'green', 'a warning'],
  ['min-pass-rate', '5', 'fail', 'red', 'nothing'],
  ['min-pass-rate', '5', 'cancel', 'red', 'nothing'],
  ['min-pass-rate', '0', 'auto', 'green', 'a notice'],
  ['min-pass-rate', '0', 'pause', 'green', 'a notice'],
  ['min-pass-rate', '0', 'fail', 'red', 'nothing'],
  ['max-drop', '5', 'auto', 'red', 'nothing'],
  ['max-drop', '5', 'pause', 'green', 'a warning'],
  ['max-drop', '0', 'auto', 'green', 'a notice'],
  ['', '5', 'auto', 'green', 'nothing'],
  ['', '5', 'pause', 'green', 'nothing'],
  ['', '5', 'fail', 'red', 'nothing'],
  ['', '0', 'auto', 'green', 'nothing'],
];

const PLAYS = PAUSED.flatMap((row) =>
  (Object.keys(LATER) as (keyof typeof LATER)[]).map((later) => [...row, later] as const),
);
const gatesOf = (gate: string): Record<string, string> => (gate === '' ? {} : { [gate]: '20' });

describe('while the batch runs, the check', () => {
  test.each(PLAYS)('with %s, wait-minutes: %s, on-timeout: %s is %s and says %s, %s', async (...play) => {
    const [gate, wait, onTimeout, color, says, later] = play;
    const raw = { ...gatesOf(gate), 'wait-minutes': wait, 'on-timeout': onTimeout };
    const fakes = fakesWith(later);
    if (onTimeout === 'cancel') fakes.apiState.answer = (id) => ({ custom_id: id, result: { type: 'canceled' } });
    // A later job has a check of its own, and what only submits cannot time out.
    const isLeft = hasCollector(later);
    const expected = { check: isLeft && wait === '0' ? 'green' : color, says: isLeft ? 'nothing' : says };
    const verdict = onTimeout === 'cancel' ? 'not-comparable' : undefined;
    expect(await check(fakes, raw)).toEqual({ ...expected, verdict });
  });

  const REQUIRED = EVALS.replace('"params"', '"required":true,"params"');
  test.each<[wait: string, onTimeout: string, gate: string, color: string, says: string, gates: readonly string[]]>([
    ['5', 'auto', '', 'green', 'a warning', ['required']],
    ['5', 'pause', '', 'green', 'a warning', ['required']],
    ['0', 'auto', '', 'green', 'a notice', ['required']],
    ['5', 'fail', '', 'red', 'nothing', []],
    ['5', 'auto', 'min-pass-rate', 'red', 'nothing', []],
    ['5', 'pause', 'max-drop', 'green', 'a warning', ['max-drop', 'required']],
  ])('with a required case, wait-minutes: %s, on-timeout: %s, %s is %s and says %s', async (...play) => {
    const [wait, onTimeout, gate, color, says, gates] = play;
    const raw = { ...gatesOf(gate), 'wait-minutes': wait, 'on-timeout': onTimeout };
    const fakes = fakesWith('alone', REQUIRED);
    expect(await check(fakes, raw)).toEqual({ check: color, verdict: undefined, says });
    const open = JSON.parse(fakes.outputs.get('summary-json') ?? '').open_gates;
    expect(open?.gates ?? []).toEqual(gates);
    const left = fakesWith('with a later job', REQUIRED);
    expect(await check(left, raw)).toMatchObject({ says: 'nothing' });
  });

  test.each(PLAYS.filter(([, wait]) => wait !== '0'))(
    'with %s, wait-minutes: %s, on-timeout: %s is red once the job is canceled (else %s, %s), %s',
    async (gate, wait, onTimeout, _color, _says, later) => {
      const fakes = fakesWith(later);
      const { retrieve } = fakes.api;
      Object.assign(fakes.api, {
        retrieve: async (id: string) => {
          fakes.stopNow();
          return retrieve(id);
        },
      });
      const raw = { ...gatesOf(gate), 'wait-minutes': wait, 'on-timeout': onTimeout };
      expect(await check(fakes, raw)).toEqual({ check: 'red', verdict: undefined, says: 'nothing' });
    },
  );
});

describe('once the batch has ended, the check', () => {
  const ends = PLAYS.filter(([gate, , onTimeout]) => gate === 'min-pass-rate' && onTimeout !== 'cancel').flatMap(
    (play) => (['ok', 'no'] as const).map((answer) => [...play, answer] as const),
  );
  test.each(ends)('of a re-run shows the gates: %s, %s, %s, %s, %s, %s, answers %s', async (...play) => {
    const [gate, wait, onTimeout, , , later, answer] = play;
    const raw = { ...gatesOf(gate), 'wait-minutes': wait, 'on-timeout': onTimeout };
    const fakes = fakesWith(later);
    await check(fakes, raw);
    endWith(fakes, answer);
    const decided = answer === 'ok' ? { check: 'green', verdict: 'pass' } : { check: 'red', verdict: 'fail' };
    const isLeft = hasCollector(later) && wait === '0';
    // Who only submits decides nothing, however often.
    const again = isLeft ? { check: 'green', verdict: undefined } : decided;
    expect(await check(fakes, raw, 'evals', 2)).toEqual({ ...again, says: 'nothing' });
    if (!hasCollector(later)) return;
    expect(await check(fakes, { ...raw, 'wait-minutes': '5' }, 'collect', 2)).toEqual({ ...decided, says: 'nothing' });
    expect(fakes.apiState.created).toBe(1);
  });
});
