// Releases the version in package.json, from the checkout it is started in: `check` says whether it can be released and what would
// be done, and compares the bundle too; `assemble` does the same without the bundle, so it needs no packages; `publish` does it.
// Each writes notes, checksums and SBOM to build/release/. docs/releasing.md has the way from a change to a release.
import { parseArgs } from 'node:util';
import { COMMANDS, runRelease } from './run.ts';

try {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { version: { type: 'string' } } });
  const command = COMMANDS.find((name) => name === positionals[0]);
  if (command === undefined) throw new Error(`Usage: main.ts ${COMMANDS.join('|')} [--version 1.2.3]`);
  process.exitCode = await runRelease({
    command,
    version: values.version,
    root: process.cwd(),
    env: process.env,
    print: console.log,
    printError: console.error,
  });
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
