import type { Scalar } from '../requests/grading-keys.ts';

/**
 * What grading needs of a request with asserts, written to disk in request order while the request files are read, so that they need not
 * be read again. Only this process writes and reads it.
 */
export interface CaseLine {
  /** Position of its first answer's request; the other answers follow. */
  readonly position: number;
  /** How many answers it gets (`repeats`). */
  readonly answers: number;
  /** Without the repeat suffix. */
  readonly customId: string;
  readonly threshold: number | undefined;
  readonly required: boolean;
  readonly metadata: readonly (readonly [string, Scalar])[];
  /** The requested model; empty if unknown. */
  readonly model: string;
  /** Hex SHA-256 of the params as sent. */
  readonly requestDigest: string;
  /**
   * Its own asserts, each as JSON without a tab: most lines have the same ones, which need not be parsed again. The default ones come
   * before them.
   */
  readonly asserts: readonly string[];
}

const NO_METADATA: CaseLine['metadata'] = [];

/** Without the line break. No part contains a tab, so tabs separate them. */
export function printCaseLine(of: CaseLine): string {
  const { position, answers, customId, requestDigest, threshold, required, metadata, model, asserts } = of;
  const head = `${position}\t${answers}\t${customId}\t${requestDigest}\t${threshold ?? ''}\t${required ? 1 : ''}`;
  const about = `${metadata.length === 0 ? '' : JSON.stringify(metadata)}\t${JSON.stringify(model)}`;
  return asserts.length === 0 ? `${head}\t${about}` : `${head}\t${about}\t${asserts.join('\t')}`;
}

export function readCaseLine(text: string): CaseLine {
  const [position, answers, customId, requestDigest, threshold, required, metadata, model, ...asserts] =
    text.split('\t');
  return {
    position: Number(position),
    answers: Number(answers),
    customId: customId ?? '',
    requestDigest: requestDigest ?? '',
    threshold: threshold === '' ? undefined : Number(threshold),
    required: required === '1',
    metadata: metadata === '' || metadata === undefined ? NO_METADATA : JSON.parse(metadata),
    model: JSON.parse(model ?? '""'),
    asserts,
  };
}
