import type { SectionSummary } from './section-summary.ts';

/** The part of the comment that one step writes: one `name` of one job. */
export interface Section {
  /** Its name as the comment's fences have it, with `.2`, `.3`, … for further steps of that name. */
  readonly id: string;
  /** Commit and run it reports on; undefined where that line is lost. */
  readonly origin: Origin | undefined;
  /** Its row of the table; undefined where it is lost, or had no room. */
  readonly summary: SectionSummary | undefined;
  /** Its report as Markdown, without fences and our own lines; empty where it did not fit. */
  readonly text: string;
}

/** Run ids grow over time, which tells the newer of two commits. */
export interface Origin {
  readonly sha: string;
  readonly runId: number;
}

export function isOlder(origin: Origin | undefined, newest: Origin | undefined): boolean {
  return origin !== undefined && origin.sha !== newest?.sha;
}

export function newestOrigin(sections: readonly Section[]): Origin | undefined {
  return sections.reduce<Origin | undefined>((newest, { origin }) => {
    return origin !== undefined && (newest === undefined || origin.runId > newest.runId) ? origin : newest;
  }, undefined);
}

/** Each id once, where it first came, in its newest form; of equally new ones the last. */
export function newestOfEach(sections: readonly Section[]): readonly Section[] {
  const kept = new Map<string, Section>();
  for (const section of sections) {
    const other = kept.get(section.id);
    if (other === undefined || runIdOf(section) >= runIdOf(other)) kept.set(section.id, section);
  }
  return [...kept.values()];
}

export function runIdOf({ origin }: Pick<Section, 'origin'>): number {
  return origin?.runId ?? 0;
}
