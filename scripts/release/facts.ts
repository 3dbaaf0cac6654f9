/** The facts that decide about a release. */
export interface Facts {
  readonly files: ProjectFiles;
  /** The version that the person who started the release typed, if any. */
  readonly asked: string | undefined;
  readonly checkout: Checkout;
  /** Tags of the remote by name. */
  readonly remoteTags: ReadonlyMap<string, RemoteTag>;
  /** Releases at GitHub; undefined where nobody looked. */
  readonly releases: readonly Release[] | undefined;
}

/** The files that name the version, as text. */
export interface ProjectFiles {
  readonly packageJson: string;
  readonly packageLock: string;
  readonly changelog: string;
  /** What people read, copy and run, by path: documents, examples, forms. Some of it names the version. */
  readonly pages: ReadonlyMap<string, string>;
}

export interface Checkout {
  readonly commit: string;
  /** The day of the commit, such as `2026-11-30`. */
  readonly committedOn: string;
  /** Undefined where no branch is checked out. */
  readonly branch: string | undefined;
  readonly defaultBranch: string;
  /** Whether the default branch of the remote has the commit. */
  readonly isPushed: boolean;
  /** Paths of files that are changed or not tracked. */
  readonly changed: readonly string[];
}

export interface RemoteTag {
  readonly commit: string;
  /** What the tag itself names: the commit, or an object with a message that names the commit. */
  readonly object: string;
}

/** A release at GitHub, as far as this needs to know. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly url: string;
  readonly isDraft: boolean;
  readonly isImmutable: boolean;
  readonly assets: readonly Asset[];
  /** Where to upload assets. */
  readonly uploadUrl: string;
}

export interface Asset {
  readonly id: number;
  readonly name: string;
  /** Such as `sha256:…`; undefined while an upload is not complete. */
  readonly digest: string | undefined;
}

/** A file that a release has besides the tag. */
export interface AssetFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}
