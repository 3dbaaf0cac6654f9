/** Log lines and warnings on files, artifacts, outputs and deletion. */
export const PUBLISHING = {
  'page-not-written': ({ folder, reason }: { folder: string; reason: string }) =>
    `Could not write the page to ${folder}: ${reason}.`,
  'page-not-uploaded': ({ path, reason }: { path: string; reason: string }) =>
    `Could not upload the page: ${reason}. It is in ${path} on the runner.`,
};
