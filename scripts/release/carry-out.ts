import type { Release, RemoteTag } from './facts.ts';
import type { Git } from './git.ts';
import type { Releases } from './github.ts';
import type { Plan, Publishing, Subject } from './plan.ts';

export interface Doers {
  readonly git: Pick<Git, 'pushTag' | 'moveTag'>;
  readonly releases: Releases;
  readonly remoteTags: ReadonlyMap<string, RemoteTag>;
  /** Gets one line for each thing that is done. */
  readonly print: (line: string) => void;
}

export type Ending = { readonly kind: 'released' } | { readonly kind: 'changeable'; readonly release: Release };

/**
 * Does what a plan says. The tag comes before the release is public, so that GitHub never makes one elsewhere; the rolling tag
 * comes last, when the release can no longer change.
 */
export async function carryOut({ subject, publishing, rollingTag }: Plan, doers: Doers): Promise<Ending> {
  if (publishing !== undefined) {
    const release = await publish(subject, publishing, doers);
    doers.print(`Published ${subject.tag}: ${release.url}`);
    if (!release.isImmutable) return { kind: 'changeable', release };
  }
  if (rollingTag !== undefined) {
    doers.git.moveTag(rollingTag, subject.commit, doers.remoteTags.get(rollingTag));
    doers.print(`Moved the tag ${rollingTag} to ${subject.commit}.`);
  }
  return { kind: 'released' };
}

async function publish(subject: Subject, publishing: Publishing, { git, releases, print }: Doers): Promise<Release> {
  const { draft: found, removed, uploaded, isTagged } = publishing;
  const draft =
    found === undefined ? await releases.createDraft(subject) : await releases.updateDraft(found.id, subject);
  print(`${found === undefined ? 'Drafted' : 'Took up the draft of'} ${subject.tag}.`);
  for (const { id, name } of removed) {
    await releases.removeAsset(id);
    print(`Removed ${name}, which was another one.`);
  }
  for (const file of uploaded) {
    await releases.upload(draft, file);
    print(`Uploaded ${file.name}.`);
  }
  if (!isTagged) {
    git.pushTag(subject.tag, subject.commit);
    print(`Tagged ${subject.commit} as ${subject.tag}.`);
  }
  return await releases.publish(draft.id, subject);
}
