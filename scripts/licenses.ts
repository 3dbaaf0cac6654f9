import { readdirSync, readFileSync } from 'node:fs';

/** The folder of a package inside a path of a source map, relative to the project. */
const PACKAGE = /(?:^|\/)((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** The folders of the packages that stand in a bundle, by the sources its maps name, sorted. */
export function bundledPackages(sources: Iterable<string>): string[] {
  const folders = new Set<string>();
  for (const source of sources) {
    const folder = PACKAGE.exec(source)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders].sort();
}

/** Names, versions, licences and licence texts of the packages, as their terms ask to be passed on. `root` ends in `/`. */
export function renderLicenses(root: string, folders: readonly string[]): string {
  const parts = new Map<string, string>();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
    const files = readdirSync(`${root}${folder}`).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const texts = files
      .sort()
      .map((file) => readFileSync(`${root}${folder}/${file}`, 'utf8').replace(/\r\n/g, '\n').trim());
    parts.set(`${name} ${version}`, [`${name} ${version} (${license})`, ...texts].join('\n\n'));
  }
  return `${[...parts.values()].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
