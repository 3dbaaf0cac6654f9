import { countOf } from '../text/numbers.ts';
import { type Failure, printFailedStep } from './failures.ts';

/** Log lines on reading the record, sending, waiting and collecting. */
export const BATCHES = {
  'batch-resumed': ({ id, createdAt }: { readonly id: string; readonly createdAt: string }) =>
    `Resuming batch ${id}, created ${createdAt}`,
  'collecting-given-batches': ({ ids }: { readonly ids: readonly string[] }) =>
    `Collecting ${countOf(ids.length, 'batch', 'batches')}: ${ids.join(', ')}`,
  'retry-round-dropped': ({ failures }: { readonly failures: readonly Failure[] }) =>
    `Could not send the unanswered requests again: ${printFailedStep({ failures, next: undefined })}`,
};
