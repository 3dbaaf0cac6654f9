import { type Failure, printFailedStep } from './failures.ts';

/** Log lines on reading the record, sending, waiting and collecting. */
export const BATCHES = {
  'retry-round-dropped': ({ failures }: { readonly failures: readonly Failure[] }) =>
    `Could not send the unanswered requests again: ${printFailedStep({ failures, next: undefined })}`,
};
