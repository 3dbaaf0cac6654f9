/** Log lines and warnings on files, artifacts, outputs and deletion. */
export const PUBLISHING = {};
