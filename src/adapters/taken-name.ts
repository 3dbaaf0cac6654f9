/** Whether an upload failed because an artifact of this name was made in the same run before: the service answers 409. */
export function isTaken(error: unknown): boolean {
  return Error.isError(error) && /\(409\)/.test(error.message);
}
