import type { BatchBody } from '../../src/ports/api.ts';

/** A body of this text. */
export function bodyWith(text: string): BatchBody {
  const bytes = Buffer.from(text);
  return { bytes: bytes.length, pieces: () => [bytes] };
}

/** The text of a body. */
export function textOfBody({ pieces }: BatchBody): string {
  // A piece is valid until the next one is requested.
  return Buffer.concat(Array.from(pieces(), (piece) => Buffer.from(piece))).toString('utf8');
}
