import { describe, expect, test } from '@jest/globals';
import { FILE_FAULTS, FILE_FORMS, PATTERN_FAULTS } from '../../../src/core/messages/file-faults.ts';
import { INPUT_PROBLEMS } from '../../../src/core/messages/input-problems.ts';
import { PARAMS_PROBLEMS } from '../../../src/core/messages/params-problems.ts';
import {
  type Problem,
  type ProblemData,
  printProblem,
  printProblemOf,
  wordsOfProblem,
} from '../../../src/core/messages/problems.ts';
import { REQUEST_PROBLEMS } from '../../../src/core/messages/request-problems.ts';

const DOLLAR = 10n ** 15n;
const WRONG = {
  place: ['messages', 0],
  found: 'string',
  word: undefined,
  meant: undefined,
  allowed: ['user', 'assistant'],
} as const;
const INSIDE = { hasContents: false, hasVersion: false, hasModel: true };
const OPENAI = { holder: 'body', idKey: undefined, hasId: true, otherKeys: [], ...INSIDE } as const;
const OVER = {
  code: 'over-budget',
  requests: 1_200,
  worstUsd: 18n * DOLLAR,
  likelyUsd: 6n * DOLLAR,
  maxCostUsd: 9n * DOLLAR,
  maxTokens: 400,
} as const;

