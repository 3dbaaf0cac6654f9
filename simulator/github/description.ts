import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { createDescription, type Operation, type OperationName } from '../openapi/description.ts';

/** Reads GitHub's own OpenAPI description (npm `@octokit/openapi`) when first asked; about 0.2 s. */
export function describeGitHub(): (name: OperationName) => Operation {
  return createDescription(() => {
    const root = createRequire(import.meta.url).resolve('@octokit/openapi');
    return JSON.parse(readFileSync(new URL('./generated/api.github.com.json', pathToFileURL(root)), 'utf8'));
  });
}
