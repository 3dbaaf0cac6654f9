import type { GitHubContext } from '../inputs/context.ts';
import { sha256 } from '../text/sha256.ts';

/** Longest name, and longest value that tells steps apart. */
export const MAX_LENGTH = 100;
export const HASH_LENGTH = 16;

/** Replaces every character except `A-Z a-z 0-9 . _ -`. */
export function sanitize(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/gu, '-');
}

/**
 * What tells steps of one name apart: callers of a reusable workflow may differ only in their request files, or, if not even there, only
 * as processes of one attempt.
 */
export type Step = Pick<GitHubContext, 'action' | 'runAttempt'> & {
  readonly requests?: readonly string[];
  readonly nonce?: string;
  /** A later job of this run that collects this job's batches and writes the same section. */
  readonly collector?: string | undefined;
};

const PROCESS = /^(\d{1,9})-[0-9a-f]{8}$/;

export function processOf({ runAttempt, nonce }: Step): string | null {
  return nonce === undefined ? null : `${runAttempt}-${sha256(nonce).slice(0, 8)}`;
}

/** Whether two processes of one run belong to the same attempt, where each step has one process. */
export function isOfOneAttempt(one: string | null, other: string | null): boolean {
  const [a, b] = [one, other].map((process) => PROCESS.exec(process ?? '')?.[1]);
  return a !== undefined && a === b;
}

export function stepOf({ action, requests = [] }: Pick<Step, 'action' | 'requests'>): string {
  if (requests.length === 0) return sanitize(action).slice(0, MAX_LENGTH);
  const hash = sha256(JSON.stringify(requests)).slice(0, HASH_LENGTH);
  return `${sanitize(action).slice(0, MAX_LENGTH - HASH_LENGTH - 1)}-${hash}`;
}

/** What tells the processes and steps with one section name apart, as the section's summary stores it. */
export function placeOf(step: Step) {
  return { step: stepOf(step), process: processOf(step), collector: step.collector?.slice(0, MAX_LENGTH) ?? null };
}

/** Parses the process in a comment that anyone may have edited. */
export function processFrom(value: unknown): string | null {
  return typeof value === 'string' && PROCESS.test(value) ? value : null;
}
