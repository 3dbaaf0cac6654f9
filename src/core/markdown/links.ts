/** What the report points to; undefined where there is none. */
export interface Links {
  /** The page with every case, which opens in a browser. */
  readonly page: { readonly name: string; readonly url: string } | undefined;
  readonly artifact: { readonly name: string; readonly url: string } | undefined;
}
