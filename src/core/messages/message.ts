import { BATCHES, SERVICES } from './batches.ts';
import { CHECKS } from './checks.ts';
import { COMMENT } from './comment.ts';
import { GRADE_LINES } from './grades.ts';
import { PUBLISHING } from './publishing.ts';
import { type DataOf, wordsOf } from './table.ts';
import { COMPARING } from './verdicts.ts';
import { WAKING } from './waking.ts';

const MESSAGES = {
  ...BATCHES,
  ...CHECKS,
  ...COMMENT,
  ...COMPARING,
  ...GRADE_LINES,
  ...PUBLISHING,
  ...SERVICES,
  ...WAKING,
};

/** One line of the log or an annotation, as data: its code and facts. */
export type Message = DataOf<typeof MESSAGES>;

/** The sentence for a message, as plain text on one line. Facts may hold untrusted text: escape it where it is shown. */
export function printMessage(message: Message): string {
  return wordsOf(MESSAGES, message);
}
