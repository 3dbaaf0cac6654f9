import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createFakes } from '../fakes/ports.ts';
import { inputsOf, runStep } from '../fakes/step.ts';
import { read } from './pages.ts';
import { root, runScript } from './process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'example-scripts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Content = string | Uint8Array;

/** Runs a script of `examples/scripts/` on files in a folder of its own; the first one is its argument. */
async function convert(script: string, files: Readonly<Record<string, Content>>, ...args: readonly string[]) {
  const cwd = mkdtempSync(join(folder, 'case-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
  const [first = ''] = Object.keys(files);
  const { exitCode, stdout, stderr } = await runScript(join(root, 'examples/scripts', script), [first, ...args], cwd);
  const requests = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return { exitCode, requests, stdout, notes: stderr.split('\n').filter((line) => line !== '') };
}

/** Where the problems are that a script reports, as `file:line` or `file: place`, and that it printed nothing else. */
async function placesOf(script: string, files: Readonly<Record<string, Content>>): Promise<readonly string[]> {
  const { exitCode, stdout, notes } = await convert(script, files);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  // Where text of a file would begin a line, it could be a command for the runner.
  expect(notes.filter((line) => !/^[\w./-]+:/.test(line))).toEqual([]);
  return notes.map((line) => /^[\w./-]+:(?:\d+| [\w.[\]]+(?=:))/.exec(line)?.[0] ?? line);
}

/** What the action says to requests before it submits them. */
async function dryRun(requests: string) {
  const fakes = createFakes({ '/w/evals.jsonl': requests });
  const inputs = {
    'default-params': 'model: claude-haiku-4-5\nmax_tokens: 64',
    'judge-model': requests.includes('llm-rubric') ? 'claude-opus-5' : '',
  };
  const { outcome } = await runStep(fakes, inputsOf({ ...inputs, 'dry-run': 'true' }));
  return { status: outcome.status, annotations: fakes.log.annotations };
}

describe('the inputs beside the scripts become requests without a problem', () => {
  test.each([
    ['from-csv.mjs', ['questions.csv'], 6],
    ['from-openai-batch.mjs', ['openai-batch.jsonl'], 4],
    ['from-promptfoo.mjs', ['promptfoo/promptfooconfig.yaml', 'promptfoo/prompts/support.json'], 4],
  ])('%s', async (script, names, count) => {
    const files = Object.fromEntries(names.map((name) => [name, read(`examples/other-formats/${name}`)]));
    const { exitCode, requests, stdout } = await convert(script, files);
    expect({ exitCode, count: requests.length }).toEqual({ exitCode: 0, count });
    expect(await dryRun(stdout)).toEqual({ status: 'dry-run', annotations: [] });
  });
});

test.each(['from-csv.mjs', 'from-openai-batch.mjs', 'from-promptfoo.mjs', 'grade-numbers.mjs'])(
  '%s without a file says how it is called',
  async (script) => {
    const { exitCode, stdout, stderr } = await runScript(join(root, 'examples/scripts', script), [], folder);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(script);
  },
);

describe('from-csv.mjs', () => {
  const cellsOf = async (csv: Content) => {
    const { requests } = await convert('from-csv.mjs', { 'q.csv': csv });
    return requests.map(({ params }) => params.messages[0].content);
  };

  test.each<[string, Content, readonly string[]]>([
    ['quotes, commas and line breaks', 'question\n"a ""b"", c"\n"two\nlines"\n', ['a "b", c', 'two\nlines']],
    ['a byte order mark and CRLF', '\uFEFFid,question\r\na,one\r\nb,two\r\n', ['one', 'two']],
    ['no line break at the end', 'question\nlast', ['last']],
    ['empty lines', 'question\n\none\n\n', ['one']],
    ['an empty last cell', 'question,topic\none,\n', ['one']],
    ['a formula and a template', 'question\n=1+1\n{{x}}\n', ['=1+1', '{{x}}']],
    ['a command for the runner', 'question\n::set-output name=a::b\n', ['::set-output name=a::b']],
  ])('reads %s', async (_, csv, questions) => {
    expect(await cellsOf(csv)).toEqual(questions);
  });

  test('makes asserts, metadata and required cases', async () => {
    const csv = [
      'id,question,expected,assert,rubric,reference,required,topic,__proto__',
      'a,A?,yes,,,,true,t,p',
      'b,B?,"x,y",contains-all,is kind,Hello,,,',
      'c,C?,,not-is-refusal,,,FALSE,,',
    ].join('\n');
    const { requests } = await convert('from-csv.mjs', { 'q.csv': csv });
    expect(requests.map(({ params, ...rest }) => rest)).toEqual([
      {
        custom_id: 'a',
        assert: [{ type: 'equals', value: 'yes' }],
        required: true,
        metadata: Object.fromEntries([
          ['topic', 't'],
          ['__proto__', 'p'],
        ]),
      },
      {
        custom_id: 'b',
        assert: [
          { type: 'contains-all', value: 'x,y' },
          { type: 'llm-rubric', value: 'is kind', reference: 'Hello' },
        ],
      },
      { custom_id: 'c', assert: [{ type: 'not-is-refusal' }] },
    ]);
  });

  test('gives rows without an ID one that stays when rows move', async () => {
    const idsOf = async (csv: string) => {
      const { requests } = await convert('from-csv.mjs', { 'q.csv': csv });
      return new Map(requests.map(({ custom_id, params }) => [params.messages[0].content, custom_id]));
    };
    const before = await idsOf('question\none\ntwo\n');
    const after = await idsOf('question\nzero\ntwo\none\n');
    expect([after.get('one'), after.get('two')]).toEqual([before.get('one'), before.get('two')]);
  });

  test.each<[string, Content, readonly string[]]>([
    ['no column `question`', 'id,prompt\na,b\n', ['q.csv:1']],
    ['nothing at all', '', ['q.csv:1']],
    ['semicolons', 'id;question\na;b\n', ['q.csv:1']],
    ["promptfoo's name of a column", 'question,__expected\na,b\n', ['q.csv:1']],
    ['columns that are numbered', 'question,__expected1,__expected2\na,b,c\n', ['q.csv:1', 'q.csv:1']],
    ['a column in other letters', 'question,Expected\na,b\n', ['q.csv:1']],
    ['what a column cannot set', 'question,threshold,__metric,Weight\na,1,m,2\n', ['q.csv:1', 'q.csv:1', 'q.csv:1']],
    [
      'more metadata than there may be',
      `question,${Array.from({ length: 21 }, (_, index) => `m${index}x`).join(',')}\na${',b'.repeat(21)}\n`,
      ['q.csv:1'],
    ],
    ['two columns of one name', 'question,topic,topic\na,b,c\n', ['q.csv:1']],
    ['a row that is too long and one that is too short', 'id,question\na,b,c\nd\n', ['q.csv:2', 'q.csv:3']],
    ['an empty question behind lines in quotes', 'id,question\na,"x\ny"\nb, \n', ['q.csv:4']],
    ['a quote that is never closed', 'question\n"a\nb\n', ['q.csv:2']],
    ['text behind a quote', 'question\n"a"b\n', ['q.csv:2']],
    ['an ID that the API refuses', 'id,question\na b,c\n::error::x,d\n', ['q.csv:2', 'q.csv:3']],
    ['an ID given twice', 'id,question\na,b\na,c\n', ['q.csv:3']],
    ['the same question twice', 'question\na\na\n', ['q.csv:3']],
    ['`required` that is neither', 'question,required\na,yes\n', ['q.csv:2']],
    ['a reference without a rubric', 'question,reference\na,b\n', ['q.csv:2']],
    ['another encoding', Buffer.from('question\nMünchen\n', 'latin1'), ['q.csv:']],
  ])('reports %s', async (_, csv, places) => {
    expect((await placesOf('from-csv.mjs', { 'q.csv': csv })).map((place) => place.replace(/: .*/, ':'))).toEqual(
      places,
    );
  });
});

describe('from-openai-batch.mjs', () => {
  const line = (body: object, more: object = {}) =>
    `${JSON.stringify({ custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body, ...more })}\n`;
  const hi = [{ role: 'user', content: 'hi' }];

  test.each<[string, object, object]>([
    ['a plain question', { model: 'gpt-4o', messages: hi }, { messages: hi }],
    [
      'system prompts and limits',
      {
        messages: [{ role: 'system', content: 'x' }, { role: 'developer', content: 'y' }, ...hi],
        max_tokens: 9,
        stop: ['a', 'b'],
      },
      { max_tokens: 9, system: 'x\n\ny', messages: hi, stop_sequences: ['a', 'b'] },
    ],
    [
      'images',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
              { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
            ],
          },
        ],
      },
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
              { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
            ],
          },
        ],
      },
    ],
    [
      'calls of tools and their results, those of one turn together',
      {
        messages: [
          ...hi,
          {
            role: 'assistant',
            content: 'Looking.',
            tool_calls: [
              { id: 'c1', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
              { id: 'c2', type: 'function', function: { name: 'f', arguments: '{}' } },
            ],
          },
          { role: 'tool', tool_call_id: 'c1', content: 'one' },
          { role: 'tool', tool_call_id: 'c2', content: 'two' },
        ],
        tools: [{ type: 'function', function: { name: 'f' } }],
        tool_choice: { type: 'function', function: { name: 'f' } },
      },
      {
        messages: [
          ...hi,
          {
            role: 'assistant',
            content: [
              { type: 'text', text: 'Looking.' },
              { type: 'tool_use', id: 'c1', name: 'f', input: { x: 1 } },
              { type: 'tool_use', id: 'c2', name: 'f', input: {} },
            ],
          },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 'c1', content: 'one' },
              { type: 'tool_result', tool_use_id: 'c2', content: 'two' },
            ],
          },
        ],
        tools: [{ name: 'f', input_schema: { type: 'object', properties: {} } }],
        tool_choice: { type: 'tool', name: 'f' },
      },
    ],
  ])('translates %s', async (_, body, params) => {
    const { exitCode, requests } = await convert('from-openai-batch.mjs', { 'o.jsonl': line(body) });
    expect({ exitCode, requests }).toEqual({ exitCode: 0, requests: [{ custom_id: 'a', params }] });
  });

  test('keeps what belongs to grading, makes IDs fit, and says what it left out', async () => {
    const grading = { assert: [{ type: 'is-json' }], required: true, threshold: 0.5, metadata: { topic: 'x' } };
    const { requests, notes } = await convert('from-openai-batch.mjs', {
      'o.jsonl': line({ messages: hi, seed: 1, temperature: 0 }, { custom_id: `tür/${'x'.repeat(80)}`, ...grading }),
    });
    expect(requests).toEqual([{ custom_id: `t_r_${'x'.repeat(60)}`, params: { messages: hi }, ...grading }]);
    expect(notes).toHaveLength(2);
  });

  test.each<[string, string, number]>([
    ['what is no JSON', '{"custom_id"\n', 1],
    ['a list', '[1]\n', 1],
    ['a line of Claude', '{"custom_id":"a","params":{}}\n', 1],
    ['embeddings', line({ input: 'x' }, { url: '/v1/embeddings' }), 1],
    ['the Responses API', line({ input: 'x' }, { url: '/v1/responses' }), 1],
    ['no ID', line({ messages: hi }, { custom_id: undefined }), 1],
    ['no messages', line({}), 1],
    ['several choices', line({ messages: hi, n: 3 }), 1],
    ['an unknown key', line({ messages: hi, '::error::': 1 }), 1],
    ['a key called __proto__', line({ messages: hi }).replace('"messages"', '"__proto__":{"n":1},"messages"'), 1],
    ['audio', line({ messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: {} }] }] }), 1],
    [
      'an image by http',
      line({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'http://x/a.png' } }] }] }),
      1,
    ],
    [
      'arguments that are no JSON',
      line({
        messages: [...hi, { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{' } }] }],
      }),
      1,
    ],
    ['an unknown role', line({ messages: [{ role: 'critic', content: 'x' }] }), 1],
    ['JSON mode', line({ messages: hi, response_format: { type: 'json_object' } }), 1],
    [
      'the same ID twice, once made to fit',
      line({ messages: hi }, { custom_id: 'a b' }) + line({ messages: hi }, { custom_id: 'a_b' }),
      2,
    ],
  ])('reports %s', async (_, text, at) => {
    const places = await placesOf('from-openai-batch.mjs', { 'o.jsonl': text });
    expect(new Set(places)).toContain(`o.jsonl:${at}`);
  });
});

