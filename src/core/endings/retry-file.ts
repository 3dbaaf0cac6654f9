import type { Inputs, PageContent } from '../inputs/inputs.ts';
import type { KeptOnRunnerBy } from '../messages/failures.ts';

/** Which input keeps `retry.jsonl` out of the artifact; undefined where the artifact holds it. */
export function keptOnRunnerBy({
  content,
  uploads,
}: {
  readonly content: PageContent;
  /** Whether an artifact was asked for. */
  readonly uploads: boolean;
}): KeptOnRunnerBy {
  if (!uploads) return 'artifact-name';
  return content === 'full' ? undefined : 'artifact-content';
}

/** The same by the inputs. */
export function retryFileKeptBy(inputs: Pick<Inputs, 'artifactContent' | 'artifactName'>): KeptOnRunnerBy {
  return keptOnRunnerBy({ content: inputs.artifactContent, uploads: inputs.artifactName !== '' });
}
