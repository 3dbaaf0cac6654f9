import type { Problem } from '../messages/problems.ts';
import { nearest } from '../text/nearest.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';

/** What the runner's identity token is exchanged with, instead of an API key. */
export interface SignIn {
  readonly ruleId: string;
  readonly organizationId: string;
  /** Undefined: the rule knows it. */
  readonly serviceAccountId: string | undefined;
  /** Of the identity token. */
  readonly audience: string;
}

/** The audience that the API's own federation rules expect. */
export const DEFAULT_AUDIENCE = 'https://api.anthropic.com';

/** Without the first two nobody can sign in. */
const REQUIRED = ['anthropic-federation-rule-id', 'anthropic-organization-id'];
const SIGN_IN = [...REQUIRED, 'anthropic-service-account-id', 'anthropic-oidc-audience'];

/** Inputs that say who pays. */
const CREDENTIALS = ['anthropic-api-key', ...SIGN_IN, 'anthropic-workspace-id'];

/** How each kind of ID looks, and the input that it belongs in. */
const IDS = {
  'federation-rule': { form: /^fdrl_[A-Za-z0-9]+$/, input: 'anthropic-federation-rule-id' },
  organization: { form: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, input: 'anthropic-organization-id' },
  'service-account': { form: /^svac_[A-Za-z0-9]+$/, input: 'anthropic-service-account-id' },
  workspace: { form: /^(?:wrkspc_[A-Za-z0-9]+|default)$/, input: 'anthropic-workspace-id' },
};

const ID_KINDS = Object.keys(IDS) as (keyof typeof IDS)[];

/** An ID of this kind; undefined if none is given. Of another kind, the problem says where that belongs. */
export function idOf(kind: keyof typeof IDS): (text: string) => Parsed<string | undefined> {
  return (text) => {
    if (text === '') return value(undefined);
    if (text.length <= 100 && IDS[kind].form.test(text)) return value(text);
    const other = ID_KINDS.find((one) => one !== kind && IDS[one].form.test(text));
    return wrong({ code: 'input-id', value: clipValue(text), kind, belongsIn: other && IDS[other].input });
  };
}

/** The name that an identity token is made out to, as one word. */
export function parseAudience(text: string): Parsed<string> {
  return /^[!-~]{1,500}$/.test(text) ? value(text) : wrong({ code: 'input-audience', value: clipValue(text) });
}

/** Whether a problem is one of the key or of signing in, so that it is not known who would pay. */
export function isOfCredentials({ input }: Problem): boolean {
  return input !== undefined && CREDENTIALS.includes(input);
}

/**
 * What is wrong with the key and the inputs to sign in, taken together. `isKeyGiven`: also one in the environment, and one that is
 * no key. Asks for nothing that is there under a name which is a slip away.
 */
export function checkCredentials(raw: ReadonlyMap<string, string>, isKeyGiven: boolean): readonly Problem[] {
  const slips = slipsIn(raw);
  const set = new Set(Array.from(raw).flatMap(([name, text]) => (isSet(name, text.trim()) ? [name] : [])));
  const given = SIGN_IN.filter((name) => set.has(name));
  if (given.length === 0) return slips;
  if (isKeyGiven) {
    const isFromEnvironment = !set.has('anthropic-api-key');
    return [...slips, { code: 'input-two-credentials', others: given, isFromEnvironment, input: 'anthropic-api-key' }];
  }
  const missing = REQUIRED.filter((name) => !set.has(name) && slips.every(({ input }) => input !== name));
  return [...slips, ...missing.map((input): Problem => ({ code: 'input-sign-in-incomplete', given, input }))];
}

/** The runner sets the default of the audience. */
function isSet(name: string, text: string): boolean {
  return text !== '' && !(name === 'anthropic-oidc-audience' && text === DEFAULT_AUDIENCE);
}

/** Inputs that do not exist, and whose names are slips of these: other actions write them with underscores. */
function slipsIn(raw: ReadonlyMap<string, string>): readonly Problem[] {
  return Array.from(raw).flatMap(([name, text]): Problem[] => {
    const meant = name.startsWith('anthropic') ? nearest(name.replaceAll('_', '-'), NEAR) : undefined;
    if (meant === undefined || NEAR.includes(name) || text.trim() === '') return [];
    return CREDENTIALS.includes(meant) ? [{ code: 'input-slip', written: clipValue(name), input: meant }] : [];
  });
}

/** All that begin alike: the others are never taken for one of these. */
const NEAR = [...CREDENTIALS, 'anthropic-base-url', 'anthropic-version', 'anthropic-beta'];
