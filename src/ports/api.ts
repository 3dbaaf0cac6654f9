import type { Reason } from '../core/messages/reasons.ts';
import { ServiceError } from './service-error.ts';

/** A Message Batch as the API returned it. Times are RFC 3339 texts as received; empty if none came. */
export interface Batch {
  readonly id: string;
  /** `in_progress`, `canceling` or `ended`; any other value means still running. */
  readonly status: string;
  readonly counts: BatchCounts;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly expiresAt: string;
  readonly archivedAt: string | null;
  /** The workspace that the API reports; absent if it reports none, as behind some gateways. */
  readonly workspaceId?: string | undefined;
}

/** Requests by state. The API keeps `processing` at the total until the whole batch has ended. */
export interface BatchCounts {
  readonly processing: number;
  readonly succeeded: number;
  readonly errored: number;
  readonly canceled: number;
  readonly expired: number;
}

/**
 * Once the ports' signal is aborted, everything but `create`, `cancel` and `remove` rejects with the signal's reason. Calls that change
 * something run to their end, so that their answer can be recorded.
 */
export interface BatchApi {
  /**
   * One POST of the body, repeated only if the API refused the access token of a step that signs in, which made no batch. Throws
   * ApiError, whose `reach` says whether a batch may exist.
   */
  create(body: BatchBody): Promise<Batch>;
  /** Reads the batch once. `retryAfterMs` is the pause the API asks for before the next read. Throws ApiError. */
  retrieve(id: string): Promise<{ readonly batch: Batch; readonly retryAfterMs: number | undefined }>;
  /** The bytes of the results, from the configured origin. Throws ApiError; the iteration throws if the stream breaks off. */
  results(id: string): Promise<AsyncIterable<Uint8Array>>;
  /** A page of the workspace's batches, newest first, after the one named. Throws ApiError. */
  list(page: {
    readonly limit: number;
    readonly afterId?: string;
  }): Promise<{ readonly batches: readonly Batch[]; readonly hasMore: boolean }>;
  /** Asks the API to stop a batch; requests answered by then keep their answers. Throws ApiError. */
  cancel(id: string): Promise<Batch>;
  /** Deletes an ended batch with its results. Throws ApiError. */
  remove(id: string): Promise<void>;
  /** A model; undefined if the API knows none by this name. Throws ApiError. */
  model(name: string): Promise<ApiModel | undefined>;
  /** The API's token count for the prompt of these params, a JSON object in bytes. Free. Throws ApiError. */
  countTokens(params: Uint8Array): Promise<number>;
}

/** A model as the API returned it; `null` for a missing member. */
export interface ApiModel {
  /** The dated id if the name was an alias. */
  readonly id: string;
  /** `active`, `deprecated` or `retired`. */
  readonly lifecycle: string;
  /** RFC 3339. */
  readonly retiresAt: string | null;
  /** Most tokens in an answer. */
  readonly maxTokens: number | null;
  /** Most tokens in a prompt. */
  readonly maxInputTokens: number | null;
  readonly takesBatches: boolean | null;
  /** Whether it supports structured outputs with a JSON Schema. */
  readonly takesStructuredOutputs: boolean | null;
}

/** A request body, sent byte for byte. */
export interface BatchBody {
  readonly bytes: number;
  /** The whole body from its start, each time. A piece is valid until the next one is requested. */
  pieces(): Iterable<Uint8Array>;
}

/**
 * A call to the Anthropic API without a usable answer.
 *
 * `reach` says what the API may have received, which decides whether a create may be retried. `unsent`: no connection was made.
 * `unknown`: it broke after the request was started. `answered`: there is a status. Has no `cause`: the client's errors contain whole
 * answers, which may repeat the key.
 */
export class ApiError extends ServiceError {
  override readonly name = 'ApiError';
  readonly reach: 'unsent' | 'unknown' | 'answered';
  readonly status: number | undefined;
  /** `error.type` of the answer, such as `rate_limit_error`. */
  readonly type: string | undefined;
  /** `error.details.error_code` of the answer, such as `enforced_spend_limit_reached`. */
  readonly errorCode: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** The call was made with an access token, not with a key. */
  readonly isSignedIn: boolean;
  /** The workspace that the API reports. */
  readonly workspaceId: string | undefined;

  constructor(
    reason: Reason,
    about: Pick<ApiError, 'reach'> &
      Partial<
        Pick<ApiError, 'status' | 'type' | 'errorCode' | 'requestId' | 'retryAfterMs' | 'isSignedIn' | 'workspaceId'>
      >,
  ) {
    super(reason);
    this.reach = about.reach;
    this.status = about.status;
    this.type = about.type;
    this.errorCode = about.errorCode;
    this.requestId = about.requestId;
    this.retryAfterMs = about.retryAfterMs;
    this.isSignedIn = about.isSignedIn ?? false;
    this.workspaceId = about.workspaceId;
  }
}
