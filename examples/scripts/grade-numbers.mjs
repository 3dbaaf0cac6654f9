// A grader to start from: checks whether the first number of an answer is within 2 % of `metadata.expected`, which no assert can do.
//
//   node grade-numbers.mjs evals/numbers.jsonl results.jsonl > number-grades.jsonl
//
// Prints a line for each answered request, for the input `extra-grades`: {"custom_id", "metric", "pass", "score", "reason"}. `pass` is null where the
// grader cannot say. A request without a line is graded by its asserts alone.
import { readFileSync } from 'node:fs';

const [requestsPath, resultsPath] = process.argv.slice(2);
if (resultsPath === undefined) {
  process.stderr.write('Usage: node grade-numbers.mjs REQUESTS.jsonl RESULTS.jsonl > grades.jsonl\n');
  process.exit(1);
}

const expected = new Map(readLines(requestsPath).map(({ custom_id, metadata }) => [custom_id, metadata?.expected]));
for (const { custom_id, result } of readLines(resultsPath)) {
  const wanted = expected.get(custom_id);
  if (result.type !== 'succeeded' || typeof wanted !== 'number') continue;
  const text = result.message.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
  process.stdout.write(`${JSON.stringify({ custom_id, metric: 'number', ...grade(text, wanted) })}\n`);
}

function grade(text, wanted) {
  const found = /-?\d[\d,]*(?:\.\d+)?/.exec(text)?.[0];
  if (found === undefined) return { pass: false, score: 0, reason: 'the answer has no number' };
  const error = Math.abs(Number(found.replaceAll(',', '')) - wanted) / Math.abs(wanted);
  return { pass: error <= 0.02, score: Math.max(0, 1 - error), reason: `${found}, expected ${wanted}` };
}

function readLines(path) {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
}
