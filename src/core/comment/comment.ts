import { isDeepStrictEqual } from 'node:util';
import { runIdOf, type Section } from './section.ts';
import { parseSections } from './sections.ts';
import { isOfOneAttempt } from './step.ts';

/** A comment's length in characters that GitHub accepts for sure; it answers a longer one with 422. */
export const MAX_COMMENT_LENGTH = 65_536;

/** A section that is to be written, before it has its id. */
export interface OwnSection extends Pick<Section, 'text'> {
  readonly origin: NonNullable<Section['origin']>;
  readonly summary: NonNullable<Section['summary']>;
  /** `sectionIdOf` its name. */
  readonly baseId: string;
  /** `GITHUB_JOB`. */
  readonly job: string;
}

/**
 * The id of a step's section among those that are there: the one that this process wrote, the one that an earlier job left
 * to this one, the one that an earlier run of the step wrote, else
 * the first of `name`, `name.2`, `name.3`, … that is free. A section of another step, or of another name with the same
 * letters, is free for a newer run.
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

/** Whether a section is of the same step, as far as that can be told. */
function isOfStep(there: Section | undefined, { summary }: OwnSection): there is Section {
  return there?.summary?.name === summary.name && there.summary.step === summary.step;
}

/**
 * Whether the step that wrote a section left it to the job of this one, or this one writes it once more, in a later
 * attempt, for the same job. The two may differ in the id of their steps.
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
 * Whether another step of this run has a section of the same name, and readers or later runs may take one for the other:
 * this one had to take a further id, or nothing tells the two apart.
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

/**
 * The sections with this one in its place. A run that is older than its section, by another commit, leaves it alone: then
 * `id` is undefined.
 */
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

/** Counts the runs of a section whose drop is limited. A run's attempts are one. */
function withRun({ origin, summary }: OwnSection, there: Section | undefined): OwnSection['summary'] {
  const { runs = null, lastRun = null } = there?.summary ?? {};
  if (summary.runs === null || lastRun === origin.runId) return { ...summary, runs, lastRun };
  return { ...summary, runs: (runs ?? 0) + 1, lastRun: origin.runId };
}

/** Whether the comment still has what this step wrote, in any form: another step may have had to shorten it. */
export function holdsSection(sections: readonly Section[], id: string, { origin, summary }: OwnSection): boolean {
  const there = sections.find((section) => section.id === id);
  if (there?.origin?.sha !== origin.sha || there.origin.runId !== origin.runId) return false;
  const dropped = { headline: '', page: null, artifact: null, runs: null, lastRun: null };
  return there.summary === undefined || isDeepStrictEqual({ ...there.summary, ...dropped }, { ...summary, ...dropped });
}

/**
 * A section's text as it will be read back. A line of it can be no fence: escaping sees to that, and this where nothing is
 * escaped, as in a step to copy.
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
 * The sections of several comments of one key, oldest comment first: each once, in its newest form. Of equally new ones the
 * oldest comment's stays, because that is the one that all runs write to.
 */
export function mergeComments(bodies: readonly string[]): readonly Section[] {
  const kept = new Map<string, Section>();
  for (const section of bodies.toReversed().flatMap(parseSections)) {
    const other = kept.get(section.id);
    if (other === undefined || runIdOf(section) >= runIdOf(other)) kept.set(section.id, section);
  }
  return [...kept.values()];
}

/** Whether two bodies are the same to GitHub, which trims them and may change their line ends. */
export function isSameBody(...bodies: readonly [string, string]): boolean {
  const [one, other] = bodies.map((body) => body.replace(/\r\n?/g, '\n').trim());
  return one === other;
}
