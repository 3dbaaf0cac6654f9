import type { PageContent } from '../inputs/inputs.ts';
import type { Summary } from '../summary/summary.ts';
import { toPlainLine } from '../text/foreign-text.ts';
import { codeHtml } from './html.ts';
import type { PageLinks } from './verdict-part.ts';

/** Bytes of `requests.jsonl` beyond which it stays out of the artifact. */
export const MAX_REQUESTS_BYTES = 50_000_000;

/** Where a file with texts is: in the artifact of this name, as it came; undefined where it is on the runner alone. */
export type Whereabouts = string | undefined;

/** Where the files are that hold whole what a page leaves out. An artifact that was not stored is undefined. */
export function findFiles(
  { requests_file: requests }: Pick<Summary, 'requests_file'>,
  content: PageContent,
  artifact: PageLinks['artifact'],
): { readonly requests: Whereabouts; readonly results: Whereabouts } {
  const hasRequests = content === 'full' && requests !== null && requests.bytes <= MAX_REQUESTS_BYTES;
  return {
    requests: hasRequests ? artifact?.name : undefined,
    results: content === 'none' ? undefined : artifact?.name,
  };
}

/** The end of a sentence on a file, as plain text. */
export function whereText(artifact: Whereabouts): string {
  return artifact === undefined
    ? 'in results-path on the runner, for later steps of the job'
    : `in the artifact ${toPlainLine(artifact, MAX_NAME)}`;
}

/** The same as HTML. */
export function whereHtml(artifact: Whereabouts): string {
  return artifact === undefined
    ? 'in <code>results-path</code> on the runner, for later steps of the job'
    : `in the artifact ${codeHtml(artifact, MAX_NAME)}`;
}

const MAX_NAME = 100;
