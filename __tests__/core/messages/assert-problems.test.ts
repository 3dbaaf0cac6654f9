import { expect, test } from '@jest/globals';
import { ASSERT_PROBLEMS } from '../../../src/core/messages/assert-problems.ts';
import { type ProblemData, printProblem } from '../../../src/core/messages/problems.ts';

const at = { place: [1], type: 'is-json' } as const;

const SENTENCES: readonly (readonly [ProblemData, string])[] = [
  [{ code: 'threshold-value' }, 'threshold is not a number above 0 and up to 1; write one, such as 0.8'],
  [{ code: 'required-value', found: 'string' }, 'required is a string, not true or false; write true or false'],
  [{ code: 'metadata-value', fault: 'type' }, 'metadata is not an object; write "metadata": {"topic": "…"}'],
  [{ code: 'metadata-value', fault: 'count' }, 'metadata has more than 20 members; keep at most 20'],
  [
    { code: 'assert-json', place: [0], fault: 'too-deep', max: 200 },
    'assert 1 is nested more than 200 levels deep; write fewer levels',
  ],
  [
    { code: 'assert-json', place: [0], fault: 'infinite-number', max: 200 },
    'assert 1 has a number that is too large; write a number below 1.8e308',
  ],
  [
    { code: 'assert-too-long', ...at, type: 'llm-rubric', part: 'reference', length: 40_001, max: 40_000 },
    'the reference of assert 2 (llm-rubric) is 40,001 bytes long, but a judge is shown at most 40,000; shorten it to what the judge needs',
  ],
  [
    { code: 'no-extra-grades', pattern: 'g/*' },
    'no file matches "g/*"; check the step that writes the grades; if it runs later, leave the input out here and run this action again after it',
  ],
  [
    { code: 'extra-grades-conflict', first: { file: 'g.jsonl', line: 3 } },
    'pass contradicts g.jsonl:3, which has the same custom_id and metric; keep one of them, or give each a metric of its own',
  ],
  [
    { code: 'extra-grades-empty' },
    'this file has no grades; check the step that writes the grades; pass is true for a correct answer',
  ],
  [
    { code: 'extra-grades-missing', missing: 1, count: 20, first: 'c19' },
    '1 of 20 requests has no grade here: c19; check the step that writes the grades; these requests are graded by their asserts alone, or not at all if they have none',
  ],
  [{ code: 'extra-grades-unknown', unknown: 1, count: 3 }, '1 of 3 custom_ids belongs to no request here; check them'],
  [
    { code: 'extra-grades-unknown', unknown: 3, count: 3 },
    'none of the grades belongs to a request here; write the custom_id of the requests, as in results.jsonl',
  ],
  [
    { code: 'grading-without-assert', keys: ['metadata'] },
    'metadata is ignored, because the line has no assert; add "assert": […] or set default-assert, or remove them',
  ],
  [
    { code: 'grading-without-assert', keys: ['threshold', 'required'] },
    'threshold and required are ignored, because the line has no assert; add "assert": […] or set default-assert, or remove them',
  ],
  [
    { code: 'repeats-id-length', length: 62, max: 61 },
    'custom_id is 62 characters long, and repeats adds a suffix such as -r1; shorten it to 61 characters',
  ],
  [
    { code: 'repeats-id-clash', customId: 'a-r1', first: { file: 'a.jsonl', line: 2 } },
    'with repeats, "a-r1" would stand for both this line and a.jsonl:2; give one of the requests another ID, without -r and a number at its end',
  ],
  [
    { code: 'repeats-id-clash', customId: undefined, first: { file: 'a.jsonl', line: 2 } },
    'with repeats, an ID would stand for both this line and a.jsonl:2; give one of the requests another ID, without -r and a number at its end',
  ],
  [
    { code: 'judge-missing' },
    'llm-rubric needs a model that judges the answers; set judge-model to a model other than those tested, such as a larger one',
  ],
  [
    { code: 'assert-form', place: [0], found: 'string' },
    'assert 1 is a string, not an object; write {"type": "…", "value": …}',
  ],
  [
    { code: 'assert-no-type', place: [1, 0] },
    'assert 2.1 has no type; write what is checked, such as "type": "contains"',
  ],
  [
    { code: 'assert-unknown-type', place: [1], type: 'equal', meant: 'equals' },
    'assert 2 has the type "equal", which does not exist; write "equals"',
  ],
  [
    { code: 'assert-unknown-type', place: [1], type: undefined, meant: undefined },
    'assert 2 has a type that does not exist; use one of the types in docs/evals.md',
  ],
  [
    { code: 'assert-foreign-type', place: [1], type: 'similar', instead: 'rubric' },
    'assert 2 has the type similar of promptfoo, which does not exist here; use llm-rubric, which asks a model',
  ],
  [{ code: 'assert-negation', place: [1], why: 'twice' }, 'assert 2 has "not-" twice; write it once or leave it out'],
  [
    { code: 'assert-negation', place: [1], why: 'set' },
    'assert 2 negates a set; negate the asserts inside the set instead',
  ],
  [
    { code: 'assert-nested-set', place: [1, 2] },
    'assert 2.3 is a set inside a set; write its asserts into the outer set, or make it a set of its own',
  ],
  [
    { code: 'assert-set-list', place: [1] },
    'assert 2 has no list of asserts; write "assert": […] with at least one assert',
  ],
  [
    { code: 'assert-unknown-key', ...at, name: 'wieght', meant: 'weight' },
    'assert 2 (is-json) has the key "wieght", which is ignored; write "weight"',
  ],
  [
    { code: 'assert-unknown-key', ...at, name: undefined, meant: undefined },
    'assert 2 (is-json) has a key, which is ignored; remove it',
  ],
  [
    { code: 'assert-value', ...at, type: 'regex', wanted: 'pattern', found: 'number' },
    'assert 2 (regex) has a number as its value; write a JavaScript pattern without slashes and flags as "value"',
  ],
  [
    { code: 'assert-value', ...at, type: 'regex', wanted: 'pattern', found: 'empty' },
    'assert 2 (regex) has an empty value; write a JavaScript pattern without slashes and flags as "value"',
  ],
  [
    { code: 'assert-value', ...at, type: 'tool-call-f1', wanted: 'names', found: undefined },
    'assert 2 (tool-call-f1) has no value; write a list of the names of tools as "value"',
  ],
  [
    { code: 'assert-csv', ...at, type: 'contains-all' },
    'the value of assert 2 (contains-all) is not one row of CSV: a double quote is not closed, or text follows one; write a list of texts instead',
  ],
  [
    { code: 'assert-pattern', ...at, type: 'regex', reason: 'Invalid group' },
    'the pattern of assert 2 (regex) is not valid (Invalid group); correct it; write it as in JavaScript, without slashes and flags, and each backslash twice in JSON',
  ],
  [
    { code: 'assert-schema', ...at, reason: 'strict mode: unknown keyword: "foo"', file: 'a.json' },
    'the JSON Schema "a.json" of assert 2 (is-json) is not valid (strict mode: unknown keyword: "foo"); correct it; it is read as draft-07, or as 2020-12 where $schema says so',
  ],
  [
    { code: 'assert-schema-file', ...at, file: '../a.json', why: 'path' },
    'the path "../a.json" of the schema of assert 2 (is-json) is not one inside the workspace; write "file://" and the path of a JSON or YAML file, relative to the workspace',
  ],
  [
    { code: 'assert-schema-file', ...at, file: undefined, why: 'unreadable' },
    'could not read the file of the schema of assert 2 (is-json); write "file://" and the path of a JSON or YAML file, relative to the workspace',
  ],
  [{ code: 'assert-word-range', ...at }, 'min is above max in assert 2 (is-json); write min first, then max'],
  [
    { code: 'assert-weight', ...at },
    'the weight of assert 2 (is-json) is not a number from 0 to 1,000,000,000; write one, or leave it out, which means 1',
  ],
  [
    { code: 'assert-metric', ...at },
    'the metric of assert 2 (is-json) is not a text of 1 to 100 characters; write a name, or leave it out',
  ],
  [
    { code: 'assert-reference', ...at },
    'the reference of assert 2 (is-json) is not a text; write a good answer as text, or leave it out',
  ],
  [
    { code: 'assert-threshold', ...at, type: 'cost', wanted: 'usd', isMissing: true },
    'assert 2 (cost) has no threshold; write the most that the answer may cost, in US dollars, as "threshold"',
  ],
  [
    { code: 'assert-threshold', ...at, type: 'llm-rubric', wanted: 'share', isMissing: false },
    'the threshold of assert 2 (llm-rubric) is not in range; write a number above 0 and up to 1',
  ],
  [
    { code: 'assert-threshold-misplaced', ...at },
    'assert 2 (is-json) takes no threshold; remove it: only cost, tool-call-f1, llm-rubric and assert-set take one, and the line itself',
  ],
  [
    { code: 'assert-weights', place: undefined },
    'all asserts of the line have weight 0, so nothing can fail; give at least one a weight above 0',
  ],
  [
    { code: 'assert-weights', place: [1] },
    'all asserts in assert 2 have weight 0, so nothing can fail; give at least one a weight above 0',
  ],
  [
    { code: 'assert-pattern-slashes', ...at, flags: '' },
    'the pattern of assert 2 (is-json) has slashes around it, so the answer would have to contain them; remove them',
  ],
  [
    { code: 'assert-pattern-slashes', ...at, flags: 'gi' },
    'the pattern of assert 2 (is-json) has slashes around it, so the answer would have to contain them; remove them and the flags, and write (?i:…) around what may be in upper or lower case',
  ],
  [
    { code: 'assert-template', ...at },
    'the value of assert 2 (is-json) looks like a template, but is compared as it is written; write the final text: there are no variables here',
  ],
  [
    { code: 'assert-stop-reason', ...at, type: 'finish-reason', word: 'end-turn', meant: 'end_turn' },
    'assert 2 (finish-reason) has the stop reason "end-turn" that is not known; write "end_turn"',
  ],
  [
    { code: 'assert-without-tools', place: [2, 0], type: 'tool-call-f1' },
    'assert 3.1 (tool-call-f1) checks tool calls, but the request has no tools; add tools to its params, or remove the assert',
  ],
  [{ code: 'extra-grade', fault: 'score' }, 'score is not a number from 0 to 1; write one, or leave it out'],
];

test.each(SENTENCES)('%p', (problem, sentence) => {
  expect(printProblem(problem)).toBe(sentence);
});

test('every problem is printed here', () => {
  expect(new Set(SENTENCES.map(([{ code }]) => code))).toEqual(new Set(Object.keys(ASSERT_PROBLEMS)));
});
