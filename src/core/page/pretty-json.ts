/**
 * Beyond this many characters a text stays as it is: the indentation of what is nested deep grows with the square of its
 * length. Ten times what a page shows of a text.
 */
const MAX_LENGTH = 200_000;

/**
 * JSON on many lines, two spaces a level; undefined for a text that is no JSON object or array. Only white space is
 * changed: numbers keep all their digits and repeated keys stay, which a parsed and printed value would lose.
 */
export function prettyJson(text: string): string | undefined {
  if (text.length > MAX_LENGTH || !/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return indent(text);
}

function indent(json: string): string | undefined {
  // Strings, opening and closing brackets with nothing between them, single marks, and runs of anything else.
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|\[\s*\]|\{\s*\}|[[\]{},:]|[^\s[\]{},:"]+/g) ?? [];
  const pieces: string[] = [];
  let depth = 0;
  let length = 0;
  for (const token of tokens) {
    if (token === ']' || token === '}') depth -= 1;
    const before = token === ']' || token === '}' ? lineBreak(depth) : '';
    if (token === '[' || token === '{') depth += 1;
    const after = token === '[' || token === '{' || token === ',' ? lineBreak(depth) : token === ':' ? ' ' : '';
    const piece = before + (token.length > 1 ? withoutSpace(token) : token) + after;
    length += piece.length;
    if (length > MAX_LENGTH) return undefined;
    pieces.push(piece);
  }
  return pieces.join('');
}

function withoutSpace(token: string): string {
  return token.startsWith('[') ? '[]' : token.startsWith('{') ? '{}' : token;
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}
