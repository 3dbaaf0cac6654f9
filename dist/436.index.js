export const id = 436;
export const ids = [436];
export const modules = {

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

/***/ 44436:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createAccessTokens: () => (/* binding */ createAccessTokens)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 13 modules
var core = __webpack_require__(77094);
// EXTERNAL MODULE: ./node_modules/@anthropic-ai/sdk/lib/credentials/oidc-federation.mjs
var oidc_federation = __webpack_require__(31490);
// EXTERNAL MODULE: ./node_modules/@anthropic-ai/sdk/lib/credentials/types.mjs
var types = __webpack_require__(94994);
// EXTERNAL MODULE: ./build/src/core/messages/reasons.js
var reasons = __webpack_require__(60495);
// EXTERNAL MODULE: ./build/src/core/text/causes.js
var causes = __webpack_require__(90733);
// EXTERNAL MODULE: ./build/src/core/text/json.js
var json = __webpack_require__(58415);
// EXTERNAL MODULE: ./build/src/core/text/untrusted-text.js
var untrusted_text = __webpack_require__(33091);
;// CONCATENATED MODULE: ./build/src/core/text/identity.js


const MAX_LENGTH = 300;
/** Reads a token's claims without verifying anything; undefined if it is no token. */
function identityOf(token) {
    const claims = (0,json/* parseJson */.qF)(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const subject = (0,json/* textOf */.b6)(claims, 'sub');
    if (!(0,json/* isJsonObject */.OW)(claims) || subject === undefined)
        return undefined;
    const { aud } = claims;
    const other = otherFormOf(subject, (0,json/* textOf */.b6)(claims, 'repository_owner_id'), (0,json/* textOf */.b6)(claims, 'repository_id'));
    return {
        subject: (0,untrusted_text/* toPlainLine */.Ic)(subject, MAX_LENGTH),
        audience: (0,untrusted_text/* toPlainLine */.Ic)([aud]
            .flat()
            .filter((one) => typeof one === 'string')
            .join(', '), MAX_LENGTH),
        otherSubject: other && (0,untrusted_text/* toPlainLine */.Ic)(other, MAX_LENGTH),
    };
}
/** `repo:owner/name:\u2026` and `repo:owner@1/name@2:\u2026`. */
function otherFormOf(subject, ownerId, repositoryId) {
    const [, owner, ofOwner, name, ofName, rest] = /^repo:([^@/:]+)(@\d+)?\/([^@/:]+)(@\d+)?(:.*)$/s.exec(subject) ?? [];
    if (rest === undefined)
        return undefined;
    if (ofOwner !== undefined && ofName !== undefined)
        return `repo:${owner}/${name}${rest}`;
    if (ofOwner !== undefined || ofName !== undefined)
        return undefined;
    return ownerId && repositoryId ? `repo:${owner}@${ownerId}/${name}@${repositoryId}${rest}` : undefined;
}

// EXTERNAL MODULE: ./build/src/ports/api.js
var api = __webpack_require__(67598);
// EXTERNAL MODULE: ./build/src/adapters/api-failure.js
var api_failure = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/src/adapters/credentials/token-answer.js
var token_answer = __webpack_require__(87609);
;// CONCATENATED MODULE: ./build/src/adapters/credentials/exchange-failure.js









const MAX_WORDS = 200;
/**
 * Turns a failed exchange into an ApiError about the call that needed it. That call was never sent, so it may be tried again. Only a
 * denial counts as a 401 answer, like a key that the API does not know, since it will not change.
 */
function toExchangeFailure(error, { identityToken = '', response, thrown }) {
    if (error instanceof api/* ApiError */.h)
        return error;
    if (response !== undefined && (0,token_answer/* isFinal */.d)(response.status)) {
        const refusal = refusalOf(error instanceof types/* WorkloadIdentityError */.ot ? error.body : undefined);
        const reason = { status: response.status, ...refusal, identity: identityOf(identityToken) };
        const requestId = (0,api_failure/* readRequestId */.BZ)(response.headers.get('request-id'));
        return new api/* ApiError */.h({ code: 'sign-in-denied', ...reason }, { reach: 'answered', status: 401, requestId });
    }
    const cause = (0,untrusted_text/* toPlainLine */.Ic)(causeOf(error, response, thrown), MAX_WORDS);
    const retryAfterMs = response && (0,api_failure/* readRetryAfter */.D$)(response.headers);
    return new api/* ApiError */.h({ code: 'sign-in-failed', cause }, { reach: 'unsent', retryAfterMs });
}
function causeOf(error, response, thrown) {
    if (thrown instanceof api/* ApiError */.h)
        return thrown.message;
    if (thrown !== undefined)
        return (0,reasons/* printReason */.sF)({ code: 'api-timeout' });
    if (response !== undefined && !response.ok)
        return `the API returned ${response.status}`;
    return response !== undefined && isOfForm(error)
        ? (0,reasons/* printReason */.sF)({ code: 'api-answer-unusable', expected: 'access-token', missing: '' })
        : (0,causes/* describeCauses */.w)(error);
}
/** Whether an answer came in full and is wrong: the client says so, or fails on it with an error that has no cause. */
function isOfForm(error) {
    return error instanceof types/* WorkloadIdentityError */.ot || (error instanceof TypeError && error.cause === undefined);
}
/** The API's own words, in its form or in that of OAuth: never a gateway's page. */
function refusalOf(body) {
    const answer = typeof body === 'string' ? (0,json/* parseJson */.qF)(body) : body;
    const type = (0,json/* textOf */.b6)(answer, 'error', 'type') ?? (0,json/* textOf */.b6)(answer, 'error');
    const said = (0,json/* textOf */.b6)(answer, 'error', 'message') ?? (0,json/* textOf */.b6)(answer, 'error_description') ?? type ?? '';
    return { words: (0,untrusted_text/* toPlainLine */.Ic)(said, MAX_WORDS), isOfApi: type !== undefined };
}

;// CONCATENATED MODULE: ./build/src/adapters/credentials/access-tokens.js





/** The answer is small, and comes at once. */
const EXCHANGE_MS = 60_000;
/**
 * Signs in by exchanging identity tokens for access tokens. Each exchange takes a new identity token, even after one that failed.
 * Tokens go to the configured address only, through this `fetch`.
 */
function createAccessTokens({ baseUrl, workspaceId, signIn }, given) {
    const { secrets, exchangeMs = EXCHANGE_MS } = given;
    let newest;
    let underway;
    async function exchange() {
        const attempt = {};
        const provide = (0,oidc_federation/* oidcFederationProvider */.g)({
            baseURL: baseUrl,
            federationRuleId: signIn.ruleId,
            organizationId: signIn.organizationId,
            serviceAccountId: signIn.serviceAccountId,
            workspaceId,
            async identityTokenProvider() {
                const token = await given.fetchIdentityToken(signIn.audience);
                secrets.add(token);
                attempt.identityToken = token;
                return token;
            },
            async fetch(url, init) {
                try {
                    attempt.response = await given.fetch(url, { ...init, signal: AbortSignal.timeout(exchangeMs) });
                    return attempt.response;
                }
                catch (error) {
                    attempt.thrown = error;
                    throw error;
                }
            },
        });
        try {
            const access = await provide();
            if (!(0,token_answer/* isToken */.s)(access.token))
                throw new types/* WorkloadIdentityError */.ot('');
            (0,core/* setSecret */.Pq)(access.token);
            secrets.add(access.token);
            newest = access;
            return access;
        }
        catch (error) {
            throw toExchangeFailure(error, attempt);
        }
    }
    function isLasting({ expiresAt }, seconds) {
        return expiresAt === null || expiresAt - Date.now() / 1_000 > seconds;
    }
    return {
        lasting: (seconds) => async (options) => {
            if (newest !== undefined && options?.forceRefresh !== true && isLasting(newest, seconds))
                return newest;
            underway ??= exchange().finally(() => {
                underway = undefined;
            });
            return underway;
        },
    };
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
