import { createHash } from 'node:crypto';
import {
  CreateArtifactRequest,
  CreateArtifactResponse,
  DeleteArtifactRequest,
  DeleteArtifactResponse,
  FinalizeArtifactRequest,
  FinalizeArtifactResponse,
  GetSignedArtifactURLRequest,
  GetSignedArtifactURLResponse,
  ListArtifactsRequest,
  ListArtifactsResponse,
} from '../../node_modules/@actions/artifact/lib/generated/results/api/v1/artifact.js';
import type { Blob, BlobStore } from './blobs.ts';
import type { Caller } from './token.ts';
import { type Call, type Method, method, TwirpError } from './twirp.ts';

/** How long an artifact is kept by default. */
export const RETENTION_MS = 90 * 24 * 60 * 60 * 1000;
/** The server's own check; the toolkit has the same (upload/path-and-artifact-name-validation). */
const FORBIDDEN_IN_NAMES = /["\\/:<>|*?\r\n]/;

export interface Artifact {
  readonly id: number;
  readonly run: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly contentType: string;
  readonly blob: Blob;
  /** Hex SHA-256 of the stored bytes; undefined until the upload is finalized, when REST begins to show the artifact. */
  digest: string | undefined;
}

/** The artifact service of all runs. `artifacts` is in the order of creation, with those that were never finalized. */
export function createArtifactService(options: {
  readonly artifacts: Artifact[];
  readonly blobs: BlobStore;
  readonly now: () => number;
  readonly nextId: () => number;
}): ReadonlyMap<string, Method> {
  const { artifacts, blobs, now, nextId } = options;

  const ofRun = (run: string) => artifacts.filter((artifact) => artifact.run === run && artifact.expiresAtMs > now());
  const named = (run: string, name: string) => ofRun(run).find((artifact) => artifact.name === name);
  const stored = (run: string, name: string) => {
    const artifact = named(run, name);
    if (artifact?.digest === undefined) throw new TwirpError('not_found', 'artifact not found');
    return artifact;
  };

  function create(request: CreateArtifactRequest, { caller, origin }: Call): CreateArtifactResponse {
    checkIds(request, caller);
    const { name, expiresAt, mimeType, version } = request;
    if (name === '' || FORBIDDEN_IN_NAMES.test(name)) throw new TwirpError('invalid_argument', 'invalid artifact name');
    if (version < 4) throw new TwirpError('invalid_argument', 'unsupported artifact version');
    if (named(caller.run, name) !== undefined)
      throw new TwirpError('already_exists', 'an artifact with this name already exists on the workflow run');
    const contentType = mimeType?.value ?? 'application/zip';
    const blob = blobs.create(contentType === 'application/zip' ? '.zip' : '');
    artifacts.push({
      id: nextId(),
      run: caller.run,
      name,
      createdAtMs: now(),
      expiresAtMs: expiresAt === undefined ? now() + RETENTION_MS : Number(expiresAt.seconds) * 1000,
      contentType,
      blob,
      digest: undefined,
    });
    return { ok: true, signedUploadUrl: blobs.uploadUrl(origin, blob) };
  }

  function finalize(request: FinalizeArtifactRequest, { caller }: Call): FinalizeArtifactResponse {
    checkIds(request, caller);
    const artifact = named(caller.run, request.name);
    const bytes = artifact?.blob.bytes;
    if (artifact === undefined || bytes === undefined) throw new TwirpError('not_found', 'artifact not found');
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (Number(request.size) !== bytes.length) throw new TwirpError('failed_precondition', 'artifact size mismatch');
    if (request.hash !== undefined && request.hash.value !== `sha256:${digest}`)
      throw new TwirpError('failed_precondition', 'artifact digest mismatch');
    artifact.digest = digest;
    return { ok: true, artifactId: String(artifact.id) };
  }

  function list(request: ListArtifactsRequest, { caller }: Call): ListArtifactsResponse {
    checkIds(request, caller);
    const { nameFilter, idFilter } = request;
    const found = ofRun(caller.run).filter(
      ({ name, id, digest }) =>
        digest !== undefined &&
        (nameFilter === undefined || name === nameFilter.value) &&
        (idFilter === undefined || String(id) === idFilter.value),
    );
    return { artifacts: found.map((artifact) => describe(artifact, caller)) };
  }

  function sign(request: GetSignedArtifactURLRequest, { caller, origin }: Call): GetSignedArtifactURLResponse {
    checkIds(request, caller);
    return { signedUrl: artifactUrl(blobs, origin, stored(caller.run, request.name)) };
  }

  function remove(request: DeleteArtifactRequest, { caller }: Call): DeleteArtifactResponse {
    checkIds(request, caller);
    const artifact = stored(caller.run, request.name);
    artifacts.splice(artifacts.indexOf(artifact), 1);
    blobs.remove(artifact.blob);
    return { ok: true, artifactId: String(artifact.id) };
  }

  return new Map([
    ['CreateArtifact', method(CreateArtifactRequest, CreateArtifactResponse, create)],
    ['FinalizeArtifact', method(FinalizeArtifactRequest, FinalizeArtifactResponse, finalize)],
    ['ListArtifacts', method(ListArtifactsRequest, ListArtifactsResponse, list)],
    ['GetSignedArtifactURL', method(GetSignedArtifactURLRequest, GetSignedArtifactURLResponse, sign)],
    ['DeleteArtifact', method(DeleteArtifactRequest, DeleteArtifactResponse, remove)],
  ]);
}

/** A signed URL whose answer names the file as the service does: the artifact itself, or its zip. */
export function artifactUrl(blobs: BlobStore, origin: string, { blob, name, contentType }: Artifact): string {
  const isZip = contentType === 'application/zip' && !name.endsWith('.zip');
  return blobs.downloadUrl(origin, blob, { name: isZip ? `${name}.zip` : name, contentType });
}

function checkIds(
  ids: { readonly workflowRunBackendId: string; readonly workflowJobRunBackendId: string },
  caller: Caller,
): void {
  if (ids.workflowRunBackendId !== caller.run || ids.workflowJobRunBackendId === '')
    throw new TwirpError('permission_denied', 'the runtime token belongs to another run');
}

function describe(artifact: Artifact, caller: Caller): ListArtifactsResponse['artifacts'][number] {
  const { id, name, blob, createdAtMs, digest } = artifact;
  return {
    workflowRunBackendId: caller.run,
    workflowJobRunBackendId: caller.job,
    databaseId: String(id),
    name,
    size: String(blob.bytes?.length ?? 0),
    createdAt: { seconds: String(Math.floor(createdAtMs / 1000)), nanos: (createdAtMs % 1000) * 1_000_000 },
    ...(digest === undefined ? {} : { digest: { value: `sha256:${digest}` } }),
  };
}