const SENTENCES: readonly (readonly [ProblemData, string])[] = [
  [{ code: 'not-utf8' }, 'the line is not valid UTF-8; save the file as UTF-8'],
  [
    { code: 'not-json', column: 19 },
    'the line is not valid JSON (column 19); write one request per line: {"custom_id": "…", "params": {…}}',
  ],
  [
    { code: 'not-json', column: 9, literal: 'NaN' },
    'the line is not valid JSON (column 9: NaN); write null or leave the key out; JSON has no NaN (in Python, allow_nan=False finds it)',
  ],
  [
    { code: 'not-json', column: 9, literal: 'number' },
    'the line is not valid JSON (column 9: a number in a form that JSON does not have); write numbers as 0.5, 1 or 1e6: with a digit before and after the point, and without +, leading zeros, 0x or _',
  ],
  [
    { code: 'not-json', column: 9, literal: 'None' },
    'the line is not valid JSON (column 9: None); write null; in Python, use json.dumps rather than str',
  ],
  [
    { code: 'not-json', column: 2, literal: 'single-quote' },
    'the line is not valid JSON (column 2: a single quote); write double quotes; in Python, use json.dumps rather than str',
  ],
  [
    { code: 'strict-json', fault: 'lone-surrogate', column: 12 },
    'the line has half of a character, such as an emoji that was cut in two, which the API rejects as invalid JSON (column 12); cut texts between characters, or remove the half (an escape from \\ud800 to \\udfff without its other half)',
  ],
  [
    { code: 'strict-json', fault: 'infinite-number', column: undefined },
    'the line has a number that is too large, which the API rejects as invalid JSON; write a number below 1.8e308',
  ],
  [
    { code: 'strict-json', fault: 'too-deep', column: undefined },
    'the line is nested more than 1,000 levels deep, which the API rejects as invalid JSON; write params with fewer levels',
  ],
  [
    { code: 'not-jsonl', form: 'array' },
    "the file is a JSON array, not JSON Lines; write one request per line: jq -c '.[]' old.json > requests.jsonl",
  ],
  [
    { code: 'not-jsonl', form: 'object' },
    'the file has JSON that goes over several lines, not JSON Lines; write one request per line: jq -c . old.json > requests.jsonl',
  ],
  [
    { code: 'not-an-object', found: 'list' },
    'the line is a list, not an object; write {"custom_id": "…", "params": {…}}',
  ],
  [
    { code: 'foreign-form', ...OPENAI, otherKeys: ['method', 'url'] },
    `the request is under "body", as in a batch file for OpenAI or Mistral; convert the file in an earlier step with the command for OpenAI under "Write the JSONL" in the README of claude-batch-action (https://github.com/org/claude-batch-action#write-the-jsonl)`,
  ],
  [
    { code: 'foreign-form', ...OPENAI },
    `the request is under "body", as in a batch file for OpenAI or Mistral; convert the file in an earlier step with the command for OpenAI under "Write the JSONL" in the README of claude-batch-action (https://github.com/org/claude-batch-action#write-the-jsonl)`,
  ],
  [
    { code: 'foreign-form', ...OPENAI, holder: 'request', idKey: 'key', hasId: false, hasContents: true },
    `the request is under "request", as in a batch file for Gemini or Vertex; rename "request" to "params", rename "key" to "custom_id" and write its contents as "messages"`,
  ],
  [
    { code: 'foreign-form', ...OPENAI, holder: 'modelInput', hasId: false, hasVersion: true, hasModel: false },
    `the request is under "modelInput", as in a batch file for Bedrock; rename "modelInput" to "params", add a "custom_id", remove "anthropic_version" and add the model to it`,
  ],
  [
    { code: 'answer-line' },
    'the line is the result of a request, not a request; name the file with the requests in the requests input, not a file with results',
  ],
  [
    { code: 'create-body' },
    'the line is the whole body of a batch, with all requests under "requests"; write one request per line: jq -c \'.requests[]\' old.json > requests.jsonl',
  ],
  [
    { code: 'bare-params', hasId: false },
    'the line has the parameters of a request without "params" around them; put them into "params" and add a "custom_id": jq -cs \'to_entries[] | {custom_id: "line-\\(.key + 1)", params: .value}\' old.jsonl > requests.jsonl',
  ],
  [
    { code: 'bare-params', hasId: true },
    'the line has the parameters of a request without "params" around them; put them into "params": jq -c \'{custom_id, params: del(.custom_id)}\' old.jsonl > requests.jsonl',
  ],
  [
    { code: 'prompt-line', key: 'prompt', id: 'id' },
    'the line has a "prompt", but no "params"; write a request, as under "Write the JSONL" in the README of claude-batch-action (https://github.com/org/claude-batch-action#write-the-jsonl), for example: jq -c \'{custom_id: (.id | tostring), params: {model: "claude-haiku-4-5", max_tokens: 1024, messages: [{role: "user", content: .prompt}]}}\' old.jsonl > requests.jsonl',
  ],
  [
    { code: 'prompt-line', key: 'question', id: undefined },
    'the line has a "question", but no "params"; write a request, as under "Write the JSONL" in the README of claude-batch-action (https://github.com/org/claude-batch-action#write-the-jsonl), for example: jq -cs \'to_entries[] | {custom_id: "line-\\(.key + 1)", params: {model: "claude-haiku-4-5", max_tokens: 1024, messages: [{role: "user", content: .value.question}]}}\' old.jsonl > requests.jsonl',
  ],
  [
    { code: 'not-a-request' },
    'the line has neither "custom_id" nor "params", so it is not a request; write {"custom_id": "…", "params": {…}}; "Write the JSONL" in the README of claude-batch-action (https://github.com/org/claude-batch-action#write-the-jsonl) has examples',
  ],
  [{ code: 'repeated-key', name: 'x', within: 'line' }, 'the key "x" appears twice; keep one of them'],
  [{ code: 'repeated-key', name: 'x', within: 'params' }, 'the key "x" appears twice in params; keep one of them'],
  [
    { code: 'unknown-key', name: '\n::error::', meant: undefined },
    'the key "\\n::error::" is not one of custom_id, params, assert, threshold, required and metadata; remove it, or move it into "params", or into "metadata" for grouping cases',
  ],
  [
    { code: 'unknown-key', name: 'customid', meant: 'custom_id' },
    'the key "customid" is not one of custom_id, params, assert, threshold, required and metadata; write "custom_id"',
  ],
  [{ code: 'no-custom-id' }, 'custom_id is missing; give every request its own ID, such as "case-1"'],
  [{ code: 'custom-id-type', found: 'null' }, 'custom_id is null, not a string; write it in quotes'],
  [{ code: 'custom-id-form' }, 'custom_id is empty; use 1 to 64 of the characters A-Z a-z 0-9 _ -'],
  [
    { code: 'custom-id-form', position: 2 },
    'custom_id has an invalid character at position 2; use 1 to 64 of the characters A-Z a-z 0-9 _ -',
  ],
  [
    { code: 'custom-id-form', length: 65 },
    'custom_id is 65 characters long; use 1 to 64 of the characters A-Z a-z 0-9 _ -',
  ],
  [
    { code: 'repeated-custom-id', customId: 'a', first: { file: 'a.jsonl', line: 2 } },
    'custom_id "a" is already used at a.jsonl:2; give every request its own ID, across all files',
  ],
  [{ code: 'no-params' }, 'params is missing; put model, max_tokens and messages into "params"'],
  [
    { code: 'params-type', found: 'string' },
    'params is a string, not an object; write "params": {"model": …, "max_tokens": …, "messages": […]}',
  ],
  [{ code: 'assert-type', found: 'object' }, 'assert is an object, not a list; write "assert": […]'],
  [
    { code: 'line-too-long' },
    'the request is larger than the limit for a whole batch (250 MB); make it smaller, and write one request per line',
  ],
  [
    { code: 'identical-requests', first: { file: 'a.jsonl', line: 2 } },
    'the request is identical to a.jsonl:2, and each is billed when it is submitted; remove one, unless you want several answers',
  ],
  [
    { code: 'no-requests', patterns: ['a.jsonl', 'b/*'], files: [] },
    'no file matches the requests input ("a.jsonl", "b/*"); check the path, which is relative to the workspace, or set if-no-requests-found to warn or ignore',
  ],
  [
    { code: 'no-requests', patterns: ['a.jsnol'], files: [], meant: 'a.jsonl', isBare: false },
    'no file matches the requests input ("a.jsnol"); write "a.jsonl"',
  ],
  [
    { code: 'no-requests', patterns: ['evals/*.jsonl'], files: [], there: { file: 'requests.jsonl', isTable: false } },
    'no file matches the requests input ("evals/*.jsonl"); check the path, which is relative to the workspace: there is "requests.jsonl"',
  ],
  [
    { code: 'no-requests', patterns: ['evals/*.jsonl'], files: [], there: { file: 'evals/q.csv', isTable: true } },
    `no file matches the requests input ("evals/*.jsonl"); "evals/q.csv" is there: turn it into JSON Lines in an earlier step, as under "Write the JSONL" in the README of claude-batch-action (https://github.com/org/claude-batch-action#write-the-jsonl)`,
  ],
  [
    { code: 'no-requests', patterns: ['a.jsonl'], files: [], meant: undefined, isBare: true },
    'no file matches the requests input ("a.jsonl"); the workspace is empty: add "- uses: actions/checkout@v7", or the step that writes the file, before this step',
  ],
  [
    { code: 'no-requests', patterns: ['a.jsonl'], files: ['a.jsonl', 'b.jsonl'] },
    'a.jsonl, b.jsonl are empty; check the step that writes the requests, or set if-no-requests-found to warn or ignore',
  ],
  [
    { code: 'nul-bytes' },
    'the line contains NUL bytes: the file was not written completely or is not UTF-8; write the file again, as UTF-8',
  ],
  [
    { code: 'merge-conflict' },
    'the file has an unresolved merge conflict, which begins here; resolve it and commit the file without the conflict markers',
  ],
  [
    { code: 'unseen-character', codePoint: 0xfeff, at: 'start' },
    'the line begins with a byte order mark (U+FEFF); remove it; files that are joined must be saved as UTF-8 without a byte order mark',
  ],
  [
    { code: 'unseen-character', codePoint: 0xa0, at: 'end' },
    'the line ends with an invisible character (U+00A0); remove it; JSON allows only spaces and tabs there',
  ],
  [
    {
      code: 'unlisted-problems',
      kinds: [
        { code: 'unknown-key', count: 12_000 },
        { code: 'not-json', count: 1 },
      ],
    },
    '12,001 more problems not listed (12,000 × unknown-key, 1 × not-json); fix the listed ones first, then run again',
  ],
  [
    { code: 'file-unusable', fault: 'pipe' },
    'it is a named pipe, not a regular file; write its content to a regular file first, and name that file',
  ],
  [
    { code: 'file-form', form: 'lfs-pointer' },
    'the file is a Git LFS pointer, not the file itself; set lfs: true in the actions/checkout step',
  ],
  [
    { code: 'file-form', form: 'gzip' },
    'the file is compressed (gzip); decompress it in an earlier step, for example: gunzip requests.jsonl.gz',
  ],
  [
    { code: 'file-form', form: 'utf-16' },
    'the file is encoded in UTF-16; save it as UTF-8, in PowerShell with Out-File -Encoding utf8, or convert it: iconv -f UTF-16 -t UTF-8 old.jsonl > requests.jsonl',
  ],
  [
    { code: 'unreadable-file', reason: 'EACCES' },
    'could not read the file (EACCES); check its path and its permissions',
  ],
  [
    { code: 'requests-replaced' },
    'the file is in results-path and has a name that this step writes to, so it would be overwritten; set results-path to another folder, or give the file another name',
  ],
  [
    { code: 'count-refused', reason: '400 no' },
    'the API refused to count the tokens of this request (400 no); fix the problem in the message; the request would most likely fail in the batch as well',
  ],
  [
    { code: 'counts-refused', reason: '400 no' },
    'the API refused to count the tokens of any request (400 no); fix the problem in the message, unless your gateway just does not count tokens; all requests would most likely fail in the batch as well',
  ],
  [
    { code: 'prompt-too-long', model: 'claude-x', tokens: 375_000, limit: 200_000 },
    'the prompt has 375,000 tokens, and the model "claude-x" accepts 200,000; shorten it or use a model that accepts more; otherwise the request would most likely fail',
  ],
  [
    { code: 'uncached-prefix', requests: 4, tokens: 4_100, savingUsd: 5_000_000_000_000n },
    '4 requests start with the same 4,100 tokens (estimated), and none of them is marked for caching; put "cache_control": {"type": "ephemeral"} on the last block that repeats, which would save up to $0.005',
  ],
  [
    { ...OVER, basis: 'upper' },
    "1,200 requests would cost up to $18.00 in the worst case and likely about $6.00, but max-cost-usd allows $9.00; raise max-cost-usd to 18.00, set max-cost-basis: likely, or submit fewer or shorter requests or lower max_tokens (override-params: '{max_tokens: 400}' fits)",
  ],
  [
    { ...OVER, basis: 'likely', maxCostUsd: DOLLAR / 200n, maxTokens: undefined },
    '1,200 requests would cost up to $18.00 in the worst case and likely about $6.00, but max-cost-usd allows $0.005 of the likely cost; raise max-cost-usd to 6.00, or submit fewer or shorter requests or lower max_tokens',
  ],
  [
    { ...OVER, basis: 'likely', worstUsd: undefined, likelyUsd: 1_234n * DOLLAR + 1n },
    "1,200 requests would cost any amount in the worst case and likely about $1,234.01, but max-cost-usd allows $9.00 of the likely cost; raise max-cost-usd to 1234.01, or submit fewer or shorter requests or lower max_tokens (override-params: '{max_tokens: 400}' fits)",
  ],
  [
    { ...OVER, basis: 'upper', worstUsd: 18n * DOLLAR + 1n, maxCostUsd: 18n * DOLLAR, maxTokens: undefined },
    '1,200 requests would cost up to $18.01 in the worst case and likely about $6.00, but max-cost-usd allows $18.00; raise max-cost-usd to 18.01, set max-cost-basis: likely, or submit fewer or shorter requests or lower max_tokens',
  ],
  [
    { ...OVER, basis: 'upper', judgements: 1 },
    "1,200 requests and 1 judgement would cost up to $18.00 in the worst case and likely about $6.00, but max-cost-usd allows $9.00; raise max-cost-usd to 18.00, set max-cost-basis: likely, or submit fewer or shorter requests or lower max_tokens (override-params: '{max_tokens: 400}' fits)",
  ],
  [
    { ...OVER, basis: 'upper', requests: 0, judgements: 2 },
    '2 judgements would cost up to $18.00 in the worst case and likely about $6.00, but max-cost-usd allows $9.00; raise max-cost-usd to 18.00, or set max-cost-basis: likely',
  ],
  [
    { ...OVER, basis: 'likely', requests: 0, judgements: 2 },
    '2 judgements would cost up to $18.00 in the worst case and likely about $6.00, but max-cost-usd allows $9.00 of the likely cost; raise max-cost-usd to 6.00',
  ],
  [
    { code: 'judge-without-price', judgements: 3 },
    'the judge model has no known price, so 3 judgements cannot be checked against max-cost-usd; add the missing price with the prices input, use another judge-model, or remove max-cost-usd',
  ],
  [
    { code: 'unknown-price', requests: 2, total: 3, models: ['claude-x', 'a\u202e"b'], moreModels: 0 },
    'could not check max-cost-usd for 2 of 3 requests: the price of "claude-x", "a\\u202e\\"b" is not fully known; add the missing prices with the prices input, or remove max-cost-usd',
  ],
  [
    { code: 'unknown-price', requests: 1, total: 1, models: ['claude-x'], moreModels: 7 },
    'could not check max-cost-usd for 1 of 1 request: the price of "claude-x" and 7 more models is not fully known; add the missing prices with the prices input, or remove max-cost-usd',
  ],
  [
    { code: 'unknown-price', requests: 1, total: 2, models: [], moreModels: 0 },
    'could not check max-cost-usd for 1 of 2 requests: they have no model; give every request a model',
  ],
  [
    {
      code: 'no-upper-bound',
      requests: 1,
      total: 2,
      causes: ['server-tools'],
      likelyUsd: DOLLAR,
      maxCostUsd: 2n * DOLLAR,
    },
    '1 of 2 requests may use server tools, which add tokens without a limit, so there is no upper bound to compare with max-cost-usd; set max-cost-basis: likely, which fits (about $1.00, excluding what server tools add), stop using server tools, or remove max-cost-usd',
  ],
  [
    {
      code: 'no-upper-bound',
      requests: 1,
      total: 1,
      causes: ['server-tools', 'compaction'],
      likelyUsd: DOLLAR,
      maxCostUsd: 0n,
    },
    '1 of 1 request may use server tools or compaction, which add tokens without a limit, so there is no upper bound to compare with max-cost-usd; set max-cost-basis: likely, which needs a max-cost-usd of 1.00 (about $1.00, excluding what server tools or compaction add), stop using server tools or compaction, or remove max-cost-usd',
  ],
  [
    { code: 'no-api-key' },
    'no API key is set; set anthropic-api-key: ${{ secrets.ANTHROPIC_API_KEY }}, and add that secret to the repository, or sign in without a key (docs/sign-in.md)',
  ],
  [
    { code: 'no-identity-token' },
    'the job may not ask GitHub for an identity token, which it needs to sign in; add "id-token: write" to the permissions of the job; where another workflow calls this one, to those of the calling job too',
  ],
  [
    { code: 'no-model', writtenAs: undefined },
    'model is missing; write "model": "claude-…", or set it for all requests in default-params',
  ],
  [{ code: 'no-model', writtenAs: 'modle' }, 'model is missing; rename "modle" to "model"'],
  [{ code: 'model-type', found: 'list' }, 'model is a list, not a string; write a model ID in quotes'],
  [{ code: 'model-type', found: 'string' }, 'model is empty; write a model ID in quotes'],
  [
    { code: 'no-max-tokens', writtenAs: undefined },
    'max_tokens is missing; write, for example, "max_tokens": 1024, or set it for all requests in default-params',
  ],
  [{ code: 'no-max-tokens', writtenAs: 'max_token' }, 'max_tokens is missing; rename "max_token" to "max_tokens"'],
  [
    { code: 'max-tokens-type', found: 'string' },
    'max_tokens is a string, not a number; write a whole number of 1 or more',
  ],
  [{ code: 'max-tokens-type', found: 'number' }, 'max_tokens is not a whole number; write a whole number of 1 or more'],
  [{ code: 'max-tokens-range' }, 'max_tokens is below 1, which a batch rejects; write a whole number of 1 or more'],
  [
    { code: 'no-messages', writtenAs: undefined },
    'messages is missing; write "messages": [{"role": "user", "content": "…"}]',
  ],
  [
    { code: 'messages-type', found: 'string' },
    'messages is a string, not a list; write "messages": [{"role": "user", "content": "…"}]',
  ],
  [{ code: 'messages-empty' }, 'messages is empty; write "messages": [{"role": "user", "content": "…"}]'],
  [
    { code: 'empty-content', place: ['messages', 0] },
    'messages[0] has empty content; add content; only a final assistant message may be empty',
  ],
  [
    { code: 'empty-text', place: ['messages', 0, 'content', 1] },
    'messages[0].content[1] is an empty text block; add text or remove the block',
  ],
  [
    { code: 'blank-text', place: ['messages', 0] },
    'messages[0] contains only white space; add text; the API may reject white space',
  ],
  [
    { code: 'blank-stop-sequence' },
    'stop_sequences contains a sequence of only white space; remove it; the API requires a visible character',
  ],
  [
    { code: 'refused-in-batch', name: 'stream' },
    'a batch rejects "stream": true; remove it; results are available when the batch ends',
  ],
  [{ code: 'refused-in-batch', name: 'speed' }, 'a batch rejects "speed"; remove it; a batch has no fast mode'],
  [
    { code: 'refused-in-batch', name: 'store' },
    'a batch rejects "store"; remove it; a batch always keeps its results for 29 days',
  ],
  [
    { code: 'refused-in-batch', name: 'thread' },
    'a batch rejects "thread"; remove it and write the whole conversation into messages',
  ],
  [
    { code: 'refused-in-batch', name: 'previous_thread_event_id' },
    'a batch rejects "previous_thread_event_id"; remove it and write the whole conversation into messages',
  ],
  [
    { code: 'refused-in-batch', name: 'cache_hint' },
    'a batch rejects "cache_hint"; remove it and mark what to cache with cache_control',
  ],
  [
    { code: 'refused-in-batch', name: 'context_hint' },
    'a batch rejects "context_hint"; remove it and write the whole context into system and messages',
  ],
  [
    { code: 'refused-in-batch', name: 'fallbacks' },
    'a batch rejects "fallbacks"; remove it and set model to the model that should answer',
  ],
  [
    { code: 'header-in-params', name: 'betas', kind: 'beta' },
    '"betas" is not a request parameter; it applies to the whole batch; remove it and list the betas in the anthropic-beta input, one header for the whole batch',
  ],
  [
    { code: 'header-in-params', name: 'anthropic_version', kind: 'version' },
    '"anthropic_version" is not a request parameter; it applies to the whole batch; remove it and set the anthropic-version input, one header for the whole batch',
  ],
  [
    { code: 'header-in-params', name: 'workspace_id', kind: 'workspace' },
    '"workspace_id" is not a request parameter; it applies to the whole batch; remove it; the API key determines the workspace',
  ],
  [
    { code: 'header-in-params', name: 'x-api-key', kind: 'key' },
    '"x-api-key" is not a request parameter; it applies to the whole batch; remove it, revoke any key that was written there, and use the anthropic-api-key input',
  ],
  [
    { code: 'header-in-params', name: 'extra_headers', kind: 'headers' },
    '"extra_headers" is not a request parameter; it applies to the whole batch; remove it; versions and betas have their own inputs',
  ],
  [
    { code: 'removed-param', name: 'top_p', version: '2026-10-21' },
    'version 2026-10-21 of the API does not accept "top_p"; remove it, or set anthropic-version: 2023-06-01 for models that still accept it',
  ],
  [
    { code: 'beta-param', name: 'compaction' },
    '"compaction" is part of a beta of the API; name the beta in the anthropic-beta input, or remove it',
  ],
  [{ code: 'unknown-param', name: 'n', meant: undefined }, 'the API has no parameter "n"; remove it'],
  [
    { code: 'unknown-param', name: 'stop', meant: 'stop_sequences' },
    'the API has no parameter "stop"; write "stop_sequences"',
  ],
  [
    { code: 'refused-in-batch', name: 'research_preview_2026_02' },
    'a batch rejects "research_preview_2026_02": "active"; remove it; a batch does not support research previews',
  ],
  [
    { code: 'refused-in-batch', name: 'billing_policy' },
    'a batch rejects "bill_to": "user_profile" in billing_policy; remove bill_to; a batch is billed to the organization of the API key',
  ],
  [
    { code: 'header-in-params', name: 'anthropic_version', kind: 'cloud-version' },
    '"anthropic_version" is not a request parameter; it applies to the whole batch; remove it; only Bedrock and Vertex take it in a request',
  ],
  [
    { code: 'foreign-param', name: 'max_completion_tokens', isThere: false },
    'the API has no parameter "max_completion_tokens"; rename it to "max_tokens"',
  ],
  [
    { code: 'foreign-param', name: 'max_completion_tokens', isThere: true },
    'the API has no parameter "max_completion_tokens"; remove it',
  ],
  [
    { code: 'foreign-param', name: 'extra_body', isThere: false },
    'the API has no parameter "extra_body"; move its keys into "params"',
  ],
  [
    { code: 'foreign-param', name: 'response_format', isThere: true },
    'the API has no parameter "response_format"; write "output_config": {"format": {"type": "json_schema", "schema": {…}}}',
  ],
  [
    { code: 'trailing-space', place: ['messages', 1] },
    'messages[1], the start of the answer, ends in white space; remove the white space at its end',
  ],
  [
    { code: 'tool-name', place: ['tools', 0, 'name'] },
    'tools[0].name is empty; use 1 to 128 of the characters A-Z a-z 0-9 _ -',
  ],
  [
    { code: 'tool-name', place: ['tools', 0, 'name'], position: 5 },
    'tools[0].name has an invalid character at position 5; use 1 to 128 of the characters A-Z a-z 0-9 _ -',
  ],
  [
    { code: 'tool-name', place: ['tools', 0, 'name'], length: 1_290 },
    'tools[0].name is 1,290 characters long; use 1 to 128 of the characters A-Z a-z 0-9 _ -',
  ],
  [
    { code: 'tool-schema', place: ['tools', 0, 'input_schema'], union: 'anyOf' },
    'tools[0].input_schema has anyOf at its top level; write "type": "object" with properties there, and use anyOf only inside them',
  ],
  [
    { code: 'use-without-result', place: ['messages', 1, 'content', 0] },
    'messages[1].content[0] uses a tool, and the next message has no result for it; begin the next user message with a tool_result that has its ID as tool_use_id',
  ],
  [
    { code: 'result-without-use', place: ['messages', 1, 'content', 0] },
    'messages[1].content[0] is the result of a tool that the message before does not use; put it right after the assistant message with the tool_use of that ID, or remove it',
  ],
  [
    { code: 'data-uri', place: ['messages', 0, 'content', 0] },
    'messages[0].content[0] has a data: URI; write "source": {"type": "base64", "media_type": "…", "data": "…"} with only what follows the comma as data',
  ],
  [
    { code: 'broken-base64', place: ['messages', 0, 'content', 0] },
    'the data of messages[0].content[0] is not valid base64; encode the whole file in standard base64 with padding',
  ],
  [
    { code: 'media-type', place: ['messages', 0, 'content', 0], given: 'image/png', found: 'image/jpeg' },
    'messages[0].content[0] has the media_type "image/png", but its data is image/jpeg; write "media_type": "image/jpeg"',
  ],
  [
    { code: 'media-type', place: ['messages', 0, 'content', 0], given: 'image/png', found: 'application/pdf' },
    'messages[0].content[0] has the media_type "image/png", but its data is application/pdf; write "media_type": "application/pdf" in a block of type document',
  ],
  [
    { code: 'media-type', place: ['messages', 0, 'content', 0], given: 'application/pdf', found: 'text/html' },
    'messages[0].content[0] has the media_type "application/pdf", but its data is text/html; check the download: the server may have returned an error or login page instead of the file',
  ],
  [
    { code: 'media-type', place: ['messages', 0, 'content', 0], given: 'application/pdf', found: undefined },
    'messages[0].content[0] has the media_type "application/pdf", but its data is of another type; convert the file to that type first',
  ],
  [
    { code: 'empty-document', place: ['messages', 0, 'content', 0] },
    'messages[0].content[0] is a document without any text; add text or remove the document; the API may reject an empty one',
  ],
  [
    { code: 'late-result', place: ['messages', 2, 'content', 1] },
    'messages[2].content[1] is a tool_result that comes after other blocks of the user; put all tool_result blocks first, and text after them',
  ],
  [
    { code: 'repeated-result', place: ['messages', 2, 'content', 1] },
    'messages[2].content[1] is a second tool_result for the same tool_use; keep one',
  ],
  [
    { code: 'repeated-use', place: ['messages', 1, 'content', 1] },
    'messages[1].content[1] has the ID of an earlier tool_use; give each tool_use an ID of its own, and its tool_result the same as tool_use_id',
  ],
  [{ code: 'thinking-budget', least: 1_024 }, 'budget_tokens is below 1,024; write 1024 or more, or remove thinking'],
  [
    { code: 'thinking-budget-limit', limit: 2_000 },
    'budget_tokens is not below max_tokens (2,000), which includes thinking; raise max_tokens or lower budget_tokens',
  ],
  [
    { code: 'forced-tool-thinking' },
    'tool_choice forces the use of a tool, which cannot be used with thinking; write "tool_choice": {"type": "auto"}, or remove thinking',
  ],
  [
    { code: 'forced-tool-model', type: 'any' },
    'the model does not accept tool_choice of type "any"; write "tool_choice": {"type": "auto"} and ask for the tool in the prompt, or use another model',
  ],
  [
    { code: 'effort-without-thinking', effort: 'max' },
    'the model does not accept effort "max" while thinking is disabled; remove thinking, or write effort "high" or lower',
  ],
  [{ code: 'sampling-range', name: 'temperature' }, 'temperature is out of range; write a number from 0 to 1'],
  [{ code: 'sampling-range', name: 'top_k' }, 'top_k is out of range; write a number of 0 or more'],
  [
    { code: 'sampling-with-thinking', name: 'top_p' },
    'this top_p cannot be used with thinking; remove top_p, or remove thinking',
  ],
  [
    { code: 'cache-order' },
    'a cache_control breakpoint of one hour comes after one of five minutes; put the breakpoints with "ttl": "1h" first, in the order tools, system, messages',
  ],
  [
    { code: 'retiring-model', name: 'claude-x', on: '2026-08-05', isPast: true },
    'the model "claude-x" was due to retire on 2026-08-05; switch to a newer model',
  ],
  [
    { code: 'input-params', fault: 'lone-surrogate' },
    'it has half of a character, such as an emoji that was cut in two, which the API rejects; write the whole character, or remove the half',
  ],
  [{ code: 'input-params', fault: 'not-a-list' }, 'it is not a list; write one item per line, each after a dash'],
  [{ code: 'input-params', fault: 'too-deep' }, 'it is nested more than 1,000 levels deep; write fewer levels'],
  [
    { code: 'cache-breakpoints' },
    'the request has more than four cache_control breakpoints; keep at most four across tools, system, messages and the request itself',
  ],
  [{ code: 'repeated-tool', name: 'a' }, 'tools has more than one tool called "a"; rename or remove all but one'],
  [
    { code: 'unknown-tool', name: 'get_wether', meant: 'get_weather' },
    'tool_choice names the tool "get_wether", which is not in tools; write "get_weather"',
  ],
  [
    { code: 'unknown-tool', name: 'b', meant: undefined },
    'tool_choice names the tool "b", which is not in tools; name one of the tools',
  ],
  [
    { code: 'choice-without-tools' },
    'tool_choice requires a tool, but there are no tools; add tools or remove tool_choice',
  ],
  [{ code: 'unknown-role', ...WRONG, found: undefined }, 'messages[0] has no role; add "role": "user" or "assistant"'],
  [
    { code: 'unknown-role', ...WRONG, word: 'developer', isMaybeKnown: true },
    'messages[0] has the role "developer", which the API does not know; write "user" or "assistant", or keep it if your API accepts it',
  ],
  [
    { code: 'unknown-type', ...WRONG },
    'messages[0] has a type that the API does not know; write "user" or "assistant"',
  ],
  [
    { code: 'unknown-type', ...WRONG, found: 'number', allowed: 'abcdefghij'.split('') },
    'the type of messages[0] is a number; write "a", "b", "c", "d", "e", "f", "g", "h" or another supported value',
  ],
  [
    { code: 'unknown-type', ...WRONG, word: 'imge', meant: 'image' },
    'messages[0] has the type "imge", which the API does not know; write "image"',
  ],
  [
    { code: 'unknown-tool-type', ...WRONG, word: 'function', isMaybeKnown: true },
    'messages[0] has the type "function", which the API does not know; for your own tool, leave out the type and write name, description and input_schema, or keep it if your API accepts it',
  ],
  [
    { code: 'unknown-tool-type', ...WRONG, word: 'web_search_2', meant: 'web_search_1' },
    'messages[0] has the type "web_search_2", which the API does not know; write "web_search_1"',
  ],
  [
    { code: 'shape-missing', place: ['messages', 0], name: 'content', type: undefined },
    'messages[0] has no content; add "content" to it',
  ],
  [
    { code: 'shape-missing', place: ['messages', 0, 'content', 1], name: 'source', type: 'image' },
    'messages[0].content[1] (type "image") has no source; add "source" to it',
  ],
  [
    { code: 'shape-type', place: ['system'], found: 'number', wanted: ['string', 'array'], isOptional: false },
    'system is a number, not a string or a list; write a string or a list',
  ],
  [
    { code: 'shape-type', place: ['system'], found: 'null', wanted: ['string', 'array'], isOptional: true },
    'system is null, not a string or a list; remove it',
  ],
  [
    { code: 'shape-value', ...WRONG, word: 'hig', meant: 'high' },
    'messages[0] is "hig", which the API does not accept here; write "high"',
  ],
  [
    { code: 'shape-value', ...WRONG, found: 'boolean' },
    'messages[0] is a boolean, which the API does not accept here; write "user" or "assistant"',
  ],
  [
    { code: 'unknown-model', name: 'claude', meant: undefined, examples: [], isForeign: false },
    'the API does not know the model "claude"; write the ID of a Claude model that the API key\'s workspace may use',
  ],
  [
    { code: 'unknown-model', name: 'gpt-4o', meant: undefined, examples: ['claude-x', 'claude-y'], isForeign: true },
    '"gpt-4o" is not a Claude model; write the ID of a Claude model that the API key\'s workspace may use, such as claude-x or claude-y',
  ],
  [
    { code: 'unknown-model', name: 'claude-haiku-45', meant: 'claude-haiku-4-5', examples: [], isForeign: false },
    'the API does not know the model "claude-haiku-45"; write "claude-haiku-4-5"',
  ],
  [
    { code: 'retired-model', name: 'claude-x', since: undefined },
    'the model "claude-x" was retired; use a newer model',
  ],
  [
    { code: 'retired-model', name: 'claude-x', since: '2026-11-24' },
    'the model "claude-x" was retired on 2026-11-24; use a newer model',
  ],
  [
    { code: 'model-without-batches', name: 'claude-x' },
    'the model "claude-x" does not support batches; use a model that does',
  ],
  [
    { code: 'judge-without-structured-outputs', name: 'claude-x' },
    'the model "claude-x" does not support structured outputs, which a judge needs; use a model that does',
  ],
  [
    { code: 'judge-is-judged', name: 'claude-x' },
    'the model "claude-x" judges its own answers, and models tend to favor their own; use another model as the judge if you can',
  ],
  [
    { code: 'max-tokens-limit', name: 'claude-x', limit: 64_000 },
    'max_tokens is above the limit of the model "claude-x"; write 64000 or less',
  ],
  [
    { code: 'retiring-model', name: 'claude-x', on: undefined },
    'the model "claude-x" is deprecated; switch to a newer model',
  ],
  [
    { code: 'retiring-model', name: 'claude-x', on: '2026-12-31' },
    'the model "claude-x" retires on 2026-12-31; switch to a newer model before then',
  ],
  [
    { code: 'model-not-checked', names: ['a'], moreNames: 0, reason: '529 Overloaded' },
    'could not look up the model "a" (529 Overloaded); check that the name is correct; the other checks still apply',
  ],
  [
    { code: 'model-not-checked', names: ['a', 'b'], moreNames: 3, reason: undefined },
    'could not look up the models "a", "b", 3 more (earlier look-ups used up the time limit); check that the names are correct; the other checks still apply',
  ],
  [
    {
      code: 'model-not-checked',
      names: ['a'],
      moreNames: 0,
      reason: '403 permission_error: This API key is disabled',
      isForbidden: true,
    },
    'the API does not allow this key to look up the model "a" (403 permission_error: This API key is disabled); check in the Claude Console whether the key is active and what its workspace may use; the API may refuse the batch for the same reason',
  ],
  [
    { code: 'too-many-requests', requests: 1_200, repeats: 1, max: 1_000 },
    '1,200 requests would be submitted, but max-requests allows 1,000; submit fewer (this line is the first above the limit), or raise max-requests',
  ],
  [
    { code: 'too-many-requests', requests: 6, repeats: 3, max: 5 },
    '6 requests (each line is sent 3 times) would be submitted, but max-requests allows 5; submit fewer (this line is the first above the limit), or raise max-requests',
  ],
  [
    { code: 'model-not-allowed', name: 'claude-opus-5', of: 'request', allowed: ['a'], moreAllowed: 0 },
    'the model "claude-opus-5" is not in allowed-models; use a, or add the model to allowed-models, under exactly this name',
  ],
  [
    { code: 'model-not-allowed', name: undefined, of: 'tool', allowed: ['a', 'b'], moreAllowed: 0 },
    'the model of a tool is not in allowed-models; use a or b, or add the model to allowed-models, under exactly this name',
  ],
  [
    { code: 'model-not-allowed', name: 'x\u202ey', of: 'tool', allowed: ['a', 'b'], moreAllowed: 2 },
    'the model "x\\u202ey" of a tool is not in allowed-models; use a, b or one of 2 others, or add the model to allowed-models, under exactly this name',
  ],
  [
    { code: 'input-choice', value: 'pauze', choices: ['pause', 'fail', 'cancel'], meant: 'pause' },
    '"pauze" is not a valid value; write pause (allowed: pause, fail, cancel)',
  ],
  [
    { code: 'input-choice', value: 'yes', choices: ['keep', 'cancel'], meant: undefined },
    '"yes" is not a valid value; write keep or cancel',
  ],
  [{ code: 'input-boolean', value: 'yes' }, '"yes" is not a boolean; write true or false'],
  [
    { code: 'input-minutes', value: '5h' },
    '"5h" is not a number of minutes; write auto, 0, or a number of minutes such as 90 or 7.5',
  ],
  [
    { code: 'input-seconds', value: '0', max: 3600 },
    '"0" is not a valid number of seconds; write a number of seconds above 0 and up to 3600, such as 30',
  ],
  [
    { code: 'input-whole-number', value: '-1', min: 0, max: 10 },
    '"-1" is not a whole number in range; write a whole number from 0 to 10',
  ],
  [
    { code: 'input-points', value: '-2' },
    '"-2" is not a number of percentage points; write a number from 0 to 100, such as 2, or 0.5 for half a point',
  ],
  [{ code: 'input-significance', value: '5', meant: '5%' }, '"5" is not a probability above 0 and below 0.5; write 5%'],
  [
    { code: 'input-significance', value: '0.5', meant: undefined },
    '"0.5" is not a probability above 0 and below 0.5; write one, such as 0.05 or 5%',
  ],
  [
    { code: 'input-model', value: 'Claude Haiku 4.5' },
    '"Claude Haiku 4.5" is not the ID of a model; write one such as claude-haiku-4-5',
  ],
  [
    { code: 'input-workflow-file', value: '.github/workflows/a.yml', meant: 'a.yml' },
    '".github/workflows/a.yml" is not the file name of a workflow; write a.yml',
  ],
  [
    { code: 'input-workflow-file', value: 'Nightly', meant: undefined },
    '"Nightly" is not the file name of a workflow; write the name of its file, such as nightly.yml',
  ],
  [
    { code: 'input-baseline', value: 'main', meant: 'auto' },
    '"main" is not a baseline; write auto (a path that is a single word needs ./ before it)',
  ],
  [
    { code: 'input-baseline', value: 'run:x', meant: undefined },
    '"run:x" is not a baseline; write auto, none, run: and the ID of a run (run:123), or a path such as baseline/grades.jsonl (a single word needs ./ before it)',
  ],
  [
    { code: 'input-repeat-min-pass', minPass: 3, repeats: 2 },
    '3 answers cannot pass, because repeats is 2; write a whole number from 1 to 2, or raise repeats',
  ],
  [
    { code: 'input-drop-without-baseline' },
    'it limits the drop from a baseline, but baseline is none; remove one of the two',
  ],
  [
    { code: 'input-needs-requests' },
    'it needs the requests, but only batch-id is set; set requests to the files that the batch was made from, or remove it',
  ],
  [
    { code: 'input-gate-without-asserts', isSample: false },
    'no request has an assert, so nothing would be graded; add "assert": […] to the lines, or set default-assert',
  ],
  [
    { code: 'input-gate-without-asserts', isSample: true },
    'no request in the sample has an assert, so nothing would be graded; raise or remove sample, add "assert": […] to the lines, or set default-assert',
  ],
  [
    { code: 'input-sample', value: '1.5' },
    '"1.5" is not a number of requests or a percentage of them; write one, such as 50 or 10%',
  ],
  [
    { code: 'input-percent', value: '5%%' },
    '"5%%" is not a percentage; write a percentage from 0 to 100, such as 2.5%',
  ],
  [
    { code: 'input-ambiguous-percent', value: '0.5', microPercent: 500_000 },
    '"0.5" could be a fraction or a percentage; write 0.5% or 50%',
  ],
  [
    { code: 'input-amount', value: '$5' },
    '"$5" is not an amount in US dollars; write a number without a sign and with at most nine digits before the point, such as 5 or 2.50',
  ],
  [
    { code: 'input-decimals', value: '0.0000001', max: 6 },
    '"0.0000001" has too many decimals; write at most 6 decimals',
  ],
  [
    { code: 'input-issue-number', value: '#12' },
    '"#12" is not the number of a pull request or issue; write only the number, such as 12',
  ],
  [
    { code: 'input-only-exclusions' },
    'all patterns start with an exclamation mark, so they match no file; add a line before them that matches files, such as evals/*.jsonl',
  ],
  [
    { code: 'input-batch-id', value: 'a\u202eb', id: undefined },
    '"a\\u{202e}b" is not a batch ID; write IDs such as msgbatch_01AbC, separated by commas or line breaks',
  ],
  [
    { code: 'input-batch-id', value: '["msgbatch_1"]', id: 'msgbatch_1' },
    '"[\\"msgbatch_1\\"]" is not a batch ID; write only msgbatch_1',
  ],
  [
    { code: 'input-beta', value: 'a:b' },
    '"a:b" is not the name of a beta; write names such as context-1m-2025-08-07, separated by commas or line breaks',
  ],
  [
    { code: 'input-key', fault: 'space', isFromEnvironment: false },
    'it contains a space or a line break; store only the key in the secret, without quotes or other text',
  ],
  [
    { code: 'input-key', fault: 'character', isFromEnvironment: true },
    'it is empty, and the environment variable ANTHROPIC_API_KEY contains a character that no key has; store only the key in the secret, without quotes or other text',
  ],
  [
    { code: 'input-key', fault: 'quotes', isFromEnvironment: false },
    'it has quotes around it; store only the key in the secret, without quotes or other text',
  ],
  [
    { code: 'input-key', fault: 'expression', isFromEnvironment: false },
    'it is the name of a variable or an expression, not its value; write anthropic-api-key: ${{ secrets.ANTHROPIC_API_KEY }} in the workflow, and store only the key in the secret',
  ],
  [
    { code: 'input-key', fault: 'other-service', isFromEnvironment: true },
    'it is empty, and the environment variable ANTHROPIC_API_KEY is a key of another service; store a key from the Claude Console in the secret, which starts with sk-ant-, or set anthropic-base-url to your gateway',
  ],
  [
    { code: 'input-id', value: 'x', kind: 'federation-rule', belongsIn: undefined },
    '"x" is not the ID of a federation rule; copy it from the Claude Console: an ID that starts with fdrl_',
  ],
  [
    { code: 'input-id', value: 'fdrl_1', kind: 'organization', belongsIn: 'anthropic-federation-rule-id' },
    '"fdrl_1" is not the ID of an organization; move it to anthropic-federation-rule-id, and write here a UUID such as 00000000-0000-4000-8000-000000000000',
  ],
  [
    { code: 'input-id', value: 'x', kind: 'service-account', belongsIn: undefined },
    '"x" is not the ID of a service account; copy it from the Claude Console: an ID that starts with svac_',
  ],
  [
    { code: 'input-id', value: 'x', kind: 'workspace', belongsIn: undefined },
    '"x" is not the ID of a workspace; copy it from the Claude Console: an ID that starts with wrkspc_, or the word default',
  ],
  [
    { code: 'input-audience', value: 'a b' },
    '"a b" is not an audience; write the audience of the federation rule, such as https://api.anthropic.com',
  ],
  [
    {
      code: 'input-two-credentials',
      others: ['anthropic-federation-rule-id', 'anthropic-organization-id'],
      isFromEnvironment: false,
    },
    'it is set, and anthropic-federation-rule-id and anthropic-organization-id are set as well; remove it to sign in without a key, or remove anthropic-federation-rule-id and anthropic-organization-id to use the key',
  ],
  [
    { code: 'input-two-credentials', others: ['anthropic-oidc-audience'], isFromEnvironment: true },
    "the environment variable ANTHROPIC_API_KEY holds a key, and anthropic-oidc-audience is set as well; remove the variable to sign in without a key, or empty it for this step (env: {ANTHROPIC_API_KEY: ''}), or remove anthropic-oidc-audience to use the key",
  ],
  [
    { code: 'input-sign-in-incomplete', given: ['anthropic-organization-id'] },
    'it is empty, and anthropic-organization-id is set; set it too, to sign in without a key, or remove anthropic-organization-id and set anthropic-api-key',
  ],
  [
    { code: 'input-slip', written: 'anthropic_api_key' },
    '"anthropic_api_key" is set, which is no input; write this name instead',
  ],
  [{ code: 'input-url' }, 'it is not a full URL; write https://host or https://host/path'],
  [
    { code: 'input-url-login' },
    'it contains a user name or password; remove everything up to the @; the key has its own input',
  ],
  [{ code: 'input-url-query' }, 'it contains a ? or #; end the URL with its path'],
  [
    { code: 'input-url-insecure', host: 'x.example' },
    'it would send the key unencrypted to "x.example"; write https:// instead of http://',
  ],
  [
    { code: 'input-url-path', path: '/v1' },
    'it contains the path "/v1"; write only https://api.anthropic.com; the action adds the paths',
  ],
  [{ code: 'input-version', value: 'latest' }, '"latest" is not a version of the API; write a date such as 2026-10-21'],
  [{ code: 'input-line-break' }, 'it contains a line break or another control character; write it on a single line'],
  [
    { code: 'input-tilde', value: '~/out' },
    '"~/out" starts with a ~, which is not expanded; write an absolute path, or one relative to the workspace',
  ],
  [{ code: 'input-artifact-name', character: '\n' }, 'it contains "\\n"; leave out " : < > | * ? \\ / and line breaks'],
  [
    { code: 'input-no-name' },
    'it is empty; remove the input to use its default, or give each job of a matrix its own name',
  ],
  [
    { code: 'input-nothing-to-do' },
    'it is empty, and so is batch-id; set requests to the JSONL files to run, such as evals/*.jsonl, or batch-id to the batches to collect; an expression that stands there, such as ${{ inputs.file }}, was empty',
  ],
  [
    { code: 'input-nothing-to-do', slip: { written: 'request', meant: 'requests' } },
    'it is empty, and so is batch-id, but "request" is set, which is no input; write requests instead of "request"',
  ],
  [
    { code: 'input-wakes-and-runs', others: ['requests'] },
    'it is true, and requests is set as well; remove requests to wake paused runs, in a scheduled workflow of its own, or remove wake-paused',
  ],
  [
    { code: 'input-wakes-and-runs', others: ['requests', 'batch-id'] },
    'it is true, and requests and batch-id are set as well; remove requests and batch-id to wake paused runs, in a scheduled workflow of its own, or remove wake-paused',
  ],
  [
    { code: 'input-dry-run-collects' },
    'it is true, and batch-id names batches to collect; remove batch-id to check the requests, or remove dry-run to collect',
  ],
  [
    { code: 'input-results-lost', why: ['no-artifact'] },
    'it is true and artifact-name is empty, so the results would be lost; set artifact-name, or remove delete-batch',
  ],
  [
    { code: 'input-results-lost', why: ['no-artifact', 'no-content'] },
    'it is true and artifact-name is empty and artifact-content is none, so the results would be lost; set artifact-name and set artifact-content to answers or full, or remove delete-batch',
  ],
  [
    { code: 'input-params', fault: 'invalid', line: 2, column: 1 },
    'it is not valid YAML (line 2, column 1); correct the YAML, or write JSON',
  ],
  [
    { code: 'input-params', fault: 'not-a-mapping', line: 1, column: 1 },
    'it is not a mapping (line 1, column 1); write it as key: value',
  ],
  [
    { code: 'input-params', fault: 'several-documents', line: 1, column: 1 },
    'it has several YAML documents (line 1, column 1); write a single mapping',
  ],
  [
    { code: 'input-params', fault: 'other-version', line: 1, column: 1 },
    'it declares another version of YAML (line 1, column 1); remove the %YAML line',
  ],
  [{ code: 'input-params', fault: 'repeated-key' }, 'it sets a key twice; keep one of them'],
  [
    { code: 'input-params', fault: 'key-not-text', line: 1, column: 1 },
    'it has a key that is not text (line 1, column 1); write each key as a plain word',
  ],
  [
    { code: 'input-params', fault: 'merge-key', line: 1, column: 1 },
    'it uses a merge key (<<) (line 1, column 1); write the keys out',
  ],
  [
    { code: 'input-params', fault: 'alias', line: 1, column: 1 },
    'it uses an alias (*) (line 1, column 1); write the value out',
  ],
  [
    { code: 'input-params', fault: 'unknown-tag', line: 1, column: 1 },
    'it uses a tag that JSON does not have (line 1, column 1); remove the tag (the part that starts with !)',
  ],
  [
    { code: 'input-params', fault: 'infinite-number', line: 1, column: 1 },
    'it has a number that JSON cannot express (line 1, column 1); write a finite number, or quote it as text',
  ],
  [
    { code: 'input-pattern', value: 'evals', fault: 'folder', instead: ['evals/*.jsonl'] },
    '"evals" is a folder; write a pattern that matches its files: "evals/*.jsonl"',
  ],
  [
    { code: 'input-pattern', value: 'a, b', fault: 'list', instead: ['a', 'b'] },
    '"a, b" matches no file and looks like a list; write one pattern per line, under requests: |: "a" and "b"',
  ],
  [
    { code: 'input-pattern', value: '', fault: 'nothing', instead: [] },
    '"" excludes nothing; write a pattern after the exclamation mark; if an expression stands there, it was empty',
  ],
  [
    { code: 'input-pattern', value: 'a.jsonl # mine', fault: 'comment', instead: ['a.jsonl'] },
    '"a.jsonl # mine" matches no file, and a # counts as a comment only at the start of a line; put the comment on a line of its own, and write only the pattern here: "a.jsonl"',
  ],
  [
    { code: 'input-pattern', value: '/*.jsonl', fault: 'root', instead: ['*.jsonl'] },
    '"/*.jsonl" matches no file and starts at the root of the file system, as if an expression before the slash was empty; write a path relative to the workspace: "*.jsonl"',
  ],
  [
    { code: 'input-folder', reason: 'ENOTDIR' },
    'could not create a file in the folder (part of the path is a file); name a folder that the runner can create and write to, with a path of fewer than 4,000 characters',
  ],
  [
    { code: 'input-folder', reason: 'link-out' },
    'could not create a file in the folder (it is a link that leads out of the workspace, or lies behind one); replace the link by a folder, or name the folder that it leads to',
  ],
  [
    { code: 'input-folder', reason: 'EINVAL' },
    'could not create a file in the folder (EINVAL); name a folder that the runner can create and write to, with a path of fewer than 4,000 characters',
  ],
  [
    { code: 'baseline-run', runId: 812 },
    'run 812 does not exist, or has no grades of this evaluation; name a run of this repository with the same workflow and name, or write auto',
  ],
  [
    { code: 'baseline-path', path: '/w/old', why: 'missing' },
    '"/w/old" is neither a folder with grades.jsonl nor such a file; check the path, and that an earlier step writes the file there',
  ],
  [
    { code: 'baseline-path', path: '/w/old', why: 'unreadable' },
    '"/w/old" has no grades that this version can read; use grades.jsonl as this action wrote it',
  ],
  [
    { code: 'unreadable-prices', reason: 'ENOENT' },
    'could not read the file (ENOENT); name a readable YAML or JSON file, relative to the workspace',
  ],
  [
    { code: 'prices-syntax', yamlCode: 'TAB_AS_INDENT' },
    'the file is not valid YAML or JSON (a tab as indentation); write model IDs with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`',
  ],
  [
    { code: 'prices-syntax', yamlCode: 'BAD_INDENT' },
    'the file is not valid YAML or JSON (bad indent); write model IDs with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`',
  ],
  [
    { code: 'prices-syntax', yamlCode: 'MULTIPLE_DOCS' },
    'the file is not valid YAML or JSON (a second document begins); write model IDs with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`',
  ],
  [
    { code: 'prices-syntax', yamlCode: 'RESOURCE_EXHAUSTION' },
    'the file is not valid YAML or JSON (it is nested too deeply); write model IDs with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`',
  ],
  [
    { code: 'prices-shape' },
    'the file is not a mapping of model IDs; write model IDs with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`',
  ],
  [
    { code: 'prices-empty' },
    'the file lists no models; write model IDs with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`',
  ],
  [
    { code: 'prices-model' },
    'a model name is missing or not text; write model IDs with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`',
  ],
  [
    { code: 'prices-columns', model: 'a\n::error::b' },
    '"a\\n::error::b" has no prices; set one or more of input, output, cache-write-5m, cache-write-1h, cache-read',
  ],
  [
    { code: 'prices-column', model: 'x', column: 'cache_read' },
    '"x" has the unknown column "cache_read"; use only input, output, cache-write-5m, cache-write-1h, cache-read',
  ],
  [
    { code: 'prices-number', model: 'x', column: 'input', fault: 'negative' },
    'input of "x" is negative; write US dollars per million tokens, such as 5 or 0.25',
  ],
  [
    { code: 'prices-number', model: 'x', column: 'input', fault: 'decimals' },
    'input of "x" has more than six decimals; round it to six decimals',
  ],
  [
    { code: 'prices-number', model: 'x', column: 'input', fault: 'not-a-number' },
    'input of "x" is not a plain decimal number; write US dollars per million tokens, such as 5 or 0.25',
  ],
  [{ code: 'prices-duplicate', name: 'x', firstLine: 1 }, 'the file lists "x" twice, first on line 1; keep one'],
  [
    { code: 'prices-duplicate', model: 'x', name: 'input', firstLine: 1 },
    '"x" lists "input" twice, first on line 1; keep one',
  ],
];

