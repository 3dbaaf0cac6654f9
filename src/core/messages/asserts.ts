import { anyOf, quoteText } from '../text/describe-value.ts';
import { type Femto, formatUsd } from '../text/money.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { type DataOf, type Table, wordsOf } from './table.ts';

/** What alone keeps an answer from passing. */
const DIFFERENCES = {
  'white-space': 'white space',
  'code-fence': 'a code fence',
  case: 'capitalization',
};

export type Difference = keyof typeof DIFFERENCES;

/** `only`: empty where the difference is another one. */
type Only = { only: readonly Difference[] };

/** `negated`: of an assert with `not-` that passes, so that nothing was expected of what is not so. */
type Negatable = { negated?: true };

const hintOf = ({ only }: Only): string => {
  const [last, ...others] = only.map((one) => DIFFERENCES[one]).toReversed();
  if (last === undefined) return '';
  const listed = others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
  return `; the only ${only.length === 1 ? 'difference is' : 'differences are'} ${listed}`;
};

const quoteAll = (texts: readonly string[], count: number): string => {
  const more = count > texts.length ? [`${formatCount(count - texts.length)} more`] : [];
  return [...texts.map(quoteText), ...more].join(', ');
};

/** Two figures that are not the same are never printed alike. */
const compared = (score: number, threshold: number): string => {
  const [a, b] = [score.toFixed(2), threshold.toFixed(2)];
  return a === b && score !== threshold ? `${score.toFixed(4)} of ${threshold.toFixed(4)}` : `${a} of ${b}`;
};

const UNJUDGED = {
  refusal: 'the model refused to answer',
  cut: 'the answer was cut off',
  empty: 'the answer is empty',
};

/** Why an answer is graded without a judge. */
export type Unjudged = keyof typeof UNJUDGED;

/**
 * What an assert found, as one clause: it says what is so, whatever the assert wanted. Texts in the facts are untrusted
 * and already short.
 */
