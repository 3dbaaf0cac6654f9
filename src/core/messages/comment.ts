/** Log lines and warnings on the pull request comment. */
export const COMMENT = {};
