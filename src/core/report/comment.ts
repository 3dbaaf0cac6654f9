import type { LegFigures } from './legs.ts';
import { newestOfEach, type Origin, parseSections, renderSections } from './sections.ts';

/** First line of the comment of a key. */
export function markerOf(key: string): string {
  return `<!-- claude-batch-action:${sanitize(key)} -->`;
}

/**
 * Id of a job's section: its leg and its step, joined by a dot. The form is promised, though different legs may come to one
 * id (`a.b` with `c`, `a` with `b.c`; `ä` with `ö`): such legs of one key overwrite each other and need other names.
 */
export function sectionIdOf(leg: string, action: string): string {
  return `${sanitize(leg)}.${sanitize(action)}`;
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
  const sections = parseSections(existingBody ?? '');
  const own = sections.find((section) => section.id === id)?.origin;
  if (own !== undefined && own.sha !== origin.sha && own.runId > origin.runId) return renderSections(marker, sections);
  const written = { id, origin, figures, text: defuse(text).trim() };
  const others = sections.filter((section) => section.id !== id);
  const at = sections.findIndex((section) => section.id === id);
  return renderSections(marker, at === -1 ? [...others, written] : others.toSpliced(at, 0, written));
}

/**
 * The bodies of several comments of one key as one, oldest first: every section once, in its newest form. Of equally new
 * ones the oldest comment's stays, because that is the one that all runs write to.
 */
export function mergeBodies(bodies: readonly string[], marker: string): string | undefined {
  if (bodies.length < 2) return bodies[0];
  const sections = bodies.map((body) => parseSections(body));
  const newest = new Map(newestOfEach(sections.toReversed().flat()).map((section) => [section.id, section]));
  const ids = new Set(sections.flat().map(({ id }) => id));
  return renderSections(
    marker,
    [...ids].flatMap((id) => newest.get(id) ?? []),
  );
}

/** Whether two bodies are the same to GitHub, which trims them and may change their line ends. */
export function isSameBody(one: string, other: string): boolean {
  return normalize(one) === normalize(other);
}

/**
 * The section without its last `step` parts and with a word on where the rest is; undefined when there are no more
 * parts to drop. A part begins with its `####` heading or is folded, so no table is cut.
 */
export function shrinkSection(text: string, step: number, fullReport: string): string | undefined {
  if (step === 0) return text;
  const links = LINKS.exec(text)?.[0] ?? '';
  const parts = text.slice(0, text.length - links.length).split(/\n\n(?=#### |<details>)/);
  if (step >= parts.length) return undefined;
  return `${[...parts.slice(0, parts.length - step), fullReport].join('\n\n')}${links}`;
}

/** The last line of a report, which stays on every rung. */
export const LINKS = /\n\n(?:\*\*\[Open the page\]|Artifact \[|\[Run )[^\n]*$/;

/** A line of a report can be no fence: escaping sees to that, and this keeps a slip from breaking the comment. */
function defuse(text: string): string {
  return text.replaceAll('<!-- claude-batch-action:', '&lt;!-- claude-batch-action:');
}

function normalize(body: string): string {
  return body.replace(/\r\n?/g, '\n').trim();
}

function sanitize(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/gu, '-');
}
