import { describe, expect, test } from '@jest/globals';
import { given } from './given.ts';

const RULE = 'fdrl_01AbC';
const ORGANIZATION = '0a1b2c3d-0000-4000-8000-00000000000F';
const complete = { 'anthropic-federation-rule-id': RULE, 'anthropic-organization-id': ORGANIZATION };
const key = { 'anthropic-api-key': 'sk-ant-api03-x' };

describe('a step signs in', () => {
  test.each([
    ['with what is required', {}, {}, undefined],
    ['as a service account', { 'anthropic-service-account-id': 'svac_9' }, { serviceAccountId: 'svac_9' }, undefined],
    ['with an audience', { 'anthropic-oidc-audience': 'urn:claude' }, { audience: 'urn:claude' }, undefined],
    ['in a workspace', { 'anthropic-workspace-id': 'wrkspc_01' }, {}, 'wrkspc_01'],
    ['in the default one', { 'anthropic-workspace-id': ' default\n' }, {}, 'default'],
  ])('%s', (_, inputs, parts, workspaceId) => {
    const signIn = {
      ruleId: RULE,
      organizationId: ORGANIZATION,
      serviceAccountId: undefined,
      audience: 'https://api.anthropic.com',
      ...parts,
    };
    expect(given({ ...complete, ...inputs })).toMatchObject({ api: { key: undefined, signIn, workspaceId } });
  });

  test.each([
    ['nothing', {}],
    ['the default audience', { 'anthropic-oidc-audience': 'https://api.anthropic.com' }],
    ['a key', key],
    ['a key and a workspace', { ...key, 'anthropic-workspace-id': 'wrkspc_01' }],
  ])('not where %s is given', (_, inputs) => {
    expect(given(inputs)).toMatchObject({ api: { signIn: undefined } });
  });
});

describe('each ID has a form', () => {
  const rule = 'anthropic-federation-rule-id';
  const organization = 'anthropic-organization-id';
  const account = 'anthropic-service-account-id';
  const workspace = 'anthropic-workspace-id';
  test.each([
    [rule, 'federation-rule', 'fdrl_', undefined],
    [rule, 'federation-rule', 'fdrl_a b', undefined],
    [rule, 'federation-rule', `fdrl_${'a'.repeat(96)}`, undefined],
    [rule, 'federation-rule', '"fdrl_01"', undefined],
    [rule, 'federation-rule', 'svac_01', account],
    [organization, 'organization', '0a1b2c3d-0000-4000-8000-0000000000', undefined],
    [organization, 'organization', 'org_01', undefined],
    [organization, 'organization', RULE, rule],
    [account, 'service-account', 'svac', undefined],
    [account, 'service-account', 'wrkspc_01', workspace],
    [workspace, 'workspace', 'Default', undefined],
    [workspace, 'workspace', '../wrkspc_01', undefined],
    [workspace, 'workspace', ORGANIZATION, organization],
  ])('%s as that of a %s, not %s', (input, kind, text, belongsIn) => {
    const value = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    expect(given({ ...complete, [input]: text })).toEqual([{ code: 'input-id', value, kind, belongsIn, input }]);
  });

  test('and an API key among them is not shown', () => {
    expect(given({ ...complete, [rule]: 'sk-ant-api03-secret' })).toMatchObject([{ value: '[API key]' }]);
  });

  test.each(['two words', 'line\nbreak', 'é', 'a'.repeat(501)])('an audience is a word, unlike %s', (text) => {
    const input = 'anthropic-oidc-audience';
    expect(given({ ...complete, [input]: text })).toMatchObject([{ code: 'input-audience', input }]);
  });

  test('all problems are found at once', () => {
    const inputs = {
      [rule]: 'x',
      [organization]: 'y',
      [account]: 'z',
      [workspace]: 'w',
      'anthropic-oidc-audience': ' a b',
    };
    expect(given(inputs)).toMatchObject(
      [rule, organization, account, workspace, 'anthropic-oidc-audience'].map((input) => ({ input })),
    );
  });
});

