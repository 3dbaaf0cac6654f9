/** Log lines on reading and checking requests before anything is sent. */
export const CHECKS = {};
