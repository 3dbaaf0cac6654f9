import type { CaseRecord } from '../src/core/page/case.ts';
import { printCsv } from './csv.ts';
import { element } from './element.ts';

/** Gives the reader a file of these cases and this name; it is made here and never sent. */
export function downloadCsv(cases: readonly CaseRecord[], name: string): void {
  const address = URL.createObjectURL(new Blob([printCsv(cases)], { type: 'text/csv;charset=utf-8' }));
  element('a', { attributes: { href: address, download: name } }).click();
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