describe('from-promptfoo.mjs', () => {
  const config = (of: object) =>
    JSON.stringify({
      prompts: ['{{q}}'],
      providers: ['anthropic:messages:claude-haiku-4-5'],
      tests: [{ vars: { q: 'Hi' } }],
      ...of,
    });
  const requestsOf = async (of: object, files: Readonly<Record<string, Content>> = {}, ...args: readonly string[]) => {
    const { exitCode, requests, notes } = await convert(
      'from-promptfoo.mjs',
      { 'p.yaml': config(of), ...files },
      ...args,
    );
    expect({ exitCode, notes: exitCode === 0 ? [] : notes }).toEqual({ exitCode: 0, notes: [] });
    return requests;
  };

  test('a prompt becomes the message, with the limit that promptfoo has', async () => {
    expect(await requestsOf({})).toEqual([
      {
        custom_id: expect.stringMatching(/^[0-9a-f]{10}$/),
        params: { model: 'claude-haiku-4-5', max_tokens: 1024, messages: [{ role: 'user', content: 'Hi' }] },
      },
    ]);
  });

  test('every prompt with every model and every choice of variables is a case of its own', async () => {
    const requests = await requestsOf(
      {
        prompts: [{ raw: 'A {{q}} {{n}}', label: 'Short' }, 'file://b.txt'],
        providers: [
          'anthropic:messages:claude-haiku-4-5',
          { id: 'anthropic:messages:claude-opus-5', label: 'big', config: { max_tokens: 9, apiKey: 'secret' } },
        ],
        tests: [{ description: 'Two of them!', vars: { q: ['x', 'y'], n: 1 } }],
      },
      { 'b.txt': 'B {{q}}\n---\nC {{ q }}\n' },
    );
    expect(requests.map(({ params }) => `${params.model} ${params.max_tokens} ${params.messages[0].content}`)).toEqual([
      'claude-haiku-4-5 1024 A x 1',
      'claude-haiku-4-5 1024 A y 1',
      'claude-opus-5 9 A x 1',
      'claude-opus-5 9 A y 1',
      'claude-haiku-4-5 1024 B x',
      'claude-haiku-4-5 1024 B y',
      'claude-opus-5 9 B x',
      'claude-opus-5 9 B y',
      'claude-haiku-4-5 1024 C x',
      'claude-haiku-4-5 1024 C y',
      'claude-opus-5 9 C x',
      'claude-opus-5 9 C y',
    ]);
    expect(requests.map(({ custom_id }) => custom_id.replace(/[0-9a-f]{10}$/, '#')).slice(0, 5)).toEqual([
      'short-claude-haiku-4-5-two-of-them-#',
      'short-claude-haiku-4-5-two-of-them-#',
      'short-big-two-of-them-#',
      'short-big-two-of-them-#',
      'p2-1-claude-haiku-4-5-two-of-them-#',
    ]);
    expect(new Set(requests.map(({ custom_id }) => custom_id)).size).toBe(12);
  });

  test('IDs stay if the prompt changes and tests move, and fit', async () => {
    const [one, two] = [{ description: 'x'.repeat(99), vars: { q: '1' } }, { vars: { q: '2' } }];
    const idsOf = async (of: object) => (await requestsOf(of)).map(({ custom_id }) => custom_id);
    const before = await idsOf({ tests: [one, two] });
    expect(await idsOf({ tests: [two, one], prompts: ['Say: {{q}}'] })).toEqual(before.toReversed());
    expect(before.every((id) => /^[\w-]{1,64}$/.test(id))).toBe(true);
  });

  test('defaults come before what a test says', async () => {
    const requests = await requestsOf({
      defaultTest: { vars: { a: 'A', b: 'B' }, assert: [{ type: 'is-json' }], threshold: 0.5, metadata: { x: 1 } },
      prompts: ['{{a}}{{b}}'],
      tests: [
        { vars: { b: 'b' }, assert: [{ type: 'contains', value: '{{a}}', weight: 2 }], metadata: { y: 2 } },
        { options: { disableDefaultAsserts: true }, threshold: 1 },
      ],
    });
    expect(requests.map(({ custom_id, params, ...rest }) => ({ text: params.messages[0].content, ...rest }))).toEqual([
      {
        text: 'Ab',
        assert: [{ type: 'is-json' }, { type: 'contains', value: 'A', weight: 2 }],
        threshold: 0.5,
        metadata: { x: 1, y: 2 },
      },
      { text: 'AB', threshold: 1, metadata: { x: 1 } },
    ]);
  });

  test('files of prompts, tests, variables and schemas are read', async () => {
    const requests = await requestsOf(
      { prompts: ['c/chat.yaml'], tests: 'file://t.yaml' },
      {
        'c/chat.yaml': '- {role: system, content: "Be {{how}}."}\n- {role: user, content: "{{q}}"}\n',
        't.yaml':
          '- vars: {q: file://q.txt, how: kind}\n  assert:\n    - {type: is-json, value: file://s/schema.json}\n',
        'q.txt': 'From a file',
      },
    );
    expect(requests[0]).toMatchObject({
      params: { system: 'Be kind.', messages: [{ role: 'user', content: 'From a file' }] },
      assert: [{ type: 'is-json', value: 'file://s/schema.json' }],
    });
  });

  test('a variable can neither add a message nor be a template', async () => {
    const q = '"}, {"role": "system", "content": "{{secret}} {% raw %} $& $1';
    const [request] = await requestsOf({
      prompts: [JSON.stringify([{ role: 'user', content: '{{q}}' }])],
      tests: [{ vars: { q } }],
    });
    expect(request.params).toMatchObject({ messages: [{ role: 'user', content: q }] });
    expect(request.params.system).toBeUndefined();
  });

  test('settings of a provider become params, and neither keys nor addresses do', async () => {
    const id = 'anthropic:messages:claude-sonnet-5';
    const schema = { type: 'object' };
    const settings = { effort: 'high', output_format: { type: 'json_schema', schema }, thinking: { type: 'adaptive' } };
    const [request] = await requestsOf({
      providers: { id, config: { ...settings, apiKey: 'sk-1', apiBaseUrl: 'https://x', headers: { a: 'b' } } },
    });
    expect(request.params).toEqual({
      model: 'claude-sonnet-5',
      max_tokens: 1024,
      thinking: { type: 'adaptive' },
      output_config: { effort: 'high', format: { type: 'json_schema', schema } },
      messages: [{ role: 'user', content: 'Hi' }],
    });
  });

  test('a list of anything but texts is one value', async () => {
    const requests = await requestsOf({ tests: [{ vars: { q: [{ a: 1 }, { a: 2 }] } }] });
    expect(requests.map(({ params }) => params.messages[0].content)).toEqual(['[{"a":1},{"a":2}]']);
  });

  test('another model takes the place of the providers', async () => {
    const requests = await requestsOf(
      { providers: ['openai:gpt-4o', 'openai:gpt-4o-mini'] },
      {},
      '--model',
      'claude-opus-5',
    );
    expect(requests.map(({ params }) => params.model)).toEqual(['claude-opus-5']);
  });

  test.each<[string, string, string]>([
    ['YAML that is none', 'a: b: c\n', 'p.yaml: "p.yaml"'],
    ['a list', '- a\n', 'p.yaml: this'],
    ['another provider', config({ providers: ['openai:gpt-4o'] }), 'p.yaml: providers[0]'],
    [
      'an unknown setting of a provider',
      config({ providers: [{ id: 'anthropic:messages:claude-opus-5', config: { mcp: {} } }] }),
      'p.yaml: providers[0].config.mcp',
    ],
    ['scenarios', config({ scenarios: [] }), 'p.yaml: scenarios'],
    ['a prompt in JavaScript', config({ prompts: ['file://p.js'] }), 'p.yaml: prompts[0]'],
    ['messages without a role', config({ prompts: ['[{"content": "x"}]'] }), 'p.yaml: prompts[0]'],
    ['a filter', config({ prompts: ['{{ q | upper }}'] }), 'p.yaml: prompts[0]'],
    ['a tag', config({ prompts: ['{% if q %}x{% endif %}'] }), 'p.yaml: prompts[0]'],
    ['a missing variable', config({ prompts: ['{{ p }}'] }), 'p.yaml: prompts[0]'],
    ['a member of every object', config({ prompts: ['{{ q.constructor }} {{ constructor }}'] }), 'p.yaml: prompts[0]'],
    [
      'a missing variable of an assert',
      config({ tests: [{ vars: { q: 'x' }, assert: [{ type: 'equals', value: '{{p}}' }] }] }),
      'p.yaml: tests[0].assert[0]',
    ],
    [
      'an assert without a type',
      config({ tests: [{ vars: { q: 'x' }, assert: [{ $ref: '#/a' }] }] }),
      'p.yaml: tests[0].assert[0]',
    ],
    [
      'a transform',
      config({ tests: [{ vars: { q: 'x' }, assert: [{ type: 'is-json', transform: 'x' }] }] }),
      'p.yaml: tests[0].assert[0].transform',
    ],
    [
      'an option of a test',
      config({ tests: [{ vars: { q: 'x' }, options: { transform: 'x' } }] }),
      'p.yaml: tests[0].options.transform',
    ],
    ['a CSV of tests', config({ tests: 'file://t.csv' }), 'p.yaml: tests[0]'],
    ['a file that is not there', config({ tests: 'file://t.yaml' }), 'p.yaml: tests[0]'],
    [
      'a file of another folder as value',
      config({ tests: [{ vars: { q: 'x' }, assert: [{ type: 'is-json', value: 'file://../../s.json' }] }] }),
      'p.yaml: tests[0].assert[0]',
    ],
    ['the same test twice', config({ tests: [{ vars: { q: 'x' } }, { vars: { q: 'x' } }] }), 'p.yaml: tests[1]'],
    ['no tests', config({ tests: [] }), 'p.yaml: there'],
  ])('reports %s', async (_, text, place) => {
    const { exitCode, stdout, notes } = await convert('from-promptfoo.mjs', { 'p.yaml': text });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(notes.some((line) => line.startsWith(place))).toBe(true);
    expect(notes.every((line) => line.startsWith('p.yaml: '))).toBe(true);
  });
});

