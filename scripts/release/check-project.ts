import { type Changelog, daysBetween, isDay, readChangelog, UNRELEASED } from './changelog.ts';
import type { Facts, ProjectFiles } from './facts.ts';
import type { Refusal } from './refusals.ts';
import { rollingTag, type Version, versionOfTag } from './version.ts';

/** A change may wait a while for its release after it was committed. */
const MAX_DAYS_AHEAD = 7;

/** Where the files of the project disagree about the version that `package.json` has. */
export function checkProject(
  { files, asked, checkout, remoteTags }: Facts,
  { text: version, ...parts }: Version,
): Refusal[] {
  const locked = lockedVersions(files.packageLock);
  const changelog = readChangelog(files.changelog);
  const tagged = [...remoteTags.keys()].flatMap((tag) => versionOfTag(tag)?.text ?? []);
  const others = new Set([...changelog.sections.map((one) => one.version), ...tagged]);
  others.delete(version);
  return [
    ...(asked === undefined || asked === version ? [] : [{ code: 'other-version' as const, asked, version }]),
    ...(locked.every((one) => one === version) ? [] : [{ code: 'lock-differs' as const, version, locked }]),
    ...changelog.oddLines.map((line) => ({ code: 'odd-changelog-line' as const, ...line })),
    ...checkChangelog(changelog, version, checkout.committedOn),
    ...checkPages(files.pages, version, others),
    ...checkNotes(files.pages, rollingTag({ text: version, ...parts })),
  ];
}

function checkChangelog({ sections, links }: Changelog, version: string, committedOn: string): Refusal[] {
  const [first] = sections.filter((one) => one.version !== UNRELEASED);
  const section = sections.find((one) => one.version === version);
  if (first === undefined || section === undefined) return [{ code: 'not-in-changelog', version }];
  const names = sections.map((one) => one.version);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const isAllIn = sections.every((one) => one.version !== UNRELEASED || one.notes === '');
  const { date: day = '', isLinked, notes } = section;
  const isAhead = isDay(day) && daysBetween(committedOn, day) > MAX_DAYS_AHEAD;
  const isDefined = !isLinked || links.get(version.toLowerCase())?.endsWith(`v${version}`) === true;
  return [
    ...Array.from(repeated, (name) => ({ code: 'repeated-in-changelog' as const, version: name })),
    ...(isAllIn ? [] : [{ code: 'unreleased-notes' as const, version }]),
    ...(first === section ? [] : [{ code: 'not-first-in-changelog' as const, version, first: first.version }]),
    ...(isDay(day) ? [] : [{ code: 'no-date' as const, version }]),
    ...(isAhead ? [{ code: 'day-ahead' as const, version, day, committedOn }] : []),
    ...(notes === '' ? [{ code: 'no-notes' as const, version }] : []),
    ...(isDefined ? [] : [{ code: 'no-link' as const, version }]),
  ];
}

/** The lock file repeats the version of the project in two places. */
function lockedVersions(packageLock: string): string[] {
  const lock = JSON.parse(packageLock) as { version: string; packages: { '': { version: string } } };
  return [...new Set([lock.version, lock.packages[''].version])];
}

function checkPages(pages: ProjectFiles['pages'], version: string, others: ReadonlySet<string>): Refusal[] {
  return Array.from(pages).flatMap(([page, text]): Refusal[] => {
    const pinned = pinnedVersions(text);
    const named = [...new Set([...pinned, ...namedVersions(text).filter((one) => others.has(one))])];
    return [
      ...(pinned.length === 0 && page === 'README.md' ? [{ code: 'no-pin' as const, version, page }] : []),
      ...(named.every((one) => one === version) ? [] : [{ code: 'other-pin' as const, version, page, named }]),
    ];
  });
}

/** Pages say that there is no rolling tag while there are only candidates; that ends with the release that brings it. */
function checkNotes(pages: ProjectFiles['pages'], tag: string | undefined): Refusal[] {
  if (tag === undefined) return [];
  return Array.from(pages).flatMap(([page, text]) =>
    text.includes(`no \`${tag}\` yet`) ? [{ code: 'stale-note' as const, page, tag }] : [],
  );
}

const VERSION = '\\d+\\.\\d+\\.\\d+(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?';
const PIN = new RegExp(`/claude-batch-action@(?:\\S+ # )?v(${VERSION})`, 'g');
const NAMED = new RegExp(`(?<![\\w.-])(v?)(${VERSION})(?!\\w)`, 'g');

/** The full versions that a page pins this action to: by a tag, or in a comment behind a commit. */
function pinnedVersions(page: string): string[] {
  return [...new Set(Array.from(page.matchAll(PIN), ([, version = '']) => version))];
}

/** What looks like a version of ours: a tag, or a candidate. A plain `1.0.0` may belong to anything; pins of other actions are theirs. */
function namedVersions(page: string): string[] {
  const own = page.replaceAll(/[\w.-]+\/[\w./-]+@\S+(?: # v\S+)?/g, (pin) =>
    pin.includes('/claude-batch-action@') ? pin : '',
  );
  return Array.from(own.matchAll(NAMED)).flatMap(([, prefix, version = '']) =>
    prefix === 'v' || version.includes('-') ? [version] : [],
  );
}
