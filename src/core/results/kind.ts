interface Group {
  readonly outcome: string;
  readonly type: string | null | undefined;
}

/** Error types are the API's own words, but they come over the wire: only what looks like one is named. */
export function kindOf({ outcome, type }: Group): string {
  return outcome === 'errored' && typeof type === 'string' && /^[a-z_]{1,60}$/.test(type) ? type : outcome;
}

/** A model's name comes over the wire as well. */
export function modelNameOf(model: string): string {
  return /^\w[\w.:@-]{0,99}$/.test(model) ? model : 'another model';
}
