import type { PageContent } from './page/case.ts';

/** What `retry.jsonl` is for and who has it, as a line of markdown: with less than all, the artifact does not hold it. */
export function retrySentence(content: PageContent): string {
  const use = '`retry.jsonl` holds these requests as they were written, ready to be given as `requests`.';
  if (content === 'full') return use;
  return `${use} It stays in \`results-path\` on the runner, for later steps of the job: only \`content: full\` lets the artifact hold it.`;
}

/** The end of the sentence that says why too many requests have no answer. */
export function retryClause(content: PageContent): string {
  return content === 'full'
    ? 'retry.jsonl holds them ready to be sent again'
    : `retry.jsonl holds them ready to be sent again by a later step of the job, since content: ${content} keeps it in results-path on the runner`;
}

/** What to do about the rest of a canceled batch. */
export function restClause(content: PageContent): string {
  return content === 'full'
    ? 'run again with retry.jsonl as requests for the rest, since a plain re-run submits all of them anew'
    : `for the rest give retry.jsonl as requests in a later step of the job, since content: ${content} keeps it in results-path on the runner, and a plain re-run submits all of them anew`;
}
