export const id = 544;
export const ids = [544,143];
export const modules = {

/***/ 18544:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createBatchApi: () => (/* binding */ createBatchApi)
});

// EXTERNAL MODULE: ./node_modules/@anthropic-ai/sdk/client.mjs + 89 modules
var sdk_client = __webpack_require__(38496);
// EXTERNAL MODULE: ./build/src/ports/api.js
var ports_api = __webpack_require__(67598);
// EXTERNAL MODULE: ./build/src/adapters/api-failure.js
var api_failure = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/src/core/record/fields.js
var fields = __webpack_require__(33026);
// EXTERNAL MODULE: ./build/src/core/text/batch-id.js
var batch_id = __webpack_require__(82767);
// EXTERNAL MODULE: ./build/src/core/text/json.js
var json = __webpack_require__(58415);
// EXTERNAL MODULE: ./build/src/core/text/untrusted-text.js
var untrusted_text = __webpack_require__(33091);
;// CONCATENATED MODULE: ./build/src/adapters/api-shapes.js





/** The error for an answer of another shape than requested. */
function unusable(expected, reach, missing = '') {
    return new ports_api/* ApiError */.h({ code: 'api-answer-unusable', expected, missing }, { reach });
}
/** Longest beginning of an unusable id that is named, in characters. */
const MAX_NAMED = 200;
/** The error for a batch with an unusable ID. Quotes what is there instead: a person may find the batch by it. */
function idUnusable(given) {
    if (given === undefined || given === null || given === '')
        return unusable('batch', 'unknown', 'id');
    const id = (0,untrusted_text/* toPlainLine */.Ic)(typeof given === 'string' ? given : JSON.stringify(given), MAX_NAMED);
    return new ports_api/* ApiError */.h({ code: 'batch-id-unusable', id }, { reach: 'unknown' });
}
/** A batch as the API sent it, at least its id and status. Anything else counts as a broken answer. */
function parseBatch(answer) {
    const batch = parseCreated(answer);
    if ((0,json/* textOf */.b6)(answer, 'processing_status') === undefined)
        throw unusable('batch', 'unknown', 'processing_status');
    return batch;
}
/** A batch that was just made. Requires only the ID: later looks show what this answer lacks. */
function parseCreated(answer) {
    const id = (0,json/* memberOf */.C5)(answer, 'id');
    if (typeof id !== 'string' || !(0,batch_id/* isBatchId */.U_)(id))
        throw idUnusable(id);
    const number = (name) => countOf((0,json/* memberOf */.C5)(answer, 'request_counts'), name) ?? 0;
    return {
        id,
        status: (0,json/* textOf */.b6)(answer, 'processing_status') ?? 'in_progress',
        counts: {
            processing: number('processing'),
            succeeded: number('succeeded'),
            errored: number('errored'),
            canceled: number('canceled'),
            expired: number('expired'),
        },
        createdAt: (0,untrusted_text/* toPlainLine */.Ic)((0,json/* textOf */.b6)(answer, 'created_at') ?? '', fields/* MAX_TIME */.lf),
        endedAt: (0,json/* textOf */.b6)(answer, 'ended_at') ?? null,
        expiresAt: (0,json/* textOf */.b6)(answer, 'expires_at') ?? '',
        archivedAt: (0,json/* textOf */.b6)(answer, 'archived_at') ?? null,
    };
}
/** The batch with that ID; throws for any other, which would be mistaken for it. */
function parseBatchOf(id, answer) {
    const batch = parseBatch(answer);
    if (batch.id !== id)
        throw unusable('batch', 'unknown');
    return batch;
}
/** Throws unless the API says that it deleted that batch. */
function parseDeletion(id, answer) {
    if ((0,json/* textOf */.b6)(answer, 'id') !== id || (0,json/* textOf */.b6)(answer, 'type') !== 'message_batch_deleted')
        throw unusable('deletion', 'unknown');
}
/** A page of batches as the API sent it. */
function parseBatchPage(answer) {
    const data = (0,json/* memberOf */.C5)(answer, 'data');
    if (!Array.isArray(data))
        throw unusable('batches', 'unknown');
    const hasMore = (0,json/* memberOf */.C5)(answer, 'has_more') === true;
    // Taken for the end of the list, it would hide the batch we are looking for.
    if (hasMore && data.length === 0)
        throw unusable('batches', 'unknown', 'data');
    return { batches: data.map(parseBatch), hasMore };
}
/** A model as the API sent it. Members that are missing, as behind a gateway, are null; the id is required. */
function parseModel(answer) {
    const id = (0,json/* textOf */.b6)(answer, 'id');
    if (id === undefined)
        throw unusable('model', 'answered');
    const takes = (capability) => {
        const supported = (0,json/* memberOf */.C5)(answer, 'capabilities', capability, 'supported');
        return typeof supported === 'boolean' ? supported : null;
    };
    return {
        id,
        lifecycle: (0,json/* textOf */.b6)(answer, 'lifecycle') ?? 'active',
        retiresAt: (0,json/* textOf */.b6)(answer, 'retires_at') ?? null,
        maxTokens: countOf(answer, 'max_tokens'),
        maxInputTokens: countOf(answer, 'max_input_tokens'),
        takesBatches: takes('batch'),
        takesStructuredOutputs: takes('structured_outputs'),
    };
}
/** The number of a token count. */
function parseCount(answer) {
    const tokens = countOf(answer, 'input_tokens');
    if (tokens === null)
        throw unusable('token-count', 'answered');
    return tokens;
}
function countOf(answer, name) {
    const value = (0,json/* memberOf */.C5)(answer, name);
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

// EXTERNAL MODULE: ./build/src/adapters/clients/dispatcher.js
var clients_dispatcher = __webpack_require__(66436);
// EXTERNAL MODULE: ./build/src/adapters/transport.js
var transport = __webpack_require__(5143);
;// CONCATENATED MODULE: ./build/src/adapters/anthropic.js






/** Answers to look-ups are small: no answer for a minute means an outage, not slowness. */
const LOOK_TIMEOUT_MS = 60_000;
/** The slowest uplink worth waiting for, 250 KB/s, on top of the SDK's usual ten minutes for the answer. */
const UPLOAD_BYTES_PER_MS = 250;
const ANSWER_TIMEOUT_MS = 600_000;
/** The client renews a token that has less time left than this. */
const RENEWED_SECONDS = 120;
/** What most uplinks reach: an upload starts with a token that lasts as long as it would take at this speed. */
const USUAL_BYTES_PER_SECOND = 1_000_000;
/** An id may come from a gateway: it stays one segment of the path. */
function pathOf(batchId) {
    if (/^\.{0,2}$/.test(batchId))
        throw unusable('batch', 'unsent');
    return `/v1/messages/batches/${encodeURIComponent(batchId)}`;
}
/** A batch with the workspace that the answer names. */
function ofWorkspace(batch, { headers }) {
    const workspaceId = (0,api_failure/* readWorkspaceId */.Z1)(headers);
    return workspaceId === undefined ? batch : { ...batch, workspaceId };
}
/** Logs nothing at any level. */
const SILENCE = { error: ignore, warn: ignore, info: ignore, debug: ignore };
function ignore() { }
/** The Message Batches API through its SDK. `signal` ends calls that only read. */
function createBatchApi(api, signal, { lookMs = LOOK_TIMEOUT_MS, tokens, through = (send) => send } = {}) {
    const dispatcher = (0,clients_dispatcher/* createDispatcher */.S)(new URL(api.baseUrl));
    const options = {
        apiKey: tokens === undefined ? (api.key ?? '') : null,
        authToken: null,
        credentials: tokens?.lasting(RENEWED_SECONDS) ?? null,
        config: null,
        profile: null,
        webhookKey: null,
        baseURL: api.baseUrl,
        maxRetries: 0,
        timeout: lookMs,
        logLevel: 'off',
        logger: SILENCE,
        openTelemetry: false,
        fetch: through((0,transport.createFetch)(dispatcher)),
        fetchOptions: {},
        middleware: [],
        defaultQuery: {},
        defaultHeaders: {
            'anthropic-version': api.version,
            ...(api.betas.length === 0 ? {} : { 'anthropic-beta': api.betas.join(',') }),
            ...(api.workspaceId === undefined || tokens !== undefined ? {} : { 'anthropic-workspace-id': api.workspaceId }),
        },
        dangerouslyAllowBrowser: false,
    };
    // Without the SDK's resources, four fifths of its size: the paths are here.
    const client = new sdk_client/* BaseAnthropic */.q(options);
    async function call(work) {
        try {
            return await work();
        }
        catch (error) {
            throw (0,api_failure/* toApiError */.Gv)(error, tokens !== undefined);
        }
    }
    /** Repeats a call once if the API refused its access token: the call did nothing, and the client has dropped the token. */
    async function renewing(work) {
        try {
            return await work(false);
        }
        catch (error) {
            if (!(error instanceof ports_api/* ApiError */.h && error.isSignedIn && error.status === 401))
                throw error;
            return work(true);
        }
    }
    /** A read-only call. Ends as soon as the run is stopped, even during a sign-in, which the client does not interrupt. */
    async function read(work) {
        signal.throwIfAborted();
        // The client keeps its listener until the answer's body is garbage, so it does not get the signal of the whole run.
        const own = AbortSignal.any([signal]);
        const stopped = Promise.withResolvers();
        const stop = () => stopped.reject(own.reason);
        own.addEventListener('abort', stop);
        try {
            return await Promise.race([stopped.promise, renewing(() => call(() => work({ signal: own })))]);
        }
        finally {
            // A signal with a listener is never collected.
            own.removeEventListener('abort', stop);
        }
    }
    return {
        create: (body) => renewing(async (forceRefresh) => {
            const seconds = RENEWED_SECONDS + Math.ceil(body.bytes / USUAL_BYTES_PER_SECOND);
            const uploader = client.withOptions({
                fetch: through((0,transport.createUpload)(body, dispatcher)),
                ...(tokens === undefined ? {} : { credentials: () => tokens.lasting(seconds)({ forceRefresh }) }),
            });
            const timeout = ANSWER_TIMEOUT_MS + Math.ceil(body.bytes / UPLOAD_BYTES_PER_MS);
            const options = { maxRetries: 0, timeout };
            return call(async () => {
                const { data, response } = await uploader.post('/v1/messages/batches', options).withResponse();
                return ofWorkspace(parseCreated(data), response);
            });
        }),
        retrieve: (id) => read(async (options) => {
            const { data, response } = await client.get(pathOf(id), options).withResponse();
            return { batch: ofWorkspace(parseBatchOf(id, data), response), retryAfterMs: (0,api_failure/* readRetryAfter */.D$)(response.headers) };
        }),
        results: (id) => read(async (options) => {
            const path = `${pathOf(id)}/results`;
            const headers = { accept: transport.RESULTS_TYPE };
            const response = await client.get(path, { ...options, headers }).asResponse();
            if (response.body === null)
                throw unusable('results', 'unknown');
            return (0,transport.piecesOf)(response);
        }),
        list: ({ limit, afterId }) => read(async (options) => {
            const query = { limit, ...(afterId === undefined ? {} : { after_id: afterId }) };
            const asked = client.get('/v1/messages/batches', { ...options, query });
            const { data, response } = await asked.withResponse();
            const { batches, hasMore } = parseBatchPage(data);
            return { batches: batches.map((batch) => ofWorkspace(batch, response)), hasMore };
        }),
        cancel: (id) => renewing(() => call(async () => {
            const { data, response } = await client.post(`${pathOf(id)}/cancel`).withResponse();
            return ofWorkspace(parseBatchOf(id, data), response);
        })),
        remove: (id) => renewing(() => call(async () => {
            parseDeletion(id, await client.delete(pathOf(id)));
        })),
        async model(name) {
            // URL parsing drops these path segments, even when escaped.
            if (name === '' || name === '.' || name === '..')
                return undefined;
            try {
                const path = `/v1/models/${encodeURIComponent(name)}`;
                return await read(async (options) => parseModel(await client.get(path, options)));
            }
            catch (error) {
                // Only the API's own error type counts: a gateway without this route answers 404 too.
                if (error instanceof ports_api/* ApiError */.h && error.status === 404 && error.type === 'not_found_error')
                    return undefined;
                throw error;
            }
        },
        countTokens: (body) => read(async (options) => {
            const headers = { 'content-type': 'application/json' };
            return parseCount(await client.post('/v1/messages/count_tokens', { ...options, headers, body }));
        }),
    };
}


/***/ }),

