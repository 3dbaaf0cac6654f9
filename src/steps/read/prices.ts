import { relative, sep } from 'node:path';
import { createPriceBook, type PriceBook } from '../../core/cost/book.ts';
import { parsePrices } from '../../core/cost/overrides.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Problem } from '../../core/text/problem.ts';
import type { Files } from '../../ports/machine.ts';

/** The prices of this run: the built-in ones, with those of the file over them. */
export async function readPrices(
  files: Files,
  path: string | undefined,
  workspace: string,
): Promise<{ readonly prices: PriceBook; readonly problems: readonly Problem[] }> {
  const builtIn = createPriceBook();
  if (path === undefined) return { prices: builtIn, problems: [] };
  let text: string;
  try {
    text = await files.readText(path);
  } catch (error) {
    const what = `the file of the input prices cannot be read (${describeCauses(error)})`;
    const cure = 'name a readable YAML or JSON file, relative to the workspace';
    return { prices: builtIn, problems: [{ code: 'unreadable-prices', what, cure }] };
  }
  const parsed = parsePrices(text, relative(workspace, path).split(sep).join('/'));
  if ('problems' in parsed) return { prices: builtIn, problems: parsed.problems };
  return { prices: createPriceBook(parsed.prices), problems: [] };
}
