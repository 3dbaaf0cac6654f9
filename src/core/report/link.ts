/** A markdown link. The label is markdown; whatever could end the address early is percent-encoded. */
export function renderLink(label: string, url: string): string {
  const address = url.replace(/[()<>|\\\s"`]/g, (mark) => {
    return `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `[${label}](${address})`;
}

/** Stands in a comment for what did not fit: the run's page shows the whole report in its job summary. */
export function fullReport({ runUrl }: { readonly runUrl: string }): string {
  return `The rest did not fit here: ${renderLink('the summary of the run', runUrl)} has the full report.`;
}
