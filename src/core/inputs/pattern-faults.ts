import type { PatternFault } from '../messages/file-faults.ts';
import type { ProblemData } from '../messages/problems.ts';
import { clipValue } from './parsed.ts';

/** Each with the patterns that were probably meant. Reports the first match. */
const FAULTS: readonly (readonly [PatternFault, (pattern: string) => readonly string[] | undefined])[] = [
  ['nothing', (pattern) => (pattern === '' ? [] : undefined)],
  ['url', (pattern) => (/^[a-z][a-z0-9+.-]+:\/\//i.test(pattern) ? [] : undefined)],
  ['comment', (pattern) => insteadOf(/^(.*\S)\s+#/, pattern)],
  // `${{ inputs.folder }}/*.jsonl` with that input unset; nobody searches the root of a file system on purpose.
  ['root', (pattern) => insteadOf(/^\/([^/]*[*?[].*|[^/]+)$/, pattern)],
  ['dash', (pattern) => insteadOf(/^-\s+(.+)$/, pattern)],
  ['list', listed],
  ['quotes', (pattern) => insteadOf(/^["'](.*)["']$/, pattern) ?? insteadOf(/^["']|["']$/, pattern)],
  ['braces', expanded],
  ['tilde', (pattern) => (/^~(?:[\\/]|$)/.test(pattern) ? [] : undefined)],
  ['variable', (pattern) => (/\$(?:\w|\{)|%\w+%/.test(pattern) ? [] : undefined)],
  ['backslashes', (pattern) => (pattern.includes('\\') ? [pattern.replaceAll('\\', '/')] : undefined)],
];

/**
 * What is wrong with a pattern (without its exclamation mark) that matches no file; undefined if the files may simply not exist. File
 * names may contain all of these characters, so look for a match first.
 */
export function patternProblem(pattern: string, { isFolder }: { readonly isFolder: boolean }): ProblemData | undefined {
  const value = clipValue(pattern);
  if (isFolder) {
    const folder = pattern.replace(/\/+$/, '');
    return { code: 'input-pattern', value, fault: 'folder', instead: [clipValue(`${folder}/*.jsonl`)] };
  }
  for (const [fault, read] of FAULTS) {
    const instead = read(pattern);
    if (instead !== undefined)
      return { code: 'input-pattern', value, fault, instead: instead.slice(0, MAX_INSTEAD).map(clipValue) };
  }
  return undefined;
}

const MAX_INSTEAD = 4;

function insteadOf(form: RegExp, pattern: string): readonly string[] | undefined {
  const found = form.exec(pattern);
  return found === null ? undefined : found[1] ? [found[1]] : [];
}

/** `a, b`, `["a", "b"]`, and file names separated by blanks. */
function listed(pattern: string): readonly string[] | undefined {
  const inner = /^\[(.*)\]$/.exec(pattern)?.[1] ?? pattern;
  const isList = inner !== pattern && /["',]/.test(inner);
  if (!isList && !/,(?![^{]*\})|\.jsonl?\s+\S/.test(pattern)) return undefined;
  const parts = inner.split(/,|(?<=\.jsonl?)\s+/).map((part) => part.trim().replace(/^["']|["']$/g, ''));
  return parts.filter((part) => part !== '');
}

/** `{a,b}.jsonl` as its two patterns; `+(a|b)` and the like are not expanded either. */
function expanded(pattern: string): readonly string[] | undefined {
  const [whole, before = '', inner = '', after = ''] = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/.exec(pattern) ?? [];
  if (whole !== undefined && inner.includes(',')) return inner.split(',').map((part) => `${before}${part}${after}`);
  return /[{}]|[+@?*!]\(.*\)/.test(pattern) ? [] : undefined;
}
