/** The one fence of our reports, whole. */
const FENCE = /^```yaml\nwith:\n {2}batch-id: [\w.,-]*\n```$/gm;
/** Inline code without anything that could be a tag. */
const CODE = /`[^`<\n]+`/g;
/** A pair of the inline tags of our reports, without a link in it, whose title could hide its end. */
const PAIR = /<(code|span|em|summary)>(?:(?!\]\()[^<])*<\/\1>/g;
/** Pairs stand in each other at most so deep. */
const MAX_DEPTH = 5;
/** What may be left after that has no tag, backtick or fence. */
const OPEN = /`|<[a-z/!?]|^\s*(?:[-*+>]\s*)*~~~/i;
/** Makes a backtick or tag text, which hides it from its partner. Our reports write such characters by number. */
const HIDDEN = /\\[`<]/;
const FOLD = '<details>';
const END_OF_FOLD = '</details>';

/**
 * Whether a section's text could go on below its end: a fence, comment or tag left open swallows the sections of other legs.
 * Only what our own reports are made of counts as whole: code and pairs of tags within a line, and folds that begin and
 * end at the start of a line, where GitHub takes them for tags whatever is around them.
 */
export function isDamaged(text: string): boolean {
  let depth = 0;
  for (const line of text.replace(FENCE, '').split('\n')) {
    if (line === END_OF_FOLD) depth -= 1;
    else if (line.startsWith(FOLD)) depth += 1;
    if (depth < 0 || HIDDEN.test(line) || OPEN.test(restOf(line))) return true;
  }
  return depth > 0;
}

/** The line without its whole pairs, from the inside out, and without a fold's own tag. */
function restOf(line: string): string {
  if (line === END_OF_FOLD) return '';
  let rest = (line.startsWith(FOLD) ? line.slice(FOLD.length) : line).replace(CODE, '');
  for (let depth = 0; depth < MAX_DEPTH && rest.includes('<'); depth += 1) rest = rest.replace(PAIR, '');
  return rest;
}
