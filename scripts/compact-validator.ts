import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import type { Node } from './sharpen-schema.ts';

/** Most faults to report for one request, so that a request with a hundred thousand of them costs no more. */
const MOST_FAULTS = 40;

/** What `src/core/lint/shape.ts` has words for. */
const KEYWORDS = ['required', 'type', 'const', 'enum', 'discriminator', 'if'];

const RUNTIME = `
function add(faults, fault) {
  if (faults === null) return [fault];
  faults.push(fault);
  return faults;
}

function join(faults, more) {
  if (faults === null) return more;
  for (let i = 0; i < more.length && faults.length < ${MOST_FAULTS}; i += 1) faults.push(more[i]);
  return faults;
}
`;

/**
 * The code that ajv makes from a schema, without the parts that nobody reads: a third of its size, and it no longer copies
 * faults at each level. Returns the code and the name of its main function, which takes a value and leaves its faults in
 * `errors`.
 */
export function compactValidator(schema: Node): { code: string; main: string } {
  const ajv = new Ajv({
    allErrors: true,
    discriminator: true,
    inlineRefs: false,
    messages: false,
    strict: false,
    strictNumbers: false,
    code: { source: true, esm: true },
  });
  const made = standalone.default(ajv, ajv.compile(schema));
  const [, main = ''] = /export default (\w+);/.exec(made) ?? [];
  const schemas = new Map<string, unknown>();
  const code = made
    .replace(/^"use strict";|export const validate = \w+;|export default \w+;/g, '')
    .replace(/const (schema\d+) = (\{.*?\});(?=const |function |$)/gm, (_, name: string, json: string) => {
      schemas.set(name, JSON.parse(json));
      return '';
    })
    .replace(/(schema\d+)((?:\.\w+|\[(?:"[^"]*"|\d+)\])+)/g, (_, name: string, path: string) =>
      JSON.stringify(follow(schemas.get(name), path)),
    )
    .replace(
      /const (err\d+) = (\{\}|\{instancePath.*?\}\});if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g,
      'vErrors = add(vErrors, $2);errors++;',
    )
    .replace(
      /vErrors = vErrors === null \? (validate\d+)\.errors : vErrors\.concat\(\1\.errors\);/g,
      'vErrors = join(vErrors, $1.errors);',
    )
    .replace(/\{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}/g, 'instancePath=""')
    .replace(
      /\{instancePath(?::([^,{}]+))?,parentData(?::[^,{}]+)?,parentDataProperty(?::[^,{}]+)?,rootData\}/g,
      (_, path) => (path === undefined ? 'instancePath' : path),
    )
    .replace(/schemaPath:"[^"]*",/g, '')
    .replaceAll('function validate', '\nfunction validate')
    .split('\n')
    .map(withTags)
    .join('\n');
  for (const [, keyword = ''] of code.matchAll(/keyword:"(\w+)"/g)) {
    if (!KEYWORDS.includes(keyword)) throw new Error(`The lint has no words for a fault of the keyword "${keyword}"`);
  }
  const left = /\brequire\(|\beval\b|new Function|rootData|schema\d+\b|vErrors\.(?:push|concat)/.exec(code);
  if (left || main === '')
    throw new Error(
      `ajv makes other code than this script knows: ${left === null ? 'no export' : code.slice(left.index - 400, left.index + 40)}`,
    );
  return { code: `${RUNTIME}${code}\n`, main };
}

/** Makes the fault of a tag say which tags there are. Each union of objects is a function, and each function a line. */
function withTags(line: string): string {
  return line.replace(/tagValue: (tag\d+)\}/g, (found, name: string) => {
    const tags = Array.from(line.matchAll(new RegExp(`\\b${name} === "([^"]+)"`, 'g')), ([, tag]) => tag);
    return `${found.slice(0, -1)}, tags: ${JSON.stringify(tags)}}`;
  });
}

function follow(value: unknown, path: string): unknown {
  return Array.from(path.matchAll(/\.(\w+)|\["([^"]*)"\]|\[(\d+)\]/g), ([, a, b, c]) => a ?? b ?? c ?? '').reduce(
    (at: unknown, key) => (at as Record<string, unknown>)[key],
    value,
  );
}
