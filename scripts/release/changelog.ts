import { parseVersion } from './version.ts';

export interface Changelog {
  /** In their order. */
  readonly sections: readonly ChangelogSection[];
  /** Addresses of the links that the file defines, by their labels in lower case. */
  readonly links: ReadonlyMap<string, string>;
  /** Lines that Markdown may take for the start or end of something, and this parser does not. */
  readonly oddLines: readonly ChangelogLine[];
}

/** What CHANGELOG.md says of one version. */
export interface ChangelogSection {
  readonly version: string;
  /** As written behind the version, such as `2026-11-30`. */
  readonly date: string | undefined;
  /** Whether the version in the heading is a link: then the file must define it. */
  readonly isLinked: boolean;
  /** The text below the heading, with the definitions of the links in it; empty where there are only headings. */
  readonly notes: string;
}

export interface ChangelogLine {
  readonly line: number;
  readonly text: string;
}

const HEADING = /^## (?:\[([^\]\s]+)\]|([^[\]\s]+))(?: - (\S+))?(?: \[YANKED\])?\s*$/;
const LINK_DEFINITION = /^ {0,3}\[([^^\]][^\]]*)\]: (\S+)(?: +(?:"[^"]*"|'[^']*'|\([^)]*\)))?\s*$/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const UNDERLINE = /^ {0,3}(?:-+|=+)\s*$/;
const HTML = /^ {0,3}<(?!https?:)[a-z/!?]/i;

/** The heading of what is not released yet. */
export const UNRELEASED = 'Unreleased';

/**
 * A changelog in the form of keepachangelog.com. Not a Markdown parser, because the publishing job has no packages: `oddLines`
 * has what it may misread.
 */
export function readChangelog(markdown: string): Changelog {
  const bodies: { readonly heading: Omit<ChangelogSection, 'notes'>; readonly lines: string[] }[] = [];
  const links = new Map<string, string>();
  const oddLines: ChangelogLine[] = [];
  let fence: (ChangelogLine & { readonly marker: string }) | undefined;
  let before = '';
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    const line = index + 1;
    const marker = FENCE.exec(text)?.[1];
    const [, label, address = ''] = fence === undefined ? (LINK_DEFINITION.exec(text) ?? []) : [];
    const heading = fence === undefined ? readHeading(text) : undefined;
    if (heading !== undefined) bodies.push({ heading, lines: [] });
    else if (label === undefined) bodies.at(-1)?.lines.push(text);
    else if (!links.has(label.toLowerCase())) links.set(label.toLowerCase(), address);
    if (fence !== undefined) {
      if (marker?.startsWith(fence.marker) === true && text.trim() === marker) fence = undefined;
    } else if (marker !== undefined) {
      fence = { marker, line, text };
    } else if (heading === undefined && isOdd(text, before)) {
      oddLines.push({ line, text });
    }
    before = text;
  }
  if (fence !== undefined) oddLines.push({ line: fence.line, text: fence.text });
  const sections = bodies.map(({ heading, lines }) => ({
    ...heading,
    notes: withLinks(lines.join('\n').trim(), links),
  }));
  return { sections, links, oddLines };
}

function readHeading(text: string): Omit<ChangelogSection, 'notes'> | undefined {
  const [, linked, plain, date] = HEADING.exec(text) ?? [];
  const version = linked ?? plain;
  if (version === undefined || (version !== UNRELEASED && parseVersion(version) === undefined)) return undefined;
  return { version, date, isLinked: linked !== undefined };
}

/** Headings of this level that are not for a version, underlined ones, and HTML, which may hide what follows. */
function isOdd(text: string, before: string): boolean {
  const hasComment = text.replaceAll(/`[^`]*`/g, '').includes('<!--');
  const isUnderlined = UNDERLINE.test(text) && before.trim() !== '';
  return /^ {0,3}##(?!#)/.test(text) || isUnderlined || HTML.test(text) || hasComment;
}

function withLinks(notes: string, links: Changelog['links']): string {
  if (notes.replaceAll(/^#+ .*$/gm, '').trim() === '') return '';
  const named = [...links].filter(([label]) => notes.toLowerCase().includes(`[${label}]`));
  const definitions = named.map(([label, address]) => `[${label}]: ${address}`).join('\n');
  return definitions === '' ? notes : `${notes}\n\n${definitions}`;
}

/** Whether a text is a day, such as `2026-11-30`. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && /^\d{4}-\d\d-\d\d$/.test(text);
}

/** How many days `day` is after `other`. */
export function daysBetween(other: string, day: string): number {
  return (Date.parse(day) - Date.parse(other)) / 86_400_000;
}
