/** Log lines on reading the record, sending, waiting and collecting. */
export const BATCHES = {};