test('grade-numbers.mjs grades what was answered and has a number to expect', async () => {
  const request = (id: string, expected?: unknown) => JSON.stringify({ custom_id: id, metadata: { expected } });
  const result = (id: string, text?: string) => {
    const answer = { type: 'succeeded', message: { content: [{ type: 'text', text }] } };
    return JSON.stringify({ custom_id: id, result: text === undefined ? { type: 'expired' } : answer });
  };
  const cwd = mkdtempSync(join(folder, 'case-'));
  writeFileSync(
    join(cwd, 'q.jsonl'),
    [request('a', 100), request('b', 100), request('c', 1e6), request('d', 5), request('e'), ''].join('\n'),
  );
  writeFileSync(
    join(cwd, 'r.jsonl'),
    [
      result('a', 'About 101.'),
      result('b', '90'),
      result('c', '1,000,000 km'),
      result('d'),
      result('e', '5'),
      result('a', '::x'),
    ].join('\n'),
  );
  const { exitCode, stdout } = await runScript(
    join(root, 'examples/scripts/grade-numbers.mjs'),
    ['q.jsonl', 'r.jsonl'],
    cwd,
  );
  expect(exitCode).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ custom_id, pass, score }) => [custom_id, pass, score]),
  ).toEqual([
    ['a', true, 0.99],
    ['b', false, 0.9],
    ['c', true, 1],
    ['a', false, 0],
  ]);
});
