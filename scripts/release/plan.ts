import { createHash } from 'node:crypto';
import { readChangelog } from './changelog.ts';
import { checkProject } from './check-project.ts';
import type { Asset, AssetFile, Facts, Release } from './facts.ts';
import type { Refusal } from './refusals.ts';
import { compareVersions, parseVersion, rollingTag, type Version, versionOfTag } from './version.ts';

export type Decision =
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'planned'; readonly plan: Plan };

/** What is left to do for a release. */
export interface Plan {
  readonly subject: Subject;
  /** Undefined if the release is already published. */
  readonly publishing: Publishing | undefined;
  /** The tag that moves to the release in the end, if any. */
  readonly rollingTag: string | undefined;
}

/** What is released, and what its release says. */
export interface Subject {
  readonly version: Version;
  readonly tag: string;
  readonly commit: string;
  readonly notes: string;
}

/** The way to a published release. */
export interface Publishing {
  /** The draft that an earlier try left. */
  readonly draft: Release | undefined;
  /** Assets of that draft that are not the ones to publish. */
  readonly removed: readonly Asset[];
  readonly uploaded: readonly AssetFile[];
  readonly isTagged: boolean;
}

/** All reasons against a release, or what is left to do for it, continuing where an earlier try broke off. */
export function planRelease(facts: Facts, assets: readonly AssetFile[]): Decision {
  const { version: text } = JSON.parse(facts.files.packageJson) as { version: string };
  const version = parseVersion(text);
  if (version === undefined) return { kind: 'refused', refusals: [{ code: 'not-a-version', version: text }] };
  const refusals = [...checkProject(facts, version), ...checkCheckout(facts), ...checkRemote(facts, version)];
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const notes = readChangelog(facts.files.changelog).sections.find((one) => one.version === text)?.notes ?? '';
  const subject = { version, tag: `v${text}`, commit: facts.checkout.commit, notes };
  return { kind: 'planned', plan: listWork(facts, subject, assets) };
}

function checkCheckout({ checkout }: Facts): Refusal[] {
  const { commit, branch, defaultBranch, isPushed, changed } = checkout;
  return [
    ...(changed.length === 0 ? [] : [{ code: 'dirty-tree' as const, paths: changed }]),
    ...(branch === defaultBranch ? [] : [{ code: 'wrong-branch' as const, branch, defaultBranch }]),
    ...(isPushed ? [] : [{ code: 'not-pushed' as const, commit, defaultBranch }]),
  ];
}

function checkRemote(facts: Facts, version: Version): Refusal[] {
  const tag = `v${version.text}`;
  const head = facts.checkout.commit;
  const at = facts.remoteTags.get(tag)?.commit;
  const release = findRelease(facts, tag, 'published');
  const rolling = tagToMove(facts, version);
  const isDone = release?.isImmutable === true && rolling === undefined;
  const newest = newestTagged(facts);
  const behind = leftBehind(facts, version);
  if (release !== undefined && at !== head && behind !== undefined)
    return [{ code: 'rolling-tag-behind', tag, rolling: behind, url: release.url }];
  if (release !== undefined && (isDone || at !== head))
    return [{ code: 'already-released', version: version.text, url: release.url }];
  const ownRelease = rolling === undefined ? undefined : findRelease(facts, rolling, 'published');
  return [
    ...(release === undefined || release.isImmutable
      ? []
      : [{ code: 'changeable-release' as const, tag, url: release.url }]),
    ...(at === undefined || at === head ? [] : [{ code: 'tag-elsewhere' as const, tag, commit: at, head }]),
    ...(newest === undefined || compareVersions(newest, version) <= 0
      ? []
      : [{ code: 'not-newer' as const, version: version.text, newest: newest.text }]),
    ...(rolling === undefined || ownRelease === undefined
      ? []
      : [{ code: 'rolling-tag-released' as const, tag: rolling, url: ownRelease.url }]),
  ];
}

function listWork(facts: Facts, subject: Subject, assets: readonly AssetFile[]): Plan {
  const rolling = tagToMove(facts, subject.version);
  if (findRelease(facts, subject.tag, 'published') !== undefined)
    return { subject, publishing: undefined, rollingTag: rolling };
  const draft = findRelease(facts, subject.tag, 'draft');
  const isThere = (file: AssetFile, asset: Asset) => asset.name === file.name && asset.digest === digestOf(file);
  const found = draft?.assets ?? [];
  const removed = found.filter((asset) => !assets.some((file) => isThere(file, asset)));
  const uploaded = assets.filter((file) => !found.some((asset) => isThere(file, asset)));
  const isTagged = facts.remoteTags.has(subject.tag);
  return { subject, publishing: { draft, removed, uploaded, isTagged }, rollingTag: rolling };
}

/** The rolling tag of the newest version, where it is not at that: the release broke off at the last step. */
function leftBehind(facts: Facts, version: Version): string | undefined {
  const tag = rollingTag(version);
  const at = facts.remoteTags.get(`v${version.text}`)?.commit;
  const isNewest = newestTagged(facts)?.text === version.text;
  return tag !== undefined && isNewest && facts.remoteTags.get(tag)?.commit !== at ? tag : undefined;
}

/** The rolling tag of a version, where it is not at the commit yet. */
function tagToMove({ remoteTags, checkout }: Facts, version: Version): string | undefined {
  const tag = rollingTag(version);
  return tag === undefined || remoteTags.get(tag)?.commit === checkout.commit ? undefined : tag;
}

function findRelease({ releases = [] }: Facts, tag: string, kind: 'draft' | 'published'): Release | undefined {
  return releases.find((release) => release.tag === tag && release.isDraft === (kind === 'draft'));
}

function newestTagged({ remoteTags }: Facts): Version | undefined {
  return Array.from(remoteTags.keys(), versionOfTag)
    .filter((version) => version !== undefined)
    .sort(compareVersions)
    .at(-1);
}

function digestOf({ text }: AssetFile): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
