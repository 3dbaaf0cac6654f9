export const id = 272;
export const ids = [272];
export const modules = {

/***/ 39272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createOctokit: () => (/* binding */ createOctokit)
/* harmony export */ });
/* harmony import */ var _actions_github_lib_utils__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(47478);

/**
 * A client of GitHub's REST and GraphQL API at the run's server, through the runner's proxy. Logs nothing. Sends the
 * token to that server only. Without a token it sends calls unauthenticated, and GitHub refuses them.
 */
function createOctokit({ token, apiUrl }) {
    const settings = { baseUrl: apiUrl, userAgent: 'claude-batch-action', log: SILENT };
    return new _actions_github_lib_utils__WEBPACK_IMPORTED_MODULE_0__/* .GitHub */ .gq(token === '' ? settings : (0,_actions_github_lib_utils__WEBPACK_IMPORTED_MODULE_0__/* .getOctokitOptions */ .EG)(token, settings));
}
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
function nothing() { }


/***/ })

};
