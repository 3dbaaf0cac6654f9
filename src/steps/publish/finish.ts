import { judgedAgain } from '../../core/endings/conclude.ts';
import type { Collected } from '../../core/endings/outcome.ts';
import type { JudgedAgain } from '../../core/messages/failures.ts';
import { type Accounts, knownNewCost } from '../../core/results/accounts.ts';
import type { SummaryNotice } from '../../core/summary/summary.ts';
import type { Femto } from '../../core/text/money.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import { partsOf } from '../run/parts.ts';
import type { Run } from '../run/run.ts';
import { deleteBatches, type HeldBatches } from './delete-batches.ts';
import { type CollectedPart, type Marked, markCollected, previewNewCost } from './mark-collected.ts';

/** Answers or judgements, with the run that has their record. */
interface Part extends Omit<CollectedPart, 'isOpen'>, Omit<HeldBatches, 'isUnfinished'> {
  readonly run: Run;
}

/** The answers and, after them, their judgements. */
function collectedParts(run: Run, outcome: Collected): readonly Part[] {
  const [answers = run, judgements] = partsOf(run);
  const { accounts, status, batches, files } = outcome;
  const part: Part = { run: answers, accounts, status, batches, holds: files.holds };
  const judging = outcome.graded?.judging;
  if (judging === undefined || judgements === undefined) return [part];
  const isCanceled = judging.accounts.counts.canceled > 0;
  return [part, { ...judging, run: judgements, status: isCanceled ? 'canceled' : 'completed' }];
}

/** The part of a run's cost that is new, as far as it is known before the results are stored. */
export async function previewCost(run: Run, outcome: Collected): Promise<Femto | undefined> {
  const parts = collectedParts(run, outcome);
  const costs: (Femto | undefined)[] = [];
  for (const part of parts) costs.push(await previewNewCost(part.run, part));
  return sumOf(parts, costs);
}

/** The same for a run that could not store its results: zero, because the run that stores them reports the cost. */
export function unstoredCost(run: Run, outcome: Collected): Femto | undefined {
  const parts = collectedParts(run, outcome);
  return parts.some(({ accounts }) => knownNewCost(accounts) !== undefined) ? 0n : undefined;
}

/**
 * Records that the results are stored. The judgements come first: until they are recorded, the answers stay open for any
 * run. They also stay open if a judge's batch was stopped and a later run will ask for the rest.
 */
export async function markAll(run: Run, outcome: Collected, artifact: StoredArtifact | undefined): Promise<Marked> {
  const parts = collectedParts(run, outcome).toReversed();
  const marked: Marked[] = [];
  let isOpen = false;
  for (const part of parts) {
    marked.push(await markCollected(part.run, { ...part, isOpen }, artifact));
    isOpen = part.run.runState.store?.record.phase === 'open';
  }
  const newCost = sumOf(
    parts,
    marked.map((one) => one.newCost),
  );
  return { newCost, notices: marked.flatMap(({ notices }) => notices) };
}

/**
 * Deletes the batches at the API, if the input says so. All stay while judgements are missing that a later run would ask for, because
 * deleted judgements count as final.
 */
export async function deleteAll(
  run: Run,
  outcome: Collected,
  artifact: StoredArtifact | undefined,
): Promise<readonly SummaryNotice[]> {
  const notices: SummaryNotice[] = [];
  const judging = outcome.graded?.judging;
  const isUnfinished = judging !== undefined && ASKED_LATER.has(judgedAgain(judging.accounts, run.inputs));
  for (const part of collectedParts(run, outcome))
    notices.push(...(await deleteBatches(part.run, { ...part, isUnfinished }, artifact)));
  return notices;
}

/** The kinds of missing judgements that only wait for a later run. */
const ASKED_LATER: ReadonlySet<string> = new Set<JudgedAgain>(['failed', 'no-rounds', 'canceled']);

/** Adds up the new costs of the parts that have a price; undefined if one of these is unknown. */
function sumOf(
  parts: readonly { readonly accounts: Accounts }[],
  costs: readonly (Femto | undefined)[],
): Femto | undefined {
  const priced = costs.filter((_, index) => {
    const accounts = parts[index]?.accounts;
    return accounts !== undefined && knownNewCost(accounts) !== undefined;
  });
  if (priced.length === 0) return undefined;
  return priced.reduce((sum, cost) => (sum === undefined || cost === undefined ? undefined : sum + cost), 0n);
}
