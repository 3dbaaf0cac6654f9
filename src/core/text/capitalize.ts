/** A text with a capital as its first letter, for the start of a line. */
export function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
