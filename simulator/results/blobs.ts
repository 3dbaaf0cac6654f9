import { createHash, randomUUID } from 'node:crypto';
import type { Handler, WireRequest, WireResponse } from '../wire.ts';

const CONTAINER = '/blobs/actions-results/';
const API_VERSION = '2025-11-05';

/** A block blob and the two secrets that its signed URLs carry. */
export interface Blob {
  readonly name: string;
  readonly uploadKey: string;
  readonly downloadKey: string;
  /** Undefined until a Put Blob or Put Block List. */
  bytes: Buffer | undefined;
  contentType: string;
  readonly staged: Map<string, Buffer>;
}

export interface BlobStore {
  readonly handler: Handler;
  /** Reserves a blob of this file ending, such as `.zip`. */
  create(ending: string): Blob;
  uploadUrl(origin: string, blob: Blob): string;
  /** With `fileName` and `contentType`, the answer names them, as Azure's `rscd` and `rsct` do. */
  downloadUrl(origin: string, blob: Blob, file?: { readonly name: string; readonly contentType: string }): string;
  remove(blob: Blob): void;
}

/** Azure's block blobs behind signed URLs: Put Blob, Put Block, Put Block List, Get Blob with ranges, and its HEAD. */
export function createBlobStore(): BlobStore {
  const blobs = new Map<string, Blob>();

  function handler(request: WireRequest): WireResponse | undefined {
    if (!request.path.startsWith(CONTAINER)) return undefined;
    const blob = blobs.get(request.path.slice(CONTAINER.length));
    const key = request.query.get('sig');
    if (blob === undefined) return refuse(404, 'BlobNotFound');
    if (request.method === 'PUT')
      return key === blob.uploadKey ? put(request, blob) : refuse(403, 'AuthenticationFailed');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'UnsupportedHttpVerb');
    return key === blob.downloadKey ? get(request, blob) : refuse(403, 'AuthenticationFailed');
  }

  const url = (origin: string, blob: Blob, query: Record<string, string>) =>
    `${origin}${CONTAINER}${blob.name}?${new URLSearchParams({ sv: API_VERSION, sr: 'b', ...query })}`;

  return {
    handler,
    create(ending) {
      const blob: Blob = {
        name: `${randomUUID()}${ending}`,
        uploadKey: randomUUID(),
        downloadKey: randomUUID(),
        bytes: undefined,
        contentType: 'application/octet-stream',
        staged: new Map(),
      };
      blobs.set(blob.name, blob);
      return blob;
    },
    uploadUrl: (origin, blob) => url(origin, blob, { sp: 'cw', sig: blob.uploadKey }),
    downloadUrl: (origin, blob, file) => {
      const said = file === undefined ? {} : { rscd: disposition(file.name), rsct: file.contentType };
      return url(origin, blob, { sp: 'r', ...said, sig: blob.downloadKey });
    },
    remove: (blob) => blobs.delete(blob.name),
  };
}

function put(request: WireRequest, blob: Blob): WireResponse {
  const contentType = request.headers.get('x-ms-blob-content-type');
  const blockId = request.query.get('blockid');
  switch (request.query.get('comp')) {
    case 'block':
      if (blockId === null) return refuse(400, 'MissingRequiredQueryParameter');
      blob.staged.set(blockId, request.body);
      return created(request.body);
    case 'blocklist': {
      const ids = [...request.body.toString().matchAll(/<(?:Latest|Uncommitted)>([^<]*)</g)].map(([, id]) => id ?? '');
      const blocks = ids.map((id) => blob.staged.get(id));
      if (blocks.includes(undefined)) return refuse(400, 'InvalidBlockList');
      blob.bytes = Buffer.concat(blocks.filter((block) => block !== undefined));
      blob.staged.clear();
      break;
    }
    case null:
      if (request.headers.get('x-ms-blob-type') !== 'BlockBlob') return refuse(400, 'InvalidHeaderValue');
      blob.bytes = request.body;
      break;
    default:
      return refuse(400, 'InvalidQueryParameterValue');
  }
  blob.contentType = contentType ?? 'application/octet-stream';
  return created(request.body);
}

function get(request: WireRequest, { bytes, contentType }: Blob): WireResponse {
  if (bytes === undefined) return refuse(404, 'BlobNotFound');
  const disposition = request.query.get('rscd');
  const headers = {
    ...common(),
    'accept-ranges': 'bytes',
    'content-type': request.query.get('rsct') ?? contentType,
    ...(disposition === null ? {} : { 'content-disposition': disposition }),
    etag: `"${md5(bytes)}"`,
    'last-modified': new Date().toUTCString(),
    'x-ms-blob-type': 'BlockBlob',
  };
  const range = request.headers.get('x-ms-range') ?? request.headers.get('range');
  const [, first, last] = range?.match(/^bytes=(\d+)-(\d*)$/) ?? [];
  if (first === undefined) return { status: 200, headers, body: bytes };
  const start = Number(first);
  const end = Math.min(last === '' ? Number.POSITIVE_INFINITY : Number(last), bytes.length - 1);
  if (start > end) return refuse(416, 'InvalidRange');
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
    body: bytes.subarray(start, end + 1),
  };
}

function created(body: Buffer): WireResponse {
  const headers = { ...common(), etag: `"${randomUUID()}"`, 'last-modified': new Date().toUTCString() };
  return { status: 201, headers: { ...headers, 'content-md5': md5(body), 'x-ms-request-server-encrypted': 'true' } };
}

function refuse(status: number, code: string): WireResponse {
  return {
    status,
    headers: { ...common(), 'content-type': 'application/xml', 'x-ms-error-code': code },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  };
}

function common() {
  return { 'x-ms-request-id': randomUUID(), 'x-ms-version': API_VERSION };
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('base64');
}

function disposition(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
