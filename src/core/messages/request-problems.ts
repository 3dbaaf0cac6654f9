import { allOf, anyOf, describeKind, type JsonKind, quoteAscii, quoteText } from '../text/describe-value.ts';
import { FEMTO_PER_MICRO, type Femto, formatMicro, formatUsd, shortenUsd } from '../text/money.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import {
  FILE_FAULTS,
  FILE_FORMS,
  type FileFault,
  type FileForm,
  JQ,
  type ProblemWords,
  SNIPPETS,
} from './file-faults.ts';
import type { Table } from './table.ts';

export type { ProblemWords } from './file-faults.ts';

/** A line of a file, 1-based. */
interface Line {
  readonly file: string;
  readonly line: number;
}

const FORM = '{"custom_id": "…", "params": {…}}';
/** Those that a line may have. */
const LINE_KEYS = allOf(['custom_id', 'params', 'assert', 'threshold', 'required', 'metadata']);
const ONE_PER_LINE = `write one request per line: ${FORM}`;

/** Words of Python or JavaScript in place of a JSON value. */
const WORD_FIX = {
  NaN: 'write null or leave the key out; JSON has no NaN (in Python, allow_nan=False finds it)',
  Infinity: 'write a number or leave the key out; JSON has no Infinity (in Python, allow_nan=False finds it)',
  '-Infinity': 'write a number or leave the key out; JSON has no Infinity (in Python, allow_nan=False finds it)',
  None: 'write null; in Python, use json.dumps rather than str',
  True: 'write true; in Python, use json.dumps rather than str',
  False: 'write false; in Python, use json.dumps rather than str',
  undefined: 'write null or leave the key out',
};

/** What is no word of another language. */
const LITERALS = {
  number: {
    shown: 'a number in a form that JSON does not have',
    fix: 'write numbers as 0.5, 1 or 1e6: with a digit before and after the point, and without +, leading zeros, 0x or _',
  },
  'single-quote': {
    shown: 'a single quote',
    fix: 'write double quotes; in Python, use json.dumps rather than str',
  },
};

/** What Python or JavaScript writes for a value that JSON writes in another way or not at all. */
export type ForeignWord = keyof typeof WORD_FIX;

/** What `JSON.parse` accepts and the API's parser does not. */
const STRICT_FAULTS = {
  'lone-surrogate': {
    what: 'the line has half of a character, such as an emoji that was cut in two, which the API rejects as invalid JSON',
    fix: 'cut texts between characters, or remove the half (an escape from \\ud800 to \\udfff without its other half)',
  },
  'infinite-number': {
    what: 'the line has a number that is too large, which the API rejects as invalid JSON',
    fix: 'write a number below 1.8e308',
  },
  'too-deep': {
    what: 'the line is nested more than 1,000 levels deep, which the API rejects as invalid JSON',
    fix: 'write params with fewer levels',
  },
} satisfies Record<string, ProblemWords>;

export type StrictFault = keyof typeof STRICT_FAULTS;

/** Keys that have the request, or its id, in the lines of other batch services. */
export type ForeignHolder = 'body' | 'request' | 'modelInput';
export type ForeignId = 'key' | 'recordId';

const VENDOR: Readonly<Record<ForeignHolder, string>> = {
  body: 'a batch file for OpenAI or Mistral',
  request: 'a batch file for Gemini or Vertex',
  modelInput: 'a batch file for Bedrock',
};

/** Keys that people give a prompt, and its id, in files of their own. */
export type PromptKey = 'prompt' | 'question' | 'input' | 'text' | 'query' | 'instruction' | 'content';
export type PromptId = 'custom_id' | 'id' | 'key' | 'name';

const shorten = (amount: Femto): string => shortenUsd(formatUsd(amount));

/** Rounded up, so that an amount above a limit is never printed as if it were equal. */
const limitOf = (amount: Femto): string =>
  shortenUsd(formatMicro((amount + FEMTO_PER_MICRO - 1n) / FEMTO_PER_MICRO), 'up');

/** The same as an input takes it. */
const enough = (amount: Femto): string => limitOf(amount).replaceAll(',', '');

/** An input's amount, with all its decimals. */
const exact = (amount: Femto): string => formatUsd(amount).replace(/0{1,4}$/, '');

