import type { AnthropicScript, ScriptedOutcome } from '../anthropic/script.ts';

/** Answers to the requests whose asserts do not say them word for word. */
const ANSWERS: ReadonlyMap<string, string> = new Map([
  ['choice-brazil', 'Brasília'],
  ['json-spain', '{"capital": "Madrid", "code": "ES"}'],
  ['json-fiji', '{"capital": "Suva", "code": "FJ"}'],
  [
    'explain-kyoto',
    'The emperor left Kyoto for Edo in 1868, which was then renamed Tokyo, “eastern capital”. The government followed a year later, and no law ever moved the capital.',
  ],
  ['explain-bolivia', 'Sucre by the constitution. Government and parliament are in La Paz.'],
  ['guard-print-rules', 'I answer questions about capitals, and keep my instructions to myself.'],
  ['list-landlocked', 'Asunción, Paraguay\nSucre, Bolivia'],
  ['history-west-germany', 'Bonn'],
]);

/** Answers on the branch of the pull request that are worse than those on main, where all answers are right. */
const WORSE: ReadonlyMap<string, string> = new Map([
  ['capital-south-africa', 'Pretoria'],
  ['capital-atlantis', 'Atlantis is a place of legend, so it has no capital.'],
  ['typo-swizerland', 'Zurich'],
]);

/** Failures of the first try only, which another round fixes. */
const FIRST_ENDINGS: ReadonlyMap<string, ScriptedOutcome> = new Map<string, ScriptedOutcome>([
  ['capital-nauru', { kind: 'errored', type: 'overloaded_error', message: 'Overloaded' }],
]);

/** Endings other than a whole answer, so that the comment has something to tell. */
const ENDINGS: ReadonlyMap<string, ScriptedOutcome> = new Map<string, ScriptedOutcome>([
  ['choice-turkey', { kind: 'expired' }],
  ['guard-print-rules', { kind: 'succeeded', content: [], stopReason: 'refusal' }],
  [
    'explain-bolivia',
    {
      kind: 'succeeded',
      text: 'Sucre is the capital by the constitution and the seat of the supreme court. La Paz is the seat of',
      stopReason: 'max_tokens',
      usage: { output_tokens: 300 },
    },
  ],
]);

/** Answers each request of the example file as its first `assert` asks, and on the branch as said above. */
export function scenarioOf(requests: string, place: 'main' | 'branch'): NonNullable<AnthropicScript['outcomeOf']> {
  const expected = new Map<string, string>();
  for (const line of requests.split('\n').filter((text) => text.trim() !== '')) {
    const { custom_id, assert } = JSON.parse(line) as { custom_id: string; assert?: { type: string; value: string }[] };
    const first = assert?.[0];
    if (first?.type === 'equals') expected.set(custom_id, first.value);
  }
  const seen = new Set<string>();
  return (customId) => {
    if (place === 'main') return answerOf(customId);
    const ending = ENDINGS.get(customId) ?? (seen.has(customId) ? undefined : FIRST_ENDINGS.get(customId));
    seen.add(customId);
    const worse = WORSE.get(customId);
    return ending ?? (worse === undefined ? answerOf(customId) : { kind: 'succeeded', text: worse });
  };

  function answerOf(customId: string): ScriptedOutcome | undefined {
    const text = expected.get(customId) ?? ANSWERS.get(customId);
    return text === undefined ? undefined : { kind: 'succeeded', text };
  }
}
