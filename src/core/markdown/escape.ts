import { toPlainLine } from '../text/untrusted-text.ts';

// `maxLength` is in code points of the text before escaping.

/**
 * Untrusted text as plain text inside a paragraph, list item or table cell of GitHub-flavoured markdown: the reader sees and
 * copies it as it is, and nothing in it acts. Markdown and HTML are escaped. What GitHub makes of finished text (mentions,
 * references, commits, links, emoji, formulas) is found within one text node, so the character that it hangs on
 * gets a node of its own: `<span>@</span>octocat`.
 */
export function escapeMarkdown(text: string, { maxLength }: { maxLength?: number } = {}): string {
  return escapeBlockStart(escapeInline(toPlainLine(text, maxLength)));
}

/** The same inside an HTML element on one line, where Markdown does not work but mentions, references and links do. */
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
 * Untrusted text for a line of the log. The runner reads `::` at the start of a line and `##[` anywhere in one as
 * commands (ActionCommand.cs of actions/runner); neither is left.
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
    '(?<=(?<![0-9A-Za-z])www)\\.', // GFM links it behind an underscore as well
    '(?<=\\b(?:GH|GHSA|CVE))-(?=\\w)', // references to issues and advisories
    '\\b[0-9a-f]{7,}\\b', // commits
    '(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])', // inside a word an underscore is one
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

/** What would start a list, a rule or a heading's underline. */
function escapeBlockStart(escaped: string): string {
  const start = /(?<=^\d{1,9})[.)](?=\s|$)|^[-+=](?=[-+=\s]|$)/;
  return escaped.replace(start, (mark) => `&#${mark.codePointAt(0)};`);
}

/** Pieces too short to be taken for a commit, which has at least seven digits. */
function splitDigits(digits: string): string {
  const pieces = digits.match(/.{1,6}/g) ?? [];
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : apart(piece))).join('');
}

function apart(text: string): string {
  return `<span>${text}</span>`;
}
