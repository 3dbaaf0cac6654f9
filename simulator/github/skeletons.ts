import { createRequire } from 'node:module';

/** Where links in payloads point. */
export interface Sites {
  /** Without a slash at the end, such as `http://127.0.0.1:4711/api/v3`. */
  readonly api: string;
  readonly server: string;
}

export type Payload = Record<string, unknown>;

/** Payloads of the full shape, made from GitHub's own examples (npm `@octokit/webhooks-examples`) read when first asked. */
export interface Skeletons {
  /** `login` as it stands in a URL. */
  user(sites: Sites, login: string): Payload;
  repository(sites: Sites, fullName: string): Payload;
  pull(sites: Sites, fullName: string, number: number, sha: string): Payload;
  issue(sites: Sites, fullName: string, number: number): Payload;
}

const OWNER = 'Codertocat';
const FULL_NAME = `${OWNER}/Hello-World`;

export function createSkeletons(): Skeletons {
  let texts: ReturnType<typeof readExamples> | undefined;
  const read = () => {
    texts ??= readExamples();
    return texts;
  };
  return {
    user: (sites, login) => fill(read().user, sites, `${login}/none`),
    repository: (sites, fullName) => fill(read().repository, sites, fullName),
    pull: (sites, fullName, number, sha) => {
      const numbered = renumber(read().pull, number);
      return fill(numbered.replaceAll(/\/statuses\/[0-9a-f]+/g, `/statuses/${sha}`), sites, fullName);
    },
    issue: (sites, fullName, number) => fill(renumber(read().issue, number), sites, fullName),
  };
}

function readExamples() {
  const definitions = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly {
    readonly name: string;
    readonly examples: readonly Payload[];
  }[];
  const example = (event: string, subject: string) => {
    const examples = definitions.find(({ name }) => name === event)?.examples ?? [];
    const found = examples.find(({ repository }) => (repository as Payload)['full_name'] === FULL_NAME);
    if (found === undefined) throw new Error(`@octokit/webhooks-examples has no ${event} of ${FULL_NAME}`);
    return JSON.stringify(found[subject]);
  };
  return {
    user: example('pull_request', 'sender'),
    repository: example('pull_request', 'repository'),
    pull: example('pull_request', 'pull_request'),
    issue: example('issue_comment', 'issue'),
  };
}

/** Replaces the example's names and addresses with those of this state; both are plain in JSON text. */
function fill(text: string, sites: Sites, fullName: string): Payload {
  const owner = fullName.split('/')[0] ?? '';
  const filled = text
    .replaceAll('https://api.github.com', sites.api)
    .replaceAll('https://github.com', sites.server)
    .replaceAll(FULL_NAME, fullName)
    .replaceAll('Hello-World', fullName.slice(owner.length + 1))
    .replaceAll(OWNER, owner);
  return JSON.parse(filled) as Payload;
}

function renumber(text: string, number: number): string {
  return text.replaceAll(/\/(pulls?|issues)\/\d+/g, `/$1/${number}`);
}
