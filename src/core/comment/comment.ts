import { isDeepStrictEqual } from 'node:util';
import { runIdOf, type Section } from './section.ts';
import { parseSections } from './sections.ts';
import { isOfOneAttempt } from './step.ts';

/** Longest comment, in characters, that GitHub is certain to accept; it answers a longer one with 422. */
export const MAX_COMMENT_LENGTH = 65_536;

/** A section to write, before it has an id. */
export interface OwnSection extends Pick<Section, 'text'> {
  readonly origin: NonNullable<Section['origin']>;
  readonly summary: NonNullable<Section['summary']>;
  /** `sectionIdOf` its name. */
  readonly baseId: string;
  /** `GITHUB_JOB`. */
  readonly job: string;
}

/**
 * Chooses the id of a step's section among the existing ones: the section this process wrote, else the one an earlier job left to this
 * one, else the one an earlier run of the step wrote, else the first free of `name`, `name.2`, `name.3`, … A newer run may take over the
 * section of another step, or of another name with the same letters.
 */
export function chooseId(sections: readonly Section[], own: OwnSection): string {
  const byId = new Map(sections.map((section) => [section.id, section]));
  let earlier: string | undefined;
  let left: string | undefined;
  for (let number = 1, free: string | undefined; ; number += 1) {
    const id = number === 1 ? own.baseId : `${own.baseId}.${number}`;
    const there = byId.get(id);
    if (isOfStep(there, own)) {
      if (there.summary?.process === own.summary.process) return id;
      if (!isBeside(there, own)) earlier ??= id;
    }
    if (isLeftTo(there, own)) left ??= id;
    const isFree = there?.summary === undefined || runIdOf(there) < own.origin.runId;
    if (isFree) free ??= id;
    if (there === undefined && free !== undefined) return left ?? earlier ?? free;
  }
}

/** Whether a section belongs to the same step, as far as anyone can tell. */
function isOfStep(there: Section | undefined, { summary }: OwnSection): there is Section {
  return there?.summary?.name === summary.name && there.summary.step === summary.step;
}

/**
 * Whether the step that wrote a section left it to this job, or this step writes it again in a later attempt, for the same collecting
 * job. The two steps may have different ids.
 */
function isLeftTo(there: Section | undefined, own: OwnSection): boolean {
  if (there?.summary?.name !== own.summary.name || there.origin?.runId !== own.origin.runId) return false;
  const { collector, process } = there.summary;
  const isLaterAttempt = own.summary.collector !== null && !isOfOneAttempt(process, own.summary.process);
  return (collector !== null && collector === own.job) || isLaterAttempt;
}

/** Whether another process of this attempt wrote it: a job that nothing else tells apart from this one. */
function isBeside({ origin, summary }: Section, own: OwnSection): boolean {
  const isOfRun = origin?.runId === own.origin.runId && origin.sha === own.origin.sha;
  return isOfRun && isOfOneAttempt(summary?.process ?? null, own.summary.process);
}

/**
 * Whether another step of this run has a section of the same name that readers or later runs may confuse with this one: this one had to
 * take a numbered id, or nothing tells the two apart.
 */
export function isNameShared(sections: readonly Section[], id: string, own: OwnSection): boolean {
  return sections.some(
    (one) =>
      one.id !== id &&
      one.origin?.runId === own.origin.runId &&
      one.summary?.name === own.summary.name &&
      (id !== own.baseId || isOfStep(one, own)),
  );
}

/** Puts this section in its place. If the section there is by a newer run on another commit, it stays, and `id` is undefined. */
export function placeSection(
  sections: readonly Section[],
  own: OwnSection,
): { readonly sections: readonly Section[]; readonly id: string | undefined } {
  const id = chooseId(sections, own);
  const at = sections.findIndex((section) => section.id === id);
  const there = sections[at];
  const isNewer = there !== undefined && there.origin?.sha !== own.origin.sha && runIdOf(there) > own.origin.runId;
  if (isNewer) return { sections, id: undefined };
  const { origin, text } = own;
  const summary = withRun(own, there);
  const section = { id, origin, summary, text: asSectionText(text) };
  return { sections: at === -1 ? [...sections, section] : sections.with(at, section), id };
}

/** Counts a section's runs with a limited drop. All attempts of a run count once. */
function withRun({ origin, summary }: OwnSection, there: Section | undefined): OwnSection['summary'] {
  const { runs = null, lastRun = null } = there?.summary ?? {};
  if (summary.runs === null || lastRun === origin.runId) return { ...summary, runs, lastRun };
  return { ...summary, runs: (runs ?? 0) + 1, lastRun: origin.runId };
}

/** Whether the comment still has what this step wrote, in any form: another step may have shortened it. */
export function holdsSection(sections: readonly Section[], id: string, { origin, summary }: OwnSection): boolean {
  const there = sections.find((section) => section.id === id);
  if (there?.origin?.sha !== origin.sha || there.origin.runId !== origin.runId) return false;
  const dropped = { headline: '', page: null, artifact: null, runs: null, lastRun: null };
  return there.summary === undefined || isDeepStrictEqual({ ...there.summary, ...dropped }, { ...summary, ...dropped });
}

/**
 * A section's text as it will be read back. No line of it may look like one of our fences: escaping prevents that, and this covers text
 * that is not escaped, such as a step to copy.
 */
export function asSectionText(text: string): string {
  return text
    .replaceAll('<!-- claude-batch-action:', '&lt;!-- claude-batch-action:')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/**
 * Merges the sections of several comments with one key, oldest comment first: each section once, in its newest form. On a tie, the oldest
 * comment's section stays, because all runs write to that comment.
 */
export function mergeComments(bodies: readonly string[]): readonly Section[] {
  const kept = new Map<string, Section>();
  for (const section of bodies.toReversed().flatMap(parseSections)) {
    const other = kept.get(section.id);
    if (other === undefined || runIdOf(section) >= runIdOf(other)) kept.set(section.id, section);
  }
  return [...kept.values()];
}

/** Whether GitHub treats two bodies as equal; it trims them and may change their line ends. */
export function isSameBody(...bodies: readonly [string, string]): boolean {
  const [one, other] = bodies.map((body) => body.replace(/\r\n?/g, '\n').trim());
  return one === other;
}
