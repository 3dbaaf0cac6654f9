/** Shorter texts are not secrets: a gateway's `test` would tear every word apart that holds it. */
const MIN_LENGTH = 8;
/** A text may have been cut inside a secret: this much of its beginning is enough to be taken for it. */
const TELLING_LENGTH = 16;

/** The secrets among these texts, each once. */
export function secretsOf(texts: readonly (string | undefined)[]): readonly string[] {
  const trimmed = texts.map((text) => text?.trim() ?? '');
  return Array.from(new Set(trimmed)).filter((text) => text.length >= MIN_LENGTH);
}

/** How programs write these secrets: as they are, in a text of JSON, in a URL and within base64. */
export function writingsOf(secrets: readonly string[]): readonly string[] {
  const all = secrets.flatMap((secret) => [
    ...[secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())],
    ...withinBase64(secret).flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  ]);
  return [...new Set(all)];
}

/**
 * Returns a function that replaces these secrets in a text by `***`, in upper and lower case: whole or cut at the end, within
 * base64 and percent-encoded, and also as Markdown, HTML or JSON write them.
 */
export function createBlotter(secrets: readonly string[]): (text: string) => string {
  if (secrets.length === 0) return (text) => text;
  // A secret that begins like another, longer one must not leave the rest of that one.
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  const patterns = longestFirst.flatMap((secret) => [
    patternOf(secret, TELLING_LENGTH),
    ...withinBase64(secret).map((text) => patternOf(text, Math.ceil((TELLING_LENGTH * 4) / 3))),
  ]);
  const pattern = new RegExp(patterns.join('|'), 'gi');
  return (text) => text.replace(pattern, '***');
}

/**
 * What base64 of any bytes with a secret in them has, for each of the three places where it can begin in a group of three:
 * the characters that hold no bit of what stands around it.
 */
function withinBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

/** What `escapeMarkdown` puts between characters. */
const SPANS = '(?:</?span>)*';

function patternOf(secret: string, tellingLength: number): string {
  const characters = secret.split('').map((unit, index) => (index === 0 ? '' : SPANS) + writtenAs(unit));
  const telling = characters.slice(0, tellingLength).join('');
  return telling + characters.slice(tellingLength).reduceRight((rest, character) => `(?:${character}${rest})?`, '');
}

/** The alphabet of base64 for URLs has others. */
const FOR_URLS: ReadonlyMap<string, string> = new Map([
  ['+', '-'],
  ['/', '_'],
]);

/** As it is, behind a backslash, as a reference of HTML, as an escape of JSON or of a URL. */
function writtenAs(unit: string): string {
  if (/[A-Za-z0-9]/.test(unit)) return unit;
  const code = unit.charCodeAt(0);
  const hex = code.toString(16).padStart(4, '0');
  const inUrls = code < 0x80 ? `|%${hex.slice(2)}` : '';
  const other = FOR_URLS.get(unit);
  return `(?:\\\\?\\u${hex}|&#${code};|\\\\u${hex}${inUrls}${other === undefined ? '' : `|${other}`})`;
}
