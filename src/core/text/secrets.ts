/** Shorter texts are not treated as secrets: a gateway's `test` would blot out parts of every word that contains it. */
const MIN_LENGTH = 8;
/** A text may be cut within a secret: this much of its start suffices to recognize it. */
const TELLING_LENGTH = 16;

/** Most short-lived secrets to keep: those of the last exchanges, as earlier ones have expired. */
const MAX_PASSING = 6;

/** The secrets of a run. */
export interface Secrets {
  /** Each only once. */
  texts(): readonly string[];
  /** Adds a short-lived secret, such as a token. */
  add(text: string): void;
  /** Replaces these secrets in a text, like `createBlotter`. */
  blot(text: string): string;
}

/** Starts with the secrets among these texts. */
export function createSecrets(texts: readonly (string | undefined)[]): Secrets {
  const lasting = secretsOf(texts);
  let passing: readonly string[] = [];
  let blot = createBlotter(lasting);
  return {
    texts: () => [...lasting, ...passing],
    add(text) {
      passing = secretsOf([text, ...passing]).slice(0, MAX_PASSING);
      blot = createBlotter([...lasting, ...passing]);
    },
    blot: (text) => blot(text),
  };
}

/** The secrets among these texts, each once. */
function secretsOf(texts: readonly (string | undefined)[]): readonly string[] {
  const trimmed = texts.map((text) => text?.trim() ?? '');
  return Array.from(new Set(trimmed)).filter((text) => text.length >= MIN_LENGTH);
}

/** How programs may write these secrets: as they are, in JSON, in a URL and within base64. */
export function writingsOf(secrets: readonly string[]): readonly string[] {
  const all = secrets.flatMap((secret) => [
    ...[secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())],
    ...withinBase64(secret).flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  ]);
  return [...new Set(all)];
}

/**
 * Returns a function that replaces these secrets in a text with `***`, ignoring case: whole or cut at the end, within base64,
 * percent-encoded, or as written in Markdown, HTML or JSON. Takes linear time, however long they are.
 */
export function createBlotter(secrets: readonly string[]): (text: string) => string {
  if (secrets.length === 0) return (text) => text;
  const forms = secrets.flatMap((secret) => [
    formOf(secret, TELLING_LENGTH),
    ...withinBase64(secret).map((text) => formOf(text, Math.ceil((TELLING_LENGTH * 4) / 3))),
  ]);
  // Tokens from one issuer start alike.
  const beginning = new RegExp([...new Set(forms.map(({ telling }) => telling.source))].join('|'), 'gi');
  return (text) => {
    let blotted = '';
    let end = 0;
    beginning.lastIndex = 0;
    for (let found = beginning.exec(text); found !== null; found = beginning.exec(text)) {
      const { index } = found;
      blotted += `${text.slice(end, index)}***`;
      // Of secrets that start alike, takes the longest match.
      end = Math.max(...forms.map((form) => endOf(form, text, index)));
      beginning.lastIndex = end;
    }
    return blotted + text.slice(end);
  };
}

/** A text to find: as it is, its start in any notation, and each further unit. */
interface Form {
  /** In lower case. */
  readonly whole: string;
  readonly telling: RegExp;
  readonly rest: readonly RegExp[];
}

function formOf(secret: string, tellingLength: number): Form {
  const units = secret.split('');
  const telling = units.slice(0, tellingLength).map((unit, index) => (index === 0 ? '' : SPANS) + writtenAs(unit));
  const others = new Map(units.map((unit) => [unit, new RegExp(SPANS + writtenAs(unit), 'iy')]));
  return {
    whole: secret.toLowerCase(),
    telling: new RegExp(telling.join(''), 'iy'),
    rest: units.slice(tellingLength).flatMap((unit) => others.get(unit) ?? []),
  };
}

/** Where a secret that starts at this place ends, or what there is of it; the place itself if none starts here. */
function endOf({ whole, telling, rest }: Form, text: string, index: number): number {
  let at = behind(telling, text, index);
  if (at === index) return index;
  for (const unit of rest) {
    const next = behind(unit, text, at);
    if (next === at) break;
    at = next;
  }
  // Some notations are ambiguous, such as two backslashes or one that is escaped.
  const end = index + whole.length;
  return text.slice(index, end).toLowerCase() === whole ? Math.max(at, end) : at;
}

/** The index after the sticky expression's match at this place; the place itself without a match. */
function behind(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
}

/**
 * The characters that base64 of any bytes containing a secret must contain, for each of the three offsets at which it can start in a
 * group of three: those that depend on no bit of the surrounding bytes.
 */
function withinBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

/** What `escapeMarkdown` inserts between characters. */
const SPANS = '(?:</?span>)*';

/** URL-safe base64 replaces these. */
const FOR_URLS: ReadonlyMap<string, string> = new Map([
  ['+', '-'],
  ['/', '_'],
]);

/** A unit as it is, after a backslash, as an HTML character reference, or as a JSON or URL escape. */
function writtenAs(unit: string): string {
  if (/[A-Za-z0-9]/.test(unit)) return unit;
  const code = unit.charCodeAt(0);
  const hex = code.toString(16).padStart(4, '0');
  const inUrls = code < 0x80 ? `|%${hex.slice(2)}` : '';
  const other = FOR_URLS.get(unit);
  return `(?:&#${code};|\\\\u${hex}${inUrls}${other === undefined ? '' : `|${other}`}|\\\\?\\u${hex})`;
}
