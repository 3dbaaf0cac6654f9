/**
 * Writes what the lint knows about params, from the types of the Anthropic client: `scripts/params.schema.json`, the code
 * that checks it (made by ajv, which is not needed at run time) and the lists of names. With `--check` it writes nothing and
 * fails if a committed file is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';
import { compactValidator } from './compact-validator.ts';
import { type Node, resolve, sharpen, shrink } from './sharpen-schema.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const NOTE = '// Made by scripts/params-schema.ts from the types of @anthropic-ai/sdk: do not edit.\n';
/** Judged by rules of the lint, which know more than a type: values a batch refuses, and what must not be missing. */
const RULED = ['max_tokens', 'model', 'speed'];

const stable = readTypes('ParamsShapes');
const beta = readTypes('BetaParamsShapes');
const schema = judged(stable.create, stable.definitions);
const files = new Map([
  ['scripts/params.schema.json', `${JSON.stringify(schema, null, 1)}\n`],
  ['src/core/lint/params-validator.generated.ts', validator(schema)],
  ['src/core/lint/param-names.generated.ts', lists()],
]);

for (const [path, fresh] of files) {
  if (!process.argv.includes('--check')) {
    writeFileSync(at(path), fresh);
  } else if (!existsSync(at(path)) || readFileSync(at(path), 'utf8').replaceAll('\r\n', '\n') !== fresh) {
    console.error(`${path} is not current: run node scripts/node24.js scripts/params-schema.ts`);
    process.exitCode = 1;
  }
}

function readTypes(type: string): { create: Node; count: Node; definitions: Record<string, Node> } {
  const generator = createGenerator({
    path: at('scripts/params-shapes.ts'),
    tsconfig: at('tsconfig.json'),
    type,
    topRef: false,
    skipTypeCheck: true,
    sortProps: true,
    // The client's comments tell body params from header params.
    jsDoc: 'extended',
    // Properties that the client does not know are not judged.
    additionalProperties: true,
  });
  const root = generator.createSchema(type) as Node;
  const definitions = root.definitions ?? {};
  const of = (call: string) => resolve(root.properties?.[call] ?? {}, definitions);
  return { create: of('create'), count: of('count'), definitions };
}

/** Names of the members that are sent in the body. */
function bodyNames(shape: Node): string[] {
  return Object.entries(shape.properties ?? {})
    .filter(([, { description }]) => {
      if (/^(?:Body|Header) param:/.test(description ?? '')) return description?.startsWith('Body');
      throw new Error('The comments of the client no longer say which params are of the body');
    })
    .map(([name]) => name)
    .sort();
}

/** The schema that params are checked with. */
function judged(create: Node, definitions: Record<string, Node>): Node {
  const bodies = bodyNames(create).filter((name) => !RULED.includes(name));
  const properties = Object.fromEntries(bodies.map((name) => [name, { ...create.properties?.[name] }]));
  const { items } = properties['messages'] ?? {};
  if (items === undefined) throw new Error('messages is no list any more');
  // The lint has rules of its own for whether it is a list, and for `true`; null counts as false.
  properties['messages'] = { items };
  properties['stream'] = { type: ['boolean', 'null'] };
  return shrink(sharpen({ properties, definitions }));
}

function validator(of: Node): string {
  const { code, main } = compactValidator(of);
  return `${NOTE}// @ts-nocheck
${code}
/** A fault: a JSON pointer to where it is, the keyword of JSON Schema that is not met, and what that keyword says. */
export interface ShapeFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether params have a shape that the API takes; \`errors\` has the faults of the last call, at least one a place. */
export const validateShape: { (params: unknown): boolean; errors?: readonly ShapeFault[] | null } = ${main};
`;
}

function lists(): string {
  const set = (name: string, says: string, of: Iterable<string>) =>
    `\n/** ${says} */\nexport const ${name}: ReadonlySet<string> = new Set(${JSON.stringify([...of])});\n`;
  const besides = (all: Node, known: Node) => bodyNames(all).filter((name) => !bodyNames(known).includes(name));
  return [
    NOTE,
    set('KNOWN_PARAMS', 'What a request takes.', bodyNames(stable.create)),
    set('BETA_PARAMS', 'What a request takes besides under betas.', besides(beta.create, stable.create)),
    set('COUNTED_PARAMS', 'What the counting of tokens takes.', bodyNames(stable.count)),
    set('COUNTED_BETA_PARAMS', 'What the counting takes besides under betas.', besides(beta.count, stable.count)),
  ].join('');
}
