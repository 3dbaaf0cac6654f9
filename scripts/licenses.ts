import { readdirSync, readFileSync } from 'node:fs';
import { LICENSE_EXCEPTIONS, type LicenseException, renderMit } from './license-exceptions.ts';

/** The folder of a package inside a path of a source map, relative to the project. */
const PACKAGE = /(?:^|\/)((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** The folders of the packages in a bundle, sorted, going by the sources that its maps name. */
export function bundledPackages(sources: Iterable<string>): string[] {
  const folders = new Set<string>();
  for (const source of sources) {
    const folder = PACKAGE.exec(source)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders].sort();
}

/**
 * Names, versions, licenses and license texts of the packages, which their terms ask us to pass on. `root` ends in `/`.
 * Throws for a package without a text or a license, unless it has an exception.
 */
export function renderLicenses(
  root: string,
  folders: readonly string[],
  exceptions: ReadonlyMap<string, LicenseException> = LICENSE_EXCEPTIONS,
): string {
  const parts = new Map<string, string>();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
    const key = `${name} ${version}`;
    const exception = exceptions.get(key);
    const texts = exception === undefined ? readTexts(`${root}${folder}`) : [renderMit(exception.copyright)];
    const named = exception === undefined ? license : 'MIT';
    if (typeof named !== 'string' || texts.length === 0)
      throw new Error(
        `${key} comes without ${texts.length === 0 ? 'the text of its license' : 'a license'}: ${LOOK_UP}`,
      );
    parts.set(key, [`${key} (${named})`, ...texts].join('\n\n'));
  }
  return `${[...parts.values()].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const LOOK_UP = 'look it up and add it to scripts/license-exceptions.ts, or leave the package out.';

function readTexts(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  return files.sort().map((file) => readFileSync(`${folder}/${file}`, 'utf8').replace(/\r\n/g, '\n').trim());
}
