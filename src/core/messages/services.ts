/** Log lines and warnings of the adapters: cache, artifacts, GitHub, files. */
export const SERVICES = {};
