import type { Inputs, PageContent } from '../inputs/inputs.ts';

/** What decides whether `retry.jsonl` leaves the runner. */
export interface Keeping {
  readonly content: PageContent;
  /** Whether an artifact was asked for. */
  readonly uploads: boolean;
}

/** What the inputs say of it. */
export function keepingOf({
  artifactContent: content,
  artifactName,
}: Pick<Inputs, 'artifactContent' | 'artifactName'>): Keeping {
  return { content, uploads: artifactName !== '' };
}

/** What `retry.jsonl` is for and who has it, as a line of markdown: where no artifact holds it, where it stays and why. */
export function retrySentence({ content, uploads }: Keeping): string {
  const use = '`retry.jsonl` holds these requests as they were written, ready to be given as `requests`.';
  const stays = 'It stays in `results-path` on the runner, for later steps of the job';
  if (!uploads) return `${use} ${stays}: an empty \`artifact-name\` means that nothing is uploaded.`;
  if (content === 'full') return use;
  return `${use} ${stays}: only \`artifact-content: full\` lets the artifact hold it.`;
}

/** The end of the sentence that says why too many requests have no answer. */
export function retryClause(keeping: Keeping): string {
  const reason = reasonOf(keeping);
  return reason === undefined
    ? 'retry.jsonl holds them ready to be sent again'
    : `retry.jsonl holds them ready to be sent again by a later step of the job, since ${reason} keeps it in results-path on the runner`;
}

/** What to do about the rest of a canceled batch. */
export function restClause(keeping: Keeping): string {
  const reason = reasonOf(keeping);
  return reason === undefined
    ? 'run again with retry.jsonl as requests for the rest, since a plain re-run submits all of them anew'
    : `for the rest give retry.jsonl as requests in a later step of the job, since ${reason} keeps it in results-path on the runner, and a plain re-run submits all of them anew`;
}

/** What keeps `retry.jsonl` on the runner; undefined where nothing does. */
function reasonOf({ content, uploads }: Keeping): string | undefined {
  if (!uploads) return 'an empty artifact-name';
  return content === 'full' ? undefined : `artifact-content: ${content}`;
}
