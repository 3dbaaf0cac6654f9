import { createHash } from 'node:crypto';
import type { LegFigures } from './legs.ts';
import type { Origin, Section } from './section.ts';
import { droppedIn, newestOfEach, parseSections, renderSections } from './sections.ts';

/** First line of the comment of a key. */
export function markerOf(key: string): string {
  return `<!-- claude-batch-action:${sanitize(key)} -->`;
}

/**
 * Id of a job's section: its leg and its step, joined by a dot. The form is promised, though different legs may come to one
 * id (`a.b` with `c`, `a` with `b.c`; `ä` with `ö`): such legs of one key overwrite each other and need other names. Of more than
 * 100 characters the rest is a hash.
 */
export function sectionIdOf(name: string, action: string): string {
  return `${idPartOf(name)}.${idPartOf(action)}`;
}

/** An id stands twice in its section and once in the table's data: 256 legs have to find room. */
const MAX_ID_PART = 100;
const HASH_LENGTH = 16;

function idPartOf(name: string): string {
  const part = sanitize(name);
  if (part.length <= MAX_ID_PART) return part;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${part.slice(0, MAX_ID_PART - HASH_LENGTH - 1)}-${hash}`;
}

/**
 * The body with one section written anew, or added at the end. The others stay as they are; those of an older commit say
 * so. A run that is older than what its section tells of already, by another commit, leaves it alone.
 */
export function mergeSection(
  existingBody: string | undefined,
  marker: string,
  id: string,
  text: string,
  origin: Origin,
  figures?: LegFigures,
): string {
  const body = existingBody ?? '';
  const sections = placeSection(parseSections(body, origin.runId), { id, origin, figures, text: asSectionText(text) });
  return renderSections(marker, sections, droppedIn(body));
}

/** The sections with this one in its place, or at the end; as they are where a newer commit's word stands there. */
export function placeSection(sections: readonly Section[], section: Section): readonly Section[] {
  const { id, origin } = section;
  const at = sections.findIndex((other) => other.id === id);
  if (at === -1) return [...sections, section];
  const there = sections[at]?.origin;
  const isNewer = there !== undefined && there.sha !== origin?.sha && there.runId > (origin?.runId ?? 0);
  return isNewer ? sections : sections.with(at, section);
}

/**
 * A section's text as it will be read back. A line of it can be no fence: escaping sees to that, and this keeps a slip from
 * breaking the comment.
 */
export function asSectionText(text: string): string {
  const lines = text.replaceAll('<!-- claude-batch-action:', '&lt;!-- claude-batch-action:').split(/\r\n|\r|\n/);
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/**
 * The bodies of several comments of one key as one, oldest first: every section once, in its newest form. Of equally new
 * ones the oldest comment's stays, because that is the one that all runs write to. `ownRunId` is the run's that reads.
 */
export function mergeBodies(bodies: readonly string[], marker: string, ownRunId?: number): string | undefined {
  if (bodies.length < 2) return bodies[0];
  const sections = bodies.map((body) => parseSections(body, ownRunId));
  const newest = new Map(newestOfEach(sections.toReversed().flat()).map((section) => [section.id, section]));
  const ids = new Set(sections.flat().map(({ id }) => id));
  return renderSections(
    marker,
    [...ids].flatMap((id) => newest.get(id) ?? []),
    bodies.map(droppedIn).findLast((sha) => sha !== undefined),
  );
}

/** Whether two bodies are the same to GitHub, which trims them and may change their line ends. */
export function isSameBody(one: string, other: string): boolean {
  return normalize(one) === normalize(other);
}

function normalize(body: string): string {
  return body.replace(/\r\n?/g, '\n').trim();
}

function sanitize(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/gu, '-');
}
