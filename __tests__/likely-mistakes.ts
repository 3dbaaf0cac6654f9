import { gzipSync } from 'node:zlib';
import { expect } from '@jest/globals';

// What people get wrong first, as they would write it: files of another kind, names, paths, keys and inputs.

/** Stands in every file where text of a request may stand. No message may show it. */
export const TEXT = 'Xylophone-7731';
/** A key in the wrong place. */
export const KEY = `sk-ant-api03-${'q'.repeat(40)}`;

export interface Mistake {
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Facts of the one problem. */
  readonly problem: object;
}

const params = (more: object = {}) => ({
  model: 'claude-haiku-4-5',
  max_tokens: 64,
  messages: [{ role: 'user', content: TEXT }],
  ...more,
});

/** A request line with these params over the usual ones, or these keys beside them. */
const lineOf = (id: string, more: object = {}, beside: object = {}): string => {
  const messages = [{ role: 'user', content: `${TEXT} ${id}` }];
  return JSON.stringify({ custom_id: id, params: params({ messages, ...more }), ...beside });
};

/** Three lines, so that a problem that is told for each would be told three times. */
const three = (line: (id: string) => string): string => `${['a', 'b', 'c'].map(line).join('\n')}\n`;
const ofFile = (content: string | Buffer, problem: object, name = 'evals.jsonl'): Mistake => ({
  files: { [name]: content },
  inputs: { requests: name },
  problem,
});
const ofForm = (form: string, content: string | Buffer, name?: string): Mistake =>
  ofFile(content, { code: 'file-form', form }, name);
const ofLines = (line: (id: string) => string, problem: object): Mistake => ofFile(three(line), problem);
const ofModel = (model: string, problem: object): Mistake =>
  ofLines((id) => lineOf(id, { model }), { code: 'unknown-model', ...problem });
const ofInput = (name: string, value: string, problem: object): Mistake => ({
  files: { 'evals.jsonl': three((id) => lineOf(id)) },
  inputs: { [name]: value },
  problem: { input: name, ...problem },
});
const ofPath = (requests: string, files: readonly string[], problem: object): Mistake => ({
  files: Object.fromEntries(files.map((name) => [name, three((id) => lineOf(id))])),
  inputs: { requests },
  problem,
});

const good = three((id) => lineOf(id));
const array = ['a', 'b'].map((id) => JSON.parse(lineOf(id)));
const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: TEXT }] };
const isForeign = { meant: undefined, isForeign: true };

