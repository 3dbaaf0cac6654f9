/** `reason`: the causes of a failure, as `describeCauses` joins them. */
type WithReason = { reason: string };

/** Log lines and warnings of the adapters: cache, artifacts, GitHub, files. */
export const SERVICES = {
  'cache-read-only': () => 'This run can only read the Actions cache. Its records are stored as artifacts only.',
  'cache-mode-unfit': ({ mode }: { readonly mode: string }) =>
    `The cache-mode of this workflow is ${mode}, so its records are stored as artifacts only.`,
  'cache-not-read': ({ reason }: WithReason) => `Could not read records from the Actions cache: ${reason}.`,
  'cache-not-saved': ({ reason }: WithReason) => `Could not save a record to the Actions cache: ${reason}.`,
  'record-artifacts-forbidden': () =>
    'Skipped the records that other runs stored as artifacts: reading them requires the permission actions: read.',
  'record-artifacts-not-read': ({ reason }: WithReason) =>
    `Could not read the records that other runs stored as artifacts: ${reason}.`,
  'record-artifact-not-saved': ({ reason }: WithReason) => `Could not store a record as an artifact: ${reason}.`,
  'artifact-upload': () => 'Artifact upload',
  'page-upload': () => 'Page upload',
  'artifact-check': () => 'Artifact check',
  'artifact-download': () => 'Artifact download',
};
