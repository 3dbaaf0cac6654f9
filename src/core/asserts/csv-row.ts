/**
 * The cells of one row of CSV, trimmed, without empty ones. A cell in double quotes may contain commas, and `""` for a quote. Undefined
 * if a quote is not closed, or if text follows the closing quote.
 */
export function readCsvRow(row: string): readonly string[] | undefined {
  const cells: string[] = [];
  const cell = /\s*(?:"((?:[^"]|"")*)"\s*|([^",][^,]*|))(,|$)/y;
  for (let at = 0; at <= row.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const found = cell.exec(row);
    if (found === null) return undefined;
    const [, quoted, plain = '', end] = found;
    const text = quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"');
    if (text !== '') cells.push(text);
    if (end !== ',') break;
  }
  return cells;
}
