/** What GitHub finds in one text node of finished HTML. */
export const ACTIVE = /@\w|#\w|\b(?:gh|ghsa|cve)-\w|\w:\/\/|:[\w+-]|\bwww\.|\b[0-9a-f]{7,}\b|\$./i;

/** The text nodes of an escaped text, with markdown escapes and character references undone. */
export function textNodes(escaped: string): string[] {
  return escaped.split(/<\/?(?:span|code)>/).map((node) =>
    node.replace(/\\([*~_[\]])|&#(\d+);/g, (_, mark?: string, code?: string) => {
      return mark ?? String.fromCodePoint(Number(code));
    }),
  );
}

/** What of it markdown or HTML would still act on. */
export function activeMarkup(escaped: string): string | undefined {
  const bare = escaped.replace(/<\/?(?:span|code)>|\\[*~_[\]]|&#\d+;|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])/g, '');
  return (
    /[<>`|\\*_~[\]&\r\n\p{Cc}\p{Cf}]/u.exec(bare)?.[0] ??
    /^(?:\d{1,9}[.)](?:\s|$)|[-+=](?:[-+=\s]|$))/.exec(escaped)?.[0]
  );
}

/**
 * What of each line is no text of somebody else's: how its block begins, its HTML, and its marks of tables, links and bold
 * type. Two reports that differ in foreign texts alone have the same. Of what stands in a fence only the fence counts.
 */
export function structureOf(markdown: string): string[] {
  let isFenced = false;
  return markdown.split('\n').map((line) => {
    const isFence = /^(?:`{3}|~{3})/.test(line);
    if (isFence) isFenced = !isFenced;
    if (isFenced && !isFence) return 'fenced';
    const tags = line.match(/<(?!\/?(?:span|code)>)[^>]*>?/g) ?? [];
    const bare = line.replace(/`[^`]+`|<code>.*?<\/code>/g, '').replace(/(?<!\\)\]\([^)]*\)/g, ']()');
    const marks = bare.match(/(?<!\\)(?:\||\*+|\]\(\)|[~[]|`+)|(?<![\\a-z0-9])_|(?<!\\)_(?![a-z0-9])/gi) ?? [];
    return [BLOCK.exec(line)?.[0], ...tags, ...marks].join(' ');
  });
}

const BLOCK = /^(?:> ?)*(?:\[!\w+\]$|#{1,6}(?: |$)|[-+*] |\d+[.)] |[`~]{3,}.*|\|(?: :?-+:? \|)*|[-=]+$| +)?/;
