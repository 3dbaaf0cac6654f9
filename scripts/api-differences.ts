/**
 * Writes `docs/api-differences.md`: where the API's public OpenAPI description, whose path is the argument, and the types
 * of the API's client disagree about what the action sends and reads. With `--check` it writes nothing and fails if the
 * committed file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compare, type Difference } from './api-differences/compare.ts';
import type { Node } from './api-differences/shape.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const target = at('docs/api-differences.md');

/** By title of the table: component of the description, property of `wire.schema.json`. */
const SHAPES = [
  ['A batch to create', 'CreateMessageBatchParams', 'createBody'],
  ['Params of a request', 'CreateMessageParams', 'params'],
  ['Params of a count, besides those', 'CountMessageTokensParams', 'countParams'],
  ['A batch', 'MessageBatch', 'batch'],
  ['A page of batches', 'ListResponse_MessageBatch_', 'batchPage'],
  ['A deleted batch', 'DeleteMessageBatchResponse', 'deleted'],
  ['A result', 'MessageBatchIndividualResponse', 'line'],
  ['A count', 'CountMessageTokensResponse', 'count'],
  ['A model', 'ModelInfo', 'model'],
  ['An error', 'ErrorResponse', 'error'],
] as const;

const PREFACE = `# Where the descriptions of the API differ

The simulator and the lint follow the types of the API's client, \`@anthropic-ai/sdk\`. Anthropic also publishes an OpenAPI description; this page
compares the two. The description here is of May 2026 and older than API version 2026-10-21. \`scripts/api-differences.ts\` makes this page, and a test
fails if it is out of date.

*May be* and *always* tell whether a member is there. In a list of alternatives, \`[name]\` is the one of that \`type\`. The same difference of members of one name is listed once.

Outside of bodies, there are three differences. The description wants the key in \`x-api-key\`; the client sends it as \`Authorization: Bearer\`, and so does the action. The description
knows neither the header \`anthropic-workspace-id\` nor \`POST /v1/oauth/token\`, which have types in the client only. And it puts \`?beta=true\` behind paths that are called with
\`anthropic-beta\`; the action calls the plain paths.
`;

const [path] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (path === undefined) throw new Error('Give the path of the description');
const description = JSON.parse(readFileSync(path, 'utf8'));
const client = JSON.parse(readFileSync(at('simulator/anthropic/wire.schema.json'), 'utf8'));

/** What a difference means for the action, by its place; the first match counts. A difference without one is an error. */
const NOTES: readonly (readonly [where: RegExp, note: string])[] = [
  [/^params\.(?:temperature|top_[kp])$/, 'the lint refuses it from version 2026-10-21 on'],
  [/^params\.user_profile_id$/, 'passes: another type of the client has it in the body'],
  [/^params\.workspace_id$/, 'a header for the client; the lint refuses it in params'],
  [/^params\.stream$/, 'the lint refuses `true`'],
  [/^params\.speed$/, 'the lint refuses it: a batch does not take it'],
  [/^(?:count)?[pP]arams\./, 'the lint goes by the client'],
  [/\.stop_reason$/, 'such answers are counted apart'],
  [/^model\.lifecycle$/, 'a model without it counts as active'],
  [/^model\.retires_at$/, 'without it, no end is announced'],
  [/^error\..*\.details$/, 'its `error_code` is read where it is there'],
  [/^line\./, 'not read; results are stored as they came'],
  [/^model\./, 'not read'],
];

const compared = SHAPES.map(([title, component, shape]): [string, readonly Difference[]] => {
  const left = { root: description, node: part(description.components.schemas, component) };
  return [title, compare(shape, left, { root: client, node: part(client.properties, shape) })];
});
const ofParams = new Set(compared.flatMap(([, rows]) => rows.map(({ where }) => where)));
const fresh = page(
  compared.map(([title, rows]) => [
    title,
    rows.filter(
      ({ where }) => !where.startsWith('countParams.') || !ofParams.has(where.replace('countParams.', 'params.')),
    ),
  ]),
);

if (!process.argv.includes('--check')) {
  writeFileSync(target, fresh);
} else if (readFileSync(target, 'utf8').replaceAll('\r\n', '\n') !== fresh) {
  console.error(
    'docs/api-differences.md is not current: run node scripts/node24.js scripts/api-differences.ts <description>',
  );
  process.exitCode = 1;
}

function part(parts: Readonly<Record<string, Node>>, name: string): Node {
  const found = parts[name];
  if (found === undefined) throw new Error(`There is no ${name} any more`);
  return found;
}

function page(tables: readonly (readonly [string, readonly Difference[]])[]): string {
  return `${PREFACE}\n${tables.map(([title, rows]) => `## ${title}\n\n${table(rows)}\n`).join('\n')}`;
}

function table(rows: readonly Difference[]): string {
  if (rows.length === 0) return 'No difference.';
  const lines = rows.map(({ where, left, right }) => `| \`${where}\` | ${left} | ${right} | ${noteOn(where)} |`);
  return ['| where | only the description | only the client | the action |', '|---|---|---|---|', ...lines].join('\n');
}

function noteOn(where: string): string {
  const note = NOTES.find(([place]) => place.test(where))?.[1];
  if (note === undefined) throw new Error(`Say in NOTES what follows from the difference at ${where}`);
  return note;
}
