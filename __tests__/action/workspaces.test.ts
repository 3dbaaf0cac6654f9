import { expect, test } from '@jest/globals';
import { simulatedKey, simulatedWorkspace } from '../../simulator/anthropic/anthropic.ts';
import { leapingClock } from '../../simulator/leaping-clock.ts';
import { printFailedStep } from '../../src/core/messages/failures.ts';
import { createsOf, errorsOf, lines, requestLine, run, simulate } from './harness.ts';

// The key of another workspace finds the record of a batch, and not the batch: what people read then.

const OTHER = { key: 'sk-ant-api03-of-another-workspace', workspace: 'wrkspc_02Other' };

test('a batch of another workspace is named with both, after minutes of looking, and not paid for again', async () => {
  const clock = await leapingClock();
  try {
    const keys = new Map([
      [simulatedKey, simulatedWorkspace],
      [OTHER.key, OTHER.workspace],
    ]);
    const simulator = await simulate({
      ...{ now: clock.now, sleep: clock.sleep },
      anthropic: { keys, endsAfterMs: 3_600_000 },
    });
    clock.isBusy = simulator.isBusy;
    const requests = lines(requestLine('a'), requestLine('b'));
    const step = (inputs: Readonly<Record<string, string>>) =>
      run(simulator, requests, { inputs: { 'poll-interval-seconds': '30', ...inputs }, env: clock.env() });
    const first = await step({ 'wait-minutes': '0' });
    const id = first.outputs.get('batch-id') ?? '';
    expect([first.conclusion, first.outputs.get('status')]).toEqual(['success', 'pending']);

    const second = await step({ 'anthropic-api-key': OTHER.key });
    expect([second.conclusion, second.outputs.get('status'), createsOf(simulator)]).toEqual(['failure', 'failed', 1]);
    const about = { id, why: 'not-found', reason: '', isResumed: true, isBesideOthers: false } as const;
    const workspaces = { belongsTo: simulatedWorkspace, answeredBy: OTHER.workspace };
    expect(errorsOf(second)).toEqual([
      printFailedStep({ failures: [{ code: 'batch-unreachable', ...about, ...workspaces }], next: undefined }),
    ]);
    // It is told, and never used: no call names a workspace.
    expect(simulator.exchanges.filter(({ headers }) => headers.has('anthropic-workspace-id'))).toEqual([]);
  } finally {
    clock.stop();
  }
});
