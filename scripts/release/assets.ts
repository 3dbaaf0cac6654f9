import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssetFile } from './facts.ts';
import { renderSbom } from './sbom.ts';
import { checksumsOf } from './shipped.ts';

/** The files that a release has besides the tag, made from a checkout and the paths of what ships in it. */
export function makeAssets(root: string, shipped: readonly string[]): AssetFile[] {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const { packages } = JSON.parse(read('package-lock.json'));
  return [
    { name: 'SHA256SUMS', type: 'text/plain', text: checksumsOf(root, shipped) },
    {
      name: 'sbom.cdx.json',
      type: 'application/vnd.cyclonedx+json',
      text: renderSbom({ version, packages, licenses: read('dist/licenses.txt') }),
    },
  ];
}
