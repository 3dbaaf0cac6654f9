import type { RunContext } from '../core/inputs/context.ts';
import type { Inputs } from '../core/inputs/inputs.ts';
import { fullReport } from '../core/report/link.ts';
import { countOf } from '../core/report/numbers.ts';
import { renderSubmitted } from '../core/report/submitted.ts';
import type { RequestSet } from '../core/requests/request-set.ts';
import type { Batch, World } from '../ports.ts';
import { tellComment } from './tell.ts';
import type { Trail } from './trail.ts';

/**
 * Makes a new batch known the moment it exists: in the trail, the output `batch-id`, the log and the comment. Given ids
 * are known already; they only become the output.
 */
export async function announce(
  world: World,
  inputs: Inputs,
  run: RunContext,
  trail: Trail,
  created: Batch | undefined,
  requests: RequestSet | undefined,
): Promise<void> {
  trail.requestCount = requests?.places.length;
  if (created === undefined) {
    trail.source = 'given';
    world.runner.setOutput('batch-id', inputs.batchIds.join(','));
    world.log.info(`Collecting ${countOf(inputs.batchIds.length, 'batch', 'batches')}: ${inputs.batchIds.join(', ')}`);
    return;
  }
  trail.batches = [created];
  trail.source = 'submitted';
  world.runner.setOutput('batch-id', created.id);
  const bytes = requests?.body?.bytes ?? 0;
  world.log.info(`Sent ${countOf(trail.requestCount ?? 0, 'request')} (${formatBytes(bytes)}) as batch ${created.id}`);
  const text = renderSubmitted({ run, leg: inputs.leg, batches: [created], requestCount: trail.requestCount });
  await tellComment(world, { inputs, run, text, failing: false, fullReport: fullReport(run), final: false });
}

function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
