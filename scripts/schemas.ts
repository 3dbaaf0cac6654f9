/**
 * Writes `schema/`, what is published for editors and for tools that read results: `request.schema.json` from
 * `scripts/params.schema.json` and the rules of the lint, `summary.schema.json` from the type `Summary`. With `--check` it
 * writes nothing and fails if a committed file is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requestSchema } from './request-schema.ts';
import { summarySchema } from './summary-schema.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const schemas = new Map([
  ['schema/request.schema.json', requestSchema(JSON.parse(readFileSync(at('scripts/params.schema.json'), 'utf8')))],
  ['schema/summary.schema.json', summarySchema(at('src/core/summary/summary.ts'), at('tsconfig.json'))],
]);

for (const [path, schema] of schemas) {
  const fresh = `${JSON.stringify(schema, null, 1)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(at(path), fresh);
  } else if (!existsSync(at(path)) || readFileSync(at(path), 'utf8').replaceAll('\r\n', '\n') !== fresh) {
    console.error(`${path} is not current: run node scripts/node24.js scripts/schemas.ts`);
    process.exitCode = 1;
  }
}
