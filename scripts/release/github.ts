import type { AssetFile, Release } from './facts.ts';
import type { Subject } from './plan.ts';

/** The releases of a repository. */
export interface Releases {
  /** All of them; drafts only where the token may write. */
  list(): Promise<Release[]>;
  createDraft(subject: Subject): Promise<Release>;
  updateDraft(id: number, subject: Subject): Promise<Release>;
  upload(release: Release, file: AssetFile): Promise<void>;
  removeAsset(id: number): Promise<void>;
  /** Makes a draft public. Its tag must be there: without it, GitHub would create one wherever the default branch is. */
  publish(id: number, subject: Subject): Promise<Release>;
}

export interface GitHubOptions {
  /** Such as `https://api.github.com`. */
  readonly api: string;
  /** Such as `octo-org/evals`. */
  readonly repository: string;
  readonly token: string;
}

/** A call that GitHub refused. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: number;

  constructor(method: string, path: string, status: number, said: string) {
    super(`GitHub refused ${method} ${path}: ${status} ${said}`);
    this.status = status;
  }
}

interface ReleasePayload {
  readonly id: number;
  readonly tag_name: string;
  readonly html_url: string;
  readonly draft: boolean;
  readonly immutable?: boolean;
  readonly upload_url: string;
  readonly assets: readonly { id: number; name: string; state: string; digest: string | null }[];
}

const PER_PAGE = 100;
const TIME_LIMIT_MS = 60_000;
const UPLOADS = 'https://uploads.github.com';

/** Repeats nothing: the next run continues a release that broke off. */
export function createReleases({ api, repository, token }: GitHubOptions): Releases {
  const releases = `${api}/repos/${repository}/releases`;

  async function call(method: string, address: string, body?: { readonly type: string; readonly text: string }) {
    const response = await fetch(address, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'claude-batch-action',
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': body.type }),
      },
      ...(body === undefined ? {} : { body: body.text }),
    });
    const text = await response.text();
    if (!response.ok) throw new GitHubError(method, new URL(address).pathname, response.status, firstSentence(text));
    return text === '' ? undefined : JSON.parse(text);
  }

  const send = async (method: string, address: string, body: object): Promise<Release> =>
    toRelease(await call(method, address, { type: 'application/json', text: JSON.stringify(body) }));

  return {
    async list() {
      const found: Release[] = [];
      for (let page = 1; ; page += 1) {
        const payloads: ReleasePayload[] = await call('GET', `${releases}?per_page=${PER_PAGE}&page=${page}`);
        found.push(...payloads.map(toRelease));
        if (payloads.length < PER_PAGE) return found;
      }
    },
    createDraft: (subject) => send('POST', releases, { ...describe(subject), draft: true }),
    updateDraft: (id, subject) => send('PATCH', `${releases}/${id}`, { ...describe(subject), draft: true }),
    async upload({ uploadUrl }, { name, type, text }) {
      const address = new URL(uploadUrl.replace(/\{.*$/, ''));
      if (address.origin !== new URL(api).origin && address.origin !== UPLOADS)
        throw new Error(`GitHub names ${address.origin} for uploads, which is not one of its addresses.`);
      address.searchParams.set('name', name);
      await call('POST', address.href, { type, text });
    },
    async removeAsset(id) {
      await call('DELETE', `${releases}/assets/${id}`);
    },
    publish: (id, { version }) =>
      send('PATCH', `${releases}/${id}`, {
        draft: false,
        make_latest: version.preRelease.length === 0 ? 'true' : 'false',
      }),
  };
}

/** No `target_commitish`: for commits that change workflows, GitHub refuses it to the token of a workflow. */
function describe({ tag, notes, version }: Subject) {
  return { tag_name: tag, name: tag, body: notes, prerelease: version.preRelease.length > 0 };
}

function toRelease(payload: ReleasePayload): Release {
  return {
    id: payload.id,
    tag: payload.tag_name,
    url: payload.html_url,
    isDraft: payload.draft,
    isImmutable: payload.immutable === true,
    uploadUrl: payload.upload_url,
    assets: payload.assets.map(({ id, name, state, digest }) => ({
      id,
      name,
      digest: state === 'uploaded' ? (digest ?? undefined) : undefined,
    })),
  };
}

/** What GitHub says of an error, on one short line. */
function firstSentence(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return String(message).replace(/\s+/g, ' ').slice(0, 300);
  } catch {
    return 'without a reason';
  }
}
