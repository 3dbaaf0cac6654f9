import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { list, read } from './pages.ts';

interface Form {
  readonly name?: string;
  readonly description?: string;
  readonly labels?: readonly string[];
  readonly body?: readonly Field[];
}
interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly validations?: Readonly<Record<string, unknown>>;
}

/** What GitHub takes in each type of field, and needs there: a form that has anything else is not shown at all. */
const FIELDS: Readonly<Record<string, { readonly needs: readonly string[]; readonly takes: readonly string[] }>> = {
  markdown: { needs: ['value'], takes: [] },
  input: { needs: ['label'], takes: ['description', 'placeholder', 'value'] },
  textarea: { needs: ['label'], takes: ['description', 'placeholder', 'value', 'render'] },
  dropdown: { needs: ['label', 'options'], takes: ['description', 'multiple', 'default'] },
};

/** What is wrong with a field, in words. */
function faultsOf({ type, id, attributes = {}, validations = {} }: Field): string[] {
  const rules = FIELDS[type];
  if (rules === undefined) return [`${type} is no type`];
  const known = [...rules.needs, ...rules.takes];
  return [
    ...rules.needs.filter((name) => attributes[name] === undefined).map((name) => `${id ?? type} lacks ${name}`),
    ...Object.keys(attributes)
      .filter((name) => !known.includes(name))
      .map((name) => `${id ?? type} cannot have ${name}`),
    ...(type === 'markdown' || /^[\w-]+$/.test(id ?? '') ? [] : [`${String(id)} is no id`]),
    ...Object.keys(validations)
      .filter((name) => name !== 'required')
      .map((name) => `${id ?? type} cannot be validated as ${name}`),
  ];
}

const forms = list('.github/ISSUE_TEMPLATE', '.yml').filter((path) => !path.endsWith('/config.yml'));

test('there are forms for bugs and ideas', () => {
  expect(forms.length).toBeGreaterThan(1);
});

describe.each(forms)('%s', (path) => {
  const { name, description, labels, body = [] } = parse(read(path)) as Form;

  test('has what GitHub needs to show it, and nothing that it refuses', () => {
    expect(name).toBeTruthy();
    expect(description).toBeTruthy();
    expect(body.flatMap(faultsOf)).toEqual([]);
    expect(body.some(({ type }) => type !== 'markdown')).toBe(true);
    const ids = body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('gives labels that each new repository has', () => {
    expect(['bug', 'enhancement', 'question', 'documentation']).toEqual(expect.arrayContaining([...(labels ?? [])]));
  });
});

test('vulnerabilities are led to the security policy, and other ways are closed', () => {
  const config = parse(read('.github/ISSUE_TEMPLATE/config.yml')) as {
    readonly blank_issues_enabled: boolean;
    readonly contact_links: readonly { readonly url: string }[];
  };
  expect(config.blank_issues_enabled).toBe(false);
  expect(config.contact_links.some(({ url }) => url.endsWith('/security/policy'))).toBe(true);
});
