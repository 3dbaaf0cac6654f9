import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import { renderBatches, renderNextStep, renderOpenGates, renderStep } from '../../../src/core/markdown/batch-part.ts';
import { headlineOf } from '../../../src/core/markdown/headline.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { renderFold } from '../../../src/core/markdown/table.ts';
import type { Lasting } from '../../../src/core/messages/failures.ts';
import { HEADLINES, LEADS } from '../../../src/core/messages/headlines.ts';
import { REPORT } from '../../../src/core/messages/report.ts';
import type { SampleSize } from '../../../src/core/requests/sample.ts';
import { collectBatches, lastingOf } from '../../../src/core/summary/failed-step.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import { batchOf } from '../../../src/core/summary/summary-parts.ts';
import type { Batch } from '../../../src/ports/api.ts';
import { about, batch, collected, FAILURE, pending } from '../summary/samples.ts';
import { attacks } from './attacks.ts';

const running: Batch = { ...batch, id: 'msgbatch_02', status: 'in_progress', endedAt: null };
const left = (batches: readonly Batch[], resumable = true): Pending => ({
  status: 'pending',
  batches,
  requestCount: 2,
  waitedMs: 1_000,
  resumable,
  failures: [],
});
const goOn = (outcome: Outcome): string | undefined => renderNextStep(summarize(outcome, about));
const RERUN = `[${REPORT['rerun-this-job']()}](${about.run.runUrl})`;

describe('what to do next', () => {
  test.each<[string, Outcome]>([
    ['is not said of what was collected', collected],
    ['is not said where no batch is left', left([])],
    ['is not said of a failure', { status: 'failed', failures: [FAILURE] }],
  ])('%s', (_, outcome) => {
    expect(goOn(outcome)).toBeUndefined();
    expect(renderStep(summarize(outcome, about))).toBeUndefined();
  });

  const until = '21 December';
  const endsBy = '23 November, 11:20 UTC';
  test.each<[string, Pending, readonly string[]]>([
    [
      'one that a later run finds',
      left([running]),
      [LEADS['rerun-to-collect']({ rerun: RERUN, until }), LEADS['ends-by']({ batches: 1, endsBy })],
    ],
    [
      'two that none finds',
      left([running, running], false),
      [LEADS['step-to-collect']({ until }), LEADS['ends-by']({ batches: 2, endsBy })],
    ],
    ['one that has ended', left([batch]), [LEADS['rerun-to-collect']({ rerun: RERUN, until })]],
    [
      'times that cannot be read',
      left([{ ...running, createdAt: 'x', expiresAt: 'y' }]),
      [LEADS['rerun-to-collect']({ rerun: RERUN, until: undefined })],
    ],
  ])('%s', (_, outcome, sentences) => {
    expect(goOn(outcome)).toBe(sentences.join(' '));
  });
});

