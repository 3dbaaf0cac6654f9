/** What a pattern requires of one path segment: the name itself, a test, or `folders`: any number of segments, including none. */
export type GlobPart =
  | { readonly kind: 'name'; readonly name: string; readonly matches: (name: string) => boolean }
  | { readonly kind: 'test'; readonly matches: (name: string) => boolean }
  | { readonly kind: 'folders' };

/** On Windows, matching ignores case, and a backslash is a separator, so it escapes nothing. */
export type System = 'posix' | 'windows';

type Test = (char: string) => boolean;

/** Any run of characters. */
const STAR = '*';

/**
 * Parses the part between two separators of a pattern: `*`, `?`, `[a-z]`, `[!a]`, `\*`, and `**` on its own. Matching takes at most the
 * product of the lengths of name and pattern in steps: no pattern takes forever.
 */
export function parseGlobPart(text: string, system: System): GlobPart {
  if (text === '**') return { kind: 'folders' };
  const fold = (name: string): string => (system === 'windows' ? name.toLowerCase() : name);
  const chars = Array.from(fold(text));
  const lastClose = chars.lastIndexOf(']');
  const tests: (Test | typeof STAR)[] = [];
  let literal: string | undefined = '';
  const put = (test: Test | typeof STAR): void => {
    literal = undefined;
    if (test !== STAR || tests.at(-1) !== STAR) tests.push(test);
  };
  for (let at = 0; at < chars.length; at += 1) {
    const set = chars[at] === '[' && at < lastClose ? readSet(chars, at, system) : undefined;
    if (set !== undefined) {
      put(set.test);
      at = set.end;
    } else if (chars[at] === STAR) put(STAR);
    else if (chars[at] === '?') put(() => true);
    else {
      if (chars[at] === '\\' && system === 'posix' && at + 1 < chars.length) at += 1;
      const wanted = chars[at];
      tests.push((char) => char === wanted);
      if (literal !== undefined) literal += wanted;
    }
  }
  if (literal === undefined) return { kind: 'test', matches: (name) => matchesAll(tests, Array.from(fold(name))) };
  const folded = literal;
  return { kind: 'name', name: system === 'windows' ? text : literal, matches: (name) => fold(name) === folded };
}

/** The set that starts here, and the place of its closing bracket; undefined without one, so that `[` is literal. */
function readSet(chars: readonly string[], open: number, system: System): { test: Test; end: number } | undefined {
  const isNegated = chars[open + 1] === '!' || chars[open + 1] === '^';
  const first = open + (isNegated ? 2 : 1);
  const ranges: (readonly [string, string])[] = [];
  let at = first;
  const next = (): string => {
    if (chars[at] === '\\' && system === 'posix') at += 1;
    at += 1;
    return chars[at - 1] ?? '';
  };
  while (chars[at] !== ']' || at === first) {
    if (at >= chars.length) return undefined;
    const from = next();
    const isRange = chars[at] === '-' && at + 1 < chars.length && chars[at + 1] !== ']';
    if (isRange) at += 1;
    ranges.push([from, isRange ? next() : from]);
  }
  return { test: (char) => ranges.some(([from, to]) => from <= char && char <= to) !== isNegated, end: at };
}

/** Backtracks only to the last star: an earlier one never needs to take more. */
function matchesAll(tests: readonly (Test | typeof STAR)[], chars: readonly string[]): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let char = 0; char < chars.length; ) {
    const test = tests[at];
    if (test === STAR) {
      star = at;
      resume = char;
      at += 1;
    } else if (test?.(chars[char] ?? '')) {
      at += 1;
      char += 1;
    } else if (star === -1) return false;
    else {
      at = star + 1;
      resume += 1;
      char = resume;
    }
  }
  return tests.slice(at).every((rest) => rest === STAR);
}

/** How far a path matches a pattern: the parts that may come next. */
export type Progress = ReadonlySet<number>;

export function beginMatch(parts: readonly GlobPart[]): Progress {
  return closeOver(parts, new Set([0]));
}

/** The progress after one more segment of the path; empty if nothing below it can match. */
export function advance(parts: readonly GlobPart[], progress: Progress, name: string): Progress {
  const next = new Set<number>();
  for (const at of progress) {
    const part = parts[at];
    if (part?.kind === 'folders') next.add(at);
    else if (part?.matches(name)) next.add(at + 1);
  }
  return closeOver(parts, next);
}

function closeOver(parts: readonly GlobPart[], progress: Set<number>): Progress {
  // Iterating a set includes elements added on the way.
  for (const at of progress) if (parts[at]?.kind === 'folders') progress.add(at + 1);
  return progress;
}
