export const id = 787;
export const ids = [787];
export const modules = {

/***/ 38787:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createArtifactClient: () => (/* binding */ createArtifactClient)
/* harmony export */ });
/* harmony import */ var _actions_artifact__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68201);
/* harmony import */ var _no_redirects_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20354);


/**
 * How many 8 MB blocks the client holds and sends at once, unless the job sets it; its default is 5. One is enough: packing
 * a block takes far longer than sending one, and goes on meanwhile.
 */
const BLOCKS_AT_ONCE = '1';
function createArtifactClient() {
    process.env['ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY'] ??= BLOCKS_AT_ONCE;
    return new _actions_artifact__WEBPACK_IMPORTED_MODULE_0__/* .DefaultArtifactClient */ .t9();
}


/***/ }),

/***/ 20354:
/***/ ((__unused_webpack___webpack_module__, __unused_webpack___webpack_exports__, __webpack_require__) => {

/* harmony import */ var _actions_http_client__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(22779);

// The toolkit's client would follow redirects and send the job's token to whatever host they lead to. No route of its services needs
// one. All of the toolkit shares this class, including parts that are loaded late, so every client of it is covered.
Object.defineProperty(_actions_http_client__WEBPACK_IMPORTED_MODULE_0__/* .HttpClient */ .Qq.prototype, '_allowRedirects', { get: () => false, set: () => undefined });


/***/ })

};
