/** Shorter texts are not secrets: a gateway's `test` would tear every word apart that holds it. */
const MIN_LENGTH = 8;
/** A text may have been cut inside a secret: this much of its beginning is enough to be taken for it. */
const TELLING_LENGTH = 16;

/** The secrets among these texts, each once. */
export function secretsOf(texts: readonly (string | undefined)[]): readonly string[] {
  const trimmed = texts.map((text) => text?.trim() ?? '');
  return Array.from(new Set(trimmed)).filter((text) => text.length >= MIN_LENGTH);
}

/**
 * Returns a function that replaces these secrets in a text by `***`: whole or cut at the end, and also as Markdown, HTML or
 * JSON write them.
 */
export function createBlotter(secrets: readonly string[]): (text: string) => string {
  if (secrets.length === 0) return (text) => text;
  // A secret that begins like another, longer one must not leave the rest of that one.
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(patternOf).join('|'), 'g');
  return (text) => text.replace(pattern, '***');
}

/** What `escapeMarkdown` puts between characters. */
const SPANS = '(?:</?span>)*';

function patternOf(secret: string): string {
  const characters = Array.from(secret, (character, index) => (index === 0 ? '' : SPANS) + writtenAs(character));
  const telling = characters.slice(0, TELLING_LENGTH).join('');
  return telling + characters.slice(TELLING_LENGTH).reduceRight((rest, character) => `(?:${character}${rest})?`, '');
}

/** As it is, behind a backslash, as a reference of HTML, or as an escape of JSON. */
function writtenAs(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(4, '0');
  return `(?:\\\\?\\u${hex}|&#${code};|\\\\u${hex})`;
}
