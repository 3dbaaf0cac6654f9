import { toPlainLine } from '../text/untrusted-text.ts';

// `maxLength` is in code points of the text before escaping.

/**
 * Untrusted text as plain text inside a paragraph, list item or table cell of GitHub-flavored Markdown: the reader sees and copies it
 * unchanged, and nothing in it has an effect. Escapes Markdown and HTML. GitHub detects mentions, references, commits, links, emoji and
 * formulas within single text nodes, so their key character gets its own node: `<span>@</span>octocat`.
 */
export function escapeMarkdown(text: string, { maxLength }: { maxLength?: number } = {}): string {
  return escapeBlockStart(escapeInline(toPlainLine(text, maxLength)));
}

/** The same for a line inside an HTML element, where Markdown does not work but mentions, references and links do. */
export function escapeInHtml(text: string, { maxLength }: { maxLength?: number } = {}): string {
  return toPlainLine(text, maxLength).replace(ACTING, (found) => {
    if (found.length > 1) return splitDigits(found);
    return /[@#$:.-]/.test(found) ? apart(found) : `&#${found.codePointAt(0)};`;
  });
}

/** Untrusted text in code style, fit for a table cell: an id, a model, an error type. Empty text shows as `(empty)`. */
export function codeCell(text: string, { maxLength }: { maxLength?: number } = {}): string {
  const line = toPlainLine(text, maxLength);
  if (line === '') return '`(empty)`';
  return /^[^`|\\<>&$]+$/.test(line) ? `\`${line}\`` : `<code>${escapeInline(line)}</code>`;
}

/**
 * Untrusted text for a log line. The runner takes `::` at the start of a line and `##[` anywhere in it for commands (ActionCommand.cs of
 * actions/runner); removes both.
 */
export function escapeLog(text: string): string {
  return toPlainLine(text)
    .replaceAll('##[', '## [')
    .replace(/^:+/, (colons) => Array.from(colons).join(' '));
}

const ACTING = new RegExp(
  [
    '[@#$]', // mentions, mails, references, formulas
    ':(?=[/\\w+-])', // links of any scheme, emoji
    '(?<=(?<![0-9A-Za-z])www)\\.', // GFM also links it after an underscore
    '(?<=\\b(?:GH|GHSA|CVE))-(?=\\w)', // references to issues and advisories
    '\\b[0-9a-f]{7,}\\b', // commits
    '(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])', // an underscore inside a word is literal
    '[`|\\\\<>&*~[\\]]',
  ].join('|'),
  'gi',
);

function escapeInline(line: string): string {
  return line.replace(ACTING, (found) => {
    if (found.length > 1) return splitDigits(found);
    if (/[@#$:.-]/.test(found)) return apart(found);
    return /[*~_]/.test(found) ? `\\${found}` : `&#${found.codePointAt(0)};`;
  });
}

/** Escapes what would start a list, a rule or a heading's underline. */
function escapeBlockStart(escaped: string): string {
  const start = /(?<=^\d{1,9})[.)](?=\s|$)|^[-+=](?=[-+=\s]|$)/;
  return escaped.replace(start, (mark) => `&#${mark.codePointAt(0)};`);
}

/** Splits digits into pieces too short for a commit, which has at least seven. */
function splitDigits(digits: string): string {
  const pieces = digits.match(/.{1,6}/g) ?? [];
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : apart(piece))).join('');
}

function apart(text: string): string {
  return `<span>${text}</span>`;
}