/** What is told of a file whose text is not to be shown. */
const NAMELESS: readonly (readonly [ProblemData, string])[] = [
  [{ code: 'repeated-key', name: undefined, within: 'line' }, 'a key appears twice; keep one of them'],
  [
    { code: 'unknown-key', name: undefined, meant: undefined },
    'the line has keys other than custom_id, params, assert, threshold, required and metadata; remove them, or move them into "params", or into "metadata" for grouping cases',
  ],
  [
    { code: 'repeated-custom-id', customId: undefined, first: { file: 'a', line: 1 } },
    'the custom_id is already used at a:1; give every request its own ID, across all files',
  ],
  [
    { code: 'unknown-param', name: undefined, meant: undefined },
    'params has a parameter that the API does not have; remove it',
  ],
  [
    { code: 'repeated-tool', name: undefined },
    'tools has more than one tool called the same; rename or remove all but one',
  ],
  [
    { code: 'unknown-tool', name: undefined, meant: undefined },
    'tool_choice names a tool, which is not in tools; name one of the tools',
  ],
  [
    { code: 'prices-columns', model: undefined },
    'a model has no prices; set one or more of input, output, cache-write-5m, cache-write-1h, cache-read',
  ],
  [
    { code: 'prices-column', model: undefined, column: undefined },
    'a model has an unknown column; use only input, output, cache-write-5m, cache-write-1h, cache-read',
  ],
  [
    { code: 'prices-number', model: undefined, column: 'input', fault: 'negative' },
    'input of a model is negative; write US dollars per million tokens, such as 5 or 0.25',
  ],
  [
    { code: 'prices-duplicate', name: undefined, firstLine: 1 },
    'the file lists a model or a column twice, first on line 1; keep one',
  ],
];

