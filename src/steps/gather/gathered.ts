import type { Download } from '../collect/download.ts';

/** The results of every batch, on disk, by batch id. */
export interface Gathered {
  readonly kind: 'gathered';
  readonly downloads: ReadonlyMap<string, Download>;
}
