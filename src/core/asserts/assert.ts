import type { Pattern } from './pattern.ts';
import type { Schema } from './schema.ts';

/** What every assert has. */
interface Common {
  /** As written, with its `not-`. */
  readonly type: string;
  /** 0 or more; with 0 it never fails. */
  readonly weight: number;
  readonly metric: string | undefined;
}

/** A schema, or the path (below the workspace) of a schema file whose text was not read. */
export type SchemaUse = { readonly schema: Schema } | { readonly file: string };

/** What is checked. Types that differ only in how they compare are one kind. */
export type Check =
  | { readonly kind: 'equals'; readonly value: unknown }
  /** `contains`, `icontains` and their `-all` and `-any` forms. */
  | {
      readonly kind: 'contains';
      readonly texts: readonly string[];
      readonly need: 'all' | 'any';
      readonly ignoreCase: boolean;
    }
  | { readonly kind: 'affix'; readonly at: 'start' | 'end'; readonly text: string }
  | { readonly kind: 'regex'; readonly pattern: Pattern }
  /** `is-json` if `isWhole`, else `contains-json`. */
  | { readonly kind: 'json'; readonly isWhole: boolean; readonly use: SchemaUse | undefined }
  | { readonly kind: 'word-count'; readonly min: number | undefined; readonly max: number | undefined }
  /** US dollars. */
  | { readonly kind: 'cost'; readonly threshold: number }
  | { readonly kind: 'finish-reason'; readonly reasons: readonly string[] }
  | { readonly kind: 'is-refusal' }
  | { readonly kind: 'is-valid-tool-call' }
  | { readonly kind: 'tool-call-f1'; readonly names: readonly string[]; readonly threshold: number }
  | Rubric;

/** What a judge decides. */
export interface Rubric {
  readonly kind: 'llm-rubric';
  readonly rubric: string;
  /** A good answer. */
  readonly reference: string | undefined;
  readonly threshold: number | undefined;
}

export type SingleAssert = Common & Check & { readonly negated: boolean };

export type RubricAssert = Common & Rubric & { readonly negated: boolean };

export interface AssertSet extends Common {
  readonly kind: 'assert-set';
  readonly asserts: readonly SingleAssert[];
  readonly threshold: number | undefined;
}

export type Assert = SingleAssert | AssertSet;

/** All asserts in order, with those inside sets in place of the sets. */
export function leavesOf(asserts: readonly Assert[]): readonly SingleAssert[] {
  if (asserts.every((one) => one.kind !== 'assert-set')) return asserts;
  const leaves: SingleAssert[] = [];
  for (const assert of asserts) {
    if (assert.kind === 'assert-set') leaves.push(...assert.asserts);
    else leaves.push(assert);
  }
  return leaves;
}

/** The asserts a judge decides, in order. */
export function rubricsOf(asserts: readonly Assert[]): readonly RubricAssert[] {
  return leavesOf(asserts).filter((assert) => assert.kind === 'llm-rubric');
}
