import { formatCount } from '../text/numbers.ts';
import { parseFigures, printFigures, renderLegs, renderSummed } from './legs.ts';
import { packLegs, unpackLegs } from './packed-legs.ts';
import type { Origin, Section } from './section.ts';
import { wholeText } from './section-line.ts';

const PREFIX = '<!-- claude-batch-action:';
const START = /^<!-- claude-batch-action:section ([A-Za-z0-9._-]{1,1000}) -->$/;
const END = /^<!-- claude-batch-action:end ([A-Za-z0-9._-]{1,1000}) -->$/;
const FIGURES = /^<!-- claude-batch-action:figures ([A-Za-z0-9_-]{1,4000}) -->$/;
const PACKED = /^<!-- claude-batch-action:legs ([A-Za-z0-9_-]{1,65000}) -->$/;
const DROPPED = /^<!-- claude-batch-action:dropped ([0-9a-fA-F]{1,64}) -->$/m;
const ORIGIN = /^<!-- claude-batch-action:commit ([0-9a-fA-F]{1,64}) run (\d{1,15}) -->$/;

/**
 * How far above its own id a run believes another's. Run ids grow by some tens of millions a day over all of GitHub. A run can be
 * re-run for a month and last another, so an honest newer one is at most some 2e9 ahead; what is far beyond that was made
 * up, and would stand for the newest commit for years.
 */
const MAX_AHEAD = 1e10;

/**
 * The sections of a comment in their order, each id once. Broken fences lose as little as possible: a section that does
 * not end goes up to the next one's start, a stray end is passed over, text outside is dropped, and so is a section of which
 * nothing is left. Of two sections of one id the newer stays. Those of which only the figures are left stand packed in a line
 * above. `ownRunId` is the run's that reads: an origin that cannot be true beside it counts as lost.
 */
export function parseSections(body: string, ownRunId = Number.POSITIVE_INFINITY): readonly Section[] {
  const found: { id: string; lines: string[] }[] = [];
  let open: { id: string; lines: string[] } | undefined;
  const packed: string[] = [];
  for (const raw of body.split(/\r\n|\r|\n/)) {
    const line = raw.trimEnd();
    const start = START.exec(line)?.[1];
    if (start !== undefined) {
      open = { id: start, lines: [] };
      found.push(open);
    } else if (END.test(line)) {
      if (END.exec(line)?.[1] === open?.id) open = undefined;
    } else {
      const word = PACKED.exec(line)?.[1];
      if (word !== undefined) packed.push(word);
      open?.lines.push(line);
    }
  }
  const sections = found.map(({ id, lines }) => sectionOf(id, lines));
  for (const { at, section } of unpackLegs(packed)) sections.splice(at, 0, section);
  const believed = sections.map((section) => {
    return runIdOf(section) > ownRunId + MAX_AHEAD ? { ...section, origin: undefined } : section;
  });
  return newestOfEach(believed.filter(({ text, figures }) => text !== '' || figures !== undefined));
}

/** The newest commit at the time when sections were dropped from the comment; undefined where none were. */
export function droppedIn(body: string): string | undefined {
  return DROPPED.exec(body.replace(/\r\n?/g, '\n'))?.[1];
}

/**
 * The comment's body: the marker line, a table of the legs where there are several, then every section in its fences. A
 * section of an older commit says so, and one whose leg has several names its step. One that has no text left is a row of the
 * table alone, or one of a number below it. `droppedAt` is out of `droppedIn`: while that commit is the newest, or
 * older ones are listed, a sentence says that not all is there. How many have gone is not said: a leg that comes back would count as gone.
 */
