import type { Plan } from './plan.ts';

/** What would be done, one line each. */
export function printPlan({ subject, publishing, rollingTag }: Plan, isWhole: boolean): string[] {
  const { tag, commit } = subject;
  return [
    ...(publishing === undefined
      ? [`${tag} is published.`]
      : [
          publishing.draft === undefined
            ? `Would draft ${tag}.`
            : `Would take up the draft of ${tag}: ${publishing.draft.url}`,
          ...publishing.removed.map(({ name }) => `Would remove ${name}, which is another one.`),
          ...publishing.uploaded.map(({ name }) => `Would upload ${name}.`),
          publishing.isTagged ? `${commit} is tagged as ${tag}.` : `Would tag ${commit} as ${tag}.`,
          `Would publish ${tag}.`,
        ]),
    ...(rollingTag === undefined ? [] : [`Would move the tag ${rollingTag} to ${commit}.`]),
    ...(isWhole ? [] : ['Releases at GitHub were not looked at: set GITHUB_TOKEN and GITHUB_REPOSITORY for that.']),
  ];
}
