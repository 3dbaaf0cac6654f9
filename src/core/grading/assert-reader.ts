import { type Assert, leavesOf } from '../asserts/assert.ts';
import { createRepeatMemo } from '../asserts/memo.ts';
import { createAssertParser } from '../asserts/parse-asserts.ts';
import type { SchemaCompiler } from '../asserts/schema.ts';
import { canonicalJson, digestOfTexts } from './digests.ts';
import { EXTRA_GRADE } from './extra-grades.ts';

/** What asserts look at beside the answer. */
export interface AssertNeeds {
  /** What a judge says. */
  readonly rubric: boolean;
  /** The tools of the request. */
  readonly tools: boolean;
  readonly cost: boolean;
}

/** Asserts of a case, ready to be used. */
export interface ReadAsserts {
  /** Default ones first. */
  readonly asserts: readonly Assert[];
  readonly has: AssertNeeds;
  /** With a line's threshold and the metrics of grades from elsewhere. */
  digest(threshold: number | undefined, extraMetrics: ReadonlySet<string>): string;
}

/** The written asserts of a run. */
export interface WrittenAsserts {
  readonly defaultAsserts: readonly unknown[];
  /** Path → text of the schemas that asserts take from files. */
  readonly schemaTexts: ReadonlyMap<string, string>;
  readonly schemas: SchemaCompiler;
}

/** An assert with all that is known of it. */
interface ReadOne {
  /** None where it could not be read, which was said long before. */
  readonly asserts: readonly Assert[];
  readonly has: AssertNeeds;
  readonly canonical: string;
  readonly schemaTexts: ReadonlyMap<string, string>;
}

/** How many asserts are kept that come again, and among how many new ones they have to. */
const MAX_KEPT = 32;
const SOON = 12;

/** Reads the own asserts of lines as they are in the case file. They were checked before. */
export function createAssertReader({ defaultAsserts, schemaTexts, schemas }: WrittenAsserts) {
  const used = new Map<string, string>();
  const parse = createAssertParser(schemas, (path) => {
    const text = schemaTexts.get(path);
    if (text !== undefined) used.set(path, text);
    return text;
  });

  function readOne(written: unknown): ReadOne {
    // Emptying an empty map makes a new table, too.
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
  // Even of nothing, sorting makes garbage.
  const metrics = extraMetrics.size === 0 ? [] : [...extraMetrics].sort();
  for (const metric of metrics) asserts.push(canonicalJson({ type: EXTRA_GRADE, metric }));
  const named = all.filter((one) => one.schemaTexts.size > 0);
  const schemaTexts = named.length === 0 ? NO_TEXTS : new Map(named.flatMap((one) => [...one.schemaTexts]));
  return digestOfTexts({ asserts, threshold, schemaTexts });
}
