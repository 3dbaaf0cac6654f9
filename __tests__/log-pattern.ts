import { type FailedStep, printFailedStep } from '../src/core/messages/failures.ts';
import { type Message, printMessage } from '../src/core/messages/message.ts';

const FIGURE = String.raw`\d[\d,]*(?: (?:ms|s|min|h))?(?: \d+ (?:s|min))?`;

/** Finds this message in the log of a process: with any figures in place of its own, and any text in place of `…`. */
export function logPattern(message: Message): RegExp {
  return textPattern(printMessage(message));
}

/** As `logPattern`, for the sentence of a failure. */
export function failurePattern(failure: FailedStep['failures'][number]): RegExp {
  return textPattern(printFailedStep({ failures: [failure], next: undefined }));
}

/** Finds this text, as `logPattern` finds a message. */
export function textPattern(sentence: string): RegExp {
  const words = sentence.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(words.replaceAll('…', '.*').replace(new RegExp(FIGURE, 'g'), () => FIGURE));
}