test.each([...SENTENCES, ...NAMELESS])('%p', (problem, sentence) => {
  expect(printProblem(problem)).toBe(sentence);
});

test.each([...Object.entries(FILE_FAULTS), ...Object.entries(FILE_FORMS), ...Object.entries(PATTERN_FAULTS)])(
  '%s says what is wrong and what to do',
  (_, { what, fix }) => {
    expect(what).toMatch(/^[a-z].*[^.]$/);
    expect(fix).toMatch(/^[a-z].*[^.]$/);
  },
);

test('every problem is printed here', () => {
  const codes = Object.keys({ ...INPUT_PROBLEMS, ...PARAMS_PROBLEMS, ...REQUEST_PROBLEMS });
  expect(new Set(SENTENCES.map(([{ code }]) => code))).toEqual(new Set(codes));
});

describe('a command', () => {
  const array: Problem = { code: 'not-jsonl', form: 'array', where: { file: 'a', line: 1 } };
  const command = "jq -c '.[]' old.json > requests.jsonl";

  test('is apart from the words, and last on the line', () => {
    const fix = 'write one request per line';
    expect(wordsOfProblem(array)).toEqual({ what: 'the file is a JSON array, not JSON Lines', fix, command });
    const told = printProblemOf(array, { lines: 2, files: 1 });
    expect(told.endsWith(`${fix} (first at a:1): ${command}`)).toBe(true);
  });

  test.each([...Object.values(FILE_FAULTS), ...Object.values(FILE_FORMS)])(
    '%j has none in its words',
    ({ what, fix }) => {
      expect(`${what} ${fix}`).not.toMatch(/\b(?:jq|yq|iconv|\w*(?:zip|zstd|xz|zip2)|chmod) -|for example with/);
    },
  );
});

