import { createHash } from 'node:crypto';
import { nodeId, timeText, userPayload } from './payloads.ts';
import { notFound, Refusal } from './refusals.ts';
import { paged, pathNumber, type Reply, type Route, type RouteCall } from './routes.ts';
import type { Payload } from './skeletons.ts';
import type { Release, ReleaseAsset } from './state.ts';

const RELEASES = '/repos/{owner}/{repo}/releases';
const ONE = `${RELEASES}/{release_id}`;

/** Uploads go to the API's host here, as on an Enterprise Server; on github.com they have one of their own. */
export const releaseRoutes: readonly Route[] = [
  { operation: `GET ${RELEASES}`, needs: () => [['contents', 'read']], answer: list },
  { operation: `POST ${RELEASES}`, needs: () => [['contents', 'write']], answer: create },
  { operation: `PATCH ${ONE}`, needs: () => [['contents', 'write']], answer: update },
  { operation: `POST ${ONE}/assets`, needs: () => [['contents', 'write']], answer: upload },
  { operation: `DELETE ${RELEASES}/assets/{asset_id}`, needs: () => [['contents', 'write']], answer: removeAsset },
];

/** Newest first; drafts only for who may write. */
function list(call: RouteCall): Reply {
  const { repository, maker, token } = call;
  const seesDrafts = token.permissions.contents === 'write';
  const found = repository.releases.filter((one) => seesDrafts || one.publishedAtMs !== undefined).reverse();
  const { page, headers } = paged(call, `${maker.sites.api}/repos/${repository.fullName}/releases`, found);
  return { status: 200, headers, body: page.map((one) => payload(call, one)) };
}

interface Wanted {
  readonly tag_name?: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly make_latest?: string;
}

function create(call: RouteCall): Reply {
  const { state, repository, token } = call;
  const release: Release = {
    id: state.nextId(),
    author: token.login,
    createdAtMs: state.now(),
    tag: '',
    name: null,
    body: null,
    isPrerelease: false,
    isLatest: false,
    isImmutable: false,
    publishedAtMs: undefined,
    assets: [],
  };
  change(call, release, { draft: false, ...(call.body as Wanted) });
  repository.releases.push(release);
  return { status: 201, body: payload(call, release) };
}

function update(call: RouteCall): Reply {
  const release = find(call);
  const wanted = call.body as Wanted;
  if (release.isImmutable && (wanted.tag_name ?? release.tag) !== release.tag) throw immutable('tag_name');
  change(call, release, wanted);
  return { status: 200, body: payload(call, release) };
}

function change({ state, repository }: RouteCall, release: Release, wanted: Wanted): void {
  const {
    tag_name = release.tag,
    name = release.name,
    body = release.body,
    prerelease = release.isPrerelease,
  } = wanted;
  const isTaken = repository.releases.some(
    (other) => other !== release && other.tag === tag_name && other.publishedAtMs !== undefined,
  );
  if (wanted.draft === false && isTaken) throw invalid({ field: 'tag_name', code: 'already_exists' });
  Object.assign(release, { tag: tag_name, name, body, isPrerelease: prerelease });
  if (wanted.draft !== false || release.publishedAtMs !== undefined) return;
  release.publishedAtMs = state.now();
  release.isImmutable = repository.hasImmutableReleases;
  release.isLatest = !prerelease && wanted.make_latest !== 'false';
}

function upload(call: RouteCall): Reply {
  const { state, token, query, request } = call;
  const release = find(call);
  const name = query.get('name') ?? '';
  if (release.isImmutable) throw immutable('assets');
  if (release.assets.some((asset) => asset.name === name)) throw invalid({ field: 'name', code: 'already_exists' });
  const contentType = request.headers.get('content-type') ?? 'application/octet-stream';
  const about = { id: state.nextId(), uploader: token.login, createdAtMs: state.now() };
  const asset: ReleaseAsset = { ...about, name, contentType, content: request.body };
  release.assets.push(asset);
  return { status: 201, body: assetPayload(call, release, asset) };
}

function removeAsset(call: RouteCall): Reply {
  const id = pathNumber(call, 'asset_id');
  const release = call.repository.releases.find(({ assets }) => assets.some((asset) => asset.id === id));
  if (release === undefined) throw notFound();
  if (release.isImmutable) throw immutable('assets');
  const at = release.assets.findIndex((asset) => asset.id === id);
  release.assets.splice(at, 1);
  return { status: 204 };
}

function find(call: RouteCall): Release {
  const release = call.repository.releases.find(({ id }) => id === pathNumber(call, 'release_id'));
  if (release === undefined) throw notFound();
  return release;
}

function invalid(error: { readonly field: string; readonly code: string }): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [{ resource: 'Release', ...error }] });
}

function immutable(field: string): Refusal {
  return invalid({ field, code: 'custom' });
}

function payload(call: RouteCall, release: Release): Payload {
  const { repository, maker } = call;
  const { id, tag, publishedAtMs } = release;
  const url = `${maker.sites.api}/repos/${repository.fullName}/releases/${id}`;
  const web = `${maker.sites.server}/${repository.fullName}/releases`;
  const isDraft = publishedAtMs === undefined;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${web}/tag/${isDraft ? `untagged-${id}` : tag}`,
    tarball_url: isDraft ? null : `${maker.sites.api}/repos/${repository.fullName}/tarball/${tag}`,
    zipball_url: isDraft ? null : `${maker.sites.api}/repos/${repository.fullName}/zipball/${tag}`,
    id,
    node_id: nodeId('Release', id),
    tag_name: tag,
    target_commitish: repository.defaultBranch,
    name: release.name,
    body: release.body,
    draft: isDraft,
    prerelease: release.isPrerelease,
    immutable: release.isImmutable,
    created_at: timeText(release.createdAtMs),
    published_at: isDraft ? null : timeText(publishedAtMs),
    author: userPayload(maker, release.author),
    assets: release.assets.map((asset) => assetPayload(call, release, asset)),
  };
}

function assetPayload({ repository, maker }: RouteCall, { tag }: Release, asset: ReleaseAsset): Payload {
  const { id, name, content } = asset;
  const time = timeText(asset.createdAtMs);
  return {
    url: `${maker.sites.api}/repos/${repository.fullName}/releases/assets/${id}`,
    browser_download_url: `${maker.sites.server}/${repository.fullName}/releases/download/${tag}/${name}`,
    id,
    node_id: nodeId('ReleaseAsset', id),
    name,
    label: '',
    state: 'uploaded',
    content_type: asset.contentType,
    size: content.length,
    digest: `sha256:${createHash('sha256').update(content).digest('hex')}`,
    download_count: 0,
    created_at: time,
    updated_at: time,
    uploader: userPayload(maker, asset.uploader),
  };
}
