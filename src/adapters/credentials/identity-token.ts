import { getIDToken } from '@actions/core';
import { describeCauses } from '../../core/text/causes.ts';
import { toPlainLine } from '../../core/text/untrusted-text.ts';
import { ApiError } from '../../ports/api.ts';
import { ServiceError } from '../../ports/service-error.ts';
import '../clients/no-redirects.ts';

/** A new identity token of the job for this audience, good for one exchange. Throws ApiError. */
export type FetchIdentityToken = (audience: string) => Promise<string>;

/** The toolkit's ten tries take seconds; a service that does not answer at all is not waited for. */
const LIMIT_MS = 60_000;
const MAX_WORDS = 300;

/** Asks GitHub through the toolkit, which masks the token in the log. Takes `id-token: write`. */
export const fetchIdentityToken: FetchIdentityToken = async (audience) => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ServiceError({ code: 'time-limit', limitMs: LIMIT_MS })), LIMIT_MS);
  });
  try {
    return await Promise.race([getIDToken(audience), late]);
  } catch (error) {
    const cause = toPlainLine(describeCauses(error), MAX_WORDS);
    throw new ApiError({ code: 'identity-token-failed', cause }, { reach: 'unsent' });
  } finally {
    clearTimeout(timer);
  }
};