describe('one of many', () => {
  const first = { file: 'a.jsonl', line: 1 };
  test.each<[ProblemData, string]>([
    [{ code: 'repeated-custom-id', customId: 'q-1', first }, 'custom_id is already used, such as "q-1" at a.jsonl:1'],
    [{ code: 'repeated-custom-id', customId: undefined, first }, 'custom_id is already used, such as at a.jsonl:1'],
    [
      { code: 'identical-requests', first },
      'the request is identical to an earlier one, such as a.jsonl:1, and each is billed when it is submitted',
    ],
    [{ code: 'not-utf8' }, 'the line is not valid UTF-8'],
  ])('%j', (problem, what) => {
    expect(wordsOfProblem(problem, true).what).toBe(what);
  });
});

describe('the place comes first', () => {
  const words = 'the line is not valid UTF-8; save the file as UTF-8';
  test.each([
    [{ where: { file: 'a.jsonl', line: 7 } }, `a.jsonl:7: ${words}`],
    [{ where: { file: 'a.jsonl' } }, `a.jsonl: ${words}`],
    [{ input: 'default-params' }, `default-params: ${words}`],
    [{}, words],
  ])('%j', (place, sentence) => {
    expect(printProblem({ code: 'not-utf8', ...place })).toBe(sentence);
  });
});
