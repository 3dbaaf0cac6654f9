/** promptfoo's words for the API's. */
const ALIASES: ReadonlyMap<string, readonly string[]> = new Map([
  ['stop', ['end_turn', 'stop_sequence']],
  ['length', ['max_tokens', 'model_context_window_exceeded']],
  ['tool_calls', ['tool_use']],
  ['content_filter', ['refusal']],
]);

/** All known stop reasons, the API's and promptfoo's. */
export const STOP_REASONS: readonly string[] = [
  ...['end_turn', 'max_tokens', 'stop_sequence', 'tool_use', 'pause_turn', 'refusal', 'model_context_window_exceeded'],
  ...ALIASES.keys(),
];

/** The API's stop reasons for a word. */
export function inApiWords(word: string): readonly string[] {
  return ALIASES.get(word) ?? [word];
}
