import type { Params } from '../../../src/core/requests/params.ts';
import { createRandomness, type Randomness } from './randomness.ts';

/** A kind of batch as people send them, made anew for each seed. */
export interface Mix {
  readonly name: string;
  make(seed: number): readonly Params[];
}

const english =
  'one two apples because the answer follows from adding each number and then taking half of what is left'.split(' ');
const chinese = [...'我们需要把每个数字相加然后取剩下部分的一半作为答案因为苹果很多'];
const emoji = ['😀', '👩‍👩‍👧', '🇫🇷', '🎉', '—', '«»', 'naïve', 'Öl'];

/** A long text of these words, from which others are cut: quicker than to pick each word anew. */
function textOf(words: readonly string[], gap: string): string {
  const random = createRandomness(words.length);
  return Array.from({ length: 20_000 }, () => words[random.whole(0, words.length - 1)]).join(gap);
}

const kinds = { english: textOf(english, ' '), chinese: textOf(chinese, ''), emoji: textOf(emoji, ' ') };

/** About so many characters, from anywhere in the long text and round its end. */
function prose(random: Randomness, characters: number, kind: keyof typeof kinds = 'english'): string {
  const text = kinds[kind];
  const start = random.whole(0, text.length - 1);
  const rounds = Math.ceil((start + characters) / text.length);
  return text.repeat(rounds).slice(start, start + characters);
}

const ephemeral = { type: 'ephemeral' };
const list = (random: Randomness, least: number, most: number, make: (index: number) => Params) =>
  Array.from({ length: random.whole(least, most) }, (_, index) => make(index));

export const mixes: readonly Mix[] = [
  {
    name: 'short questions under one cached system prompt',
    make(seed) {
      const random = createRandomness(seed);
      const system = [{ type: 'text', text: prose(random, random.whole(5_000, 30_000)), cache_control: ephemeral }];
      return list(random, 150, 400, (index) => ({
        model: 'claude-haiku-4-5',
        max_tokens: random.pick([64, 256, 1_024]),
        system,
        messages: [{ role: 'user', content: `${index} ${prose(random, random.whole(20, 600))}` }],
      }));
    },
  },
  {
    name: 'documents of very different lengths',
    make(seed) {
      const random = createRandomness(seed);
      return list(random, 60, 120, () => ({
        model: 'claude-sonnet-5-5',
        max_tokens: 2_048,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: prose(random, Math.round(300 * 2 ** (random.next() * 10))) },
              { type: 'text', text: 'Sum it up.' },
            ],
          },
        ],
      }));
    },
  },
  {
    name: 'many models, prices for long prompts, all kinds of max_tokens',
    make(seed) {
      const random = createRandomness(seed);
      return list(random, 120, 200, (index) => ({
        model: random.pick([
          'claude-haiku-5-5',
          'claude-haiku-5-5',
          'claude-sonnet-4-5-20250929',
          'claude-opus-5-5',
          'claude-sonnet-5-5',
          'claude-opus-4-6',
        ]),
        max_tokens: random.pick([1, 16, 500, 4_096, 32_000]),
        ...(random.next() < 0.3 ? { inference_geo: random.pick(['us', 'global']) } : {}),
        messages: [
          {
            role: 'user',
            content: `${index} ${prose(random, index % 25 === 0 ? random.whole(300_000, 600_000) : 900)}`,
          },
        ],
      }));
    },
  },
  {
    name: 'tools, images and several turns',
    make(seed) {
      const random = createRandomness(seed);
      const tools = Array.from({ length: random.whole(1, 6) }, (_, index) => ({
        name: `tool_${index}`,
        description: prose(random, random.whole(40, 500)),
        input_schema: {
          type: 'object',
          properties: { city: { type: 'string', enum: ['Ulm', 'Köln'] }, days: { type: 'integer', minimum: 1 } },
          required: ['city'],
        },
      }));
      const image = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo'.repeat(2_000) };
      return list(random, 100, 200, (index) => ({
        model: 'claude-sonnet-4-6',
        max_tokens: random.whole(100, 800),
        tools,
        system: prose(random, 400),
        messages: [
          {
            role: 'user',
            content: [...(index % 3 === 0 ? [{ type: 'image', source: image }] : []), text(random, 200)],
          },
          {
            role: 'assistant',
            content: [
              text(random, 80),
              { type: 'tool_use', id: 'toolu_1', name: 'tool_0', input: { city: 'Ulm', days: 3 } },
            ],
          },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 'toolu_1', content: [text(random, random.whole(50, 3_000))] },
            ],
          },
        ],
      }));
    },
  },
  {
    name: 'Chinese, emoji and JSON',
    make(seed) {
      const random = createRandomness(seed);
      const record = () => JSON.stringify({ id: random.whole(1, 1e9), tags: ['a\n"b"', '\t'], at: random.next() });
      return list(random, 100, 300, (index) => ({
        model: 'claude-opus-4-8',
        max_tokens: 300,
        output_config: {
          format: {
            type: 'json_schema',
            schema: { type: 'object', properties: { sum: { type: 'number' } }, additionalProperties: false },
          },
        },
        messages: [
          {
            role: 'user',
            content: [
              prose(random, random.whole(30, 1_300), 'chinese'),
              prose(random, random.whole(10, 400), 'emoji'),
              Array.from({ length: random.whole(1, 30) }, record).join('\n'),
            ][index % 3],
          },
        ],
      }));
    },
  },
  {
    name: 'an hour of caching, automatic caching, answers that are cut',
    make(seed) {
      const random = createRandomness(seed);
      const system = [{ type: 'text', text: prose(random, 20_000), cache_control: { type: 'ephemeral', ttl: '1h' } }];
      const documents = Array.from({ length: 5 }, () => prose(random, random.whole(3_000, 60_000)));
      return list(random, 100, 250, (index) => ({
        model: random.pick(['claude-fable-5-2', 'claude-fable-5-2', 'claude-opus-4-1-20250805']),
        max_tokens: random.pick([1, 2, 8]),
        ...(index % 10 === 0 ? { cache_control: ephemeral } : {}),
        system,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: random.pick(['a', 'b']) + documents[index % 5], cache_control: ephemeral },
              text(random, random.whole(10, 200)),
            ],
          },
        ],
      }));
    },
  },
];

function text(random: Randomness, bytes: number) {
  return { type: 'text', text: prose(random, bytes) };
}
