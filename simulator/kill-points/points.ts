import { readFileSync } from 'node:fs';
import type { Stage } from '../server.ts';
import type { WireRequest } from '../wire.ts';

/** A moment of a run at which it can be interrupted: the `count`-th time, from 1, that this happens. The same in every run. */
export type Point = WritePoint | ExchangePoint;

/** Right before or right after a change to the file system. */
export interface WritePoint {
  readonly kind: 'write';
  readonly stage: 'write' | 'written';
  readonly label: string;
  readonly count: number;
}

/** A request that is complete at the service and not handled, handled and not answered, or answered in full. */
export interface ExchangePoint {
  readonly kind: 'exchange';
  readonly stage: Stage;
  readonly label: string;
  readonly count: number;
}

const WHEN = {
  write: 'before',
  written: 'after',
  arrived: 'before the handling of',
  handled: 'before the answer to',
  answered: 'after the answer to',
} as const;

export function nameOf({ stage, label, count }: Point): string {
  return `${WHEN[stage]} ${label}${count === 1 ? '' : ` #${count}`}`;
}

/** Method and path of a request, without what differs from run to run. */
export function labelOf({ method, path }: Pick<WireRequest, 'method' | 'path'>): string {
  const steady = path
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|msgbatch_\w+|(?<=\/)\d{3,}/g, '…')
    .replace('/twirp/github.actions.results.api.v1.', '');
  return `${method} ${steady}`;
}

/** Counts what passes, so that each moment has its number. */
export function createExchangeCounter(): (stage: Stage, request: WireRequest) => ExchangePoint {
  const counts = new Map<string, number>();
  return (stage, request) => {
    const label = labelOf(request);
    const count = (counts.get(`${stage} ${label}`) ?? 0) + 1;
    counts.set(`${stage} ${label}`, count);
    return { kind: 'exchange', stage, label, count };
  };
}

export function isSame(a: Point, b: Point): boolean {
  return a.stage === b.stage && a.label === b.label && a.count === b.count;
}

/** The changes in the journal of `simulator/injected/writes.ts`. */
export function readJournal(path: string): WritePoint[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const { stage, label, count } = JSON.parse(line) as WritePoint;
    return { kind: 'write', stage, label, count };
  });
}
