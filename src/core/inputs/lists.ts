import type { InputName } from './names.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';

/** Patterns, one a line, without blank lines and comments. Patterns that only exclude can find nothing. */
export function parsePatterns(name: InputName, text: string): Parsed<readonly string[]> {
  const patterns = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (patterns.length > 0 && patterns.every((pattern) => pattern.startsWith('!'))) {
    return wrong(name, { code: 'input-only-exclusions' });
  }
  return value(patterns);
}

/** Batch ids in their order, each once. */
export function parseBatchIds(name: InputName, text: string): Parsed<readonly string[]> {
  const ids = splitList(text);
  const problems = ids.flatMap((id) => {
    const checked = checkBatchId(name, id);
    return checked.kind === 'wrong' ? checked.problems : [];
  });
  return problems.length > 0 ? { kind: 'wrong', problems } : value(ids);
}

function checkBatchId(name: InputName, id: string): Parsed<string> {
  if (/^[A-Za-z0-9_-]+$/.test(id)) return value(id);
  const inside = /msgbatch_[A-Za-z0-9]+/.exec(id)?.[0];
  return wrong(name, { code: 'input-batch-id', value: clipValue(id), id: inside && clipValue(inside) });
}

/** Beta names in their order, each once, fit to be joined into one header. */
export function parseBetas(name: InputName, text: string): Parsed<readonly string[]> {
  const betas = splitList(text);
  const unfit = betas.find((beta) => !/^[A-Za-z0-9._-]+$/.test(beta));
  return unfit === undefined ? value(betas) : wrong(name, { code: 'input-beta', value: clipValue(unfit) });
}

/** Entries between commas and line breaks, without empty and repeated ones. */
function splitList(text: string): string[] {
  const entries = text.split(/[,\r\n]/).map((entry) => entry.trim());
  return Array.from(new Set(entries.filter((entry) => entry !== '')));
}