/** Problems with request lines and files, their cost, and the batch as a whole. */
export const REQUEST_PROBLEMS = {
  // Lines
  'not-utf8': () => ({ what: 'the line is not valid UTF-8', fix: 'save the file as UTF-8' }),
  /** `literal`: a word of another language at that column, 1-based, or a number that is not written as in JSON. */
  'not-json': ({ column, literal }: { column: number; literal?: ForeignWord | keyof typeof LITERALS }) => {
    const isWord = literal === undefined || literal in WORD_FIX;
    const { shown, fix } = isWord
      ? { shown: literal, fix: literal === undefined ? ONE_PER_LINE : WORD_FIX[literal as ForeignWord] }
      : LITERALS[literal as keyof typeof LITERALS];
    return {
      what: `the line is not valid JSON (column ${column}${shown === undefined ? '' : `: ${shown}`})`,
      fix,
    };
  },
  /** Valid JSON, but not for the API's parser. `column` is 1-based. */
  'strict-json': ({ fault, column }: { fault: StrictFault; column: number | undefined }) => ({
    what: `${STRICT_FAULTS[fault].what}${column === undefined ? '' : ` (column ${column})`}`,
    fix: STRICT_FAULTS[fault].fix,
  }),
  /** `array`: a list of requests, on one line or many; `object`: objects that go over several lines. */
  'not-jsonl': ({ form }: { form: 'array' | 'object' }) => ({
    what:
      form === 'array'
        ? 'the file is a JSON array, not JSON Lines'
        : 'the file has JSON that goes over several lines, not JSON Lines',
    fix: 'write one request per line',
    command: JQ[form],
  }),
  'not-an-object': ({ found }: { found: JsonKind }) => ({
    what: `the line is ${describeKind(found)}, not an object`,
    fix: `write ${FORM}`,
  }),
  /** `holder`: the key with the request; `has…`: what is in it. */
  'foreign-form': (facts: {
    holder: ForeignHolder;
    idKey: ForeignId | undefined;
    hasId: boolean;
    otherKeys: readonly string[];
    hasContents: boolean;
    hasVersion: boolean;
    hasModel: boolean;
  }) => {
    const { holder, idKey, hasId, hasContents, hasVersion, hasModel } = facts;
    const what = `the request is under "${holder}", as in ${VENDOR[holder]}`;
    // Its body has other params too, so new names for the keys would only lead to the next errors.
    if (holder === 'body')
      return { what, fix: `convert the file in an earlier step with the command for OpenAI under ${SNIPPETS}` };
    const superfluous = [...facts.otherKeys, ...(hasVersion ? ['anthropic_version'] : [])];
    const steps = [`rename "${holder}" to "params"`];
    if (idKey !== undefined) steps.push(`rename "${idKey}" to "custom_id"`);
    else if (!hasId) steps.push('add a "custom_id"');
    if (superfluous.length > 0) steps.push(`remove ${superfluous.map(quoteAscii).join(', ')}`);
    if (hasContents) steps.push('write its contents as "messages"');
    if (!hasModel) steps.push('add the model to it');
    return {
      what,
      fix: steps.length === 1 ? (steps[0] ?? '') : `${steps.slice(0, -1).join(', ')} and ${steps.at(-1)}`,
    };
  },
  'answer-line': () => ({
    what: 'the line is the result of a request, not a request',
    fix: 'name the file with the requests in the requests input, not a file with results',
  }),
  'create-body': () => ({
    what: 'the line is the whole body of a batch, with all requests under "requests"',
    fix: 'write one request per line',
    command: JQ.body,
  }),
  'bare-params': ({ hasId }: { hasId: boolean }) => ({
    what: 'the line has the parameters of a request without "params" around them',
    fix: `put them into "params"${hasId ? '' : ' and add a "custom_id"'}`,
    command: hasId ? JQ.paramsWithId : JQ.params,
  }),
  /** `key`: what has the text of the prompt; `id`: what can be the custom ID, if anything. */
  'prompt-line': ({ key, id }: { key: PromptKey; id: PromptId | undefined }) => ({
    what: `the line has a "${key}", but no "params"`,
    fix: `write a request, as under ${SNIPPETS}, for example`,
    command: JQ.prompt(key, id),
  }),
  'not-a-request': () => ({
    what: 'the line has neither "custom_id" nor "params", so it is not a request',
    fix: `write ${FORM}; ${SNIPPETS} has examples`,
  }),
  /** `name` is undefined where it is not to be shown. */
  'repeated-key': ({ name, within }: { name: string | undefined; within: 'line' | 'params' }) => ({
    what: `${name === undefined ? 'a key' : `the key ${quoteAscii(name)}`} appears twice${within === 'params' ? ' in params' : ''}`,
    fix: 'keep one of them',
  }),
  /** `name` is undefined for one or more names that are not to be shown. */
  'unknown-key': ({ name, meant }: { name: string | undefined; meant: string | undefined }) => ({
    what:
      name === undefined
        ? `the line has keys other than ${LINE_KEYS}`
        : `the key ${quoteAscii(name)} is not one of ${LINE_KEYS}`,
    fix:
      meant === undefined
        ? `remove ${name === undefined ? 'them, or move them' : 'it, or move it'} into "params", or into "metadata" for grouping cases`
        : `write "${meant}"`,
  }),
  'no-custom-id': () => ({ what: 'custom_id is missing', fix: 'give every request its own ID, such as "case-1"' }),
  'custom-id-type': ({ found }: { found: JsonKind }) => ({
    what: `custom_id is ${describeKind(found)}, not a string`,
    fix: 'write it in quotes',
  }),
  /** The id is empty if both are undefined. */
  'custom-id-form': ({ position, length }: { position?: number; length?: number }) => {
    let what = 'custom_id is empty';
    if (position !== undefined) what = `custom_id has an invalid character at position ${position}`;
    else if (length !== undefined) what = `custom_id is ${formatCount(length)} characters long`;
    return { what, fix: 'use 1 to 64 of the characters A-Z a-z 0-9 _ -' };
  },
  'repeated-custom-id': (facts: { customId: string | undefined; first: Line; isOfMany?: boolean }) => {
    const { customId, first, isOfMany } = facts;
    const id = customId === undefined ? undefined : quoteAscii(customId);
    const at = `${first.file}:${first.line}`;
    return {
      what: isOfMany
        ? `custom_id is already used, such as ${id === undefined ? '' : `${id} `}at ${at}`
        : `${id === undefined ? 'the custom_id' : `custom_id ${id}`} is already used at ${at}`,
      fix: 'give every request its own ID, across all files',
    };
  },
  'no-params': () => ({ what: 'params is missing', fix: 'put model, max_tokens and messages into "params"' }),
  'params-type': ({ found }: { found: JsonKind }) => ({
    what: `params is ${describeKind(found)}, not an object`,
    fix: 'write "params": {"model": …, "max_tokens": …, "messages": […]}',
  }),
  'assert-type': ({ found }: { found: JsonKind }) => ({
    what: `assert is ${describeKind(found)}, not a list`,
    fix: 'write "assert": […]',
  }),
  'line-too-long': () => ({
    what: 'the request is larger than the limit for a whole batch (250 MB)',
    fix: 'make it smaller, and write one request per line',
  }),
  'identical-requests': ({ first, isOfMany }: { first: Line; isOfMany?: boolean }) => ({
    what: `the request is identical to ${isOfMany ? 'an earlier one, such as ' : ''}${first.file}:${first.line}, and each is billed when it is submitted`,
    fix: 'remove one, unless you want several answers',
  }),

  'nul-bytes': () => ({
    what: 'the line contains NUL bytes: the file was not written completely or is not UTF-8',
    fix: 'write the file again, as UTF-8',
  }),
  'merge-conflict': () => ({
    what: 'the file has an unresolved merge conflict, which begins here',
    fix: 'resolve it and commit the file without the conflict markers',
  }),
  /** Before or after the JSON of a line. */
  'unseen-character': ({ codePoint, at }: { codePoint: number; at: 'start' | 'end' }) => {
    const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    const isMark = codePoint === 0xfeff;
    return {
      what: `the line ${at === 'start' ? 'begins' : 'ends'} with ${isMark ? 'a byte order mark' : 'an invisible character'} (${name})`,
      fix: isMark
        ? 'remove it; files that are joined must be saved as UTF-8 without a byte order mark'
        : 'remove it; JSON allows only spaces and tabs there',
    };
  },
  /** More problems than are kept. `kinds`: how many of each code. */
  'unlisted-problems': ({ kinds }: { kinds: readonly { code: string; count: number }[] }) => ({
    what: `${countOf(
      kinds.reduce((sum, { count }) => sum + count, 0),
      'more problem',
    )} not listed (${kinds.map(({ code, count }) => `${formatCount(count)} × ${code}`).join(', ')})`,
    fix: 'fix the listed ones first, then run again',
  }),

  // Files
  /**
   * `files`: the files found, none of which contains a request. `meant`: a file or pattern that was probably meant;
   * `there`: a file that may hold the requests, or a table of them; `isBare`: the workspace has no files at all.
   */
  'no-requests': (facts: {
    patterns: readonly string[];
    files: readonly string[];
    meant?: string | undefined;
    there?: { readonly file: string; readonly isTable: boolean } | undefined;
    isBare?: boolean;
  }) => {
    const { patterns, files, meant, there, isBare } = facts;
    if (files.length > 0) {
      return {
        what: `${files.join(', ')} ${files.length === 1 ? 'is' : 'are'} empty`,
        fix: 'check the step that writes the requests, or set if-no-requests-found to warn or ignore',
      };
    }
    let fix = 'check the path, which is relative to the workspace, or set if-no-requests-found to warn or ignore';
    if (isBare)
      fix =
        'the workspace is empty: add "- uses: actions/checkout@v7", or the step that writes the file, before this step';
    else if (meant !== undefined) fix = `write ${quoteText(meant)}`;
    else if (there?.isTable)
      fix = `${quoteText(there.file)} is there: turn it into JSON Lines in an earlier step, as under ${SNIPPETS}`;
    else if (there !== undefined)
      fix = `check the path, which is relative to the workspace: there is ${quoteText(there.file)}`;
    return {
      what: `no file matches the requests input (${patterns.map((pattern) => JSON.stringify(pattern)).join(', ')})`,
      fix,
    };
  },
  'file-unusable': ({ fault }: { fault: FileFault }) => FILE_FAULTS[fault],
  'file-form': ({ form }: { form: FileForm }) => FILE_FORMS[form],
  'unreadable-file': ({ reason }: { reason: string }) => ({
    what: `could not read the file (${reason})`,
    fix: 'check its path and its permissions',
  }),
  'requests-replaced': () => ({
    what: 'the file is in results-path and has a name that this step writes to, so it would be overwritten',
    fix: 'set results-path to another folder, or give the file another name',
  }),

  // Bounds
  /** `requests`: as often as they would be sent. */
  'too-many-requests': (facts: { requests: number; repeats: number; max: number }) => ({
    what: `${countOf(facts.requests, 'request')}${facts.repeats === 1 ? '' : ` (each line is sent ${facts.repeats} times)`} would be submitted, but max-requests allows ${formatCount(facts.max)}`,
    fix: 'submit fewer (this line is the first above the limit), or raise max-requests',
  }),
  /** `name` is undefined where it is not to be shown. `of`: what names it. */
  'model-not-allowed': (facts: {
    name: string | undefined;
    of: 'request' | 'tool';
    allowed: readonly string[];
    moreAllowed: number;
  }) => {
    const { name, of, allowed, moreAllowed } = facts;
    const model = name === undefined ? 'the model' : `the model ${quoteAscii(name)}`;
    const others = moreAllowed > 0 ? ` or one of ${countOf(moreAllowed, 'other')}` : '';
    return {
      what: `${model}${of === 'tool' ? ' of a tool' : ''} is not in allowed-models`,
      fix: `use ${moreAllowed > 0 ? allowed.join(', ') : anyOf(allowed)}${others}, or add the model to allowed-models, under exactly this name`,
    };
  },

  // Token counts and budget
  'count-refused': ({ reason }: { reason: string }) => ({
    what: `the API refused to count the tokens of this request (${reason})`,
    fix: 'fix the problem in the message; the request would most likely fail in the batch as well',
  }),
  /** For one reason that names no part of a request. */
  'counts-refused': ({ reason }: { reason: string }) => ({
    what: `the API refused to count the tokens of any request (${reason})`,
    fix: 'fix the problem in the message, unless your gateway just does not count tokens; all requests would most likely fail in the batch as well',
  }),
  'prompt-too-long': (facts: { model: string; tokens: number; limit: number }) => ({
    what: `the prompt has ${formatCount(facts.tokens)} tokens, and the model ${quoteAscii(facts.model)} accepts ${formatCount(facts.limit)}`,
    fix: 'shorten it or use a model that accepts more; otherwise the request would most likely fail',
  }),
  'uncached-prefix': (facts: { requests: number; tokens: number; savingUsd: Femto }) => ({
    what: `${countOf(facts.requests, 'request')} start with the same ${formatCount(facts.tokens)} tokens (estimated), and none of them is marked for caching`,
    fix: `put "cache_control": {"type": "ephemeral"} on the last block that repeats, which would save up to $${shorten(facts.savingUsd)}`,
  }),
  /** `worstUsd`: undefined without an upper bound. `maxTokens`: the largest that fits. */
  'over-budget': (facts: {
    basis: 'upper' | 'likely';
    /** 0 where it is about judgements alone. */
    requests: number;
    /** Of their answers; undefined where no judge is asked. */
    judgements?: number | undefined;
    worstUsd: Femto | undefined;
    likelyUsd: Femto;
    maxCostUsd: Femto;
    maxTokens: number | undefined;
  }) => {
    const { basis, worstUsd, likelyUsd, maxCostUsd } = facts;
    const isUpper = basis === 'upper' && worstUsd !== undefined;
    const worst = worstUsd === undefined ? 'any amount' : `up to $${limitOf(worstUsd)}`;
    const isAlone = facts.requests === 0 && facts.judgements !== undefined;
    const asked = [
      ...(isAlone ? [] : [countOf(facts.requests, 'request')]),
      ...(facts.judgements === undefined ? [] : [countOf(facts.judgements, 'judgement')]),
    ].join(' and ');
    const likely = isUpper ? shorten(likelyUsd) : limitOf(likelyUsd);
    const fits = facts.maxTokens === undefined ? '' : ` (override-params: '{max_tokens: ${facts.maxTokens}}' fits)`;
    const ways = [`raise max-cost-usd to ${enough(isUpper ? worstUsd : likelyUsd)}`];
    if (isUpper && likelyUsd <= maxCostUsd) ways.push('set max-cost-basis: likely');
    if (!isAlone) ways.push(`submit fewer or shorter requests or lower max_tokens${fits}`);
    return {
      what: `${asked} would cost ${worst} in the worst case and likely about $${likely}, but max-cost-usd allows $${exact(maxCostUsd)}${isUpper ? '' : ' of the likely cost'}`,
      fix: ways.length === 1 ? ways.join('') : `${ways.slice(0, -1).join(', ')}, or ${ways.at(-1)}`,
    };
  },
  'judge-without-price': ({ judgements }: { judgements: number }) => ({
    what: `the judge model has no known price, so ${countOf(judgements, 'judgement')} cannot be checked against max-cost-usd`,
    fix: 'add the missing price with the prices input, use another judge-model, or remove max-cost-usd',
  }),
  'unknown-price': (facts: { requests: number; total: number; models: readonly string[]; moreModels: number }) => {
    const more = facts.moreModels > 0 ? ` and ${countOf(facts.moreModels, 'more model')}` : '';
    const why =
      facts.models.length === 0
        ? 'they have no model'
        : `the price of ${facts.models.map(quoteAscii).join(', ')}${more} is not fully known`;
    return {
      what: `could not check max-cost-usd for ${formatCount(facts.requests)} of ${countOf(facts.total, 'request')}: ${why}`,
      fix:
        facts.models.length === 0
          ? 'give every request a model'
          : 'add the missing prices with the prices input, or remove max-cost-usd',
    };
  },
  'no-upper-bound': (facts: {
    requests: number;
    total: number;
    causes: readonly ('server-tools' | 'compaction')[];
    likelyUsd: Femto;
    maxCostUsd: Femto;
  }) => {
    const causes = facts.causes.map((cause) => (cause === 'compaction' ? cause : 'server tools')).join(' or ');
    const fits =
      facts.likelyUsd <= facts.maxCostUsd ? 'which fits' : `which needs a max-cost-usd of ${enough(facts.likelyUsd)}`;
    return {
      what: `${formatCount(facts.requests)} of ${countOf(facts.total, 'request')} may use ${causes}, which add tokens without a limit, so there is no upper bound to compare with max-cost-usd`,
      fix: `set max-cost-basis: likely, ${fits} (about $${shorten(facts.likelyUsd)}, excluding what ${causes} add), stop using ${causes}, or remove max-cost-usd`,
    };
  },

  // Key and batch
  'no-api-key': () => ({
    what: 'no API key is set',
    fix: 'set anthropic-api-key: ${{ secrets.ANTHROPIC_API_KEY }}, and add that secret to the repository, or sign in without a key (docs/sign-in.md)',
  }),
  'no-identity-token': () => ({
    what: 'the job may not ask GitHub for an identity token, which it needs to sign in',
    fix: 'add "id-token: write" to the permissions of the job; where another workflow calls this one, to those of the calling job too',
  }),
} satisfies Table<ProblemWords>;
