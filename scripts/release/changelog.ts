/** What CHANGELOG.md says of one version. */
export interface ChangelogSection {
  readonly version: string;
  /** As written behind the version, such as `2026-11-30`. */
  readonly date: string | undefined;
  /** The text below the heading, without the link definitions at the end of the file. */
  readonly notes: string;
}

const HEADING = /^## \[?([^\]\s]+)\]?(?: - (\S+))?[ \t]*$/gm;
const LINK_DEFINITION = /^\[[^\]]+\]: \S+$/gm;

/** What is not released yet stands under this heading. */
export const UNRELEASED = 'Unreleased';

/** The sections of a changelog in the form of keepachangelog.com, in their order. */
export function readChangelog(markdown: string): ChangelogSection[] {
  const text = markdown.replaceAll('\r\n', '\n');
  const headings = [...text.matchAll(HEADING)];
  return headings.map((heading, index) => {
    const [line, version = '', date] = heading;
    const body = text.slice(heading.index + line.length, headings[index + 1]?.index);
    return { version, date, notes: body.replaceAll(LINK_DEFINITION, '').trim() };
  });
}

/** Whether a text is a day, such as `2026-11-30`. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && /^\d{4}-\d\d-\d\d$/.test(text);
}
