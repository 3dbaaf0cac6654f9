export const id = 787;
export const ids = [787];
export const modules = {

/***/ 38787:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createArtifactClient: () => (/* binding */ createArtifactClient)
/* harmony export */ });
/* harmony import */ var _actions_artifact__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68201);
/* harmony import */ var _toolkit_client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24731);


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

/***/ 97157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ readBody)
/* harmony export */ });
/** Adds the pieces of a body to `pieces`, up to this many bytes. If the body breaks, throws, and what came before it is there. */
async function readBody(body, limitBytes, pieces) {
    let bytes = 0;
    for await (const piece of body) {
        bytes += piece.length;
        if (bytes > limitBytes)
            return 'too-long';
        pieces.push(piece);
    }
    return 'whole';
}


/***/ }),

/***/ 24731:
/***/ ((__unused_webpack___webpack_module__, __unused_webpack___webpack_exports__, __webpack_require__) => {

/* harmony import */ var _actions_http_client__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(22779);
/* harmony import */ var _body_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97157);
// All of the toolkit shares these classes, including parts that are loaded late, so every client of it is covered.


/** Artifacts and entries of the cache are not read through this; a page of a list has less than one megabyte. */
const MAX_ANSWER_BYTES = 8 << 20;
// The toolkit's client would follow redirects and send the job's token to whatever host they lead to. No route of its services needs
// one.
Object.defineProperty(_actions_http_client__WEBPACK_IMPORTED_MODULE_0__/* .HttpClient */ .Qq.prototype, '_allowRedirects', { get: () => false, set: () => undefined });
// The toolkit's own never ends where the connection breaks, and copies all that it has with each piece: an error page of 200 MB
// would keep the process busy for minutes.
_actions_http_client__WEBPACK_IMPORTED_MODULE_0__/* .HttpClientResponse */ .bd.prototype.readBody = async function () {
    const pieces = [];
    if ((await (0,_body_js__WEBPACK_IMPORTED_MODULE_1__/* .readBody */ .x)(this.message, MAX_ANSWER_BYTES, pieces)) === 'too-long')
        throw new Error('answer too long');
    return Buffer.concat(pieces).toString();
};


/***/ })

};