describe('who goes on', () => {
  const until = '21 December';
  const endsBy = '23 November, 11:20 UTC';
  const collector = { job: 'collect', runsAfterFailure: true };
  const waker = {
    workflow: 'Wake *up*',
    schedules: [
      { cron: '*/20 * * * *', timezone: null },
      { cron: '0 5 * * 1', timezone: 'Europe/*' },
      { cron: '1 1 1 1 1', timezone: null },
      { cron: '2 2 2 2 2', timezone: null },
    ],
  };
  const ends = (batches: number) => LEADS['ends-by']({ batches, endsBy });
  const byJob = (batches: number) => LEADS['job-to-collect']({ job: '`collect`', batches });
  const byWaker = LEADS['waker-to-collect']({
    workflow: 'Wake \\*up\\*',
    schedules: [
      { often: { kind: 'hourly', minutes: [0, 20, 40] }, cron: '`*/20 * * * *`', zone: 'UTC' },
      { often: undefined, cron: '`0 5 * * 1`', zone: 'Europe/\\*' },
      { often: undefined, cron: '`1 1 1 1 1`', zone: 'UTC' },
    ],
    batches: 1,
    rerun: RERUN,
    until,
  });

  test.each<[string, Pending, readonly string[]]>([
    ['a later job', { ...left([running]), later: { collector, waker } }, [byJob(1), ends(1)]],
    ['a later job, of two', { ...left([running, running]), later: { collector, waker } }, [byJob(2), ends(2)]],
    ['a later job, of none', { ...left([], false), later: { collector, waker } }, [byJob(0)]],
    ['a waker', { ...left([running]), later: { collector: undefined, waker } }, [byWaker, ends(1)]],
    [
      'nobody, where no run finds it',
      { ...left([running], false), later: { collector, waker } },
      [LEADS['step-to-collect']({ until }), ends(1)],
    ],
  ])('%s', (_, outcome, sentences) => {
    expect(goOn(outcome)).toBe(sentences.join(' '));
  });

  test('a step to copy stands only where no later job has one', () => {
    const stepOf = (outcome: Pending) => renderStep(summarize(outcome, about));
    expect(stepOf({ ...left([running]), later: { collector, waker } })).toBeUndefined();
    expect(stepOf({ ...left([running]), later: { collector: undefined, waker } })).toContain('msgbatch_02');
  });

  const gates = { minPassRateMicroPercent: 90_000_000, maxDropMicroPercent: 2_000_000 };
  const openOf = (outcome: Outcome, inputs: object) =>
    renderOpenGates(summarize(outcome, { ...about, inputs: { ...about.inputs, ...inputs } }));
  test('gates that are open are told where the step is green and no later job decides them', () => {
    const both = ['min-pass-rate', 'max-drop'];
    expect(openOf(left([running]), gates)).toBe(LEADS['without-evidence']({ gates: both, because: 'on-timeout' }));
    expect(openOf(left([running]), { ...gates, minPassRateMicroPercent: undefined, waitMs: 0 })).toBe(
      LEADS['without-evidence']({ gates: ['max-drop'], because: 'wait-minutes' }),
    );
    expect(openOf(left([running]), {})).toBeUndefined();
    expect(openOf({ ...left([running]), failures: [FAILURE] }, gates)).toBeUndefined();
    expect(openOf({ ...left([running]), later: { collector, waker } }, gates)).toBeUndefined();
    expect(openOf(collected, gates)).toBeUndefined();
  });

  test('a run that only submitted says in heading and log that another job collects', () => {
    const handed = (batches: readonly Batch[]) => {
      return summarize({ ...left(batches), handedOver: true, later: { collector, waker } }, about);
    };
    expect(headlineOf(handed([running]))).toBe(HEADLINES['handed-over']({ batches: 1 }));
    expect(logLines(handed([running]))).toEqual([{ code: 'handed-over', job: 'collect', batches: 1, requests: 2 }]);
    expect(headlineOf(handed([]))).toBe(HEADLINES['handed-over']({ batches: 0 }));
    expect(handed([running]).timings.waited_ms).toBeNull();
    // Where no run finds the batch, it is to be collected by hand.
    const lost = summarize({ ...left([running], false), handedOver: true, later: { collector, waker } }, about);
    expect(headlineOf(lost)).toBe(HEADLINES.pending({ state: 'running', waitedMs: null }));
  });
});

