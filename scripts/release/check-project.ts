import { type ChangelogSection, isDay, readChangelog, UNRELEASED } from './changelog.ts';
import type { ProjectFiles } from './facts.ts';
import type { Refusal } from './refusals.ts';

/** Where the files of the project disagree about the version that `package.json` has. */
export function checkProject(files: ProjectFiles, asked: string | undefined, version: string): Refusal[] {
  const locked = lockedVersions(files.packageLock);
  return [
    ...(asked === undefined || asked === version ? [] : [{ code: 'other-version' as const, asked, version }]),
    ...(locked.every((one) => one === version) ? [] : [{ code: 'lock-differs' as const, version, locked }]),
    ...checkChangelog(readChangelog(files.changelog), version),
    ...checkPins(files.pages, version),
  ];
}

function checkChangelog(sections: readonly ChangelogSection[], version: string): Refusal[] {
  const [first] = sections.filter((one) => one.version !== UNRELEASED);
  const section = sections.find((one) => one.version === version);
  if (first === undefined || section === undefined) return [{ code: 'not-in-changelog', version }];
  const isAllIn = sections.every((one) => one.version !== UNRELEASED || one.notes === '');
  return [
    ...(isAllIn ? [] : [{ code: 'unreleased-notes' as const, version }]),
    ...(first === section ? [] : [{ code: 'not-first-in-changelog' as const, version, first: first.version }]),
    ...(isDay(section.date ?? '') ? [] : [{ code: 'no-date' as const, version }]),
    ...(section.notes === '' ? [{ code: 'no-notes' as const, version }] : []),
  ];
}

/** The lock file repeats the version of the project in two places. */
function lockedVersions(packageLock: string): string[] {
  const lock = JSON.parse(packageLock) as { version: string; packages: { '': { version: string } } };
  return [...new Set([lock.version, lock.packages[''].version])];
}

function checkPins(pages: ProjectFiles['pages'], version: string): Refusal[] {
  return Array.from(pages).flatMap(([page, text]): Refusal[] => {
    const named = pinnedVersions(text);
    if (named.length === 0) return page === 'README.md' ? [{ code: 'no-pin', version, page }] : [];
    return named.every((one) => one === version) ? [] : [{ code: 'other-pin', version, page, named }];
  });
}

/** The full versions that a page pins this action to: by a tag, or in a comment behind a commit. */
function pinnedVersions(page: string): string[] {
  const pins = page.matchAll(
    /\/claude-batch-action@(?:\S+ # )?v(\d+\.\d+\.\d+(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)/g,
  );
  return [...new Set(Array.from(pins, ([, version = '']) => version))];
}
