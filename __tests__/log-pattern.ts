import { type Message, printMessage } from '../src/core/messages/message.ts';

const FIGURE = String.raw`\d[\d,]*(?: (?:ms|s|min|h))?(?: \d+ (?:s|min))?`;

/** Finds this message in the log of a process: with any figures in place of its own, and any text in place of `…`. */
export function logPattern(message: Message): RegExp {
  const words = printMessage(message).replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(words.replaceAll('…', '.*').replace(new RegExp(FIGURE, 'g'), () => FIGURE));
}
