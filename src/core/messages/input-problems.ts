import { allOf, anyOf, quoteAscii, quoteText } from '../text/describe-value.ts';
import { FILE_FAULTS, PATTERN_FAULTS, type PatternFault } from './file-faults.ts';
import type { ProblemWords } from './request-problems.ts';
import type { Table } from './table.ts';

/** `value`: what the input was set to. */
type Given = { value: string };

/** What keeps a YAML or JSON text from being an object or a list of JSON values. */
const PARAMS_FAULTS = {
  invalid: { what: 'it is not valid YAML', fix: 'correct the YAML, or write JSON' },
  'not-a-mapping': { what: 'it is not a mapping', fix: 'write it as key: value' },
  'not-a-list': { what: 'it is not a list', fix: 'write one item per line, each after a dash' },
  'several-documents': { what: 'it has several YAML documents', fix: 'write a single mapping' },
  'other-version': { what: 'it declares another version of YAML', fix: 'remove the %YAML line' },
  'repeated-key': { what: 'it sets a key twice', fix: 'keep one of them' },
  'key-not-text': { what: 'it has a key that is not text', fix: 'write each key as a plain word' },
  'merge-key': { what: 'it uses a merge key (<<)', fix: 'write the keys out' },
  alias: { what: 'it uses an alias (*)', fix: 'write the value out' },
  'unknown-tag': { what: 'it uses a tag that JSON does not have', fix: 'remove the tag (the part that starts with !)' },
  'infinite-number': {
    what: 'it has a number that JSON cannot express',
    fix: 'write a finite number, or quote it as text',
  },
  'lone-surrogate': {
    what: 'it has half of a character, such as an emoji that was cut in two, which the API rejects',
    fix: 'write the whole character, or remove the half',
  },
  'too-deep': { what: 'it is nested more than 1,000 levels deep', fix: 'write fewer levels' },
} satisfies Record<string, ProblemWords>;

export type ParamsFault = keyof typeof PARAMS_FAULTS;

const ONLY_THE_KEY = 'store only the key in the secret, without quotes or other text';

/** What is wrong with a key, whose text is never shown. */
const KEY_FAULTS = {
  space: { what: 'contains a space or a line break', fix: ONLY_THE_KEY },
  character: { what: 'contains a character that no key has', fix: ONLY_THE_KEY },
  quotes: { what: 'has quotes around it', fix: ONLY_THE_KEY },
  expression: {
    what: 'is the name of a variable or an expression, not its value',
    fix: 'write anthropic-api-key: ${{ secrets.ANTHROPIC_API_KEY }} in the workflow, and store only the key in the secret',
  },
  'other-service': {
    what: 'is a key of another service',
    fix: 'store a key from the Claude Console in the secret, which starts with sk-ant-, or set anthropic-base-url to your gateway',
  },
} satisfies Record<string, ProblemWords>;

export type KeyFault = keyof typeof KEY_FAULTS;

/** What IDs in the Claude Console are of, and how they look. */
const IDS = {
  'federation-rule': { noun: 'a federation rule', form: 'an ID that starts with fdrl_' },
  organization: { noun: 'an organization', form: 'a UUID such as 00000000-0000-4000-8000-000000000000' },
  'service-account': { noun: 'a service account', form: 'an ID that starts with svac_' },
  workspace: { noun: 'a workspace', form: 'an ID that starts with wrkspc_, or the word default' },
};

const PRICES_EXAMPLE = 'write model IDs with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`';
const PRICE_COLUMNS = 'input, output, cache-write-5m, cache-write-1h, cache-read';

const FOLDER_FAULTS: ReadonlyMap<string, string> = new Map([
  ['ENOTDIR', 'part of the path is a file'],
  ['EEXIST', 'part of the path is a file'],
  ['ENAMETOOLONG', 'the path is too long'],
  ['EACCES', 'no permission'],
  ['EPERM', 'no permission'],
  ['EISDIR', 'it has a folder with the name of a file that the step writes'],
  ['ERR_FS_EISDIR', 'it has a folder with the name of a file that the step writes'],
  ['EROFS', 'the disk is read-only'],
  ['ELOOP', 'part of the path is a link that points to itself'],
  ['link-out', FILE_FAULTS['link-out'].what],
]);

