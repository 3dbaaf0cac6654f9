/** The last line of a report, which stays on every rung. */
export const LINKS = /\n\n(?:\*\*\[Open the page\]|Artifact \[|\[Run )[^\n]*$/;

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
