import type { Problem } from '../messages/problems.ts';
import { nearest } from '../text/nearest.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';

/** What signing in sends along with the runner's identity token, instead of an API key. */
export interface SignIn {
  readonly ruleId: string;
  readonly organizationId: string;
  /** Undefined: taken from the rule. */
  readonly serviceAccountId: string | undefined;
  /** Audience of the identity token. */
  readonly audience: string;
}

/** The audience that the API's own federation rules expect. */
export const DEFAULT_AUDIENCE = 'https://api.anthropic.com';

/** Signing in requires these. */
const REQUIRED = ['anthropic-federation-rule-id', 'anthropic-organization-id'];
const SIGN_IN = [...REQUIRED, 'anthropic-service-account-id', 'anthropic-oidc-audience'];

/** Inputs that determine who pays. */
const CREDENTIALS = ['anthropic-api-key', ...SIGN_IN, 'anthropic-workspace-id'];

/** The format of each kind of ID, and its input. */
const IDS = {
  'federation-rule': { form: /^fdrl_[A-Za-z0-9]+$/, input: 'anthropic-federation-rule-id' },
  organization: { form: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, input: 'anthropic-organization-id' },
  'service-account': { form: /^svac_[A-Za-z0-9]+$/, input: 'anthropic-service-account-id' },
  workspace: { form: /^(?:wrkspc_[A-Za-z0-9]+|default)$/, input: 'anthropic-workspace-id' },
};

const ID_KINDS = Object.keys(IDS) as (keyof typeof IDS)[];

/** An ID of this kind; undefined if none is given. For an ID of another kind, the problem names the right input. */
export function idOf(kind: keyof typeof IDS): (text: string) => Parsed<string | undefined> {
  return (text) => {
    if (text === '') return value(undefined);
    if (text.length <= 100 && IDS[kind].form.test(text)) return value(text);
    const other = ID_KINDS.find((one) => one !== kind && IDS[one].form.test(text));
    return wrong({ code: 'input-id', value: clipValue(text), kind, belongsIn: other && IDS[other].input });
  };
}

/** The audience of an identity token, as one word. */
export function parseAudience(text: string): Parsed<string> {
  return /^[!-~]{1,500}$/.test(text) ? value(text) : wrong({ code: 'input-audience', value: clipValue(text) });
}

/** Whether a problem concerns the key or signing in, so that it is unclear who would pay. */
export function isOfCredentials({ input }: Problem): boolean {
  return input !== undefined && CREDENTIALS.includes(input);
}

/**
 * Problems of the key and the sign-in inputs taken together. `isKeyGiven` also covers a key from the environment and an invalid one. Asks
 * for no input that is present under a misspelled name.
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

/** Unknown inputs whose names are typos of these: other actions spell them with underscores. */
function slipsIn(raw: ReadonlyMap<string, string>): readonly Problem[] {
  return Array.from(raw).flatMap(([name, text]): Problem[] => {
    const meant = name.startsWith('anthropic') ? nearest(name.replaceAll('_', '-'), NEAR) : undefined;
    if (meant === undefined || NEAR.includes(name) || text.trim() === '') return [];
    return CREDENTIALS.includes(meant) ? [{ code: 'input-slip', written: clipValue(name), input: meant }] : [];
  });
}

/** All inputs with the same prefix, so that a valid one never counts as a typo of these. */
const NEAR = [...CREDENTIALS, 'anthropic-base-url', 'anthropic-version', 'anthropic-beta'];
