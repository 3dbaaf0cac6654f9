import { isJsonObject, parseJson, textOf } from './json.ts';
import { toPlainLine } from './untrusted-text.ts';

/** What GitHub's identity token says about its job, each on one line. None of it is secret; only the token is. */
export interface Identity {
  readonly subject: string;
  readonly audience: string;
  /**
   * The subject in the other of its two forms: with the IDs of owner and repository, as in newer repositories, or without. Undefined if
   * it has neither form.
   */
  readonly otherSubject: string | undefined;
}

const MAX_LENGTH = 300;

/** Reads a token's claims without verifying anything; undefined if it is no token. */
export function identityOf(token: string): Identity | undefined {
  const claims = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const subject = textOf(claims, 'sub');
  if (!isJsonObject(claims) || subject === undefined) return undefined;
  const { aud } = claims;
  const other = otherFormOf(subject, textOf(claims, 'repository_owner_id'), textOf(claims, 'repository_id'));
  return {
    subject: toPlainLine(subject, MAX_LENGTH),
    audience: toPlainLine(
      [aud]
        .flat()
        .filter((one) => typeof one === 'string')
        .join(', '),
      MAX_LENGTH,
    ),
    otherSubject: other && toPlainLine(other, MAX_LENGTH),
  };
}

/** `repo:owner/name:…` and `repo:owner@1/name@2:…`. */
function otherFormOf(subject: string, ownerId: string | undefined, repositoryId: string | undefined) {
  const [, owner, ofOwner, name, ofName, rest] = /^repo:([^@/:]+)(@\d+)?\/([^@/:]+)(@\d+)?(:.*)$/s.exec(subject) ?? [];
  if (rest === undefined) return undefined;
  if (ofOwner !== undefined && ofName !== undefined) return `repo:${owner}/${name}${rest}`;
  if (ofOwner !== undefined || ofName !== undefined) return undefined;
  return ownerId && repositoryId ? `repo:${owner}@${ownerId}/${name}@${repositoryId}${rest}` : undefined;
}