export const MISTAKES: Readonly<Record<string, Mistake>> = {
  // A file of another kind
  'a JSON array on one line': ofFile(JSON.stringify(array), { code: 'not-jsonl', form: 'array' }),
  'a JSON array over lines': ofFile(JSON.stringify(array, null, 2), { code: 'not-jsonl', form: 'array' }),
  'a JSON array, one object a line': ofFile(`[${array.map((one) => JSON.stringify(one)).join(',\n')}]`, {
    code: 'not-jsonl',
    form: 'array',
  }),
  'requests printed for people': ofFile(array.map((one) => JSON.stringify(one, null, 2)).join('\n'), {
    code: 'not-jsonl',
    form: 'object',
  }),
  CSV: ofForm('csv', `id,question\n1,"${TEXT}, where?"\n2,${TEXT}\n`, 'questions.csv'),
  'CSV under another name': ofForm('csv', `id,question\n1,${TEXT}\n`),
  'CSV with semicolons': ofForm('csv', `id;question\n1;${TEXT}\n`),
  TSV: ofForm('tsv', `id\tquestion\n1\t${TEXT}\n`),
  YAML: ofForm('yaml', `- custom_id: a\n  params:\n    model: ${TEXT}\n`, 'evals.yml'),
  'prompts as text': ofForm('text', `What is ${TEXT}?\nWhere is ${TEXT}?\n`),
  'an OpenAI batch file': ofLines(
    (id) => JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body: chat }),
    { code: 'foreign-form', holder: 'body' },
  ),
  'a Bedrock batch file': ofLines((id) => JSON.stringify({ recordId: id, modelInput: params() }), {
    code: 'foreign-form',
    holder: 'modelInput',
  }),
  'a Gemini batch file': ofLines((id) => JSON.stringify({ key: id, request: { contents: [TEXT] } }), {
    code: 'foreign-form',
    holder: 'request',
  }),
  prompts: ofLines((id) => JSON.stringify({ id, prompt: TEXT }), { code: 'prompt-line', key: 'prompt', id: 'id' }),
  'questions with answers': ofLines(() => JSON.stringify({ question: TEXT, answer: TEXT }), {
    code: 'prompt-line',
    key: 'question',
    id: undefined,
  }),
  'data of another kind': ofLines((id) => JSON.stringify({ [TEXT]: id, label: TEXT }), { code: 'not-a-request' }),
  'params without a wrapper': ofLines(() => JSON.stringify(params()), { code: 'bare-params', hasId: false }),
  'params beside the id': ofLines((id) => JSON.stringify({ custom_id: id, ...params() }), {
    code: 'bare-params',
    hasId: true,
  }),
  results: ofLines(
    (id) => JSON.stringify({ custom_id: id, result: { type: 'succeeded', message: { content: TEXT } } }),
    { code: 'answer-line' },
  ),
  'the body of a create': ofFile(JSON.stringify({ requests: array }), { code: 'create-body' }),
  'UTF-16': ofForm('utf-16', Buffer.from(`\ufeff${good}`, 'utf16le')),
  'UTF-32': ofForm('utf-32', Buffer.from(Uint32Array.from(good, (unit) => unit.charCodeAt(0)).buffer)),
  'a Git LFS pointer': ofForm('lfs-pointer', `version https://git-lfs.github.com/spec/v1\noid sha256:${TEXT}\n`),
  gzip: ofForm('gzip', gzipSync(good)),
  'a workbook': ofForm('excel', `PK\u0003\u0004${TEXT}`, 'questions.xlsx'),
  zip: ofForm('zip', `PK\u0003\u0004${TEXT}`),
  HTML: ofForm('html', `<!DOCTYPE html>\n<p>${TEXT}</p>\n`),
  'Python dictionaries': ofLines((id) => `{'custom_id': '${id}', 'params': {'x': '${TEXT}'}}`, {
    code: 'not-json',
    literal: 'single-quote',
  }),
  'an empty file': ofFile('', { code: 'no-requests', files: ['evals.jsonl'] }),
  // A name that is nearly right
  'a model with a point': ofModel('claude-haiku-4.5', { meant: 'claude-haiku-4-5' }),
  'a model the other way round': ofModel('claude-4.5-haiku', { meant: 'claude-haiku-4-5' }),
  'the size of a model alone': ofModel('haiku', { meant: expect.stringMatching(/^claude-haiku-/) }),
  "another vendor's model": ofModel('gpt-4o', isForeign),
  'a key that is misspelt': ofLines((id) => lineOf(id, { max_tokens: undefined, max_token: 64 }), {
    code: 'no-max-tokens',
    writtenAs: 'max_token',
  }),
  "another API's parameter": ofLines((id) => lineOf(id, { response_format: { type: TEXT } }), {
    code: 'foreign-param',
    name: 'response_format',
  }),
  'a key beside params': ofLines((id) => lineOf(id, {}, { asert: [TEXT] }), {
    code: 'unknown-key',
    name: 'asert',
    meant: 'assert',
  }),
  'a role of another API': ofLines((id) => lineOf(id, { messages: [{ role: 'human', content: TEXT }] }), {
    code: 'unknown-role',
    word: 'human',
  }),
  // A path
  'a folder': ofPath('evals', ['evals/a.jsonl'], {
    code: 'input-pattern',
    fault: 'folder',
    instead: ['evals/*.jsonl'],
  }),
  'a path with a slip': ofPath('evals/captials.jsonl', ['evals/capitals.jsonl'], {
    code: 'no-requests',
    meant: 'evals/capitals.jsonl',
  }),
  'another ending': ofPath('evals/*.jsonl', ['evals/capitals.json'], { code: 'no-requests', meant: 'evals/*.json' }),
  'a file in another folder': ofPath('evals/*.jsonl', ['requests.jsonl'], {
    code: 'no-requests',
    there: { file: 'requests.jsonl', isTable: false },
  }),
  'a table beside the requests that are not there': ofPath('evals/*.jsonl', ['evals/q.csv'], {
    code: 'no-requests',
    there: { file: 'evals/q.csv', isTable: true },
  }),
  'ids that every file begins anew': {
    files: { 'evals/a.jsonl': good, 'evals/b.jsonl': good },
    inputs: { requests: 'evals/*' },
    problem: { code: 'repeated-custom-id', customId: 'a' },
  },
  'a workspace without a checkout': ofPath('evals/*.jsonl', [], { code: 'no-requests', isBare: true }),
  // An input
  'a word that an input does not know': ofInput('comment', 'allways', { code: 'input-choice', meant: 'always' }),
  'yes for true': ofInput('dry-run', 'yes', { code: 'input-boolean' }),
  'an amount with its sign': ofInput('max-cost-usd', '$5', { code: 'input-amount' }),
  'a fraction for percent': ofInput('max-error-rate', '0.01', { code: 'input-ambiguous-percent' }),
  'params that are no mapping': ofInput('default-params', `- ${TEXT}`, {
    code: 'input-params',
    fault: 'not-a-mapping',
  }),
  'a key in the wrong input': ofInput('batch-id', KEY, { code: 'input-batch-id', value: '[API key]' }),
  'a key in quotes': ofInput('anthropic-api-key', `"${KEY}"`, { code: 'input-key', fault: 'quotes' }),
  'the name of a variable for a key': ofInput('anthropic-api-key', '$ANTHROPIC_API_KEY', {
    code: 'input-key',
    fault: 'expression',
  }),
  'a slip in the name of an input': {
    files: { 'evals.jsonl': good },
    inputs: { requests: '', request: 'evals.jsonl' },
    problem: { code: 'input-nothing-to-do', slip: { written: 'request', meant: 'requests' } },
  },
  'a key with a line of text': ofInput('anthropic-api-key', `Key: ${KEY}`, { code: 'input-key', fault: 'space' }),
  // Grading
  'a rubric and no judge': ofLines((id) => lineOf(id, {}, { assert: [{ type: 'llm-rubric', value: TEXT }] }), {
    code: 'judge-missing',
    where: { file: 'evals.jsonl', line: 1 },
  }),
  'a gate and no assert': ofInput('min-pass-rate', '90', { code: 'input-gate-without-asserts' }),
  'a fraction for a sample': ofInput('sample', '0.1', { code: 'input-ambiguous-percent' }),
  'a word for a sample': ofInput('sample', 'all', { code: 'input-sample' }),
  'a fraction for a pass rate': ofInput('min-pass-rate', '0.9', { code: 'input-ambiguous-percent' }),
  'a percentage for a probability': ofInput('significance', '5', { code: 'input-significance', meant: '5%' }),
  'a branch for a baseline': ofInput('baseline', 'main', { code: 'input-baseline', meant: 'auto' }),
  'the address of a run for a baseline': ofInput('baseline', 'https://github.com/o/r/actions/runs/77', {
    code: 'input-baseline',
    meant: 'run:77',
  }),
  'the path of a workflow for its name': ofInput('baseline-workflow', '.github/workflows/nightly.yml', {
    code: 'input-workflow-file',
    meant: 'nightly.yml',
  }),
  'one assert where a list is wanted': ofInput('default-assert', `type: contains\nvalue: ${TEXT}`, {
    code: 'input-params',
    fault: 'not-a-list',
  }),
  'types alone as asserts': ofInput('default-assert', '- is-json', { code: 'assert-form', place: [0] }),
  'a display name for a judge': ofInput('judge-model', 'Claude Haiku 4.5', { code: 'input-model' }),
  'more answers that pass than there are': ofInput('repeat-min-pass', '2', { code: 'input-repeat-min-pass' }),
  'too many repeats': ofInput('repeats', '100', { code: 'input-whole-number', min: 1, max: 20 }),
  'ids without room for repeats': {
    files: { 'evals.jsonl': three((id) => lineOf(id.repeat(63))) },
    inputs: { repeats: '3' },
    problem: { code: 'repeats-id-length', length: 63, max: 61 },
  },
  'grades that are not written yet': ofInput('extra-grades', 'grades.jsonl', {
    code: 'no-extra-grades',
    pattern: 'grades.jsonl',
  }),
  'results for grades': {
    files: { 'evals.jsonl': good, 'results.jsonl': three((id) => JSON.stringify({ custom_id: id, result: TEXT })) },
    inputs: { 'extra-grades': 'results.jsonl' },
    problem: { code: 'extra-grade', fault: 'metric' },
  },
  'grades of other requests': {
    files: {
      'evals.jsonl': good,
      'g.jsonl': JSON.stringify({ custom_id: 'z', metric: 'm', pass: true, reason: TEXT }),
    },
    inputs: { 'extra-grades': 'g.jsonl' },
    problem: { code: 'extra-grades-unknown', unknown: 1, count: 1 },
  },
  'a budget that is too small': {
    files: { 'evals.jsonl': good },
    inputs: { 'max-cost-usd': '0.0001' },
    problem: { code: 'over-budget' },
  },
};
