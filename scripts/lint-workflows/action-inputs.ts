/**
 * The inputs that other actions take, from their `action.yml`, because the linter has no network. A workflow that
 * uses another action adds it here, after a look at who publishes it.
 */
export const ACTION_INPUTS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    'actions/attest':
      'subject-path subject-digest subject-name subject-checksums subject-version sbom-path predicate-type predicate predicate-path push-to-registry create-storage-record show-summary github-token',
    'actions/cache': 'path key restore-keys upload-chunk-size enableCrossOsArchive fail-on-cache-miss lookup-only',
    'actions/checkout':
      'repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user persist-credentials path clean filter sparse-checkout sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules set-safe-directory github-server-url allow-unsafe-pr-checkout',
    'actions/dependency-review-action':
      'repo-token fail-on-severity fail-on-scopes base-ref head-ref config-file allow-licenses deny-licenses allow-dependencies-licenses allow-ghsas external-repo-token license-check vulnerability-check comment-summary-in-pr deny-packages deny-groups retry-on-snapshot-warnings retry-on-snapshot-warnings-timeout warn-only show-openssf-scorecard warn-on-openssf-scorecard-level show-patched-versions',
    'actions/download-artifact':
      'name artifact-ids path pattern merge-multiple github-token repository run-id skip-decompress digest-mismatch',
    'actions/github-script':
      'script github-token debug user-agent previews result-encoding retries retry-exempt-status-codes base-url',
    'actions/setup-node':
      'node-version node-version-file architecture check-latest registry-url scope token cache package-manager-cache cache-dependency-path mirror mirror-token',
    'actions/upload-artifact':
      'name path if-no-files-found retention-days compression-level overwrite include-hidden-files archive',
    'github/codeql-action/analyze':
      'check_name output upload cleanup-level ram add-snippets skip-queries threads checkout_path ref sha category upload-database wait-for-processing token matrix expect-error',
    'github/codeql-action/init':
      'tools languages build-mode token registries matrix config-file db-location config queries packs external-repository-token source-root ram threads debug debug-artifact-name debug-database-name trap-caching dependency-caching',
    'github/codeql-action/upload-sarif': 'sarif_file checkout_path ref sha token matrix category wait-for-processing',
    'ossf/scorecard-action': 'results_file results_format repo_token publish_results file_mode',
    'zizmorcore/zizmor-action':
      'inputs online-audits persona min-severity min-confidence version token advanced-security',
  }).map(([name, inputs]) => [name, inputs.split(' ')]),
);
