import { type Assert, leavesOf } from '../asserts/assert.ts';
import { createRepeatMemo } from '../asserts/memo.ts';
import { createAssertParser } from '../asserts/parse-asserts.ts';
import type { SchemaCompiler } from '../asserts/schema.ts';
import { canonicalJson, digestOfTexts } from './digests.ts';
import { EXTRA_GRADE } from './extra-grades.ts';

/** What asserts look at besides the answer. */
export interface AssertNeeds {
  /** The judge's verdict. */
  readonly rubric: boolean;
  /** The request's tools. */
  readonly tools: boolean;
  readonly cost: boolean;
}

/** A case's asserts, ready for use. */
export interface ReadAsserts {
  /** Default ones first. */
  readonly asserts: readonly Assert[];
  readonly has: AssertNeeds;
  /** Includes a line's threshold and the metrics of external grades. */
  digest(threshold: number | undefined, extraMetrics: ReadonlySet<string>): string;
}

/** A run's asserts as written. */
export interface WrittenAsserts {
  readonly defaultAsserts: readonly unknown[];
  /** Path → text of the schema files that asserts refer to. */
  readonly schemaTexts: ReadonlyMap<string, string>;
  readonly schemas: SchemaCompiler;
}

/** An assert with everything known about it. */
interface ReadOne {
  /** Empty if it could not be read, which has been reported long before. */
  readonly asserts: readonly Assert[];
  readonly has: AssertNeeds;
  readonly canonical: string;
  readonly schemaTexts: ReadonlyMap<string, string>;
}

/** How many repeated asserts to keep, and within how many new ones they must repeat. */
const MAX_KEPT = 32;
const SOON = 12;

/** Parses lines' own asserts from the case file. They are already validated. */
export function createAssertReader({ defaultAsserts, schemaTexts, schemas }: WrittenAsserts) {
  const used = new Map<string, string>();
  const parse = createAssertParser(schemas, (path) => {
    const text = schemaTexts.get(path);
    if (text !== undefined) used.set(path, text);
    return text;
  });

  function readOne(written: unknown): ReadOne {
    // Clearing a map allocates a new table, even if it is empty.
    if (used.size > 0) used.clear();
    const { asserts } = parse([written]);
    const kinds = leavesOf(asserts).map(({ kind }) => kind);
    return {
      asserts,
      has: {
        rubric: kinds.includes('llm-rubric'),
        tools: kinds.includes('is-valid-tool-call'),
        cost: kinds.includes('cost'),
      },
      canonical: canonicalJson(written),
      schemaTexts: used.size === 0 ? NO_TEXTS : new Map(used),
    };
  }

  const common = defaultAsserts.map(readOne);
  const known = createRepeatMemo<ReadOne>(MAX_KEPT, SOON);
  let last: { readonly texts: readonly string[]; readonly read: ReadAsserts } | undefined;

  return (texts: readonly string[]): ReadAsserts => {
    if (last !== undefined && isSame(last.texts, texts)) return last.read;
    const own = texts.map((text) => known(text, () => readOne(JSON.parse(text))));
    const read = putTogether([...common, ...own]);
    last = { texts, read };
    return read;
  };
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, at) => text === others[at]);
}

const NO_TEXTS: ReadonlyMap<string, string> = new Map();

function putTogether(all: readonly ReadOne[]): ReadAsserts {
  const asserts: Assert[] = [];
  const has = { rubric: false, tools: false, cost: false };
  for (const one of all) {
    asserts.push(...one.asserts);
    has.rubric ||= one.has.rubric;
    has.tools ||= one.has.tools;
    has.cost ||= one.has.cost;
  }
  let made: { readonly threshold: number | undefined; readonly metrics: string; readonly digest: string } | undefined;
  return {
    asserts,
    has,
    digest(threshold, extraMetrics) {
      const metrics = extraMetrics.size === 0 ? '' : JSON.stringify([...extraMetrics].sort());
      if (made === undefined || made.threshold !== threshold || made.metrics !== metrics)
        made = { threshold, metrics, digest: digestOf(all, threshold, extraMetrics) };
      return made.digest;
    },
  };
}

function digestOf(all: readonly ReadOne[], threshold: number | undefined, extraMetrics: ReadonlySet<string>): string {
  const asserts = all.map(({ canonical }) => canonical);
  // Sorting creates garbage even if there is nothing to sort.
  const metrics = extraMetrics.size === 0 ? [] : [...extraMetrics].sort();
  for (const metric of metrics) asserts.push(canonicalJson({ type: EXTRA_GRADE, metric }));
  const named = all.filter((one) => one.schemaTexts.size > 0);
  const schemaTexts = named.length === 0 ? NO_TEXTS : new Map(named.flatMap((one) => [...one.schemaTexts]));
  return digestOfTexts({ asserts, threshold, schemaTexts });
}
