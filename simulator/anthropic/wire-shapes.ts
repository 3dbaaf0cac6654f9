/** What is sent to the API and what it sends, as its own client describes them: the root of `wire.schema.json`, made by `scripts/wire-schemas.ts`. */
import type { PageParams, PageResponse } from '@anthropic-ai/sdk/core/pagination';
import type { MessageCountTokensParams as BetaMessageCountTokensParams } from '@anthropic-ai/sdk/resources/beta/messages';
import type {
  BatchCreateParams,
  DeletedMessageBatch,
  Message,
  MessageBatch,
  MessageBatchIndividualResponse,
  MessageCountTokensParams,
  MessageCreateParamsNonStreaming,
  MessageTokensCount,
} from '@anthropic-ai/sdk/resources/messages';
import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import type { ErrorDetails, ErrorObject } from '@anthropic-ai/sdk/resources/shared';

/** One property for each kind of body, query and answer; only its types count. */
export interface WireShapes {
  createBody: { requests: Names<BatchCreateParams.Request>[] };
  countBody: Partial<Names<Omit<MessageCountTokensParams, HeaderParam>>>;
  betaCountBody: Partial<Names<Omit<BetaMessageCountTokensParams, HeaderParam | 'betas'>>>;
  params: MessageCreateParamsNonStreaming;
  countParams: Omit<MessageCountTokensParams, HeaderParam>;
  listQuery: PageParams;
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

/** The members of a type by name, whatever they hold. */
type Names<Of> = { [Name in keyof Of]: unknown };

/** Params of the client that travel as headers. */
type HeaderParam = 'user_profile_id' | 'workspace_id';

/** An error answer; unlike an errored result it may say more in `details`, which the client reads. */
export interface WireError {
  type: 'error';
  error: ErrorObject & { details?: ErrorDetails | null };
  request_id: string | null;
}

export type WireShape = keyof WireShapes;