export function renderSections(marker: string, sections: readonly Section[], droppedAt?: string): string {
  const newest = newestOrigin(sections);
  const mayMiss = droppedAt === newest?.sha || sections.some(({ origin }) => isOlder(origin, newest));
  const isDropped = droppedAt !== undefined && mayMiss;
  const steps = stepsOf(sections);
  const legs = sections.flatMap(({ id, figures, origin, isSummed = false }) =>
    figures === undefined ? [] : [{ figures, isOlder: isOlder(origin, newest), step: steps.get(id), isSummed }],
  );
  const packed = sections.flatMap((section, at) => (isPacked(section) ? [{ at, section }] : []));
  const rows = legs.filter(({ isSummed }) => !isSummed);
  const table = renderLegs(rows, packed.length > 0 ? 1 : 2);
  const sentences = [
    renderSummed(legs.filter(({ isSummed }) => isSummed)),
    packed.length === 0
      ? undefined
      : `${formatCount(packed.length)} of these legs had no room for a section below: the summary or the log of the run has the rest.`,
    isDropped ? 'Results that had no room at all are no longer listed, those of older commits first.' : undefined,
  ].filter((sentence) => sentence !== undefined);
  const hidden = [
    ...(packed.length === 0 ? [] : [`${PREFIX}legs ${packLegs(packed)} -->`]),
    ...(isDropped ? [`${PREFIX}dropped ${droppedAt} -->`] : []),
  ];
  const head = table === undefined ? [] : ['', table, ''];
  const rest = sentences.length === 0 ? [] : [...(table === undefined ? [''] : []), sentences.join(' '), '', ...hidden];
  const whole = sections.filter((section) => !isPacked(section));
  const parts = whole.map((section) => renderSection(section, newest, steps.get(section.id)));
  return [marker, ...head, ...rest, ...parts].join('\n');
}

/** Each id once, where it first stood, in its newest form; of equally new ones the last. */
export function newestOfEach(sections: readonly Section[]): readonly Section[] {
  const kept = new Map<string, Section>();
  for (const section of sections) {
    const other = kept.get(section.id);
    if (other === undefined || runIdOf(section) >= runIdOf(other)) kept.set(section.id, section);
  }
  return [...kept.values()];
}

function sectionOf(id: string, lines: readonly string[]): Section {
  const origin = lines.map((line) => ORIGIN.exec(line)).find((match) => match !== null);
  const figures = lines.map((line) => FIGURES.exec(line)?.[1]).find((word) => word !== undefined);
  // A line of ours inside a section is the origin's or the mark of an older commit: both are written anew.
  const text = lines.filter((line) => !line.startsWith(PREFIX)).join('\n');
  const section = {
    id,
    origin: origin?.[1] === undefined ? undefined : { sha: origin[1], runId: Number(origin[2]) },
    figures: figures === undefined ? undefined : parseFigures(figures),
    text: text.trim(),
  };
  return { ...section, text: wholeText(section) };
}

function renderSection({ id, origin, figures, text }: Section, newest: Origin | undefined, step?: string): string {
  const lines = [`${PREFIX}section ${id} -->`];
  if (origin !== undefined) {
    lines.push(`${PREFIX}commit ${origin.sha} run ${origin.runId} -->`);
    if (isOlder(origin, newest))
      lines.push(`${PREFIX}older --><em>Of the older commit ${origin.sha.slice(0, 7)}:</em>`);
  }
  if (step !== undefined) lines.push(`${PREFIX}step --><em>Step <code>${step}</code>:</em>`);
  if (figures !== undefined) lines.push(`${PREFIX}figures ${printFigures(figures)} -->`);
  return [...lines, '', text, '', `${PREFIX}end ${id} -->`].join('\n');
}

/** Steps by the id of their section, where one leg has several. */
function stepsOf(sections: readonly Section[]): ReadonlyMap<string, string> {
  const byLeg = Map.groupBy(sections, ({ figures, isSummed }) => (isSummed === true ? undefined : figures?.name));
  byLeg.delete(undefined);
  const steps = [...byLeg.values()].flatMap((group) => {
    // A step's id has no dot, and of an id only letters, digits, dots, dashes and underscores are left.
    const named = group.map(({ id }): [string, string] => [id, id.slice(id.lastIndexOf('.') + 1)]);
    return new Set(named.map(([, step]) => step)).size > 1 ? named : [];
  });
  return new Map(steps);
}

/** Whether only the figures are left. */
export function isPacked({ figures, text }: Section): boolean {
  return figures !== undefined && text === '';
}

export function isOlder(origin: Origin | undefined, newest: Origin | undefined): boolean {
  return origin !== undefined && origin.sha !== newest?.sha;
}

export function newestOrigin(sections: readonly Section[]): Origin | undefined {
  return sections.reduce<Origin | undefined>((newest, { origin }) => {
    return origin !== undefined && (newest === undefined || origin.runId > newest.runId) ? origin : newest;
  }, undefined);
}

function runIdOf({ origin }: Section): number {
  return origin?.runId ?? 0;
}
