import type { ModelInfo, ModelLine } from '@anthropic-ai/sdk/resources/models';

const yes = { supported: true };
const no = { supported: false };

/** Short names that stand for a dated model; answers name the dated one. */
const aliases = new Map([
  ['claude-haiku-4-5', 'claude-haiku-4-5-20251001'],
  ['claude-opus-4-5', 'claude-opus-4-5-20251101'],
  ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
]);

/** Ids are real; windows and dates are made up and prove nothing about the real models. */
const catalogue: readonly (readonly [id: string, released: string, line: ModelLine, maxTokens: number])[] = [
  ['claude-fable-5-2', '2026-11-09', 'fable', 128_000],
  ['claude-mythos-5-2', '2026-11-09', 'mythos', 128_000],
  ['claude-haiku-5-5', '2026-10-07', 'haiku', 64_000],
  ['claude-sonnet-5-5', '2026-10-07', 'sonnet', 128_000],
  ['claude-opus-5-5', '2026-10-07', 'opus', 128_000],
  ['claude-fable-5-1', '2026-08-04', 'fable', 128_000],
  ['claude-mythos-5-1', '2026-08-04', 'mythos', 128_000],
  ['claude-opus-5', '2026-06-16', 'opus', 128_000],
  ['claude-sonnet-5', '2026-06-16', 'sonnet', 128_000],
  ['claude-fable-5', '2026-06-16', 'fable', 128_000],
  ['claude-mythos-5', '2026-06-16', 'mythos', 128_000],
  ['claude-opus-4-8', '2026-05-20', 'opus', 128_000],
  ['claude-opus-4-7', '2026-04-14', 'opus', 128_000],
  ['claude-mythos-preview', '2026-04-07', 'mythos', 128_000],
  ['claude-sonnet-4-6', '2026-02-17', 'sonnet', 64_000],
  ['claude-opus-4-6', '2026-02-05', 'opus', 128_000],
  ['claude-opus-4-5-20251101', '2025-11-01', 'opus', 64_000],
  ['claude-haiku-4-5-20251001', '2025-10-01', 'haiku', 64_000],
  ['claude-sonnet-4-5-20250929', '2025-09-29', 'sonnet', 64_000],
  ['claude-opus-4-1-20250805', '2025-08-05', 'opus', 32_000],
];

/** Every model of the simulated API by id, newest first. One is retired; all take part in batches. */
export function simulatedModels(): Map<string, ModelInfo> {
  const models = catalogue.map(([id, released, line, maxTokens]) => describe(id, released, line, maxTokens));
  models.push({
    ...describe('claude-3-5-sonnet-20241022', '2024-10-22', 'sonnet', 8_192),
    lifecycle: 'retired',
    deprecated_at: '2025-08-13T00:00:00Z',
    retires_at: '2025-10-28T00:00:00Z',
  });
  return new Map(models.map((model) => [model.id, model]));
}

/** The model a request means, by id or short name. */
export function findModel(models: ReadonlyMap<string, ModelInfo>, name: string): ModelInfo | undefined {
  return models.get(name) ?? models.get(aliases.get(name) ?? '');
}

function describe(id: string, released: string, line: ModelLine, maxTokens: number): ModelInfo {
  return {
    type: 'model',
    id,
    display_name: displayName(id),
    created_at: `${released}T00:00:00Z`,
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    line,
    max_input_tokens: 200_000,
    max_tokens: maxTokens,
    capabilities: {
      batch: yes,
      citations: yes,
      code_execution: yes,
      context_management: {
        supported: true,
        clear_thinking_20251015: yes,
        clear_tool_uses_20250919: yes,
        compact_20260112: yes,
      },
      effort: { supported: true, low: yes, medium: yes, high: yes, xhigh: no, max: no },
      image_input: yes,
      pdf_input: yes,
      server_tools: { supported: true, code_execution: yes, web_search: yes },
      structured_outputs: yes,
      thinking: { supported: true, types: { adaptive: yes, between_tools: no, disabled: yes, enabled: yes } },
    },
  };
}

function displayName(id: string): string {
  const words = id.replace(/-\d{8}$/, '').split('-');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
