import { basename, join } from 'node:path';
import type { Outcome } from '../../core/endings/outcome.ts';
import { pageFileName } from '../../core/page/page-file-name.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import { createPart } from '../../ports/part.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';

/**
 * Writes the page of a run that has results, and uploads it if they were uploaded, as its own artifact that opens in a
 * browser. Everything on it is also elsewhere, so a failure here is a warning. Never throws. `pageFile` is an absolute
 * path; either is undefined if the page could not be written or uploaded.
 */
export async function makePage(
  run: Run,
  outcome: Outcome,
  { summary, artifact }: { readonly summary: Summary; readonly artifact: StoredArtifact | undefined },
): Promise<{ readonly pageFile: string | undefined; readonly page: StoredArtifact | undefined }> {
  const { ports, inputs } = run;
  const files = 'files' in outcome ? outcome.files : undefined;
  if (files?.cases === undefined) return { pageFile: undefined, page: undefined };
  const path = join(folderOf(run), pageFileName(artifact?.name ?? inputs.artifactName));
  const graded = 'graded' in outcome ? outcome.graded : undefined;
  try {
    const { writePage } = await loadWriter();
    await writePage(run, path, { ...{ summary, artifact, files, graded }, cases: files.cases });
  } catch (error) {
    ports.log.warning({ code: 'page-not-written', folder: inputs.resultsPath, reason: describeCauses(error) });
    return { pageFile: undefined, page: undefined };
  }
  return { pageFile: path, page: artifact === undefined ? undefined : await uploadPage(run, path) };
}

/** The page's style, script and renderer are large, and only a run with results has a page. */
const loadWriter = createPart(() => import('./write-page.ts'));

/** Stops waiting for the upload once the step must end: the rest has to be published too. */
async function uploadPage({ ports, inputs }: Run, path: string): Promise<StoredArtifact | undefined> {
  const { retentionDays } = inputs;
  if (ports.signal.aborted) return undefined;
  try {
    const stopped = new Promise<undefined>((resolve) => {
      ports.signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    return await Promise.race([ports.artifacts.uploadFile({ path, retentionDays }), stopped]);
  } catch (error) {
    const shown = join(inputs.resultsPath, basename(path));
    ports.log.warning({ code: 'page-not-uploaded', path: shown, reason: describeCauses(error) });
    return undefined;
  }
}
