import type { ApiInputs } from './inputs.ts';

/** Whether there is a way to call the API. */
export function hasCredential({ key, signIn }: ApiInputs): boolean {
  return key !== undefined || signIn !== undefined;
}
