// Makes requests from a CSV file with one question per row:
//
//   node from-csv.mjs questions.csv > evals/questions.jsonl
//
// Columns: `question` is required. The others may be missing or empty:
//   id         custom ID; without one, the beginning of the SHA-256 of system prompt and question, which stays when rows move
//   system     system prompt
//   expected   what the answer has to be, or, with a type such as `contains-all` in the column `assert`, the value of that assert
//   rubric     what a judge decides by (`llm-rubric`); a good answer may be in the column `reference`
//   required   `true`: this case has to pass
// All other columns become metadata, up to 20. A column that looks like one of the above, or that promptfoo gives a meaning, is an error.
// Cells are separated by commas.
// Model and `max_tokens` come from `default-params` in the workflow.
//
// Prints nothing but requests to stdout. If a row is wrong, it prints all problems to stderr and exits with 1.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const OWN = ['id', 'question', 'system', 'expected', 'assert', 'rubric', 'reference', 'required'];

/** The most columns that a request may have as metadata. */
const MAX_METADATA = 20;

/** Columns that promptfoo gives a meaning, and what to do here. */
const ELSEWHERE = new Map([
  ['threshold', 'write the asserts in JSON Lines to set a threshold'],
  ['metric', 'write the asserts in JSON Lines to name a metric'],
  ['weight', 'write the asserts in JSON Lines to give a weight'],
]);

const [path] = process.argv.slice(2);
if (path === undefined) fail(['Usage: node from-csv.mjs FILE.csv > requests.jsonl']);
const problems = [];
const lines = makeRequests(readRows(readText(path)));
if (problems.length > 0) fail(problems);
process.stdout.write(lines.map((line) => `${line}\n`).join(''));

/** One line of JSON for each row. */
function makeRequests([header, ...rows]) {
  const names = header?.cells.map((name) => name.trim()) ?? [];
  if (names.length === 1 && names[0].includes(';'))
    problem(header.line, 'the columns are separated by semicolons; save the file with commas');
  else if (!names.includes('question')) problem(header?.line ?? 1, 'there is no column `question`');
  for (const name of names.filter((one, index) => names.indexOf(one) !== index))
    problem(header.line, `two columns are called ${JSON.stringify(name)}`);
  for (const name of names) checkName(header.line, name);
  const others = names.filter((name) => name !== '' && !OWN.includes(name));
  if (others.length > MAX_METADATA)
    problem(header.line, `${others.length} columns would become metadata, of which ${MAX_METADATA} are possible`);
  if (problems.length > 0) return [];
  const seen = new Map();
  return rows.flatMap(({ line, cells }) => {
    if (cells.length !== names.length) {
      problem(line, `the row has ${cells.length} cells, and the first row has ${names.length}`);
      return [];
    }
    const row = new Map(names.map((name, index) => [name, cells[index]]));
    const request = makeRequest(line, row);
    const earlier = seen.get(request.custom_id);
    if (earlier !== undefined) problem(line, `the same ID as in line ${earlier}: ${JSON.stringify(request.custom_id)}`);
    seen.set(request.custom_id, line);
    return [JSON.stringify(request)];
  });
}

/** Reports a column that would become metadata though it is meant for something else. */
function checkName(line, name) {
  if (OWN.includes(name)) return;
  const plain = name.toLowerCase().replace(/^__(.*?)\d*$/, '$1');
  const instead = ELSEWHERE.get(plain);
  if (OWN.includes(plain)) problem(line, `the column ${JSON.stringify(name)} has to be called ${plain}`);
  else if (instead !== undefined) problem(line, `the column ${JSON.stringify(name)} means nothing here; ${instead}`);
}

function makeRequest(line, row) {
  const of = (name) => row.get(name) ?? '';
  if (of('question').trim() === '') problem(line, 'the question is empty');
  const id = of('id').trim() || `q-${digest(`${of('system')}\0${of('question')}`)}`;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id))
    problem(line, `the ID has to be 1 to 64 characters from A-Z a-z 0-9 _ -, not ${JSON.stringify(id)}`);
  const required = of('required').trim().toLowerCase();
  if (!['', 'true', 'false'].includes(required))
    problem(line, `\`required\` is true or false, not ${JSON.stringify(required)}`);
  const asserts = assertsOf(line, of);
  const metadata = [...row].filter(([name, value]) => !OWN.includes(name) && name !== '' && value !== '');
  return {
    custom_id: id,
    params: {
      ...(of('system') === '' ? {} : { system: of('system') }),
      messages: [{ role: 'user', content: of('question') }],
    },
    ...(asserts.length === 0 ? {} : { assert: asserts }),
    ...(required === 'true' ? { required: true } : {}),
    ...(metadata.length === 0 ? {} : { metadata: Object.fromEntries(metadata) }),
  };
}

function assertsOf(line, of) {
  const asserts = [];
  const type = of('assert').trim();
  if (type !== '' || of('expected') !== '')
    asserts.push({ type: type || 'equals', ...(of('expected') === '' ? {} : { value: of('expected') }) });
  const reference = of('reference') === '' ? {} : { reference: of('reference') };
  if (of('rubric') !== '') asserts.push({ type: 'llm-rubric', value: of('rubric'), ...reference });
  else if (of('reference') !== '') problem(line, '`reference` needs a `rubric` in the same row');
  return asserts;
}

/** Rows of a CSV file as RFC 4180 has them, each with the line it begins in. Empty lines are skipped. */
function readRows(text) {
  const rows = [];
  let row = { line: 1, cells: [] };
  let line = 1;
  let at = 0;
  const end = () => {
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row);
    row = { line, cells: [] };
  };
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === -1) {
        problem(line, 'a quote is never closed');
        return rows;
      }
      cell = text.slice(at + 1, close).replaceAll('""', '"');
      line += cell.split('\n').length - 1;
      at = close + 1;
      if (at < text.length && !/[,\r\n]/.test(text[at])) problem(line, 'there is text behind a closing quote');
    }
    const [rest] = /^[^,\r\n]*/.exec(text.slice(at, nextBreak(text, at)));
    row.cells.push(cell + rest);
    at += rest.length;
    if (text[at] === ',') {
      at += 1;
      if (at === text.length) row.cells.push('');
      else continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    line += 1;
    end();
  }
  if (row.cells.length > 0) end();
  return rows;
}

function closingQuote(text, from) {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function nextBreak(text, from) {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

/** UTF-8 without its byte order mark. */
function readText(file) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    return fail([error instanceof TypeError ? `${file}: this is not UTF-8` : `${file}: ${error.message}`]);
  }
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function problem(line, text) {
  problems.push(`${path}:${line}: ${text}`);
}

function fail(messages) {
  for (const message of messages) process.stderr.write(`${message}\n`);
  process.exit(1);
}
