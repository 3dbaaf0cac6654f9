/** A markdown link. The label is markdown; whatever could end the address early is percent-encoded. */
export function renderLink(label: string, url: string): string {
  const address = url.replace(/[()<>|\\\s"`]/g, (mark) => {
    return `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `[${label}](${address})`;
}