describe('the step to copy', () => {
  const stepOf = (requests: readonly string[], changed: Partial<Pending> = {}, run = about.run): string =>
    renderStep(
      summarize(
        { ...left([running]), resumable: false, ...changed },
        {
          ...about,
          run,
          inputs: { ...about.inputs, requests },
        },
      ),
    ) ?? '';
  /** What GitHub reads in it. */
  const read = (text: string): unknown => parse(/^```yaml\n(.*)\n```$/ms.exec(text)?.[1] ?? '');
  const KEY = { 'anthropic-api-key': '${{ secrets.ANTHROPIC_API_KEY }}' };

  test('stands as it is where nothing else collects the batch, else folded', () => {
    const step = stepOf(['a.jsonl']);
    expect(step).toBe(
      '```yaml\n- uses: octo/claude-batch-action@v1\n  with:\n    batch-id: msgbatch_02\n    requests: a.jsonl\n    anthropic-api-key: ${{ secrets.ANTHROPIC_API_KEY }}\n```',
    );
    expect(stepOf(['a.jsonl'], { resumable: true })).toBe(
      renderFold(REPORT['other-ways'](), `${REPORT['collect-anywhere']({ isReuse: false })}\n\n${step}`),
    );
  });

  test.each<[string, readonly string[]]>([
    ['a plain one', ['evals/*.jsonl']],
    ['one that YAML takes for an alias', ['*.jsonl']],
    ['one that YAML takes for a number', ['2026']],
    ['one that YAML takes for a comment', ['a #b.jsonl']],
    ['one that YAML takes for a mapping', ['a: b.jsonl']],
    ['one that leaves out', ['!a.jsonl']],
    ['quotes', ['it is "a".jsonl']],
    ['a backslash', ['C:\\a\\b.jsonl']],
    ['several', ['evals/*.jsonl', '!evals/b.jsonl', '*: "#c"']],
  ])('%s is read as it was', (_, requests) => {
    expect(read(stepOf(requests))).toEqual([
      {
        uses: 'octo/claude-batch-action@v1',
        with: {
          'batch-id': 'msgbatch_02',
          requests: requests.length > 1 ? `${requests.join('\n')}\n` : requests[0],
          ...KEY,
        },
      },
    ]);
  });

  test.each<[SampleSize, unknown]>([
    [{ kind: 'share', microPercent: 10_000_000 }, '10%'],
    [{ kind: 'count', count: 50 }, 50],
  ])('takes the same sample', (sample, expected) => {
    const summary = summarize(left([running], false), { ...about, inputs: { ...about.inputs, sample } });
    expect(read(renderStep(summary) ?? '')).toMatchObject([{ with: { sample: expected } }]);
  });

  const signIn = { ruleId: 'fdrl_1', organizationId: 'o', serviceAccountId: undefined, audience: 'urn:a' };
  const RULE = {
    'anthropic-federation-rule-id': '${{ vars.ANTHROPIC_FEDERATION_RULE_ID }}',
    'anthropic-organization-id': '${{ vars.ANTHROPIC_ORGANIZATION_ID }}',
  };
  const WORKSPACE = { 'anthropic-workspace-id': '${{ vars.ANTHROPIC_WORKSPACE_ID }}' };
  test.each([
    [{}, KEY],
    [{ workspaceId: 'wrkspc_1' }, { ...KEY, ...WORKSPACE }],
    [
      { key: undefined, signIn },
      { ...RULE, 'anthropic-oidc-audience': '${{ vars.ANTHROPIC_OIDC_AUDIENCE }}' },
    ],
    [
      {
        ...{ key: undefined, workspaceId: 'default' },
        signIn: { ...signIn, serviceAccountId: 'svac_1', audience: 'https://api.anthropic.com' },
      },
      { ...RULE, 'anthropic-service-account-id': '${{ vars.ANTHROPIC_SERVICE_ACCOUNT_ID }}', ...WORKSPACE },
    ],
  ])('calls the API as this one does, with %j, and shows no ID', (changes, expected) => {
    const inputs = { ...about.inputs, requests: [], api: { ...about.inputs.api, ...changes } };
    const summary = summarize(left([running], false), { ...about, inputs });
    const expectedStep = { 'batch-id': 'msgbatch_02', ...expected };
    expect(read(renderStep(summary) ?? '')).toMatchObject([{ with: expectedStep }]);
    expect(renderStep(summary)?.match(/anthropic-[\w-]+(?=:)/g)).toEqual(Object.keys(expected));
  });

  test('without request files, of an action in the workspace, several ids', () => {
    const batches = [running, { ...running, id: 'msgbatch_03' }];
    expect(read(stepOf([], { batches }, { ...about.run, uses: undefined }))).toEqual([
      { uses: 'org/claude-batch-action@v1', with: { 'batch-id': 'msgbatch_02,msgbatch_03', ...KEY } },
    ]);
  });

  test('an id that a gateway gave is given as it is, and none that cannot stand in the list', () => {
    const idsIn = (...ids: readonly string[]) => {
      const text = stepOf(['a'], { batches: ids.map((id) => ({ ...running, id })) });
      return text === '' ? undefined : (read(text) as { with: Record<string, string> }[])[0]?.with['batch-id'];
    };
    expect(idsIn('urn:gw:1')).toBe('urn:gw:1');
    expect(idsIn('12345678901234567890')).toBe('12345678901234567890');
    expect(idsIn('a`\n```\n<b>: @x', "a'b", 'b2')).toBe('b2');
    expect(idsIn('a,b', 'batch é')).toBeUndefined();
  });

  test('without an id for it, only the console is left where no run finds the batch', () => {
    const lost = [{ ...running, id: 'a,b', expiresAt: 'x' }];
    expect(goOn(left(lost, false))).toBe(LEADS['console-to-collect']({ until: '21 December' }));
    expect(goOn(left(lost))).toBe(LEADS['rerun-to-collect']({ rerun: RERUN, until: '21 December' }));
  });

  test.each([...attacks, ['a fence', '```\n# Approved'], ['a tilde', '~~~'], ['a key', 'a\n    env: b']])(
    '%s: as a pattern it ends neither the fence nor its line',
    (_, text) => {
      for (const requests of [[text], [text, text]]) {
        const lines = stepOf(requests).split('\n');
        expect(lines).toHaveLength(requests.length === 1 ? 7 : 9);
        expect(lines.filter((line) => /^ {0,3}(?:```|~~~)/.test(line))).toEqual(['```yaml', '```']);
        const [step] = read(stepOf(requests)) as { with: Record<string, string> }[];
        expect(Object.keys(step?.with ?? {})).toEqual(['batch-id', 'requests', 'anthropic-api-key']);
      }
    },
  );
});

describe('how long batches and results last', () => {
  const resultsUntil = '2026-12-21T11:20:00.123Z';
  const endsBy = '2026-11-23T11:20:00.000Z';
  test.each<[string, Batch[], Lasting]>([
    ['one in progress', [running], { count: 1, endsBy, resultsUntil }],
    ['one that has ended', [batch], { count: 1, endsBy: undefined, resultsUntil }],
    [
      'the last end and the first loss of several',
      [
        { ...running, expiresAt: '2026-11-24T00:00:00Z' },
        { ...running, createdAt: '2026-11-20T00:00:00Z' },
      ],
      { count: 2, endsBy: '2026-11-24T00:00:00.000Z', resultsUntil: '2026-12-19T00:00:00.000Z' },
    ],
    [
      'one in progress, one that ended, though that would have lasted longer',
      [running, { ...batch, expiresAt: '2026-11-25T00:00:00Z' }],
      { count: 2, endsBy, resultsUntil },
    ],
    [
      'times that cannot be read',
      [{ ...running, createdAt: 'x', expiresAt: 'y' }],
      { count: 1, endsBy: undefined, resultsUntil: undefined },
    ],
    [
      'times written in another zone',
      [{ ...running, expiresAt: '2026-11-23T13:20:00+02:00' }],
      { count: 1, endsBy, resultsUntil },
    ],
    ['none', [], { count: 0, endsBy: undefined, resultsUntil: undefined }],
  ])('%s', (_, batches, expected) => {
    expect(lastingOf(batches.map(batchOf))).toEqual(expected);
  });

  test('the results that a judge still has to give last as long as its batch, not as that of the answers', () => {
    const judge = {
      ...running,
      id: 'msgbatch_2',
      createdAt: '2026-11-24T11:20:00Z',
      expiresAt: '2026-11-25T11:20:00Z',
    };
    const both = { batches: [batch], judgeBatches: [judge], resumable: true };
    const lasting = { endsBy: '2026-11-25T11:20:00.000Z', resultsUntil: '2026-12-23T11:20:00.000Z' };
    expect(collectBatches(both)).toMatchObject({ code: 'finish-judging', count: 1, ...lasting });
    expect(collectBatches({ ...both, judgeBatches: [] })).toMatchObject({ ...lastingOf([batchOf(batch)]), count: 0 });
  });

  test('a pause says in the log what is left and how long it waited', () => {
    expect(logLines(summarize(pending, about))).toEqual([
      { code: 'no-results-yet', batches: 1, requests: 1319, waitedMs: 21_000_000 },
    ]);
  });
});

describe('the batches', () => {
  const round = { round: 0, requests: 2, succeeded: 1, usd: '1.000000', lower_bound: false };

  test.each([
    ['one at work', [running], []],
    ['several', [batch, running], []],
    ['several rounds', [batch, batch], [round, { ...round, round: 1 }]],
  ])('%s are a table, with one of the rounds', (_, batches, rounds) => {
    const text = renderBatches({ batches: batches.map(batchOf), rounds }) ?? '';
    expect(text.match(/^\| `msgbatch_0\d` \|/gm)).toHaveLength(batches.length);
    const roundCells = [0, 1].map((round) => `| ${REPORT.round({ round })} |`);
    const roundRows = text.split('\n').filter((line) => roundCells.some((cell) => line.startsWith(cell)));
    expect(roundRows).toHaveLength(rounds.length);
  });

  test('none have no table', () => {
    expect(renderBatches({ batches: [], rounds: [] })).toBeUndefined();
  });
});