describe('what is missing is named', () => {
  test.each([
    [{ 'anthropic-federation-rule-id': RULE }, ['anthropic-organization-id']],
    [{ 'anthropic-organization-id': ORGANIZATION }, ['anthropic-federation-rule-id']],
    [{ 'anthropic-service-account-id': 'svac_9' }, ['anthropic-federation-rule-id', 'anthropic-organization-id']],
    [{ 'anthropic-oidc-audience': 'urn:claude' }, ['anthropic-federation-rule-id', 'anthropic-organization-id']],
  ])('beside %j', (inputs, missing) => {
    const code = 'input-sign-in-incomplete';
    expect(given(inputs)).toEqual(missing.map((input) => ({ code, given: Object.keys(inputs), input })));
  });

  test('not where it has a problem of its own', () => {
    const inputs = { ...complete, 'anthropic-organization-id': 'mine' };
    expect(given(inputs)).toMatchObject([{ code: 'input-id', input: 'anthropic-organization-id' }]);
  });
});

describe('a key and a sign-in are one too many', () => {
  const both = { code: 'input-two-credentials', input: 'anthropic-api-key' };
  const others = ['anthropic-federation-rule-id', 'anthropic-organization-id'];
  const fromInput = { ...both, isFromEnvironment: false };

  test.each([
    ['complete', complete, others],
    ['in part', { 'anthropic-service-account-id': 'svac_9' }, ['anthropic-service-account-id']],
    ['left over', { 'anthropic-oidc-audience': 'urn:claude' }, ['anthropic-oidc-audience']],
  ])('%s', (_, inputs, names) => {
    expect(given({ ...inputs, ...key })).toEqual([{ ...fromInput, others: names }]);
  });

  test('also with a key in the environment, which an empty one is not', () => {
    expect(given(complete, { apiKey: 'sk-ant-api03-x' })).toEqual([{ ...both, isFromEnvironment: true, others }]);
    expect(given(complete, { apiKey: ' ' })).toMatchObject({ api: { signIn: { ruleId: RULE } } });
  });

  test('also with one that is none', () => {
    expect(given({ ...complete, 'anthropic-api-key': '"x"' })).toMatchObject([{ code: 'input-key' }, fromInput]);
  });
});

describe('a slip in a name', () => {
  test.each([
    ['anthropic_federation_rule_id', 'anthropic-federation-rule-id'],
    ['anthropic_organization_id', 'anthropic-organization-id'],
    ['anthropic_service_account_id', 'anthropic-service-account-id'],
    ['anthropic_workspace_id', 'anthropic-workspace-id'],
    ['anthropic_oidc_audience', 'anthropic-oidc-audience'],
    ['anthropic_api_key', 'anthropic-api-key'],
    ['anthropic-federation-rule', 'anthropic-federation-rule-id'],
    ['anthropic-organisation-id', 'anthropic-organization-id'],
    ['anthropic-workspace', 'anthropic-workspace-id'],
  ])('%s instead of %s', (written, input) => {
    expect(given({ [written]: 'x' })).toEqual([{ code: 'input-slip', written, input }]);
    expect(given({ [written]: ' ' })).toMatchObject({ api: { signIn: undefined } });
  });

  test('is the one problem of what it was meant for', () => {
    const [, organization] = Object.entries(complete);
    expect(given({ ...Object.fromEntries([organization ?? []]), anthropic_federation_rule_id: RULE })).toMatchObject([
      { code: 'input-slip', input: 'anthropic-federation-rule-id' },
    ]);
  });

  test.each(['anthropic-versions', 'anthropic_beta', 'claude-model', 'federation'])(
    '%s is none of these',
    (written) => {
      expect(given({ [written]: 'x' })).toMatchObject({ api: { key: undefined } });
    },
  );
});
