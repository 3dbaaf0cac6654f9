/** What the API sends, in the words of its own client: the root of `wire.schema.json`, made by `scripts/wire-schemas.ts`. */
import type { PageResponse } from '@anthropic-ai/sdk/core/pagination';
import type {
  DeletedMessageBatch,
  Message,
  MessageBatch,
  MessageBatchIndividualResponse,
  MessageTokensCount,
} from '@anthropic-ai/sdk/resources/messages';
import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import type { ErrorDetails, ErrorObject } from '@anthropic-ai/sdk/resources/shared';

/** One property for each kind of answer; only its types count. */
export interface WireShapes {
  batch: MessageBatch;
  batchPage: PageResponse<MessageBatch>;
  count: MessageTokensCount;
  deleted: DeletedMessageBatch;
  error: WireError;
  line: MessageBatchIndividualResponse;
  message: Message;
  model: ModelInfo;
  modelPage: PageResponse<ModelInfo>;
}

/** An error answer; unlike an errored result it may say more in `details`, which the client reads. */
export interface WireError {
  type: 'error';
  error: ErrorObject & { details?: ErrorDetails | null };
  request_id: string | null;
}

export type WireShape = keyof WireShapes;