const ASSERT_REASONS = {
  quoted: ({ text }: { text: string }) => text,

  equal: ({ expected }: { expected: string }) => `the answer is ${quoteText(expected)}`,
  /** `expected` and `found` begin where they differ; undefined: the answer is not JSON. */
  unequal: ({
    expected,
    found,
    negated,
    ...only
  }: { expected: string; found: string | undefined } & Only & Negatable) => {
    if (negated && found === undefined) return 'the answer is not JSON';
    if (negated) return `the answer is ${quoteText(found ?? '')}, not ${quoteText(expected)}${hintOf(only)}`;
    return `expected ${quoteText(expected)}, ${found === undefined ? 'but the answer is not JSON' : `found ${quoteText(found)}`}${hintOf(only)}`;
  },
  /** `count`: how many there are, of which some are named. */
  'texts-found': ({ texts, count }: { texts: readonly string[]; count: number }) => `found ${quoteAll(texts, count)}`,
  'texts-missing': ({ texts, count, ...only }: { texts: readonly string[]; count: number } & Only) =>
    texts.length === 0 ? 'there is no text to find' : `did not find ${quoteAll(texts, count)}${hintOf(only)}`,
  affix: ({
    at,
    text,
    found,
    is,
    negated,
    ...only
  }: { at: 'start' | 'end'; text: string; found: string; is: boolean } & Only & Negatable) => {
    const verb = at === 'start' ? 'starts' : 'ends';
    if (is) return `the answer ${verb} with ${quoteText(text)}`;
    return negated
      ? `the answer ${verb} with ${quoteText(found)}, not with ${quoteText(text)}${hintOf(only)}`
      : `expected the answer to ${verb.slice(0, -1)} with ${quoteText(text)}, but it ${verb} with ${quoteText(found)}${hintOf(only)}`;
  },
  'pattern-matched': ({ found }: { found: string }) => `the pattern matches ${quoteText(found)}`,
  'pattern-unmatched': ({ pattern, found, ...only }: { pattern: string; found: string } & Only) =>
    `nothing matches ${quoteText(pattern)} in ${quoteText(found)}${hintOf(only)}`,
  'too-slow': () => 'it took too long to check, so it is undecided',
  'too-complex': () => 'the answer is nested too deeply to be checked',

  'json-valid': ({ hasSchema }: { hasSchema: boolean }) =>
    `the answer is JSON${hasSchema ? ' that conforms to the schema' : ''}`,
  'json-invalid': ({ found, ...only }: { found: string } & Only) =>
    `the answer is not JSON: ${quoteText(found)}${hintOf(only)}`,
  'json-found': ({ hasSchema }: { hasSchema: boolean }) =>
    `the answer has a JSON object or array${hasSchema ? ' that conforms to the schema' : ''}`,
  'json-not-found': () => 'the answer has no JSON object or array',
  /** `path`: a JSON Pointer, empty for the whole value. `fault`: the validator's words. */
  'schema-mismatch': ({ path, fault }: { path: string; fault: string }) =>
    `the JSON does not conform to the schema: ${path === '' ? '' : `${path} `}${fault}`,
  'schema-unread': ({ file }: { file: string }) => `the schema ${quoteText(file)} was not read`,

  'word-count': (
    facts: { words: number; min: number | undefined; max: number | undefined; is: boolean } & Negatable,
  ) => {
    const { words, min, max, is, negated } = facts;
    const wanted =
      min === max
        ? `${min}`
        : [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`]
            .filter((part) => part !== '')
            .join(' and ');
    return `${is || negated ? '' : `expected ${wanted}, `}found ${countOf(words, 'word')}`;
  },
  cost: ({ cost, limit, is }: { cost: Femto; limit: number; is: boolean }) =>
    `the answer cost $${formatUsd(cost)}, ${is ? 'within' : 'more than'} $${limit}`,
  'cost-unknown': () => 'the cost of the answer is not known',
  'stop-reason': (facts: { expected: readonly string[]; found: string | null; is: boolean } & Negatable) => {
    const { expected, found, is, negated } = facts;
    return `${is || negated ? '' : `expected ${anyOf(expected)}, `}the stop reason is ${found ?? 'unknown'}`;
  },
  refusal: ({ words }: { words: string | undefined }) =>
    words === undefined ? 'the stop reason is refusal' : `the answer opens with ${quoteText(words)}`,
  'no-refusal': () => 'the answer does not open with a refusal, and the stop reason is not refusal',

  'no-tool-call': () => 'the answer calls no tool',
  'tool-calls-valid': ({ count }: { count: number }) =>
    `${countOf(count, 'tool call')} ${count === 1 ? 'fits its tool' : 'fit their tools'}`,
  'tool-unknown': ({ name }: { name: string }) => `the request has no tool ${quoteText(name)}`,
  'tool-input-mismatch': ({ name, path, fault }: { name: string; path: string; fault: string }) =>
    `the input for ${quoteText(name)} does not fit: ${path === '' ? '' : `${path} `}${fault}`,
  'tool-schema-unfit': ({ name }: { name: string }) => `the schema of the tool ${quoteText(name)} cannot be checked`,
  'tool-call-f1': (facts: {
    score: number;
    threshold: number;
    missing: readonly string[];
    extra: readonly string[];
  }) => {
    const parts = [`F1 is ${compared(facts.score, facts.threshold)}`];
    if (facts.missing.length > 0) parts.push(`not called: ${quoteAll(facts.missing, facts.missing.length)}`);
    if (facts.extra.length > 0) parts.push(`called as well: ${quoteAll(facts.extra, facts.extra.length)}`);
    return parts.join('; ');
  },

  /** `reason`: the judge's own words. `threshold` where the score does not reach it. */
  judged: ({ reason, below }: { reason: string; below: { score: number; threshold: number } | undefined }) => {
    const score = below && `score ${compared(below.score, below.threshold)}`;
    return [score, reason].filter((part) => part !== undefined && part !== '').join(': ');
  },
  'judge-undecided': ({ reason }: { reason: string }) =>
    `the judge could not decide${reason === '' ? '' : `: ${reason}`}`,
  'judgement-unusable': () =>
    "the judge's answer was not in the required form. If this happens often, try another judge-model",
  'no-judgement': () => 'there is no judgement',
  'not-judged': ({ why }: { why: Unjudged }) => `${UNJUDGED[why]}, so it fails without a judge`,

  'set-decided': (facts: { score: number; threshold: number | undefined; failed: number; count: number }) =>
    facts.threshold === undefined
      ? `${formatCount(facts.failed)} of ${countOf(facts.count, 'assert')} failed`
      : `score ${compared(facts.score, facts.threshold)}`,
  'set-undecided': ({ ungraded, count }: { ungraded: number; count: number }) =>
    `${formatCount(ungraded)} of ${countOf(count, 'assert')} could not be decided`,
} satisfies Table;

/** What an assert found in an answer, as data. */
export type AssertReason = DataOf<typeof ASSERT_REASONS>;

/** Longest reason, in characters. */
export const MAX_REASON = 300;

/** The reason on one inert line of at most `MAX_REASON` characters. It holds untrusted text: escape it where it is shown. */
export function printAssertReason(reason: AssertReason): string {
  return toPlainLine(wordsOf(ASSERT_REASONS, reason), MAX_REASON);
}
