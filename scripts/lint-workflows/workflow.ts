// A workflow as nodes that know their place.
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit, type YAMLMap } from 'yaml';
import type { Source } from './source.ts';

/** A value of the workflow as text, with the name of its key. */
export interface Value {
  readonly key: string;
  readonly text: string;
  readonly at: Node;
}

export interface Workflow {
  readonly source: Source;
  readonly root: YAMLMap;
  /** Names of the events that start it. */
  readonly triggers: ReadonlySet<string>;
  readonly jobs: readonly YAMLMap[];
  /** The steps of all jobs. */
  readonly steps: readonly YAMLMap[];
  /** Every scalar behind a key or in a list, in order. */
  readonly values: readonly Value[];
  /** The line of the source's own text where a node begins, with comments. */
  lineOf(node: Node): { readonly number: number; readonly text: string };
}

/** Reads a whole workflow. Undefined if it is not a map: then other linters say what is wrong. */
export function parseWorkflow(source: Source): Workflow | undefined {
  const counter = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: counter, prettyErrors: false });
  const root = document.contents;
  if (!isMap(root)) return undefined;
  const jobs = mapsIn(root.get('jobs'));
  const values: Value[] = [];
  visit(document, {
    Scalar(key, node, path) {
      if (key === 'key') return;
      const pair = path.findLast((part): part is Pair => 'key' in part && 'value' in part);
      values.push({ key: keyOf(pair), text: String(node.value), at: node });
    },
  });
  const lines = source.text.split('\n');
  return {
    source,
    root,
    triggers: new Set(namesIn(root.get('on'))),
    jobs,
    steps: jobs.flatMap((job) => mapsIn(job.get('steps'))),
    values,
    lineOf: (node) => {
      const number = counter.linePos(node.range?.[0] ?? 0).line;
      return { number, text: lines[number - 1] ?? '' };
    },
  };
}

/** Name of a key, '' if there is none. */
export function keyOf(pair: Pair | undefined): string {
  return isScalar(pair?.key) ? String(pair.key.value) : '';
}

/** The pairs of a map, or none if the node is something else. */
export function pairsOf(node: unknown): readonly (Pair & { readonly key: Node })[] {
  return isMap(node) ? (node.items as (Pair & { readonly key: Node })[]) : [];
}

/** Value of a key of the map as text; '' if there is none or it is not a scalar. */
export function textOf(map: unknown, key: string): string {
  const value = isMap(map) ? map.get(key) : undefined;
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** The maps inside a map or a list. */
function mapsIn(node: unknown): YAMLMap[] {
  if (isMap(node)) return node.items.map(({ value }) => value).filter(isMap);
  return isSeq(node) ? node.items.filter(isMap) : [];
}

/** The keys of a map, the texts of a list, or one text. */
function namesIn(node: unknown): string[] {
  if (isMap(node)) return node.items.map(keyOf);
  return isSeq(node) ? node.items.map((item) => (isScalar(item) ? String(item.value) : '')) : [String(node)];
}
