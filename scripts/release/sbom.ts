import { createHash } from 'node:crypto';

/** A package as package-lock.json describes it. */
export interface LockedPackage {
  readonly version?: string;
  /** In the form of Subresource Integrity. */
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface SbomSource {
  readonly version: string;
  /** Of package-lock.json: packages by their folders. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
  /** The text of dist/licenses.txt, which names what the bundle holds. */
  readonly licenses: string;
}

interface Component {
  readonly folder: string;
  readonly name: string;
  /** From dist/licenses.txt, because package-lock.json has none for some packages. */
  readonly license: string;
  readonly locked: LockedPackage;
}

const NAME = 'claude-batch-action';
const RULE = /^-{80}[ \t]*$/m;
const HEADING = /^((?:@[\w.-]+\/)?[\w.-]+) (\d\S*) \((.+)\)$/;
/** Lines that start like a heading must be one. */
const NEARLY_HEADING = /^\S+\s+v?\d+\.\d/;

/** Licence IDs of the SPDX list that packages here have; another text is given as a name, which is valid for any. */
const SPDX = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
]);

/**
 * What the bundle holds, as CycloneDX 1.5. The same sources give the same text. `npm sbom` would list what is installed, and
 * leave out what the page takes from development dependencies.
 */
export function renderSbom({ version, packages, licenses }: SbomSource): string {
  const components = bundledComponents(licenses, packages);
  const refs = new Set(components.map(({ name, locked }) => refOf(name, locked)));
  const root = `${NAME}@${version}`;
  const list = components.map(({ name, license, locked }) => ({
    type: 'library',
    'bom-ref': refOf(name, locked),
    name,
    version: locked.version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${locked.version}`,
    ...(locked.integrity === undefined ? {} : { hashes: [hashOf(locked.integrity)] }),
    licenses: [licenseOf(license)],
  }));
  const dependencies = [
    { ref: root, dependsOn: [...refs] },
    ...components.map((component) => ({
      ref: refOf(component.name, component.locked),
      dependsOn: dependenciesOf(component, packages).filter((ref) => refs.has(ref)),
    })),
  ];
  const described = {
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: { type: 'application', 'bom-ref': root, name: NAME, version, licenses: [{ license: { id: 'MIT' } }] },
    },
    components: list,
    dependencies,
  };
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(described))}`,
    version: 1,
    ...described,
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

/** The packages that the headings of dist/licenses.txt name, as they are locked, each once. */
function bundledComponents(licenses: string, packages: SbomSource['packages']): Component[] {
  return headingsOf(licenses).map(({ name, version, license }) => {
    const found = Object.entries(packages).find(
      ([folder, locked]) => folder.endsWith(`node_modules/${name}`) && locked.version === version,
    );
    if (found === undefined) throw new Error(`dist/licenses.txt has ${name} ${version}, package-lock.json does not.`);
    const [folder, locked] = found;
    return { folder, name, license, locked };
  });
}

/** The headings behind the rules of dist/licenses.txt. A rule may also be part of a license text. */
function headingsOf(licenses: string) {
  const parts = licenses
    .replaceAll('\r\n', '\n')
    .split(RULE)
    .map((part) => part.trim().split('\n', 1)[0]?.trimEnd() ?? '');
  const headings = new Set(parts.filter((line) => NEARLY_HEADING.test(line)));
  return [...headings].map((heading) => {
    const [, name, version, license] = HEADING.exec(heading) ?? [];
    if (name === undefined || version === undefined || license === undefined)
      throw new Error(`dist/licenses.txt has ${JSON.stringify(heading)}, which is not "<name> <version> (<license>)".`);
    return { name, version, license };
  });
}

/** What a component depends on, found as Node looks for packages: in its own folder, then further up. */
function dependenciesOf({ folder, locked }: Component, packages: SbomSource['packages']): string[] {
  const names = [locked.dependencies, locked.optionalDependencies, locked.peerDependencies].flatMap((list) =>
    Object.keys(list ?? {}),
  );
  const refs = names.flatMap((name) => {
    for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
      const found = packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`];
      if (found !== undefined) return [refOf(name, found)];
      if (at === '') return [];
    }
  });
  return [...new Set(refs)].sort();
}

function refOf(name: string, { version }: LockedPackage): string {
  return `${name}@${version}`;
}

function hashOf(integrity: string) {
  const [algorithm = '', digest = ''] = integrity.split('-');
  return { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') };
}

function licenseOf(license: string) {
  if (/ (?:AND|OR|WITH) /.test(license)) return { expression: license.replace(/^\((.*)\)$/, '$1') };
  return { license: SPDX.has(license) ? { id: license } : { name: license } };
}

/** A UUID of version 8 that follows from the text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
