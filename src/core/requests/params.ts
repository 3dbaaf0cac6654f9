/** What a request asks for, as parsed JSON. A name may be any text, `__proto__` included. */
export type Params = Readonly<Record<string, unknown>>;
