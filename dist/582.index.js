export const id = 582;
export const ids = [582];
export const modules = {

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


/***/ }),

/***/ 25201:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fetchIdentityToken: () => (/* binding */ fetchIdentityToken)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77094);
/* harmony import */ var _actions_http_client__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22779);
/* harmony import */ var _actions_http_client_lib_auth__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(92145);
/* harmony import */ var _core_text_causes_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(90733);
/* harmony import */ var _core_text_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(58415);
/* harmony import */ var _core_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(33091);
/* harmony import */ var _ports_api_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(67598);
/* harmony import */ var _ports_service_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(42522);
/* harmony import */ var _serial_queue_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(30434);
/* harmony import */ var _token_answer_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(87609);
/* harmony import */ var _clients_toolkit_client_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(24731);











/** The toolkit's ten tries take seconds; do not wait for a service that does not answer at all. */
const LIMIT_MS = 60_000;
const MAX_TRIES = 10;
const MAX_WORDS = 300;
/**
 * Asks GitHub with the client of the toolkit, whose own function hides the status of a refusal in a sentence. Masks the token in the
 * log. Takes `id-token: write`.
 */
const fetchIdentityToken = async (audience) => {
    try {
        const token = await (0,_serial_queue_js__WEBPACK_IMPORTED_MODULE_6__/* .within */ .b)(LIMIT_MS, ask(audience));
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq)(token);
        return token;
    }
    catch (error) {
        if (error instanceof _ports_api_js__WEBPACK_IMPORTED_MODULE_4__/* .ApiError */ .h)
            throw error;
        const cause = (0,_core_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_8__/* .toPlainLine */ .Ic)((0,_core_text_causes_js__WEBPACK_IMPORTED_MODULE_9__/* .describeCauses */ .w)(error), MAX_WORDS);
        throw new _ports_api_js__WEBPACK_IMPORTED_MODULE_4__/* .ApiError */ .h({ code: 'identity-token-failed', cause }, { reach: 'unsent' });
    }
};
/** Throws an error that says that GitHub refuses the token, or whatever else went wrong. */
async function ask(audience) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } = process.env;
    const options = { allowRetries: true, maxRetries: MAX_TRIES };
    const client = new _actions_http_client__WEBPACK_IMPORTED_MODULE_1__/* .HttpClient */ .Qq('actions/oidc-client', [new _actions_http_client_lib_auth__WEBPACK_IMPORTED_MODULE_2__/* .BearerCredentialHandler */ .tZ(token)], options);
    const address = `${url}&audience=${encodeURIComponent(audience)}`;
    const { statusCode, result } = await client
        .getJson(address)
        .catch((error) => Promise.reject(error instanceof _actions_http_client__WEBPACK_IMPORTED_MODULE_1__/* .HttpClientError */ .Kg ? (refusalIn(error) ?? error) : error));
    // The client treats a 404 like any other answer.
    if ((0,_token_answer_js__WEBPACK_IMPORTED_MODULE_10__/* .isFinal */ .d)(statusCode))
        throw refused(statusCode, result);
    const identityToken = (0,_core_text_json_js__WEBPACK_IMPORTED_MODULE_3__/* .textOf */ .b6)(result, 'value');
    if (identityToken !== undefined && (0,_token_answer_js__WEBPACK_IMPORTED_MODULE_10__/* .isToken */ .s)(identityToken))
        return identityToken;
    throw new _ports_service_error_js__WEBPACK_IMPORTED_MODULE_5__/* .ServiceError */ ._({ code: 'identity-answer-unusable', status: statusCode });
}
function refusalIn({ statusCode, result }) {
    return (0,_token_answer_js__WEBPACK_IMPORTED_MODULE_10__/* .isFinal */ .d)(statusCode) ? refused(statusCode, result) : undefined;
}
/** As final as a key that the API does not know: no later call would have an identity either. */
function refused(status, answer) {
    const words = (0,_core_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_8__/* .toPlainLine */ .Ic)((0,_core_text_json_js__WEBPACK_IMPORTED_MODULE_3__/* .textOf */ .b6)(answer, 'message') ?? '', MAX_WORDS);
    return new _ports_api_js__WEBPACK_IMPORTED_MODULE_4__/* .ApiError */ .h({ code: 'identity-token-refused', status, words }, { reach: 'answered', status: 401 });
}


/***/ }),

/***/ 87609:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ isFinal),
/* harmony export */   s: () => (/* binding */ isToken)
/* harmony export */ });
/** Whether a value looks like a token that fits into a header: visible ASCII characters. */
function isToken(value) {
    return typeof value === 'string' && /^[!-~]+$/.test(value);
}
/** Whether another try would get the same answer. */
function isFinal(status) {
    return status >= 300 && status < 500 && ![408, 409, 429].includes(status);
}


/***/ })

};