/** The YAML parser's faults that its codes do not say well. */
const YAML_FAULTS: ReadonlyMap<string, string> = new Map([
  ['BAD_ALIAS', 'an alias without its anchor'],
  ['BLOCK_AS_IMPLICIT_KEY', 'a nested mapping on one line'],
  ['MISSING_CHAR', 'a bracket, a quote, a comma or a space is missing'],
  ['MULTILINE_IMPLICIT_KEY', 'a name that goes over several lines'],
  ['TAB_AS_INDENT', 'a tab as indentation'],
  ['MULTIPLE_DOCS', 'a second document begins'],
  ['RESOURCE_EXHAUSTION', 'it is nested too deeply'],
]);

/** A model of the file, whose name is not always to be shown. */
const modelOf = (name: string | undefined): string => (name === undefined ? 'a model' : quoteAscii(name));

const isNot =
  (what: string, fix: string) =>
  ({ value }: Given): ProblemWords => ({ what: `${quoteText(value)} is not ${what}`, fix });

/** Problems with inputs, located at the input itself, and with the file of the prices input. */
export const INPUT_PROBLEMS = {
  'input-choice': (facts: Given & { choices: readonly string[]; meant: string | undefined }) => ({
    what: `${quoteText(facts.value)} is not a valid value`,
    fix:
      facts.meant === undefined
        ? `write ${anyOf(facts.choices)}`
        : `write ${facts.meant} (allowed: ${facts.choices.join(', ')})`,
  }),
  'input-boolean': isNot('a boolean', 'write true or false'),
  'input-minutes': isNot('a number of minutes', 'write auto, 0, or a number of minutes such as 90 or 7.5'),
  'input-seconds': ({ value, max }: Given & { max: number }) => ({
    what: `${quoteText(value)} is not a valid number of seconds`,
    fix: `write a number of seconds above 0 and up to ${max}, such as 30`,
  }),
  'input-whole-number': ({ value, min, max }: Given & { min: number; max: number }) => ({
    what: `${quoteText(value)} is not a whole number in range`,
    fix: `write a whole number from ${min} to ${max}`,
  }),
  'input-percent': isNot('a percentage', 'write a percentage from 0 to 100, such as 2.5%'),
  'input-ambiguous-percent': ({ value, microPercent }: Given & { microPercent: number }) => ({
    what: `${quoteText(value)} could be a fraction or a percentage`,
    fix: `write ${microPercent / 1_000_000}% or ${microPercent / 10_000}%`,
  }),
  'input-amount': isNot(
    'an amount in US dollars',
    'write a number without a sign and with at most nine digits before the point, such as 5 or 2.50',
  ),
  'input-decimals': ({ value, max }: Given & { max: number }) => ({
    what: `${quoteText(value)} has too many decimals`,
    fix: `write at most ${max} decimals`,
  }),
  'input-points': isNot(
    'a number of percentage points',
    'write a number from 0 to 100, such as 2, or 0.5 for half a point',
  ),
  'input-significance': ({ value, meant }: Given & { meant: string | undefined }) => ({
    what: `${quoteText(value)} is not a probability above 0 and below 0.5`,
    fix: meant === undefined ? 'write one, such as 0.05 or 5%' : `write ${meant}`,
  }),
  'input-model': isNot('the ID of a model', 'write one such as claude-haiku-4-5'),
  'input-workflow-file': ({ value, meant }: Given & { meant: string | undefined }) => ({
    what: `${quoteText(value)} is not the file name of a workflow`,
    fix: meant === undefined ? 'write the name of its file, such as nightly.yml' : `write ${meant}`,
  }),
  'input-baseline': ({ value, meant }: Given & { meant: string | undefined }) => ({
    what: `${quoteText(value)} is not a baseline`,
    fix:
      meant === undefined
        ? 'write auto, none, run: and the ID of a run (run:123), or a path such as baseline/grades.jsonl (a single word needs ./ before it)'
        : `write ${meant} (a path that is a single word needs ./ before it)`,
  }),
  /** `repeats`: the value of the input of that name. */
  'input-repeat-min-pass': ({ minPass, repeats }: { minPass: number; repeats: number }) => ({
    what: `${minPass} answers cannot pass, because repeats is ${repeats}`,
    fix: `write a whole number from 1 to ${repeats}, or raise repeats`,
  }),
  'input-drop-without-baseline': () => ({
    what: 'it limits the drop from a baseline, but baseline is none',
    fix: 'remove one of the two',
  }),
  'input-needs-requests': () => ({
    what: 'it needs the requests, but only batch-id is set',
    fix: 'set requests to the files that the batch was made from, or remove it',
  }),
  /** `isSample`: some request has an assert, and none of those that `sample` takes. */
  'input-gate-without-asserts': ({ isSample }: { isSample: boolean }) => ({
    what: `no request${isSample ? ' in the sample' : ''} has an assert, so nothing would be graded`,
    fix: `${isSample ? 'raise or remove sample, ' : ''}add "assert": […] to the lines, or set default-assert`,
  }),
  'input-sample': isNot('a number of requests or a percentage of them', 'write one, such as 50 or 10%'),
  'baseline-path': ({ path, why }: { path: string; why: 'missing' | 'unreadable' }) =>
    why === 'missing'
      ? {
          what: `${quoteText(path)} is neither a folder with grades.jsonl nor such a file`,
          fix: 'check the path, and that an earlier step writes the file there',
        }
      : {
          what: `${quoteText(path)} has no grades that this version can read`,
          fix: 'use grades.jsonl as this action wrote it',
        },
  'baseline-run': ({ runId }: { runId: number }) => ({
    what: `run ${runId} does not exist, or has no grades of this evaluation`,
    fix: 'name a run of this repository with the same workflow and name, or write auto',
  }),
  'input-issue-number': isNot('the number of a pull request or issue', 'write only the number, such as 12'),
  'input-only-exclusions': () => ({
    what: 'all patterns start with an exclamation mark, so they match no file',
    fix: 'add a line before them that matches files, such as evals/*.jsonl',
  }),
  /** `instead`: patterns that were probably meant. */
  'input-pattern': (facts: Given & { fault: PatternFault; instead: readonly string[] }) => {
    const { what, fix } = PATTERN_FAULTS[facts.fault];
    const meant = facts.instead.length === 0 ? '' : `: ${facts.instead.map(quoteText).join(' and ')}`;
    return { what: `${quoteText(facts.value)} ${what}`, fix: `${fix}${meant}` };
  },
  /** `id`: one inside the value. */
  'input-batch-id': ({ value, id }: Given & { id: string | undefined }) => ({
    what: `${quoteText(value)} is not a batch ID`,
    fix: id === undefined ? 'write IDs such as msgbatch_01AbC, separated by commas or line breaks' : `write only ${id}`,
  }),
  'input-beta': isNot(
    'the name of a beta',
    'write names such as context-1m-2025-08-07, separated by commas or line breaks',
  ),
  'input-key': (facts: { fault: KeyFault; isFromEnvironment: boolean }) => {
    const { what, fix } = KEY_FAULTS[facts.fault];
    const it = facts.isFromEnvironment ? 'it is empty, and the environment variable ANTHROPIC_API_KEY' : 'it';
    return { what: `${it} ${what}`, fix };
  },
  /** `belongsIn`: the input for IDs of that form, if there is one. */
  'input-id': (facts: Given & { kind: keyof typeof IDS; belongsIn: string | undefined }) => ({
    what: `${quoteText(facts.value)} is not the ID of ${IDS[facts.kind].noun}`,
    fix:
      facts.belongsIn === undefined
        ? `copy it from the Claude Console: ${IDS[facts.kind].form}`
        : `move it to ${facts.belongsIn}, and write here ${IDS[facts.kind].form}`,
  }),
  'input-audience': isNot(
    'an audience',
    'write the audience of the federation rule, such as https://api.anthropic.com',
  ),
  /** `others`: inputs to sign in that are set as well. */
  'input-two-credentials': (facts: { others: readonly string[]; isFromEnvironment: boolean }) => {
    const others = allOf(facts.others);
    const areSet = `${others} ${facts.others.length === 1 ? 'is' : 'are'} set`;
    return facts.isFromEnvironment
      ? {
          what: `the environment variable ANTHROPIC_API_KEY holds a key, and ${areSet} as well`,
          fix: `remove the variable to sign in without a key, or empty it for this step (env: {ANTHROPIC_API_KEY: ''}), or remove ${others} to use the key`,
        }
      : {
          what: `it is set, and ${areSet} as well`,
          fix: `remove it to sign in without a key, or remove ${others} to use the key`,
        };
  },
  /** `given`: the inputs to sign in that are set. */
  'input-sign-in-incomplete': ({ given }: { given: readonly string[] }) => ({
    what: `it is empty, and ${allOf(given)} ${given.length === 1 ? 'is' : 'are'} set`,
    fix: `set it too, to sign in without a key, or remove ${allOf(given)} and set anthropic-api-key`,
  }),
  'input-slip': ({ written }: { written: string }) => ({
    what: `${quoteText(written)} is set, which is no input`,
    fix: 'write this name instead',
  }),
  'input-url': () => ({ what: 'it is not a full URL', fix: 'write https://host or https://host/path' }),
  'input-url-login': () => ({
    what: 'it contains a user name or password',
    fix: 'remove everything up to the @; the key has its own input',
  }),
  'input-url-query': () => ({ what: 'it contains a ? or #', fix: 'end the URL with its path' }),
  'input-url-insecure': ({ host }: { host: string }) => ({
    what: `it would send the key unencrypted to ${quoteText(host)}`,
    fix: 'write https:// instead of http://',
  }),
  'input-url-path': ({ path }: { path: string }) => ({
    what: `it contains the path ${quoteText(path)}`,
    fix: 'write only https://api.anthropic.com; the action adds the paths',
  }),
  'input-version': isNot('a version of the API', 'write a date such as 2026-10-21'),
  'input-line-break': () => ({
    what: 'it contains a line break or another control character',
    fix: 'write it on a single line',
  }),
  'input-tilde': ({ value }: Given) => ({
    what: `${quoteText(value)} starts with a ~, which is not expanded`,
    fix: 'write an absolute path, or one relative to the workspace',
  }),
  /** `reason`: a code of the file system. */
  'input-folder': ({ reason }: { reason: string }) => ({
    what: `could not create a file in the folder (${FOLDER_FAULTS.get(reason) ?? reason})`,
    fix:
      reason === 'link-out'
        ? FILE_FAULTS['link-out'].fix
        : 'name a folder that the runner can create and write to, with a path of fewer than 4,000 characters',
  }),
  'input-artifact-name': ({ character }: { character: string }) => ({
    what: `it contains ${quoteText(character)}`,
    fix: 'leave out " : < > | * ? \\ / and line breaks',
  }),
  'input-no-name': () => ({
    what: 'it is empty',
    fix: 'remove the input to use its default, or give each job of a matrix its own name',
  }),
  /** `slip`: an input that does not exist, and the one that it probably means. */
  'input-nothing-to-do': ({ slip }: { slip?: { readonly written: string; readonly meant: string } | undefined }) => ({
    what: `it is empty, and so is batch-id${slip === undefined ? '' : `, but ${quoteText(slip.written)} is set, which is no input`}`,
    fix:
      slip !== undefined
        ? `write ${slip.meant} instead of ${quoteText(slip.written)}`
        : 'set requests to the JSONL files to run, such as evals/*.jsonl, or batch-id to the batches to collect; an expression that stands there, such as ${{ inputs.file }}, was empty',
  }),
  'input-wakes-and-runs': ({ others }: { others: readonly string[] }) => ({
    what: `it is true, and ${others.join(' and ')} ${others.length === 1 ? 'is' : 'are'} set as well`,
    fix: `remove ${others.join(' and ')} to wake paused runs, in a scheduled workflow of its own, or remove wake-paused`,
  }),
  'input-dry-run-collects': () => ({
    what: 'it is true, and batch-id names batches to collect',
    fix: 'remove batch-id to check the requests, or remove dry-run to collect',
  }),
  'input-results-lost': ({ why }: { why: readonly ('no-artifact' | 'no-content')[] }) => {
    const causes = { 'no-artifact': 'artifact-name is empty', 'no-content': 'artifact-content is none' };
    const fixes = { 'no-artifact': 'set artifact-name', 'no-content': 'set artifact-content to answers or full' };
    return {
      what: `it is true and ${why.map((one) => causes[one]).join(' and ')}, so the results would be lost`,
      fix: `${why.map((one) => fixes[one]).join(' and ')}, or remove delete-batch`,
    };
  },
  /** 1-based, where it is known. */
  'input-params': ({ fault, line, column }: { fault: ParamsFault; line?: number; column?: number }) => ({
    what: `${PARAMS_FAULTS[fault].what}${line === undefined ? '' : ` (line ${line}, column ${column})`}`,
    fix: PARAMS_FAULTS[fault].fix,
  }),

  // The file of the prices input
  'unreadable-prices': ({ reason }: { reason: string }) => ({
    what: `could not read the file (${reason})`,
    fix: 'name a readable YAML or JSON file, relative to the workspace',
  }),
  /** `yamlCode`: of the parser, whose own words would quote the file. */
  'prices-syntax': ({ yamlCode }: { yamlCode: string }) => ({
    what: `the file is not valid YAML or JSON (${YAML_FAULTS.get(yamlCode) ?? yamlCode.toLowerCase().replaceAll('_', ' ')})`,
    fix: PRICES_EXAMPLE,
  }),
  'prices-shape': () => ({ what: 'the file is not a mapping of model IDs', fix: PRICES_EXAMPLE }),
  'prices-empty': () => ({ what: 'the file lists no models', fix: PRICES_EXAMPLE }),
  'prices-model': () => ({ what: 'a model name is missing or not text', fix: PRICES_EXAMPLE }),
  'prices-columns': ({ model }: { model: string | undefined }) => ({
    what: `${modelOf(model)} has no prices`,
    fix: `set one or more of ${PRICE_COLUMNS}`,
  }),
  'prices-column': ({ model, column }: { model: string | undefined; column: string | undefined }) => ({
    what: `${modelOf(model)} has ${column === undefined ? 'an unknown column' : `the unknown column ${quoteAscii(column)}`}`,
    fix: `use only ${PRICE_COLUMNS}`,
  }),
  'prices-number': (facts: {
    model: string | undefined;
    column: string;
    fault: 'negative' | 'decimals' | 'not-a-number';
  }) => {
    const faults = {
      negative: 'is negative',
      decimals: 'has more than six decimals',
      'not-a-number': 'is not a plain decimal number',
    };
    return {
      what: `${facts.column} of ${modelOf(facts.model)} ${faults[facts.fault]}`,
      fix:
        facts.fault === 'decimals'
          ? 'round it to six decimals'
          : 'write US dollars per million tokens, such as 5 or 0.25',
    };
  },
  /** A model, or a column of `model`. */
  'prices-duplicate': (facts: { model?: string | undefined; name: string | undefined; firstLine: number }) => ({
    what: `${facts.model === undefined ? 'the file' : quoteAscii(facts.model)} lists ${facts.name === undefined ? 'a model or a column' : quoteAscii(facts.name)} twice, first on line ${facts.firstLine}`,
    fix: 'keep one',
  }),
} satisfies Table<ProblemWords>;
