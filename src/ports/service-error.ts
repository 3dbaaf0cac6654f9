import { printReason, type Reason } from '../core/messages/reasons.ts';

/** A failure with its reason as data. The message puts that reason into words, for code that shows errors of any kind. */
export class ServiceError extends Error {
  override readonly name: string = 'ServiceError';
  readonly reason: Reason;

  constructor(reason: Reason, cause?: unknown) {
    super(printReason(reason), cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}
