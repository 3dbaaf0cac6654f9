/** A reason not to release. */
export type Refusal =
  | { readonly code: 'not-a-version'; readonly version: string }
  | { readonly code: 'other-version'; readonly asked: string; readonly version: string }
  | { readonly code: 'lock-differs'; readonly version: string; readonly locked: readonly string[] }
  | { readonly code: 'odd-changelog-line'; readonly line: number; readonly text: string }
  | { readonly code: 'repeated-in-changelog'; readonly version: string }
  | { readonly code: 'not-in-changelog'; readonly version: string }
  | { readonly code: 'not-first-in-changelog'; readonly version: string; readonly first: string }
  | { readonly code: 'unreleased-notes'; readonly version: string }
  | { readonly code: 'no-date'; readonly version: string }
  | { readonly code: 'day-ahead'; readonly version: string; readonly day: string; readonly committedOn: string }
  | { readonly code: 'no-link'; readonly version: string }
  | { readonly code: 'stale-note'; readonly page: string; readonly tag: string }
  | { readonly code: 'no-notes'; readonly version: string }
  | { readonly code: 'no-pin'; readonly version: string; readonly page: string }
  | { readonly code: 'other-pin'; readonly version: string; readonly page: string; readonly named: readonly string[] }
  | { readonly code: 'dirty-tree'; readonly paths: readonly string[] }
  | { readonly code: 'wrong-branch'; readonly branch: string | undefined; readonly defaultBranch: string }
  | { readonly code: 'not-pushed'; readonly commit: string; readonly defaultBranch: string }
  | { readonly code: 'already-released'; readonly version: string; readonly url: string }
  | {
      readonly code: 'rolling-tag-behind';
      readonly tag: string;
      readonly rolling: string;
      readonly url: string;
    }
  | { readonly code: 'changeable-release'; readonly tag: string; readonly url: string }
  | { readonly code: 'tag-elsewhere'; readonly tag: string; readonly commit: string; readonly head: string }
  | { readonly code: 'not-newer'; readonly version: string; readonly newest: string }
  | { readonly code: 'rolling-tag-released'; readonly tag: string; readonly url: string }
  | { readonly code: 'bundle-differs'; readonly said: string };

type Words = { readonly [C in Refusal['code']]: (refusal: Extract<Refusal, { code: C }>) => string };

const MAX_PATHS = 5;

const WORDS: Words = {
  'not-a-version': ({ version }) =>
    `package.json has the version ${JSON.stringify(version)}, which is not one like 1.2.3.`,
  'other-version': ({ asked, version }) => `You asked for ${asked}, but package.json has ${version}.`,
  'lock-differs': ({ version, locked }) =>
    `package.json has ${version}, but package-lock.json has ${locked.join(' and ')}: run "npm install --package-lock-only".`,
  'odd-changelog-line': ({ line, text }) =>
    `CHANGELOG.md, line ${line}, cannot be read for certain: ${JSON.stringify(text.trim())}. A version starts with "## [1.2.3] - YYYY-MM-DD", a heading in it with "###". HTML, underlined headings and code blocks without an end are not allowed.`,
  'repeated-in-changelog': ({ version }) => `CHANGELOG.md has ${version} twice.`,
  'not-in-changelog': ({ version }) => `CHANGELOG.md has no section "## [${version}] - <date>".`,
  'not-first-in-changelog': ({ version, first }) =>
    `CHANGELOG.md has ${first} above ${version}: the version to release comes first.`,
  'unreleased-notes': ({ version }) => `CHANGELOG.md has notes under "Unreleased": move them to ${version}.`,
  'no-date': ({ version }) => `CHANGELOG.md gives no day for ${version}: write "## [${version}] - YYYY-MM-DD".`,
  'day-ahead': ({ version, day, committedOn }) =>
    `CHANGELOG.md has ${day} as the day of ${version}, more than a week after its commit (${committedOn}).`,
  'no-link': ({ version }) =>
    `CHANGELOG.md does not say where the link [${version}] leads: add "[${version}]: <address of the release v${version}>" at its end.`,
  'stale-note': ({ page, tag }) => `${page} says that there is no ${tag} yet, but this release brings it.`,
  'no-notes': ({ version }) => `CHANGELOG.md says nothing about ${version}.`,
  'no-pin': ({ version, page }) => `${page} does not say how to pin ${version}.`,
  'other-pin': ({ version, page, named }) => `${page} names ${named.join(' and ')}: write ${version}.`,
  'dirty-tree': ({ paths }) =>
    `Not committed: ${paths.slice(0, MAX_PATHS).join(', ')}${paths.length > MAX_PATHS ? ` and ${paths.length - MAX_PATHS} more` : ''}.`,
  'wrong-branch': ({ branch, defaultBranch }) =>
    `Releases are made from ${defaultBranch}, not from ${branch ?? 'a commit without a branch'}.`,
  'not-pushed': ({ commit, defaultBranch }) => `Commit ${commit} is not on ${defaultBranch} of the remote.`,
  'already-released': ({ version, url }) => `${version} is released: ${url}. Raise the version.`,
  'rolling-tag-behind': ({ tag, rolling, url }) =>
    `${tag} is released: ${url}. But ${rolling} is not at its commit, and this is a later one. Re-run the failed job of the workflow that released ${tag}, or run "git fetch origin tag ${tag} && git push --force origin ${tag}^{commit}:refs/tags/${rolling}". To release what has come since, raise the version afterwards.`,
  'changeable-release': ({ tag, url }) =>
    `The release of ${tag} can still be changed: ${url}. Turn on immutable releases in the settings of the repository, delete the release, but not its tag, and run this again.`,
  'tag-elsewhere': ({ tag, commit, head }) =>
    `The tag ${tag} is at commit ${commit}, not at ${head}. Raise the version.`,
  'not-newer': ({ version, newest }) => `${version} is not newer than ${newest}, which is tagged.`,
  'rolling-tag-released': ({ tag, url }) =>
    `${tag} has a release of its own, so it may not move: ${url}. Delete that release.`,
  'bundle-differs': ({ said }) => said,
};

/** The sentence about a refusal. */
export function printRefusal(refusal: Refusal): string {
  const words = WORDS[refusal.code] as (refusal: Refusal) => string;
  return words(refusal);
}
