export const id = 143;
export const ids = [143];
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

/***/ 5143:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RESULTS_TYPE: () => (/* binding */ RESULTS_TYPE),
/* harmony export */   createFetch: () => (/* binding */ createFetch),
/* harmony export */   createUpload: () => (/* binding */ createUpload),
/* harmony export */   piecesOf: () => (/* binding */ piecesOf)
/* harmony export */ });
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46752);
/* harmony import */ var _core_text_causes_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(90733);
/* harmony import */ var _core_text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58415);
/* harmony import */ var _ports_api_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67598);
/* harmony import */ var _clients_body_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(97157);





/** What `results` asks for: the only answers that are streamed, since they may be as large as the disk. */
const RESULTS_TYPE = 'application/x-jsonl';
/** Most bytes of any other answer: the longest, a page of a hundred batches, takes a fiftieth of this. */
const MAX_ANSWER_BYTES = 4 << 20;
/** Only the API's own words in an error's body matter, which are short and come at once. */
const MAX_ERROR_BYTES = 64 << 10;
const ERROR_BODY_MS = 2_000;
/**
 * The `fetch` of the SDK's client. Does not follow redirects: they would carry the credential elsewhere. Reads an answer
 * to its end, within the time-out of the SDK, which itself waits for the headers only.
 */
function createFetch(dispatcher) {
    return (url, init) => withReach(init, async (signal, giveUp) => {
        const answer = await (0,undici__WEBPACK_IMPORTED_MODULE_0__.fetch)(String(url), { ...init, signal, dispatcher, redirect: 'manual' });
        if (answer.ok && new Headers(init?.headers).get('accept') === RESULTS_TYPE)
            return answer;
        return readWhole({ status: answer.status, headers: [...answer.headers] }, answer.body ?? [], giveUp);
    });
}
/**
 * A `fetch` for the SDK that sends this body with its request: piece by piece, with a Content-Length, in a quarter of the memory that
 * `fetch` itself would take for it.
 */
function createUpload(body, dispatcher) {
    return (url, init) => withReach(init, async (signal, giveUp) => {
        const headers = new Headers(init?.headers);
        headers.set('content-type', 'application/json');
        headers.set('content-length', String(body.bytes));
        const answer = await (0,undici__WEBPACK_IMPORTED_MODULE_0__.request)(String(url), {
            method: 'POST',
            headers: [...headers].flat(),
            // It takes any iterable and waits until a piece is sent, which its types do not say.
            body: body.pieces(),
            signal,
            dispatcher,
        });
        const received = Object.entries(answer.headers).flatMap(([name, value]) => value === undefined ? [] : [[name, String(value)]]);
        return readWhole({ status: answer.statusCode, headers: received }, answer.body, giveUp);
    });
}
/** An answer in memory. The body of an error may be cut or missing: its status says enough. */
async function readWhole(head, body, giveUp) {
    const { status } = head;
    const pieces = [];
    if (status < 200 || status > 299) {
        const timer = setTimeout(giveUp, ERROR_BODY_MS);
        await (0,_clients_body_js__WEBPACK_IMPORTED_MODULE_3__/* .readBody */ .x)(body, MAX_ERROR_BYTES, pieces).catch(() => undefined);
        clearTimeout(timer);
    }
    else if ((await (0,_clients_body_js__WEBPACK_IMPORTED_MODULE_3__/* .readBody */ .x)(body, MAX_ANSWER_BYTES, pieces)) === 'too-long')
        throw new _ports_api_js__WEBPACK_IMPORTED_MODULE_2__/* .ApiError */ .h({ code: 'api-answer-too-long', limitBytes: MAX_ANSWER_BYTES }, { reach: 'unknown' });
    const bytes = Buffer.concat(pieces);
    const headers = new Headers(head.headers);
    // The SDK parses by content type, and gateways may send a wrong one: JSON is JSON whatever the type says.
    if ((0,_core_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(bytes.toString()) !== undefined)
        headers.set('content-type', 'application/json');
    // A status without a body takes none.
    return new Response([204, 205, 304].includes(status) ? null : bytes, { status, headers });
}
/**
 * The body of an answer. Keeps the answer alive until reading begins: if it is collected as garbage before, undici empties
 * its body, and the stream ends as if there were nothing in it.
 */
async function* piecesOf(answer) {
    yield* answer.body ?? [];
}
/** Adds to an error without an answer how far the request got. Leaves a time-out for the SDK to report. */
async function withReach(init, work) {
    const own = new AbortController();
    const signal = init?.signal == null ? own.signal : AbortSignal.any([init.signal, own.signal]);
    try {
        return await work(signal, () => own.abort());
    }
    catch (error) {
        if (init?.signal?.aborted || error instanceof _ports_api_js__WEBPACK_IMPORTED_MODULE_2__/* .ApiError */ .h)
            throw error;
        const unmade = whyNoConnection(error);
        if (unmade !== undefined)
            throw new _ports_api_js__WEBPACK_IMPORTED_MODULE_2__/* .ApiError */ .h(unmade, { reach: 'unsent' });
        const reach = isUnsent(error) ? 'unsent' : 'unknown';
        throw new _ports_api_js__WEBPACK_IMPORTED_MODULE_2__/* .ApiError */ .h({ code: 'api-connection-failed', cause: (0,_core_text_causes_js__WEBPACK_IMPORTED_MODULE_4__/* .describeCauses */ .w)(error) }, { reach });
    }
}
/** How the client words a proxy's refusal to make a connection. */
const PROXY_ANSWER = /^Proxy response \((\d{3})\)/;
/** OpenSSL's errors for a certificate whose signer this machine does not know. */
const UNKNOWN_SIGNERS = [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];
/** Why no connection is possible until somebody changes the setup, so that nothing was sent; undefined for any other error. */
function whyNoConnection(error) {
    for (let at = error, depth = 0; Error.isError(at) && depth < 8; at = at.cause, depth += 1) {
        const [, status] = PROXY_ANSWER.exec(at.message) ?? [];
        if (status !== undefined)
            return { code: 'api-proxy-refused', status: Number(status) };
        const code = 'code' in at ? String(at.code) : '';
        if (UNKNOWN_SIGNERS.includes(code))
            return { code: 'api-certificate-unknown', error: code };
    }
    return undefined;
}
/** System calls that precede a connection. A later failure, such as a read from a lost host, may have sent data. */
const CONNECTING = ['connect', 'getaddrinfo'];
/** Whether the connection failed, so that the server cannot have received anything. */
function isUnsent(error, depth = 0) {
    if (!Error.isError(error) || depth > 8)
        return false;
    if ('syscall' in error && typeof error.syscall === 'string')
        return CONNECTING.includes(error.syscall);
    if ('code' in error && error.code === 'UND_ERR_CONNECT_TIMEOUT')
        return true;
    if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0)
        return error.errors.every((one) => isUnsent(one, depth + 1));
    return isUnsent(error.cause, depth + 1);
}


/***/ })

};
