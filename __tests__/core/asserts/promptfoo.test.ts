import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { read } from '../../docs/pages.ts';
import { root } from '../../docs/process.ts';
import { evaluated, parse } from './given.ts';

/** Asserts with answers, and what promptfoo 0.123.1 makes of them. */
const file = join(root, '../shared/data/evals/promptfoo-asserts.json');

interface Row {
  readonly type: string;
  readonly value?: unknown;
  readonly output: string | readonly unknown[];
  readonly promptfoo: 'pass' | 'fail' | 'error';
  readonly score?: number;
}

/** promptfoo has an answer as one text; there, a tool call is JSON behind a blank line. */
function contentOf(output: Row['output']): unknown {
  if (typeof output !== 'string') return output;
  const at = output.indexOf('{"type":"tool_use"');
  const texts = (at === -1 ? output : output.slice(0, at)).trimEnd();
  const call = at === -1 ? [] : [JSON.parse(output.slice(at))];
  return [...(at === -1 || texts !== '' ? [{ type: 'text', text: at === -1 ? output : texts }] : []), ...call];
}

function graded({ output, promptfoo: _, score: __, ...assert }: Row): { outcome: string; score: number | undefined } {
  if (parse([assert]).problems.length > 0) return { outcome: 'error', score: undefined };
  return evaluated(assert, { content: contentOf(output), stopReason: null });
}

/** One row of the table in docs/evals.md, as it is written there. */
const rowOf = ({ type, value, output, promptfoo }: Row, outcome: string): string =>
  [
    `\`${type}\``,
    value === undefined ? '' : `\`${JSON.stringify(value)}\``,
    `\`${JSON.stringify(output)}\``,
    promptfoo,
    outcome,
  ].join(' | ');

(existsSync(file) ? test : test.skip)(
  'every row is as in promptfoo, or in the table of docs/evals.md (skipped where the test data is absent)',
  () => {
    const rows: readonly Row[] = JSON.parse(readFileSync(file, 'utf8'));
    const differing = rows.flatMap((row) => {
      const { outcome, score } = graded(row);
      return outcome === row.promptfoo && score === row.score ? [] : [rowOf(row, outcome)];
    });
    const section = /^## Where it differs from promptfoo\n([\s\S]*?)^## /m.exec(read('docs/evals.md'))?.[1] ?? '';
    const listed = Array.from(section.matchAll(/^\| (`[^|]*(?:\|[^|]*){4}) \| [^|]+ \|$/gm), ([, row = '']) =>
      row.replace(/ {2,}/g, ' '),
    );
    expect(rows.length).toBeGreaterThan(100);
    expect(listed.toSorted()).toEqual([...new Set(differing.map((row) => row.replace(/ {2,}/g, ' ')))].sort());
  },
);
