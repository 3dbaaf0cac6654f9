import type { Repository } from '../github/index.ts';
import { type Payload, pullRequestEvent, pushEvent } from '../runner/events.ts';

/** What triggers a workflow: a pull request of the simulator, or an event with the ref and payload that it runs for. */
export type Trigger =
  | { readonly pullRequest: number }
  | { readonly event: 'push' | 'schedule'; readonly ref: string; readonly sha: string }
  | { readonly event: 'workflow_run'; readonly payload: Payload }
  | { readonly event: 'workflow_dispatch'; readonly ref: string; readonly sha: string; readonly inputs: Payload };

/** An event as it was when the run was created: a re-run sees it again. */
export interface Occasion {
  readonly pullRequest: number | undefined;
  readonly eventName: string;
  readonly payload: Payload;
  readonly ref: string;
  /** Of the pull request's head, if there is one: its checks are shown there. */
  readonly headSha: string;
  readonly headBranch: string;
  readonly headRepository: string;
  readonly inputs: Payload;
}

const MAIN = { ref: 'refs/heads/main', sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e' };

export function occasionOf(repository: Repository, trigger: Trigger): Occasion {
  if ('pullRequest' in trigger) {
    const { pullRequest } = trigger;
    const payload = pullRequestEvent(repository, pullRequest);
    const pull = repository.conversations.get(pullRequest)?.pull;
    if (pull === undefined) throw new Error(`There is no pull request ${pullRequest}`);
    const ref = `refs/pull/${pullRequest}/merge`;
    return { pullRequest, eventName: 'pull_request', payload, ref, inputs: {}, ...pull };
  }
  const { ref, sha } = 'ref' in trigger ? trigger : MAIN;
  return {
    pullRequest: undefined,
    eventName: trigger.event,
    payload: 'payload' in trigger ? trigger.payload : pushEvent(repository, ref, sha),
    ref,
    headSha: sha,
    headBranch: ref.replace('refs/heads/', ''),
    headRepository: repository.fullName,
    inputs: 'inputs' in trigger ? trigger.inputs : {},
  };
}
