import type { Assert } from '../asserts/assert.ts';
import { leavesOf } from '../asserts/assert.ts';
import { createMemo } from '../asserts/memo.ts';
import { createAssertParser } from '../asserts/parse-asserts.ts';
import type { SchemaCompiler } from '../asserts/schema.ts';
import { assertsDigest } from './digests.ts';
import { EXTRA_GRADE } from './extra-grades.ts';

/** Asserts of a case, ready to be used. */
export interface ReadAsserts {
  /** Default ones first. */
  readonly asserts: readonly Assert[];
  readonly has: {
    /** A judge is needed. */
    readonly rubric: boolean;
    /** The tools of the request are needed. */
    readonly tools: boolean;
    /** The cost of the answer is needed. */
    readonly cost: boolean;
  };
  /** With a line's threshold and the metrics of grades from elsewhere. */
  digest(threshold: number | undefined, extraMetrics: readonly string[]): string;
}

/** How many lists are kept that are the same in many lines; where each has its own, they should go soon. */
const MAX_LISTS = 32;

/** The written asserts of a run. */
export interface WrittenAsserts {
  readonly defaultAsserts: readonly unknown[];
  /** Path → text of the schemas that asserts take from files. */
  readonly schemaTexts: ReadonlyMap<string, string>;
  readonly schemas: SchemaCompiler;
}

/** Reads the own asserts of lines, which were checked before. Lists that come again are read once. */
export function createAssertReader({ defaultAsserts, schemaTexts, schemas }: WrittenAsserts) {
  const used = new Map<string, string>();
  const parse = createAssertParser(schemas, (path) => {
    const text = schemaTexts.get(path);
    if (text !== undefined) used.set(path, text);
    return text;
  });
  const common = parse(defaultAsserts).asserts;
  const commonTexts = new Map(used);
  const lists = createMemo<ReadAsserts>(MAX_LISTS);

  function read(own: readonly unknown[]): ReadAsserts {
    used.clear();
    const asserts = [...common, ...parse(own).asserts];
    const texts = new Map([...commonTexts, ...used]);
    const kinds = new Set(leavesOf(asserts).map(({ kind }) => kind));
    const digests = createMemo<string>(MAX_LISTS);
    return {
      asserts,
      has: { rubric: kinds.has('llm-rubric'), tools: kinds.has('is-valid-tool-call'), cost: kinds.has('cost') },
      digest: (threshold, extraMetrics) =>
        digests(JSON.stringify([threshold, extraMetrics]), () => {
          const extra = extraMetrics.map((metric) => ({ type: EXTRA_GRADE, metric }));
          return assertsDigest({ asserts: [...defaultAsserts, ...own, ...extra], threshold, schemaTexts: texts });
        }),
    };
  }

  return (own: readonly unknown[]): ReadAsserts => lists(JSON.stringify(own), () => read(own));
}
