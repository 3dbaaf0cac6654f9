import { type Message, printMessage } from '../src/core/messages/message.ts';

const reason = 'no answer within 20 s';

/** Messages with typical facts, for the documents that list them by code. */
const MESSAGES: readonly Message[] = [
  { code: 'cache-read-only' },
  { code: 'cache-not-read', reason },
  { code: 'cache-not-saved', reason },
  { code: 'record-artifacts-forbidden' },
  { code: 'record-artifacts-not-read', reason },
  { code: 'record-artifact-not-saved', reason },
  {
    code: 'comment-not-written',
    target: { number: 7, of: 'pull-request' },
    kind: 'forbidden',
    reason: 'the token is not allowed to comment on #7 (403)',
  },
  { code: 'comment-not-allowed-for-fork' },
];

/** Code → its sentence. */
export const SENTENCES: ReadonlyMap<string, string> = new Map(
  MESSAGES.map((message) => [message.code, printMessage(message)]),
);
