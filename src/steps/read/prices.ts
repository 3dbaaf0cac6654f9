import { relative, sep } from 'node:path';
import { createPriceBook, type PriceBook } from '../../core/cost/book.ts';
import { parsePrices } from '../../core/cost/price-file.ts';
import { withoutQuotes } from '../../core/intake/quoting.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { FileError } from '../../ports/file-error.ts';
import type { Files } from '../../ports/machine.ts';

/** The prices of this run: the built-in ones, with those of the file over them. */
export async function readPrices(
  files: Files,
  path: string | undefined,
  workspace: string,
): Promise<{ readonly prices: PriceBook; readonly problems: readonly Problem[] }> {
  const builtIn = createPriceBook();
  if (path === undefined) return { prices: builtIn, problems: [] };
  let file: Awaited<ReturnType<Files['readText']>>;
  try {
    file = await files.readText(path);
  } catch (error) {
    const problem: Problem =
      error instanceof FileError
        ? { code: 'file-unusable', fault: error.fault, input: 'prices' }
        : { code: 'unreadable-prices', reason: describeCauses(error), input: 'prices' };
    return { prices: builtIn, problems: [problem] };
  }
  const parsed = parsePrices(file.text, relative(workspace, path).split(sep).join('/'));
  if ('problems' in parsed) {
    const { problems } = parsed;
    return { prices: builtIn, problems: file.isOutside ? problems.map(withoutQuotes) : problems };
  }
  return { prices: createPriceBook(parsed.prices), problems: [] };
}