/***/ 3697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BZ: () => (/* binding */ readRequestId),
/* harmony export */   D$: () => (/* binding */ readRetryAfter),
/* harmony export */   Gv: () => (/* binding */ toApiError),
/* harmony export */   Z1: () => (/* binding */ readWorkspaceId)
/* harmony export */ });
/* harmony import */ var _anthropic_ai_sdk__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25064);
/* harmony import */ var _core_text_causes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(90733);
/* harmony import */ var _core_text_workspace_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52688);
/* harmony import */ var _ports_api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67598);




/** Longest message of the API that is shown, in characters. */
const MESSAGE_LIMIT = 300;
/** Turns an error of the SDK into an ApiError. `isSignedIn`: the call was made with an access token. */
function toApiError(error, isSignedIn) {
    if (error instanceof _ports_api_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .h)
        return error;
    if (error instanceof _anthropic_ai_sdk__WEBPACK_IMPORTED_MODULE_1__/* .APIConnectionTimeoutError */ .qA) {
        return new _ports_api_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .h({ code: 'api-timeout' }, { reach: 'unknown' });
    }
    if (error instanceof _anthropic_ai_sdk__WEBPACK_IMPORTED_MODULE_1__/* .APIConnectionError */ .xX && error.cause instanceof _ports_api_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .h)
        return error.cause;
    if (error instanceof _anthropic_ai_sdk__WEBPACK_IMPORTED_MODULE_1__/* .APIError */ .LG && error.status !== undefined)
        return answered(error, isSignedIn);
    const cause = toLine((0,_core_text_causes_js__WEBPACK_IMPORTED_MODULE_2__/* .describeCauses */ .w)(error));
    return new _ports_api_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .h({ code: 'api-answer-cut', cause }, { reach: 'unknown' });
}
/** The text comes from the API alone, never from a gateway's page. */
function answered(error, isSignedIn) {
    const { status = 0 } = error;
    const text = toLine(error.apiMessage ?? '');
    const workspaceId = error.headers === undefined ? undefined : readWorkspaceId(error.headers);
    // A 404 may mean another workspace, so say which one this is.
    const where = status === 404 && workspaceId !== undefined ? { workspaceId } : {};
    return new _ports_api_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .h({ code: 'api-answered', status, type: toLine(error.type ?? ''), text, ...where }, {
        reach: 'answered',
        status,
        type: error.type ?? undefined,
        errorCode: error.errorCode ?? undefined,
        isSignedIn,
        requestId: readRequestId(error.requestID),
        retryAfterMs: error.headers === undefined ? undefined : readRetryAfter(error.headers),
        workspaceId,
    });
}
/** An ID is one word; a header of another form comes from a gateway, and may hold anything. */
function readRequestId(text) {
    return /^[\w-]{1,100}$/.test(text ?? '') ? (text ?? undefined) : undefined;
}
/** The workspace that an answer names; undefined if it names none, or not in the form of an ID. */
function readWorkspaceId(headers) {
    const id = headers.get('anthropic-workspace-id') ?? '';
    return (0,_core_text_workspace_id_js__WEBPACK_IMPORTED_MODULE_3__/* .isWorkspaceId */ .N)(id) ? id : undefined;
}
/** No service asks for a longer pause; a value above it, in ms, is a mistake that would end the waiting. */
const MAX_RETRY_AFTER_MS = 3_600_000;
/** The header `retry-after` in ms, given in seconds or as an HTTP date; undefined without a usable value. */
function readRetryAfter(headers) {
    const value = headers.get('retry-after');
    if (value === null || value.trim() === '')
        return undefined;
    const seconds = Number(value);
    const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
    return ms >= 0 && ms <= MAX_RETRY_AFTER_MS ? ms : undefined;
}
/** One line of bounded length. */
function toLine(text) {
    return text.replace(/\s+/g, ' ').slice(0, MESSAGE_LIMIT);
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
