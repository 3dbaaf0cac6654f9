import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import type { WireRequest } from '../wire.ts';
import type { StoredBatch } from './batch-life.ts';
import type { PromptCache } from './prompt-cache.ts';
import type { AnthropicScript } from './script.ts';

/** What the simulated API remembers between calls. */
export interface State {
  /** By id, oldest first. */
  readonly batches: Map<string, StoredBatch>;
  /** By id, newest first. */
  readonly models: Map<string, ModelInfo>;
  readonly cache: PromptCache;
  readonly script: AnthropicScript;
  /** Batches ever created, deleted ones included. */
  created: number;
}

/** A call that was admitted. */
export interface Call {
  readonly request: WireRequest;
  readonly nowMs: number;
  readonly workspace: string;
  /** The `anthropic-version` header. */
  readonly version: string;
  /** The body as JSON. Throws a Refusal if it is not JSON. */
  json(): unknown;
}
