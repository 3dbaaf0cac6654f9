import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Lines of a file, as text. */
export type Lines = Iterable<string>;

/** What a line of the corpus comes to on average, unless another length is asked for; request files of evals are about that long. */
const LINE_BYTES = 2_400;

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const ENGLISH =
  'the customer asks whether an order of last Tuesday can still be changed and says "it was never confirmed" so the answer should name what the policy allows, quote section 4.2 and stay below two hundred words'.split(
    ' ',
  );
const OTHERS = [
  'die Bestellung wurde nicht bestätigt, und für die Rückgabe gilt § 312g BGB über die Höhe der Gebühren ändert sich nichts'.split(
    ' ',
  ),
  'la réponse doit être brève, précise et écrite dans la langue du client où « non » reste une réponse possible'.split(
    ' ',
  ),
  'ご注文の 変更は 発送前で あれば 可能です ので お客様番号と 一緒に ご連絡 ください ありがとう 😀'.split(' '),
];

const TOOLS = ['find_order', 'change_address', 'refund'].map((name) => ({
  name,
  description: 'Looks an order up and says what may still be done with it. Call it once for each order that is named.',
  input_schema: {
    type: 'object',
    properties: {
      order_id: { type: 'string', description: 'As printed on the invoice, such as "A-1042".' },
      amount: { type: 'number', minimum: 0 },
      reason: { type: 'string', enum: ['late', 'damaged', 'unwanted'] },
    },
    required: ['order_id'],
  },
}));

/** Sentences made of these words, with quotes and line ends in them as prompts have them. */
function sentences(random: () => number, words: readonly string[]): readonly string[] {
  return Array.from({ length: 500 }, () => {
    const length = 8 + Math.floor(random() * 12);
    const picked = Array.from({ length }, () => words[Math.floor(random() * words.length)]);
    return `${picked.join(' ')}.${random() < 0.5 ? '\n' : ' '}`;
  });
}

/** About `bytes` of text. */
function write(random: () => number, from: readonly string[], bytes: number): string {
  let text = '';
  for (let length = 0; length < bytes; ) {
    const sentence = from[Math.floor(random() * from.length)] ?? '';
    text += sentence;
    length += Buffer.byteLength(sentence);
  }
  return text;
}

function message(role: 'user' | 'assistant', text: string, asBlock: boolean): object {
  return { role, content: asBlock ? [{ type: 'text', text }] : text };
}

/**
 * Requests as evals have them, always the same: a system prompt and one to seven messages, a fifth with tools, a sixth
 * not in English, a fifth with an `assert`; two thirds written as `JSON.stringify` writes, a third as Python's
 * `json.dumps`.
 */
export function* requestLines(count: number, lineBytes = LINE_BYTES): Generator<string> {
  const random = createRandom(1);
  const english = sentences(random, ENGLISH);
  const others = OTHERS.map((words) => sentences(random, words));
  for (let i = 0; i < count; i += 1) {
    const words = random() < 1 / 6 ? (others[i % others.length] ?? english) : english;
    const tools = random() < 1 / 5 ? { tools: TOOLS, tool_choice: { type: 'auto' } } : {};
    const turns = random() < 1 / 4 ? 7 : 1;
    const asBlock = random() < 1 / 3;
    const python = random() < 1 / 3;
    // What is left for prompts beside the tools and the names of things.
    const budget = lineBytes - ('tools' in tools ? 1_150 : 0) - turns * 35 - 180;
    const share = (budget * (0.5 + random())) / (turns + 1);
    const messages = Array.from({ length: turns }, (_, turn) =>
      message(turn % 2 === 0 ? 'user' : 'assistant', write(random, words, share - 40), asBlock),
    );
    const params = {
      model: ['claude-haiku-4-5', 'claude-sonnet-4-5', 'claude-opus-4-5'][i % 3],
      max_tokens: 1024,
      system: write(random, words, share - 40),
      messages,
      ...tools,
    };
    const assert = random() < 1 / 5 ? { assert: [{ type: 'contains', value: 'section 4.2' }] } : {};
    const line = { custom_id: `case-${i}`, params, ...assert };
    yield python ? asPython(line) : JSON.stringify(line);
  }
}

/** As `json.dumps` writes: a space after each comma and colon, nothing but ASCII. */
function asPython(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/\n */g, ' ')
    .replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Results as the API gives them for these requests: most of them answers, one in fifty an error. */
export function* resultLines(count: number): Generator<string> {
  const random = createRandom(2);
  const english = sentences(random, ENGLISH);
  const others = OTHERS.map((words) => sentences(random, words));
  for (let i = 0; i < count; i += 1) {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: null };
    const message = {
      id: `msg_${i}`,
      type: 'message',
      role: 'assistant',
      model: ['claude-haiku-4-5', 'claude-sonnet-4-5', 'claude-opus-4-5'][i % 3],
      content: [{ type: 'text', text: write(random, i % 6 === 0 ? (others[i % 3] ?? english) : english, 1_700) }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 600 + (i % 100),
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
        output_tokens: 400 + (i % 50),
        service_tier: 'batch',
      },
    };
    const result = i % 50 === 49 ? { type: 'errored', error } : { type: 'succeeded', message };
    yield JSON.stringify({ custom_id: `case-${i}`, result });
  }
}

/** The same requests, each with so many of three asserts. */
export function* evalLines(
  count: number,
  { asserts, lineBytes }: { readonly asserts: number; readonly lineBytes?: number },
): Generator<string> {
  let i = 0;
  for (const text of requestLines(count, lineBytes)) {
    const { custom_id, params } = JSON.parse(text);
    yield JSON.stringify({ custom_id, params, ...(asserts > 0 && { assert: assertsOf(i).slice(0, asserts) }) });
    i += 1;
  }
}

/** The first takes longest: it parses the answer. One is the same in all lines but for a value, as what an answer must say mostly is. */
function assertsOf(i: number): readonly object[] {
  const properties = { order: { type: 'integer', minimum: 0 }, answer: { type: 'string' } };
  return [
    { type: 'is-json', value: { type: 'object', properties, required: ['order', 'answer'] } },
    { type: 'contains', value: `"order":${i}`, metric: 'order' },
    { type: 'regex', value: '\\b(?:order|policy|commande|Bestellung)\\b' },
  ];
}

/** Their results: most answers are the JSON that is asked for, one in ten is plain text and fails, one in fifty never came. */
export function* evalResults(count: number): Generator<string> {
  let i = 0;
  for (const line of resultLines(count)) {
    const { custom_id, result } = JSON.parse(line);
    const block: { text: string } | undefined = result.message?.content[0];
    if (block !== undefined && i % 10 !== 0) block.text = JSON.stringify({ order: i, answer: block.text });
    yield JSON.stringify({ custom_id, result });
    i += 1;
  }
}

/** Writes lines to a file, so many at a time that the file never is in memory. */
export function writeLines(path: string, lines: Lines): void {
  const file = openSync(path, 'w');
  try {
    let pending: string[] = [];
    for (const line of lines) {
      pending.push(line);
      if (pending.length < 1_000) continue;
      writeSync(file, `${pending.join('\n')}\n`);
      pending = [];
    }
    if (pending.length > 0) writeSync(file, `${pending.join('\n')}\n`);
    // What the system still had to write would slow down whatever is measured first.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
