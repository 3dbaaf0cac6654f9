/** A version as semver.org has it, without build metadata. */
export interface Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** The parts behind the hyphen: none for a full release. */
  readonly preRelease: readonly (number | string)[];
}

const NUMBER = '(0|[1-9]\\d{0,8})';
const PART = '(?:0|[1-9]\\d{0,8}|\\d*[A-Za-z-][0-9A-Za-z-]*)';
const VERSION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PART}(?:\\.${PART})*))?$`);

/** The version that a text stands for; undefined if it is not one. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch, behind] = VERSION.exec(text) ?? [];
  if (major === undefined) return undefined;
  const preRelease = behind?.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)) ?? [];
  return { text, major: Number(major), minor: Number(minor), patch: Number(patch), preRelease };
}

/** The version that a tag is of, such as `v1.2.3`; undefined for other tags. */
export function versionOfTag(tag: string): Version | undefined {
  return tag.startsWith('v') ? parseVersion(tag.slice(1)) : undefined;
}

/** Below 0 where `a` comes before `b`, by the order of semver.org. */
export function compareVersions(a: Version, b: Version): number {
  const numbers = a.major - b.major || a.minor - b.minor || a.patch - b.patch;
  if (numbers !== 0) return numbers;
  if (a.preRelease.length === 0 || b.preRelease.length === 0) return b.preRelease.length - a.preRelease.length;
  for (const [index, part] of a.preRelease.entries()) {
    const other = b.preRelease[index];
    if (other === undefined) return 1;
    if (part !== other) return compareParts(part, other);
  }
  return a.preRelease.length - b.preRelease.length;
}

/** Numbers come before words. */
function compareParts(a: number | string, b: number | string): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  return typeof b === 'number' || a > b ? 1 : -1;
}

/** The tag that a release moves along, such as `v1`. A pre-release moves none, so that nobody gets it without asking. */
export function rollingTag({ major, preRelease }: Version): string | undefined {
  return preRelease.length === 0 && major > 0 ? `v${major}` : undefined;
}
