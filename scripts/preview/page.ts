import { pageHead, pageTail } from '../../src/core/report/page/page.ts';
import type { Sample } from './samples.ts';

/** The page of a sample without its list of cases, as a whole HTML document; undefined while the batch is at work. */
export function pageOf({ summary, artifact }: Sample): string | undefined {
  return summary === undefined ? undefined : pageHead(summary, { artifact, list: undefined }) + pageTail();
}
