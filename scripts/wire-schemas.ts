/**
 * Writes `simulator/anthropic/wire.schema.json` from the types of the Anthropic client, so that the simulator cannot
 * drift from what the client expects. With `--check` it writes nothing and fails if the committed file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const target = at('simulator/anthropic/wire.schema.json');

const generator = createGenerator({
  path: at('simulator/anthropic/wire-shapes.ts'),
  tsconfig: at('tsconfig.json'),
  type: 'WireShapes',
  topRef: false,
  skipTypeCheck: true,
  sortProps: true,
  jsDoc: 'none',
});
const fresh = `${JSON.stringify(generator.createSchema('WireShapes'), null, 1)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, fresh);
} else if (readFileSync(target, 'utf8').replaceAll('\r\n', '\n') !== fresh) {
  console.error(
    'simulator/anthropic/wire.schema.json is not current: run node scripts/node24.js scripts/wire-schemas.ts',
  );
  process.exitCode = 1;
}
