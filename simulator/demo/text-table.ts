/** A table in aligned columns, at most `width` wide where its words allow that: its widest columns are wrapped. */
export function renderTextTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  sides: readonly ('left' | 'right')[],
  width: number,
): string {
  const all = [head, ...rows];
  const longest = (pieces: (text: string) => readonly string[]): number[] =>
    head.map((_, column) => Math.max(...all.flatMap((cells) => pieces(cells[column] ?? '').map((one) => one.length))));
  const widths = longest((text) => [text]);
  narrow(
    widths,
    longest((text) => text.split(' ')),
    width - 2 * (widths.length - 1),
  );
  const lines = all.map((cells) => renderRow(cells, widths, sides));
  const rule = widths.map((columnWidth) => '-'.repeat(columnWidth)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

/** Takes from the widest columns that have a longer text than their longest word. */
function narrow(widths: number[], least: readonly number[], most: number): void {
  const total = () => widths.reduce((sum, one) => sum + one, 0);
  while (total() > most) {
    const loose = widths.map((one, column) => (one > (least[column] ?? 0) ? one : 0));
    const widest = Math.max(...loose);
    if (widest === 0) return;
    widths[loose.indexOf(widest)] = widest - 1;
  }
}

function renderRow(cells: readonly string[], widths: readonly number[], sides: readonly ('left' | 'right')[]): string {
  const wrapped = widths.map((width, column) => wrapText(cells[column] ?? '', width));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = wrapped.map((lines, column) => {
      const text = lines[line] ?? '';
      return sides[column] === 'right' ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
    });
    return parts.join('  ').trimEnd();
  }).join('\n');
}

/** Lines of at most `width` characters, broken between words; a longer word stands alone. At least one line. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
