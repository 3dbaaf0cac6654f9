export const id = 357;
export const ids = [357];
export const modules = {

/***/ 99619:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ej: () => (/* binding */ comparedCase),
/* harmony export */   i6: () => (/* binding */ hasSameAnswers),
/* harmony export */   tC: () => (/* binding */ shareOf)
/* harmony export */ });
/* harmony import */ var _grading_grade_case_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48240);

/** Extracts what comparing needs from a graded case. */
function comparedCase(of) {
    return {
        id: of.customId,
        answers: of.answers.map(({ outcome, results, batchId = '', customId }) => {
            return { pass: PASS[outcome], isAnswered: results.length > 0, batchId, customId };
        }),
        pass: PASS[of.outcome],
        required: of.required,
        model: of.model,
        requestDigest: of.requestDigest,
        assertsDigest: of.assertsDigest,
        scores: (0,_grading_grade_case_js__WEBPACK_IMPORTED_MODULE_0__/* .metricScores */ .Qy)(of.answers),
    };
}
const PASS = { pass: true, fail: false, ungraded: null };
/** Undefined if the case is ungraded: the answers that are graded may be the lucky ones. */
function shareOf({ answers, pass: outcome }) {
    if (outcome === null)
        return undefined;
    let passed = 0;
    let graded = 0;
    for (const { pass } of answers) {
        if (pass !== null)
            graded += 1;
        if (pass === true)
            passed += 1;
    }
    return graded === 0 ? undefined : { passed, graded };
}
/** Whether both hold the very same API answers, so that comparing them says nothing about the model. */
function hasSameAnswers(now, before) {
    const keys = new Set(before.answers.map(keyOf));
    return now.answers.length === before.answers.length && now.answers.every((answer) => keys.has(keyOf(answer)));
}
function keyOf({ batchId, customId }) {
    return `${batchId} ${customId}`;
}


/***/ }),

/***/ 2141:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ MAX_MORE_CASES),
  f: () => (/* binding */ compareCases)
});

// EXTERNAL MODULE: ./build/src/core/statistics/fraction.js
var fraction = __webpack_require__(91111);
// EXTERNAL MODULE: ./build/src/core/statistics/intervals.js
var intervals = __webpack_require__(419);
// EXTERNAL MODULE: ./build/src/core/statistics/mid-p.js
var mid_p = __webpack_require__(77550);
;// CONCATENATED MODULE: ./build/src/core/statistics/normal.js
/** The probability that a standard normal variable is at most `z`, to about 15 digits. */
function normalCdf(z) {
    if (z > 0)
        return 1 - normalCdf(-z);
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    return z > -3 ? 0.5 - density * innerSeries(-z) : density / tailFraction(-z);
}
/** z + z\u00b3/3 + z\u2075/(3\u00b75) + \u2026: multiplied by the density, the area from 0 to `z`. */
function innerSeries(z) {
    let [sum, term] = [0, z];
    for (let odd = 3; sum + term !== sum; odd += 2) {
        sum += term;
        term *= (z * z) / odd;
    }
    return sum;
}
/** z + 1/(z + 2/(z + 3/\u2026)): the density divided by it is the area beyond `z`. */
function tailFraction(z) {
    let fraction = z;
    for (let depth = 100; depth >= 1; depth -= 1)
        fraction = z + depth / fraction;
    return fraction;
}
/** The `z` below which a standard normal variable stays with this probability, between 0 and 1. */
function normalQuantile(probability) {
    let [low, high] = [-40, 40];
    // Halved until no number lies between the two.
    for (let middle = 0; middle !== low && middle !== high; middle = (low + high) / 2) {
        if (normalCdf(middle) < probability)
            low = middle;
        else
            high = middle;
    }
    return high;
}

;// CONCATENATED MODULE: ./build/src/core/statistics/sample-size.js

/** Pairs needed to detect a drop (Connor 1987, one-sided), not rounded; undefined if the pairs differ too little for it. */
function pairsNeeded(drop, spread, certainty) {
    const { meanSquare } = spread;
    if (drop <= 0 || drop * drop > meanSquare)
        return undefined;
    const [alarm, find] = quantilesOf(certainty);
    return ((alarm * Math.sqrt(meanSquare) + find * Math.sqrt(meanSquare - drop * drop)) / drop) ** 2;
}
/** The drop that this many pairs detect, the inverse of `pairsNeeded`. Undefined if they are too few to detect any. */
function findableDrop(pairs, spread, certainty) {
    const { meanSquare, meanSize } = spread;
    const [alarm, find] = quantilesOf(certainty);
    const rest = pairs - alarm * alarm + find * find;
    if (rest < 0)
        return undefined;
    const drop = (Math.sqrt(meanSquare) * (alarm * Math.sqrt(pairs) + find * Math.sqrt(rest))) / (pairs + find * find);
    return drop < meanSize ? drop : undefined;
}
function quantilesOf({ significance, power }) {
    return [normalQuantile(1 - significance), normalQuantile(power)];
}

;// CONCATENATED MODULE: ./build/src/core/statistics/sign-flip.js

/** Largest sum of differences whose distribution is computed exactly; beyond it, the normal approximation is off by less than 0.001. */
const MAX_EXACT = 200_000;
/** Probabilities below this are skipped, so that 100,000 cases take a second instead of a minute. */
const NEGLIGIBLE = 1e-40;
/**
 * One-sided sign-flip test: how often the sum is at most this one if each difference (now minus before, in whole numbers) is equally
 * likely to be a rise or a fall of its size. A sum of exactly this one counts half. 1 if nothing changed. With differences of 1 and \u22121 it
 * equals McNemar's mid-p.
 */
function signFlip(differences) {
    const sizes = differences.map(Math.abs).filter((size) => size > 0);
    if (sizes.length === 0)
        return 1;
    const sum = differences.reduce((total, one) => total + one, 0);
    const span = sizes.reduce((total, one) => total + one, 0);
    if (span > MAX_EXACT)
        return normalCdf(sum / Math.sqrt(sizes.reduce((total, one) => total + one * one, 0)));
    // The probability that the rises add up to `at`; the sum is then twice that minus `span`.
    const rises = distributionOfRises(sizes, span);
    const observed = (sum + span) / 2;
    let below = 0;
    for (let at = 0; at < observed; at += 1)
        below += rises[at] ?? 0;
    return below + (rises[observed] ?? 0) / 2;
}
function distributionOfRises(sizes, span) {
    const rises = new Float64Array(span + 1);
    rises[0] = 1;
    let [low, high] = [0, 0];
    for (const size of sizes) {
        high += size;
        for (let at = high; at >= low; at -= 1) {
            rises[at] = ((rises[at] ?? 0) + (at - size < low ? 0 : (rises[at - size] ?? 0))) / 2;
        }
        while ((rises[low] ?? 1) < NEGLIGIBLE)
            rises[low++] = 0;
        while ((rises[high] ?? 1) < NEGLIGIBLE)
            rises[high--] = 0;
    }
    return rises;
}

// EXTERNAL MODULE: ./build/src/core/text/model-name.js
var model_name = __webpack_require__(64770);
;// CONCATENATED MODULE: ./build/src/core/comparison/changes.js

/** Undefined unless more than half of the pairs use a different model than in the baseline. */
function findModelChange(pairs) {
    const counts = new Map();
    let changed = 0;
    for (const { now, before } of pairs) {
        if (now.model === '' || before.model === '' || isSameModel(now.model, before.model))
            continue;
        const change = { before: before.model, now: now.model };
        const key = JSON.stringify([change.before, change.now]);
        counts.set(key, { change, count: (counts.get(key)?.count ?? 0) + 1 });
        changed += 1;
    }
    if (changed * 2 <= pairs.length)
        return undefined;
    return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.change;
}
/** An alias and its dated name are one model; two dates are two. */
function isSameModel(one, other) {
    return one === other || (0,model_name/* undatedModel */.f)(one) === other || one === (0,model_name/* undatedModel */.f)(other);
}
/** In the order in which the metrics occur. */
function compareScores(pairs) {
    const sums = new Map();
    for (const { now, before } of pairs) {
        for (const [metric, score] of now.scores) {
            const other = before.scores.get(metric);
            if (other === undefined)
                continue;
            const sum = sums.get(metric) ?? { pairs: 0, now: 0, before: 0 };
            sums.set(metric, { pairs: sum.pairs + 1, now: sum.now + score, before: sum.before + other });
        }
    }
    return Array.from(sums, ([metric, sum]) => ({
        metric,
        pairs: sum.pairs,
        now: sum.now / sum.pairs,
        before: sum.before / sum.pairs,
    }));
}

// EXTERNAL MODULE: ./build/src/core/comparison/case.js
var comparison_case = __webpack_require__(99619);
;// CONCATENATED MODULE: ./build/src/core/comparison/pairs.js

/** Matches the cases, in the order of today's. A baseline that was graded again has the digests of today's asserts. */
function matchCases(now, before) {
    const unmatched = new Map(Array.from(before, (one) => [one.id, one]));
    const pairs = [];
    const leftOut = { added: [], assertsChanged: [], ungraded: [] };
    for (const one of now) {
        const other = unmatched.get(one.id);
        unmatched.delete(one.id);
        if (other === undefined)
            leftOut.added.push(one.id);
        else if (other.assertsDigest !== one.assertsDigest)
            leftOut.assertsChanged.push(one.id);
        else {
            const pair = pairOf(one, other);
            if (pair === undefined)
                leftOut.ungraded.push(one.id);
            else
                pairs.push(pair);
        }
    }
    return { pairs, leftOut: { ...leftOut, removed: [...unmatched.keys()] } };
}
function pairOf(now, before) {
    const share = { now: (0,comparison_case/* shareOf */.tC)(now), before: (0,comparison_case/* shareOf */.tC)(before) };
    if (share.now === undefined || share.before === undefined)
        return undefined;
    return {
        id: now.id,
        now,
        before,
        share: { now: share.now, before: share.before },
        isSameAnswer: (0,comparison_case/* hasSameAnswers */.i6)(now, before),
        isRequestChanged: now.requestDigest !== before.requestDigest,
    };
}

;// CONCATENATED MODULE: ./build/src/core/comparison/compare.js







/** How often a real drop should be found. */
const POWER = 0.8;
/** If no case changed, this share of the cases with a new answer is assumed to change. */
const ASSUMED_SPREAD = 0.1;
const MAX_MORE_CASES = 10_000;
/** Compares today's cases with a baseline's; `significance` is the accepted risk of a false alarm. */
function compareCases(now, before, significance) {
    const { pairs, leftOut } = matchCases(now, before);
    const evidence = pairs.filter(({ isSameAnswer }) => !isSameAnswer);
    const same = pairs.filter(({ isSameAnswer }) => isSameAnswer);
    return {
        pairs: pairs.length,
        sameAnswers: same.length,
        regraded: same.filter((pair) => riseOf(pair) !== 0).length,
        broken: evidence.filter((pair) => riseOf(pair) < 0).map(({ id }) => id),
        fixed: evidence.filter((pair) => riseOf(pair) > 0).map(({ id }) => id),
        requestChanged: pairs.filter(({ isRequestChanged }) => isRequestChanged).map(({ id }) => id),
        leftOut,
        modelChange: findModelChange(pairs),
        scores: compareScores(pairs),
        figures: pairs.length === 0 ? undefined : figuresOf(pairs, { significance, power: POWER }),
    };
}
/** Above 0 if a larger share passes now. Compares whole numbers, so that \u2154 is never more than 4\u20446. */
function riseOf({ share: { now, before } }) {
    return now.passed * before.graded - before.passed * now.graded;
}
function figuresOf(pairs, certainty) {
    const unit = (0,fraction/* leastCommonMultiple */.R9)(new Set(pairs.flatMap(({ share }) => [share.now.graded, share.before.graded])));
    const unitsOf = ({ passed, graded }) => BigInt(passed) * (unit / BigInt(graded));
    const denominator = unit * BigInt(pairs.length);
    const differences = [];
    let [now, before] = [0n, 0n];
    for (const { share, isSameAnswer } of pairs) {
        const units = unitsOf(share.now);
        const unitsBefore = unitsOf(share.before);
        now += units;
        before += unitsBefore;
        differences.push(isSameAnswer ? 0 : Number(units - unitsBefore));
    }
    const drop = { numerator: BigInt(-differences.reduce((sum, one) => sum + one, 0)), denominator };
    const [broken, fixed] = [differences.filter((one) => one < 0).length, differences.filter((one) => one > 0).length];
    const isSingle = unit === 1n;
    const evidence = pairs.filter(({ isSameAnswer }) => !isSameAnswer).length;
    return {
        now: { numerator: now, denominator },
        before: { numerator: before, denominator },
        drop,
        p: isSingle ? (0,mid_p/* mcnemarMidP */.km)(broken, fixed) : signFlip(differences),
        test: isSingle ? 'mid-p' : 'sign-flip',
        interval: isSingle ? intervalOf(pairs.length, Number(now), broken, fixed) : undefined,
        ...sizesOf({ drop, spread: spreadOf(differences, Number(unit)) }, { pairs: pairs.length, evidence }, certainty),
    };
}
/** `passed`: pairs that pass now. */
function intervalOf(pairs, passed, broken, fixed) {
    const both = passed - fixed;
    return (0,intervals/* newcombePaired */.M)({ both, onlyFirst: broken, onlySecond: fixed, neither: pairs - both - broken - fixed });
}
/** Undefined if nothing changed. */
function spreadOf(differences, unit) {
    const count = differences.length;
    const meanSize = differences.reduce((sum, one) => sum + Math.abs(one) / unit, 0) / count;
    if (meanSize === 0)
        return undefined;
    const meanSquare = differences.reduce((sum, one) => sum + (one / unit) ** 2, 0) / count;
    return { meanSize, meanSquare: Math.max(meanSquare, 1 / count) };
}
function sizesOf({ drop, spread }, { pairs, evidence }, certainty) {
    // The same answer cannot change.
    const share = (ASSUMED_SPREAD * evidence) / pairs;
    const assumed = spread ?? { meanSquare: share, meanSize: share };
    const needed = pairsNeeded((0,fraction/* toNumber */.Ro)(drop), assumed, certainty);
    const more = Math.round((needed ?? 0) - pairs);
    return {
        findable: findableDrop(pairs, assumed, certainty),
        isSpreadAssumed: spread === undefined,
        moreCases: needed === undefined || more < 1 ? undefined : Math.min(MAX_MORE_CASES, more),
    };
}


/***/ }),

/***/ 6051:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Al: () => (/* binding */ printMeasured),
/* harmony export */   mo: () => (/* binding */ parseMeasured),
/* harmony export */   qN: () => (/* binding */ MAX_MEASURED)
/* harmony export */ });
/* harmony import */ var _record_fields_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33026);
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58415);
/* harmony import */ var _text_sha256_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(39450);



/** Several times the longest text ever written, in UTF-16 units. */
const MAX_MEASURED = 20_000;
function share(value) {
    if (typeof value !== 'number' || !(value >= 0 && value <= 1))
        throw new TypeError('no share');
    return value;
}
const measuredOf = (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    schema: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)(1),
    workflow: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    name: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    repository: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .matching */ .wC)(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
    ref: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    commit: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .sha */ .hW,
    event: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .matching */ .wC)(/^[a-z_]{1,50}$/),
    pullRequest: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .orNull */ .Xd)(_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9),
    createdAt: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .time */ .kB,
    answersSince: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .time */ .kB),
    run: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ id: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9, attempt: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9 }),
    step: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    shared: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)(true, false),
    complete: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)(true, false),
    regraded: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)(true, false)),
    judge: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .orNull */ .Xd)((0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ model: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)(300), prompt: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9 })),
    model: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)(300),
    cases: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9,
    grades: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .digest */ .br,
    results: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .orNull */ .Xd)((0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ artifactId: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9, name: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)(300), digest: _record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .digest */ .br }))),
    graded: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9),
    passRate: (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .orNull */ .Xd)(share)),
});
/** The text of `measured.json`. Its last member is a digest of the others, which reveals edits and truncation. */
function printMeasured(measured) {
    return JSON.stringify({ ...measured, sha256: digestOf(measured) });
}
/** Ignores members that this version does not know. */
function parseMeasured(json) {
    const value = json.length > MAX_MEASURED ? undefined : (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(json);
    if (!(0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(value))
        return { ok: false, why: 'unreadable' };
    const schema = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .memberOf */ .C5)(value, 'schema');
    if (typeof schema === 'number' && Number.isInteger(schema) && schema > 1)
        return { ok: false, why: 'other-version' };
    const { sha256: own, ...rest } = value;
    try {
        const expected = (0,_record_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .digest */ .br)(own);
        const measured = measuredOf(rest);
        return expected === digestOf(rest) ? { ok: true, measured } : { ok: false, why: 'edited' };
    }
    catch {
        return { ok: false, why: 'unreadable' };
    }
}
function digestOf(members) {
    return (0,_text_sha256_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .s)(JSON.stringify(members));
}


/***/ }),

/***/ 81734:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ priceUsage)
/* harmony export */ });
/* harmony import */ var _book_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(74974);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48131);
/* harmony import */ var _tokens_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59133);



/**
 * Prices one succeeded request exactly. A batch halves every kind of token but not web searches; inference in the US adds a tenth to
 * tokens, in and outside a batch. A refusal before any output costs nothing.
 */
function priceUsage({ model, usage, stopReason, hasOutput, at, prices }) {
    if (stopReason === 'refusal' && !hasOutput)
        return { kind: 'priced', batch: 0n, standard: 0n, cacheSaving: 0n, unbilled: true };
    if (usage === undefined)
        return { kind: 'unpriced', why: 'no-usage', model };
    if (usage.unlisted)
        return { kind: 'unpriced', why: 'unlisted-tokens', model };
    const promptTokens = usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
    const price = (0,_book_js__WEBPACK_IMPORTED_MODULE_0__/* .ratesOf */ .j)(prices, model, { atMs: at, promptTokens });
    if (price === undefined)
        return { kind: 'unpriced', why: 'unknown-model', model };
    const { tokens, whole } = costOfTokens(usage, price.rates);
    // Rates are multiples of 1,000 femto, so a tenth and a half of them are whole.
    const inRegion = (amount) => price.regional && usage.inferenceGeo === 'us' ? (amount * 11n) / 10n : amount;
    const standardTokens = inRegion(tokens);
    const searches = BigInt(usage.webSearches) * _table_js__WEBPACK_IMPORTED_MODULE_1__/* .webSearchPrice */ .mh;
    const amounts = { batch: standardTokens / 2n + searches, standard: standardTokens + searches };
    if (!whole)
        return { kind: 'partly', ...amounts };
    const cacheSaving = inRegion(cacheSavingOf(usage, price.rates, tokens)) / 2n;
    return { kind: 'priced', ...amounts, cacheSaving, unbilled: false };
}
/** How much more the tokens would cost with the whole prompt as plain input; 0 without a price for that. */
function cacheSavingOf(usage, { input, output }, cost) {
    const prompt = usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
    if (prompt === usage.input || input === undefined)
        return 0n;
    return BigInt(prompt) * input + BigInt(usage.output) * (output ?? 0n) - cost;
}
/** The cost of all token kinds with a price, and whether these are all kinds that were used. */
function costOfTokens(usage, rates) {
    let tokens = 0n;
    let whole = true;
    for (const kind of _tokens_js__WEBPACK_IMPORTED_MODULE_2__/* .tokenKinds */ .v) {
        if (usage[kind] === 0)
            continue;
        const rate = rates[kind];
        if (rate === undefined)
            whole = false;
        else
            tokens += BigInt(usage[kind]) * rate;
    }
    return { tokens, whole };
}


/***/ }),

/***/ 59133:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ addTokens),
/* harmony export */   v: () => (/* binding */ tokenKinds)
/* harmony export */ });
/** The kinds of token with their own price, in the order tables print them. */
const tokenKinds = ['input', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead', 'output'];
function addTokens(a, b) {
    return {
        input: a.input + b.input,
        output: a.output + b.output,
        cacheRead: a.cacheRead + b.cacheRead,
        cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
        cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    };
}


/***/ }),

/***/ 35069:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ep: () => (/* binding */ conclude),
/* harmony export */   Li: () => (/* binding */ keptOnRunnerBy),
/* harmony export */   _: () => (/* binding */ judgedAgain),
/* harmony export */   jr: () => (/* binding */ rerunRetries)
/* harmony export */ });
/* unused harmony export reuseOf */
/* harmony import */ var _results_accounts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83050);
/* harmony import */ var _results_kind_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2756);
/* harmony import */ var _results_remedy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(80570);
/* harmony import */ var _text_numbers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18599);
/* harmony import */ var _text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(33091);
/* harmony import */ var _ending_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(33043);






/** Results are in: completed, or canceled if a batch was (`by` whom, if known). Fails on too many failures, or if the grades do not pass. */
function conclude({ accounts, files, graded }, { batches, canceledBy: by = 'unknown' }, inputs) {
    const { counts } = accounts;
    const { total } = counts;
    const { maxErrorRateMicroPercent } = inputs;
    const keptBy = keptOnRunnerBy({ content: inputs.artifactContent, uploads: inputs.artifactName !== '' });
    const file = { hasRetryFile: files.retry !== undefined, keptBy };
    const canceled = counts.canceled > 0;
    const failures = [];
    if (canceled) {
        const rerunSubmits = rerunAfterCancel(inputs);
        failures.push({ code: 'batch-canceled', unanswered: counts.canceled, total, by, rerunSubmits, ...file });
    }
    if (!canceled && (0,_results_accounts_js__WEBPACK_IMPORTED_MODULE_0__/* .exceedsErrorRate */ .G3)(counts, maxErrorRateMicroPercent)) {
        const advice = commonAdvice(accounts.failures, { rerunRetries: rerunRetries(inputs), ...file });
        const unanswered = total - counts.succeeded;
        const asked = ratedOf(accounts, maxErrorRateMicroPercent);
        failures.push({ code: 'error-rate-exceeded', unanswered, total, ...asked, advice, ...file });
    }
    const judged = graded?.judging?.accounts;
    // A case may have many judgements: counted together with the requests, they would hide unanswered requests.
    if (judged !== undefined && (0,_results_accounts_js__WEBPACK_IMPORTED_MODULE_0__/* .exceedsErrorRate */ .G3)(judged.counts, maxErrorRateMicroPercent)) {
        const unjudged = judged.counts.total - judged.counts.succeeded;
        const asked = ratedOf(judged, maxErrorRateMicroPercent);
        const again = judgedAgain(judged, inputs);
        failures.push({ code: 'judgements-missing', unjudged, total: judged.counts.total, ...asked, again });
    }
    if (graded !== undefined)
        failures.push(...graded.unjudged, ...verdictFailures(graded.verdict));
    const status = canceled ? 'canceled' : 'completed';
    const reuse = reuseOf(accounts);
    return { status, batches, accounts, files, tookMs: durationOf(batches), graded, reuse, failures };
}
/** What came from earlier runs; undefined if nothing did. */
function reuseOf(accounts) {
    const { reused, counts } = accounts;
    const { count, sources } = reused;
    if (count === 0)
        return undefined;
    const times = sources.map(({ createdAtMs }) => createdAtMs).filter(Number.isFinite);
    const oldestMs = times.length === 0 ? undefined : Math.min(...times);
    return {
        reused: count,
        sent: counts.total - count,
        savedUsd: (0,_results_accounts_js__WEBPACK_IMPORTED_MODULE_0__/* .knownSaved */ .nu)(accounts),
        oldestMs,
        sources,
    };
}
/** How many requests or judgements have no result, compared with the limit, and how they ended. */
function ratedOf({ counts, failures }, maxErrorRateMicroPercent) {
    const percent = (0,_results_accounts_js__WEBPACK_IMPORTED_MODULE_0__/* .errorRatePercent */ .K6)(counts, maxErrorRateMicroPercent);
    const maxPercent = maxErrorRateMicroPercent / 1_000_000;
    return { percent, maxPercent, kinds: (0,_results_kind_js__WEBPACK_IMPORTED_MODULE_4__/* .countKinds */ .x)(failures), words: commonWords(failures) };
}
/** What re-running the job does about judgements without a result. The batches of `batch-id` hold answers, not judgements. */
function judgedAgain({ failures }, inputs) {
    const { resume, retryRounds } = inputs;
    if (resume === 'never')
        return 'all';
    if (failures.some(({ outcome }) => outcome === 'canceled'))
        return 'canceled';
    const isInRound = failures.some((group) => group.outcome !== 'missing' && (0,_results_remedy_js__WEBPACK_IMPORTED_MODULE_1__/* .retryOf */ .W2)(group) !== 'never');
    if (!isInRound)
        return 'final';
    return retryRounds === 0 ? 'no-rounds' : 'failed';
}
function verdictFailures({ verdict, failsStep, because }) {
    if (!failsStep || verdict === 'pass')
        return [];
    if (verdict === 'fail')
        return [{ code: 'verdict-failed', because }];
    if (verdict === 'inconclusive')
        return [{ code: 'verdict-inconclusive', because }];
    const isAlways = because.code === 'nothing-graded' || because.code === 'too-many-ungraded';
    return [{ code: 'verdict-not-comparable', because, isAlways }];
}
/** The API's words about all unanswered requests, in one line; undefined if they differ or there are none. */
function commonWords([first, ...others]) {
    const isOne = others.length === 0 && first?.mixed === undefined && first?.varies !== true;
    return isOne && first?.message ? (0,_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_5__/* .toPlainLine */ .Ic)(first.message, _ending_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_WORDS */ .tN) : undefined;
}
/** The advice for all unanswered requests; undefined if it differs, or if each has its own message to read. */
function commonAdvice(groups, ways) {
    const [first, ...others] = groups.map((group) => (0,_results_remedy_js__WEBPACK_IMPORTED_MODULE_1__/* .adviceOf */ .wr)(group, ways));
    const isOne = first?.remedy !== 'other' && others.every(({ remedy }) => remedy === first?.remedy);
    return isOne ? first : undefined;
}
/** What re-running the job submits after a batch was canceled: it reuses the answers that arrived if the inputs say so. */
function rerunAfterCancel(inputs) {
    if (inputs.batchIds.length > 0)
        return 'nothing';
    return inputs.reuseAnswers === 'true' && !inputs.deleteBatch ? 'rest' : 'everything';
}
/** Whether re-running the job submits only the retryable failures again. */
function rerunRetries({ batchIds, resume, retryRounds, deleteBatch }) {
    return batchIds.length === 0 && resume !== 'never' && retryRounds > 0 && !deleteBatch;
}
/** The input that keeps `retry.jsonl` out of the artifact; undefined if the artifact holds it. `uploads`: an artifact was requested. */
function keptOnRunnerBy({ content, uploads }) {
    if (!uploads)
        return 'artifact-name';
    return content === 'full' ? undefined : 'artifact-content';
}
/** Time from the first batch's creation to the last one's end, in ms; undefined if a batch lacks either. */
function durationOf(batches) {
    const starts = batches.map(({ createdAt }) => (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .parseTime */ .pe)(createdAt) ?? Number.NaN);
    const ends = batches.map(({ endedAt }) => (endedAt === null ? Number.NaN : ((0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .parseTime */ .pe)(endedAt) ?? Number.NaN)));
    const took = Math.max(...ends) - Math.min(...starts);
    return Number.isFinite(took) ? took : undefined;
}


/***/ }),

/***/ 48240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  XA: () => (/* binding */ countAnswers),
  GS: () => (/* binding */ gradeCase),
  s8: () => (/* binding */ isFlaky),
  Qy: () => (/* binding */ metricScores),
  Uc: () => (/* binding */ passAllOf)
});

;// CONCATENATED MODULE: ./build/src/core/statistics/pass-power.js
/** Chance that `k` answers, picked from `total` of which `passed` pass, all pass (`pass^k`). */
function passPower(total, passed, k) {
    let probability = 1;
    for (let picked = 0; picked < k; picked += 1)
        probability *= Math.max(0, passed - picked) / (total - picked);
    return probability;
}

;// CONCATENATED MODULE: ./build/src/core/grading/grade-case.js

function countAnswers(answers) {
    let passed = 0;
    let failed = 0;
    for (const { outcome } of answers) {
        if (outcome === 'pass')
            passed += 1;
        if (outcome === 'fail')
            failed += 1;
    }
    return { passed, failed, ungraded: answers.length - passed - failed };
}
/**
 * Grades a case by its answers, at least `minPass` of which must pass (`repeat-min-pass`). Ungraded only if the ungraded answers could
 * still change the outcome.
 */
function gradeCase(of, answers, minPass) {
    const { passed, ungraded } = countAnswers(answers);
    const outcome = passed >= minPass ? 'pass' : passed + ungraded < minPass ? 'fail' : 'ungraded';
    return { ...of, outcome, score: meanScore(answers), answers };
}
/** Whether some answers passed and some failed. */
function isFlaky({ passed, failed }) {
    return passed > 0 && failed > 0;
}
/** pass^k: the chance that k answers, drawn from the graded ones, all pass. Undefined if there are fewer than k. */
function passAllOf(k, { passed, failed }) {
    const graded = passed + failed;
    if (k > graded)
        return undefined;
    return passPower(graded, passed, k);
}
/** The mean score per metric over a case's graded answers, including asserts in sets. */
function metricScores(answers) {
    if (answers.every(({ results }) => results.every(isBare)))
        return NO_SCORES;
    const sums = new Map();
    /** Only for metrics that occur more than once. */
    let counts;
    const note = ({ metric, score, results }) => {
        if (metric !== undefined && score !== undefined) {
            const sum = sums.get(metric);
            sums.set(metric, (sum ?? 0) + score);
            if (sum !== undefined) {
                counts ??= new Map();
                counts.set(metric, (counts.get(metric) ?? 1) + 1);
            }
        }
        if (results !== undefined)
            for (const one of results)
                note(one);
    };
    for (const answer of answers)
        for (const one of answer.results)
            note(one);
    if (counts !== undefined)
        for (const [metric, count] of counts)
            sums.set(metric, (sums.get(metric) ?? 0) / count);
    return sums;
}
const NO_SCORES = new Map();
function isBare({ metric, results }) {
    return metric === undefined && results === undefined;
}
function meanScore(answers) {
    let sum = 0;
    let count = 0;
    for (const { outcome, score } of answers) {
        if (outcome === 'ungraded' || score === undefined)
            continue;
        sum += score;
        count += 1;
    }
    return count === 0 ? undefined : sum / count;
}


/***/ }),

/***/ 75230:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ MAX_GRADES_LINE),
/* harmony export */   _: () => (/* binding */ parseGrades)
/* harmony export */ });
/* harmony import */ var _asserts_parse_members_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4692);
/* harmony import */ var _messages_asserts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83329);
/* harmony import */ var _requests_grading_keys_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56389);
/* harmony import */ var _requests_validate_line_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(11667);
/* harmony import */ var _text_batch_id_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(82767);
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(58415);
/* harmony import */ var _text_numbers_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(18599);
/* harmony import */ var _text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(33091);
/* harmony import */ var _print_grades_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(67946);









/** Longest line, in UTF-16 units: 20 answers by five hundred asserts with reasons. */
const MAX_GRADES_LINE = 4_000_000;
const MAX_ANSWERS = 20;
const MAX_TYPE = 40;
const MAX_MODEL = 200;
/**
 * Parses a line of `grades.jsonl` that anyone may have written: accepts only the exact form of `printGrades`, or nothing. Ignores unknown
 * members. Returns texts inert and short.
 */
function parseGrades(text) {
    const line = text.length > MAX_GRADES_LINE ? undefined : (0,_text_json_js__WEBPACK_IMPORTED_MODULE_4__/* .parseJson */ .qF)(text);
    if (!(0,_text_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(line))
        return { fault: 'unreadable' };
    const { schema } = line;
    if (typeof schema === 'number' && Number.isInteger(schema) && schema > _print_grades_js__WEBPACK_IMPORTED_MODULE_6__/* .GRADES_SCHEMA */ .F6)
        return { fault: 'newer-schema' };
    try {
        if (schema !== _print_grades_js__WEBPACK_IMPORTED_MODULE_6__/* .GRADES_SCHEMA */ .F6)
            throw new Unfit();
        return readCase(line);
    }
    catch (error) {
        if (!(error instanceof Unfit))
            throw error;
        return { fault: 'unreadable' };
    }
}
/** Stops parsing at the first malformed part. */
class Unfit extends Error {
}
function demand(isSound) {
    if (!isSound)
        throw new Unfit();
}
function readCase(line) {
    const { required = false, metadata = {}, model } = line;
    demand(typeof required === 'boolean');
    demand(typeof model === 'string' && model.length <= MAX_MODEL);
    const read = (0,_requests_grading_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .readMetadata */ ._6)(metadata);
    demand(read !== undefined);
    return {
        customId: customId(line['custom_id']),
        ...readOutcome(line),
        required,
        metadata: read,
        model: (0,_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_7__/* .toPlainLine */ .Ic)(model),
        requestDigest: digest(line['request_digest']),
        assertsDigest: digest(line['asserts_digest']),
        answers: list(line['answers'], MAX_ANSWERS).map(readAnswer),
    };
}
function readAnswer(answer) {
    const { batch_id: batchId, reused = false, answered_at: at } = answer;
    demand(batchId === null || (typeof batchId === 'string' && (0,_text_batch_id_js__WEBPACK_IMPORTED_MODULE_8__/* .isBatchId */ .U_)(batchId)));
    demand(reused === false || (reused === true && typeof at === 'string' && (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_5__/* .parseTime */ .pe)(at) !== undefined));
    return {
        batchId: batchId ?? undefined,
        customId: customId(answer['custom_id']),
        ...(reused && { reusedFrom: String(at) }),
        ...readOutcome(answer),
        results: list(answer['asserts']).map((result) => readResult(result)),
    };
}
function readResult(result, isInSet = false) {
    const { type, metric, weight = 1, reason, judge, asserts } = result;
    demand(typeof type === 'string' && type.length <= MAX_TYPE && /^[a-z][a-z0-9-]*$/.test(type));
    demand(metric === undefined || (typeof metric === 'string' && metric.length <= _asserts_parse_members_js__WEBPACK_IMPORTED_MODULE_0__/* .MAX_METRIC */ .U2));
    demand(typeof weight === 'number' && weight >= 0 && Number.isFinite(weight));
    demand(reason === undefined || typeof reason === 'string');
    demand(asserts === undefined || !isInSet);
    return {
        type,
        metric: metric === undefined ? undefined : (0,_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_7__/* .toPlainLine */ .Ic)(metric),
        ...readOutcome(result),
        weight,
        reason: { code: 'quoted', text: (0,_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_7__/* .toPlainLine */ .Ic)(reason ?? '', _messages_asserts_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_REASON */ .i) },
        ...(judge !== undefined && { judge: readJudge(judge) }),
        ...(asserts !== undefined && { results: list(asserts).map((one) => readResult(one, true)) }),
    };
}
function readJudge(judge) {
    demand((0,_text_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(judge));
    const { model, prompt } = judge;
    demand(typeof model === 'string' && model.length <= MAX_MODEL);
    demand(typeof prompt === 'number' && Number.isSafeInteger(prompt) && prompt > 0);
    return { model: (0,_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_7__/* .toPlainLine */ .Ic)(model), prompt };
}
function readOutcome({ pass, score }) {
    demand(pass === null || typeof pass === 'boolean');
    demand(score === null || (typeof score === 'number' && score >= 0 && score <= 1));
    return { outcome: pass === null ? 'ungraded' : pass ? 'pass' : 'fail', score: score ?? undefined };
}
function customId(value) {
    demand(typeof value === 'string' && _requests_validate_line_js__WEBPACK_IMPORTED_MODULE_3__/* .CUSTOM_ID */ .uj.test(value));
    return value;
}
function digest(value) {
    demand(typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
    return value;
}
function list(value, most = Number.POSITIVE_INFINITY) {
    demand(Array.isArray(value) && value.length <= most && value.every(_text_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW));
    return value;
}


/***/ }),

/***/ 67946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F6: () => (/* binding */ GRADES_SCHEMA),
/* harmony export */   gh: () => (/* binding */ printGradesTwice)
/* harmony export */ });
/* unused harmony export printGrades */
/* harmony import */ var _messages_asserts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83329);

/** Rises only when a meaning changes: readers ignore members they do not know. */
const GRADES_SCHEMA = 1;
/** A case as a line of `grades.jsonl`, without the line break. Without `reasons` it contains no text of an answer. */
function printGrades(of, { reasons }) {
    const { full, bare } = printGradesTwice(of);
    return reasons ? full : bare;
}
/** Both forms at once, since they are mostly the same. */
function printGradesTwice(of) {
    const head = printHead(of);
    const { full, bare } = printList(of.answers, printAnswer);
    return { full: `${head}${full}}`, bare: `${head}${bare}}` };
}
/** Everything except the answers. Written piece by piece: building objects just to print them takes as long as grading. */
function printHead(of) {
    const { customId, required, metadata, model, requestDigest, assertsDigest } = of;
    const optional = `${required ? ',"required":true' : ''}${metadata.size > 0 ? `,"metadata":${quote(Object.fromEntries(metadata))}` : ''}`;
    const digests = `"request_digest":"${requestDigest}","asserts_digest":"${assertsDigest}"`;
    return `{"schema":${GRADES_SCHEMA},"custom_id":"${customId}",${printOutcome(of)}${optional},"model":${quote(model)},${digests},"answers":`;
}
function printAnswer(answer) {
    const { batchId, customId, reusedFrom, results } = answer;
    const reused = reusedFrom === undefined ? '' : `,"reused":true,"answered_at":${quote(reusedFrom)}`;
    const id = `"batch_id":${quote(batchId ?? null)},"custom_id":"${customId}"${reused}`;
    const head = `{${id},${printOutcome(answer)},"asserts":`;
    const { full, bare } = printList(results, printResult);
    return { full: `${head}${full}}`, bare: `${head}${bare}}` };
}
function printResult(result) {
    const { type, metric, weight, reason, judge, results } = result;
    const shownMetric = metric === undefined ? '' : `,"metric":${quote(metric)}`;
    const shownWeight = weight === 1 ? '' : `,"weight":${weight}`;
    const shownJudge = judge === undefined ? '' : `,"judge":{"model":${quote(judge.model)},"prompt":${judge.prompt}}`;
    // Types, IDs and digests need no escaping.
    const head = `{"type":"${type}"${shownMetric},${printOutcome(result)}${shownWeight}`;
    const shownReason = `,"reason":${quote((0,_messages_asserts_js__WEBPACK_IMPORTED_MODULE_0__/* .printAssertReason */ .m)(reason))}`;
    if (results === undefined)
        return { full: `${head}${shownReason}${shownJudge}}`, bare: `${head}${shownJudge}}` };
    const { full, bare } = printList(results, printResult);
    return {
        full: `${head}${shownReason}${shownJudge},"asserts":${full}}`,
        bare: `${head}${shownJudge},"asserts":${bare}}`,
    };
}
function printList(list, print) {
    let full = '[';
    let bare = '[';
    let isFirst = true;
    for (const one of list) {
        const printed = print(one);
        if (!isFirst) {
            full += ',';
            bare += ',';
        }
        isFirst = false;
        full += printed.full;
        bare += printed.bare;
    }
    return { full: `${full}]`, bare: `${bare}]` };
}
/** Six decimals are enough for any mean. */
function printOutcome({ outcome, score }) {
    if (outcome === 'pass' && score === 1)
        return '"pass":true,"score":1';
    if (outcome === 'fail' && score === 0)
        return '"pass":false,"score":0';
    const pass = outcome === 'ungraded' ? 'null' : outcome === 'pass';
    return `"pass":${pass},"score":${score === undefined ? 'null' : Math.round(score * 1e6) / 1e6}`;
}
function quote(value) {
    return JSON.stringify(value);
}


/***/ }),

/***/ 15970:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ZP: () => (/* binding */ renderBatches),
  ID: () => (/* binding */ renderJudgeBatches),
  YE: () => (/* binding */ renderNextStep),
  J3: () => (/* binding */ renderOpenGates),
  zc: () => (/* binding */ renderStep)
});

// EXTERNAL MODULE: ./build/src/core/messages/grades.js
var grades = __webpack_require__(97360);
// EXTERNAL MODULE: ./build/src/core/messages/headlines.js
var headlines = __webpack_require__(8459);
// EXTERNAL MODULE: ./build/src/core/messages/report.js
var report = __webpack_require__(53226);
// EXTERNAL MODULE: ./build/src/core/summary/failed-step.js
var failed_step = __webpack_require__(12436);
// EXTERNAL MODULE: ./build/src/core/text/batch-id.js
var batch_id = __webpack_require__(82767);
;// CONCATENATED MODULE: ./build/src/core/text/cron.js
/** Most times of a day to list. */
const MAX_TIMES = 4;
/** Parses an expression of five fields if the last three are `*`. Undefined for all others. */
function readCron(cron) {
    const [minute = '', hour = '', ...days] = cron.trim().split(/\s+/);
    const minutes = readField(minute, 60);
    if (minutes === undefined || days.join(' ') !== '* * *')
        return undefined;
    if (hour === '*')
        return { kind: 'hourly', minutes };
    const hours = readField(hour, 24) ?? [];
    const times = hours.flatMap((at) => minutes.map((past) => `${twoDigits(at)}:${twoDigits(past)}`));
    return times.length === 0 || times.length > MAX_TIMES ? undefined : { kind: 'daily', times };
}
/** The values of a list of numbers, `*` and steps, in order; undefined for anything else. */
function readField(field, end) {
    const values = new Set();
    for (const part of field.split(',')) {
        const [, from, step = '1'] = /^(\*|\d{1,2})(?:\/(\d{1,2}))?$/.exec(part) ?? [];
        if (from === undefined || Number(step) === 0 || Number(from) >= end)
            return undefined;
        const isOne = from !== '*' && !part.includes('/');
        const start = from === '*' ? 0 : Number(from);
        for (let at = start; at < (isOne ? start + 1 : end); at += Number(step))
            values.add(at);
    }
    return [...values].toSorted((a, b) => a - b);
}
function twoDigits(value) {
    return String(value).padStart(2, '0');
}

// EXTERNAL MODULE: ./build/src/core/text/numbers.js
var numbers = __webpack_require__(18599);
// EXTERNAL MODULE: ./build/src/core/text/untrusted-text.js
var untrusted_text = __webpack_require__(33091);
// EXTERNAL MODULE: ./build/src/core/markdown/escape.js
var markdown_escape = __webpack_require__(69660);
// EXTERNAL MODULE: ./build/src/core/markdown/ledger.js
var ledger = __webpack_require__(63342);
// EXTERNAL MODULE: ./build/src/core/markdown/links.js
var links = __webpack_require__(31430);
// EXTERNAL MODULE: ./build/src/core/markdown/table.js
var markdown_table = __webpack_require__(85199);
;// CONCATENATED MODULE: ./build/src/core/markdown/batch-part.js












/** The batches with their times, and the outcome of each sending round; undefined without batches. */
function renderBatches(summary) {
    const { batches } = summary;
    if (batches.length === 0)
        return undefined;
    const rows = batches.map((batch) => [
        (0,markdown_escape/* codeCell */.MZ)(batch.id),
        (0,markdown_escape/* escapeMarkdown */.FV)(batch.status.replaceAll('_', ' ')),
        ...[batch.created_at, batch.ended_at, batch.results_until].map(timeCell),
    ]);
    const columns = [report/* LABELS */.kg.batch, report/* LABELS */.kg.status, report/* LABELS */.kg.created, report/* LABELS */.kg.ended, report/* LABELS */.kg['results-until']].map(markdown_table/* left */.kb);
    return (0,markdown_table/* joinBlocks */.x9)((0,markdown_table/* renderTable */.bo)(columns, rows), (0,ledger/* renderRounds */.uk)(summary));
}
/** The judge's batches; undefined without any. */
function renderJudgeBatches(batches) {
    const table = renderBatches({ batches, rounds: [] });
    return table && (0,markdown_table/* joinBlocks */.x9)(grades/* GRADES */.F4['judge-batches'](), table);
}
/** How to collect the batches that this run left; undefined if there are none. */
function renderNextStep(summary) {
    const { status, batches, judge_batches: judging, finisher, run } = summary;
    if (status !== 'pending' || (batches.length + judging.length === 0 && finisher?.kind !== 'job'))
        return undefined;
    if (isToSendMore(summary))
        return headlines/* LEADS */.oT['rerun-to-send']({ rerun: (0,links/* renderLink */.BK)(report/* REPORT */.ri['rerun-this-job'](), run.url) });
    const { endsBy, resultsUntil } = (0,failed_step/* lastingOf */.u$)([...batches, ...judging]);
    const until = (0,numbers/* formatDay */.im)(resultsUntil ?? '');
    const moment = (0,numbers/* formatMoment */.K9)(endsBy ?? '');
    const rerun = (0,links/* renderLink */.BK)(report/* REPORT */.ri['rerun-this-job'](), run.url);
    const byHand = (0,batch_id/* listIds */.Z6)(batches) === '' ? headlines/* LEADS */.oT['console-to-collect']({ until }) : headlines/* LEADS */.oT['step-to-collect']({ until });
    const count = judging.length || batches.length;
    const sentences = [
        finisher === null ? byHand : finishedBy(finisher, { batches: count, rerun, until }),
        moment === undefined ? '' : headlines/* LEADS */.oT['ends-by']({ batches: count, endsBy: moment }),
    ];
    return sentences.filter((sentence) => sentence !== '').join(' ');
}
/** Whether the batches hold only part of the results, because some requests could not be sent. */
function isToSendMore({ failure_codes: codes }) {
    return codes.includes('reuse-gone');
}
/** Who collects the batches. */
function finishedBy(finisher, about) {
    switch (finisher.kind) {
        case 'job':
            return headlines/* LEADS */.oT['job-to-collect']({ job: (0,markdown_escape/* codeCell */.MZ)(finisher.job), ...about });
        case 'waker': {
            const schedules = finisher.schedules.slice(0, MAX_SCHEDULES).map(({ cron, timezone }) => {
                const zone = (0,markdown_escape/* escapeMarkdown */.FV)(timezone ?? 'UTC', { maxLength: MAX_CRON });
                return { often: readCron(cron), cron: (0,markdown_escape/* codeCell */.MZ)(cron, { maxLength: MAX_CRON }), zone };
            });
            const workflow = (0,markdown_escape/* escapeMarkdown */.FV)(finisher.workflow, { maxLength: MAX_NAME });
            return headlines/* LEADS */.oT['waker-to-collect']({ workflow, schedules, ...about });
        }
        case 'rerun':
            return headlines/* LEADS */.oT['rerun-to-collect'](about);
    }
}
/** Most schedules of a workflow to show, and the longest part of a schedule and longest workflow name, in characters. */
const MAX_SCHEDULES = 3;
const MAX_CRON = 40;
const MAX_NAME = 100;
/** Says that the check is green although a gate is undecided; undefined if none is. */
function renderOpenGates({ open_gates: open }) {
    return open === null ? undefined : headlines/* LEADS */.oT['without-evidence'](open);
}
/** The step that collects these batches in any workflow, to copy; folded if a re-run would do it too. Undefined without batch IDs. */
function renderStep(summary) {
    const { status, batches, judge_batches: judging, resumable, step } = summary;
    const ids = (0,batch_id/* listIds */.Z6)(batches);
    if (status !== 'pending' || ids === '')
        return undefined;
    if (isToSendMore(summary))
        return undefined;
    // A later job of the run has this step already.
    if (summary.finisher?.kind === 'job')
        return undefined;
    // The step would not name the judge, so it would be refused.
    if (judging.length > 0 && resumable)
        return undefined;
    const lines = [
        `- uses: ${step.uses ?? 'org/claude-batch-action@v1'}`,
        '  with:',
        `    batch-id: ${/^[A-Za-z][\w,.-]*$/.test(ids) ? ids : `'${ids}'`}`,
        ...requestLines(step.requests),
        ...(step.sample === null ? [] : [`    sample: ${step.sample}`]),
        ...(step.reuse_answers ? ["    reuse-answers: 'true'"] : []),
        ...credentialLines(step.credentials),
    ];
    const yaml = `\`\`\`yaml\n${lines.join('\n')}\n\`\`\``;
    if (!resumable)
        return yaml;
    return (0,markdown_table/* renderFold */.I2)(report/* REPORT */.ri['other-ways'](), (0,markdown_table/* joinBlocks */.x9)(report/* REPORT */.ri['collect-anywhere']({ isReuse: step.reuse_answers }), yaml));
}
/** The key is a secret. The others are variables; the report does not need their values. */
function credentialLines(inputs) {
    return inputs.map((input) => {
        const context = input === 'anthropic-api-key' ? 'secrets' : 'vars';
        return `    ${input}: \${{ ${context}.${input.toUpperCase().replaceAll('-', '_')} }}`;
    });
}
/** A single pattern goes beside its key: JSON strings are YAML, and plain words need no quotes. Several go on lines of their own, unquoted. */
function requestLines(patterns) {
    const [first, ...more] = patterns.map((pattern) => (0,untrusted_text/* toPlainLine */.Ic)(pattern));
    if (first === undefined)
        return [];
    if (more.length > 0)
        return ['    requests: |', ...[first, ...more].map((pattern) => `      ${pattern}`)];
    return [`    requests: ${/^[A-Za-z_.][\w./*-]*$/.test(first) ? first : JSON.stringify(first)}`];
}
function timeCell(time) {
    return time === null ? '' : ((0,numbers/* formatTime */.fU)(time) ?? (0,markdown_escape/* escapeMarkdown */.FV)(time, { maxLength: 40 }));
}


/***/ }),

/***/ 15655:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ costlyWaitOf)
/* harmony export */ });
/* harmony import */ var _summary_waiting_summary_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49155);
/* harmony import */ var _reuse_part_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26145);


/** A note that waiting cost more than the batch saved; undefined if it did not, or if either amount is unknown. */
function costlyWaitOf(summary) {
    const { cost, requests } = summary;
    const waiting = (0,_summary_waiting_summary_js__WEBPACK_IMPORTED_MODULE_0__/* .billedWait */ .i)(summary);
    const spent = (0,_reuse_part_js__WEBPACK_IMPORTED_MODULE_1__/* .spentUsd */ .$N)(summary);
    if (waiting?.usd == null || cost.usd === null || cost.saved_usd === null || spent === null)
        return undefined;
    if (cost.lower_bound || (requests.succeeded ?? 0) === 0)
        return undefined;
    const [usd, saved] = [(0,_reuse_part_js__WEBPACK_IMPORTED_MODULE_1__/* .microOf */ .er)(cost.usd), (0,_reuse_part_js__WEBPACK_IMPORTED_MODULE_1__/* .microOf */ .er)(cost.saved_usd)];
    // The saving on reused answers belongs to the earlier runs' batches.
    const savedNow = usd === 0n ? 0n : (saved * (0,_reuse_part_js__WEBPACK_IMPORTED_MODULE_1__/* .microOf */ .er)(spent)) / usd;
    return (0,_reuse_part_js__WEBPACK_IMPORTED_MODULE_1__/* .microOf */ .er)(waiting.usd) > savedNow ? { code: 'wait-cost-more' } : undefined;
}


/***/ }),

/***/ 59340:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ML: () => (/* binding */ describeRetryFile),
/* harmony export */   Xc: () => (/* binding */ describeMessage),
/* harmony export */   _r: () => (/* binding */ renderCases),
/* harmony export */   c7: () => (/* binding */ renderWarnings),
/* harmony export */   cp: () => (/* binding */ adviceFor),
/* harmony export */   fd: () => (/* binding */ incompleteGroups),
/* harmony export */   x8: () => (/* binding */ renderProblems)
/* harmony export */ });
/* harmony import */ var _endings_conclude_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35069);
/* harmony import */ var _messages_advice_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(78112);
/* harmony import */ var _messages_report_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53226);
/* harmony import */ var _results_remedy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(80570);
/* harmony import */ var _results_whole_answer_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(57434);
/* harmony import */ var _text_numbers_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(18599);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(69660);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6019);
/* harmony import */ var _links_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(31430);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(85199);










/** Most causes to show; the rest is counted, and listed on the page and in `summary.json`. */
const MAX_CAUSES = 8;
/** Most problems and warnings to show; the rest is counted, and listed in the log. */
const MAX_ROWS = 20;
/** Cases that need a look, by cause: first unanswered, then incomplete ones; undefined if there are none. */
function renderCases(summary, page) {
    const rows = [
        ...summary.failures.map((group) => ({ count: group.count, cells: cellsOfFailure(group, summary, page) })),
        ...incompleteGroups(summary).map((group) => ({ count: group.count, cells: cellsOfIncomplete(group, page) })),
    ];
    if (rows.length === 0)
        return undefined;
    const shown = rows.slice(0, MAX_CAUSES);
    const titles = [_messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .LABELS */ .kg['what-happened'], _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .LABELS */ .kg['for-example'], _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .LABELS */ .kg['what-to-do']].map(_table_js__WEBPACK_IMPORTED_MODULE_8__/* .left */ .kb);
    const columns = [(0,_table_js__WEBPACK_IMPORTED_MODULE_8__/* .center */ .gX)(''), (0,_table_js__WEBPACK_IMPORTED_MODULE_8__/* .right */ .pG)(_messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .LABELS */ .kg.requests), ...titles];
    const table = (0,_table_js__WEBPACK_IMPORTED_MODULE_8__/* .renderTable */ .bo)(columns, shown.map(({ cells }) => cells));
    // Each remaining row may stand for hundreds of causes, so requests are counted too.
    const rest = rows.slice(MAX_CAUSES);
    const requests = rest.reduce((sum, { count }) => sum + count, 0);
    return (0,_table_js__WEBPACK_IMPORTED_MODULE_8__/* .joinBlocks */ .x9)(table, rest.length === 0 ? undefined : _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .REPORT */ .ri['more-failures']({ requests, rows: rest.length }), summary.failures.length === 0 || saysWhatToSubmit(summary) ? undefined : describeRetryFile(summary));
}
/** Whether the lead says what to resubmit, and how. */
function saysWhatToSubmit({ failure_codes: codes }) {
    return codes.includes('batch-canceled');
}
/** What to do about a group of unanswered requests. */
function adviceFor(group, { rerun_retries: rerunRetries, files }) {
    return (0,_results_remedy_js__WEBPACK_IMPORTED_MODULE_3__/* .adviceOf */ .wr)(group, { rerunRetries, hasRetryFile: files.includes('retry.jsonl') });
}
/** Incomplete answers by reason, with an example and an explanation as Markdown. */
function incompleteGroups({ incomplete, incomplete_examples: examples, cost, }) {
    return _results_whole_answer_js__WEBPACK_IMPORTED_MODULE_9__/* .INCOMPLETE */ .j5.flatMap((reason) => {
        const count = incomplete?.[reason] ?? 0;
        if (count === 0)
            return [];
        const words = _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .STOP_REASONS */ .Np[reason]({ count, unbilled: cost.unbilled_refusals });
        return [{ reason, count, example: examples[reason], ...words }];
    });
}
/** What `retry.jsonl` is for and where it is, as Markdown; undefined if this run wrote none, or if a re-run does it all. */
function describeRetryFile(summary) {
    const { files, content, uploads, failures } = summary;
    if (!files.includes('retry.jsonl') || failures.every((group) => adviceFor(group, summary).again === 'rerun'))
        return undefined;
    return _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .REPORT */ .ri['retry-file']({ keptBy: (0,_endings_conclude_js__WEBPACK_IMPORTED_MODULE_0__/* .keptOnRunnerBy */ .Li)({ content, uploads }) });
}
function cellsOfFailure(group, ways, page) {
    const { count, example_id: id } = group;
    // The requests of a batch given by its id are unknown.
    const example = id === '' ? _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .LABELS */ .kg.unknown : (0,_links_js__WEBPACK_IMPORTED_MODULE_7__/* .renderCase */ .Jm)(id, page);
    return [_headline_js__WEBPACK_IMPORTED_MODULE_6__/* .ICONS */ .Ze.bad, (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_4__/* .formatCount */ .B4)(count), whatHappened(group), example, (0,_messages_advice_js__WEBPACK_IMPORTED_MODULE_1__/* .printAdvice */ .k)(adviceFor(group, ways))];
}
function cellsOfIncomplete(group, page) {
    const { count, example, meaning, advice } = group;
    return [_headline_js__WEBPACK_IMPORTED_MODULE_6__/* .ICONS */ .Ze.doubtful, (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_4__/* .formatCount */ .B4)(count), meaning, example === undefined ? '' : (0,_links_js__WEBPACK_IMPORTED_MODULE_7__/* .renderCase */ .Jm)(example, page), advice];
}
/** The API's own words if they say more than the error's type, else ours, as Markdown. */
function whatHappened(group) {
    const { outcome, type, mixed } = group;
    const message = describeMessage(group);
    if (message === undefined || message === 'Overloaded')
        return _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .CAUSES */ .hE.get(outcome === 'errored' ? (type ?? '') : outcome) ?? (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .codeCell */ .MZ)(type ?? outcome);
    return mixed === undefined ? (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .codeCell */ .MZ)(message, { maxLength: 200 }) : (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .escapeMarkdown */ .FV)(message);
}
/** The API's message for a group, or how many causes it mixes, as plain untrusted text; undefined without a message. */
function describeMessage({ message, varies, mixed }) {
    if (mixed !== undefined)
        return _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .REPORT */ .ri['other-causes']({ kinds: mixed.kinds, isMore: mixed.is_more });
    if (message === null || message === '')
        return undefined;
    return varies === true ? _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .REPORT */ .ri['such-as']({ message }) : message;
}
/** Problems in the input of a rejected run, one row per cause; undefined if the lead says it all. */
function renderProblems({ problems }) {
    return problems.length < 2 ? undefined : renderList('problems', problems);
}
/** Warnings about the requests, folded; open after a dry run, which is made to show them. Undefined if there are none. */
function renderWarnings({ warnings, status }) {
    if (warnings.length === 0)
        return undefined;
    const count = warnings.reduce((sum, warning) => sum + warning.count, 0);
    return (0,_table_js__WEBPACK_IMPORTED_MODULE_8__/* .renderFold */ .I2)(_messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .REPORT */ .ri.warnings({ count }), renderList('warnings', warnings), status === 'dry-run');
}
function renderList(list, all) {
    const rows = all.slice(0, MAX_ROWS).map((problem) => {
        const [what, fix] = [problem.what, problem.fix].map((text) => (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .escapeMarkdown */ .FV)(text, { maxLength: 300 }));
        return [placeOf(problem), what ?? '', [fix, commandOf(problem)].join('')];
    });
    const rest = all.length - rows.length;
    const leftOut = rest > 0 ? _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .REPORT */ .ri[`more-${list}`]({ count: rest }) : undefined;
    const columns = [_messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .LABELS */ .kg.where, _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .LABELS */ .kg['what-is-wrong'], _messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .LABELS */ .kg['what-to-do']].map(_table_js__WEBPACK_IMPORTED_MODULE_8__/* .left */ .kb);
    return (0,_table_js__WEBPACK_IMPORTED_MODULE_8__/* .joinBlocks */ .x9)((0,_table_js__WEBPACK_IMPORTED_MODULE_8__/* .renderTable */ .bo)(columns, rows), leftOut);
}
/** The command that ends a fix, in code style and in full, to copy. */
function commandOf({ command }) {
    return command === undefined ? '' : `: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .codeCell */ .MZ)(command)}`;
}
function placeOf({ file, line, input, count }) {
    if (file === null)
        return input === null ? '' : (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .codeCell */ .MZ)(input);
    const place = (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .codeCell */ .MZ)(`${file}${line === null ? '' : `:${line}`}`, { maxLength: 200 });
    return count < 2 ? place : `${place} ${_messages_report_js__WEBPACK_IMPORTED_MODULE_2__/* .REPORT */ .ri['more-lines']({ count: count - 1 })}`;
}


/***/ }),

/***/ 76269:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K: () => (/* binding */ renderGradeDetails),
  g: () => (/* binding */ shortProbability)
});

// EXTERNAL MODULE: ./build/src/core/messages/grades.js
var grades = __webpack_require__(97360);
// EXTERNAL MODULE: ./build/src/core/messages/report.js
var report = __webpack_require__(53226);
// EXTERNAL MODULE: ./build/src/core/messages/verdicts.js
var verdicts = __webpack_require__(41666);
// EXTERNAL MODULE: ./build/src/core/statistics/fraction.js
var fraction = __webpack_require__(91111);
// EXTERNAL MODULE: ./build/src/core/text/decimals.js
var decimals = __webpack_require__(80853);
// EXTERNAL MODULE: ./build/src/core/text/money.js
var money = __webpack_require__(82169);
// EXTERNAL MODULE: ./build/src/core/text/numbers.js
var numbers = __webpack_require__(18599);
// EXTERNAL MODULE: ./build/src/core/markdown/batch-part.js + 1 modules
var batch_part = __webpack_require__(15970);
// EXTERNAL MODULE: ./build/src/core/markdown/escape.js
var markdown_escape = __webpack_require__(69660);
// EXTERNAL MODULE: ./build/src/core/markdown/failures.js
var failures = __webpack_require__(59340);
// EXTERNAL MODULE: ./build/src/core/markdown/grades-headline.js
var grades_headline = __webpack_require__(97004);
// EXTERNAL MODULE: ./build/src/core/markdown/table.js
var table = __webpack_require__(85199);
;// CONCATENATED MODULE: ./build/src/core/markdown/grades-scores.js






/** Most rows per table; a file may name as many metrics as it has lines. */
const MAX_ROWS = 20;
const MAX_NAME = 60;
/** Mean scores, with their change over the cases in both runs; undefined without metrics. */
function renderMetrics(metrics) {
    if (metrics.length === 0)
        return undefined;
    const hasChange = metrics.some(({ compared: change }) => change !== null);
    const columns = [
        (0,table/* left */.kb)(grades/* GRADE_LABELS */.gg.metric),
        ...[grades/* GRADE_LABELS */.gg.cases, grades/* GRADE_LABELS */.gg.mean].map(table/* right */.pG),
        ...(hasChange ? [(0,table/* right */.pG)(grades/* GRADE_LABELS */.gg.difference)] : []),
    ];
    const rows = metrics.slice(0, MAX_ROWS).map(({ metric, cases, mean, compared: change }) => {
        const cells = [(0,markdown_escape/* escapeMarkdown */.FV)(metric, { maxLength: MAX_NAME }), (0,numbers/* formatCount */.B4)(cases), mean.toFixed(3)];
        if (!hasChange)
            return cells;
        return [...cells, change === null ? '' : (0,verdicts/* signedRise */.oR)((change.before - change.now).toFixed(3))];
    });
    const rest = metrics.length - rows.length;
    return (0,table/* joinBlocks */.x9)((0,table/* renderTable */.bo)(columns, rows), rest > 0 ? grades/* GRADES */.F4['more-metrics']({ count: rest }) : undefined);
}
/** Pass rates by metadata value; undefined without any. */
function renderLabels(labels) {
    if (labels.length === 0)
        return undefined;
    const columns = [(0,table/* left */.kb)(grades/* GRADE_LABELS */.gg.value), (0,table/* right */.pG)(grades/* GRADE_LABELS */.gg.cases), (0,table/* right */.pG)(grades/* GRADE_LABELS */.gg['pass-rate'])];
    const rows = labels.slice(0, MAX_ROWS).map(({ key, value, cases, pass_rate: rate }) => {
        const name = (0,markdown_escape/* escapeMarkdown */.FV)(`${key}: ${value === null ? 'null' : String(value)}`, { maxLength: MAX_NAME });
        return [name, (0,numbers/* formatCount */.B4)(cases), rate === null ? '' : `${(0,decimals/* toOneDecimal */.p)(rate)} %`];
    });
    const rest = labels.length - rows.length;
    return (0,table/* joinBlocks */.x9)((0,table/* renderTable */.bo)(columns, rows), rest > 0 ? grades/* GRADES */.F4['more-values']({ count: rest }) : undefined);
}

// EXTERNAL MODULE: ./build/src/core/markdown/links.js
var links = __webpack_require__(31430);
;// CONCATENATED MODULE: ./build/src/core/markdown/grades-details.js














/** Most causes of missing judgements to show. */
const grades_details_MAX_ROWS = 20;
const MAX_REFUSED = 5;
const grades_details_MAX_NAME = 60;
/** The grades beyond the lead, folded: comparison figures, metrics, labels, the judge, rejected baselines; undefined if there are none. */
function renderGradeDetails(grading, { cost, run, requests }) {
    const title = [
        titleOf(grading),
        ...(grading.baseline === null || grading.comparison === null ? [] : [describeBaseline(grading.baseline)]),
    ];
    const sentences = [
        ...compared(grading),
        ...ofCases(grading, { cost, requests }),
        ...judged(grading),
        ...refused(grading, run),
    ];
    const content = (0,table/* joinBlocks */.x9)(sentences.map((sentence) => `- ${sentence}`).join('\n'), renderMetrics(grading.metrics), renderLabels(grading.labels), ...renderJudge(grading));
    return content === '' ? undefined : (0,table/* renderFold */.I2)(title.join(', '), content);
}
function titleOf({ pass_rate: rate, interval }) {
    if (rate === null)
        return grades/* GRADES */.F4['details-ungraded']();
    const title = grades/* GRADES */.F4['details-title']({ rate: (0,decimals/* toOneDecimal */.p)(rate) });
    return interval === null ? title : `${title} (${grades/* GRADES */.F4.interval(oneDecimalOf(interval))})`;
}
/** Markdown does not work in a title. */
function describeBaseline({ run_id: runId, ref, age_days: days, commit }) {
    if (runId === null)
        return (0,verdicts/* printComparison */.jt)({ code: 'baseline-given' });
    return (0,markdown_escape/* escapeInHtml */.G2)((0,verdicts/* printComparison */.jt)({ code: 'baseline-title', ref, days, sha: commit }), { maxLength: 200 });
}
function compared(grading) {
    const { comparison, baseline } = grading;
    if (comparison === null)
        return linkOf(baseline);
    const { pairs, same_answers: same, regraded, request_changed: changed } = comparison;
    const left_out = comparison.left_out;
    const leftOut = { ...left_out, assertsChanged: left_out.asserts_changed };
    const isWhole = Object.values(left_out).every((count) => count === 0);
    return [
        ...linkOf(baseline),
        ...((0,grades_headline/* isSameAnswers */.GL)(grading) ? [] : figuresOf(grading, comparison)),
        ...(same === 0 ? [] : [(0,verdicts/* printComparison */.jt)({ code: 'same-answers', count: same, pairs, regraded })]),
        ...(changed === 0 ? [] : [(0,verdicts/* printComparison */.jt)({ code: 'requests-changed', count: changed })]),
        ...(isWhole ? [] : [(0,verdicts/* printComparison */.jt)({ code: 'left-out', ...leftOut })]),
    ];
}
function linkOf(baseline) {
    if (baseline?.url == null || baseline.run_id === null)
        return [];
    const { ref, commit, age_days: days } = baseline;
    const link = (0,links/* renderLink */.BK)(grades/* GRADES */.F4['run-of']({ id: baseline.run_id }), baseline.url);
    const branch = (0,markdown_escape/* escapeMarkdown */.FV)((0,verdicts/* branchName */.at)(ref), { maxLength: grades_details_MAX_NAME });
    // GitHub turns the commit into a link.
    const sha = /^[0-9a-f]{7,64}$/i.test(commit) ? commit.slice(0, 7) : '';
    return [grades/* GRADES */.F4['baseline-run']({ link, branch, age: (0,verdicts/* ageOf */.hy)(days), sha })];
}
function figuresOf(grading, comparison) {
    const { figures, pairs, broken, fixed } = comparison;
    if (figures === null)
        return [];
    const { p, test, interval } = figures;
    return [
        grades/* GRADES */.F4.pairs({ pairs, broken, fixed, p: shortProbability(p), test }),
        ...(interval === null ? [] : [grades/* GRADES */.F4['drop-interval'](oneDecimalOf(interval))]),
        ...[(0,grades_headline/* findableOf */.Lu)(grading) ?? []].flat(),
    ];
}
/** Two significant digits, in plain notation. */
function shortProbability(p) {
    return p < 0.001 ? (0,fraction/* printProbability */.Xs)(Number(p.toPrecision(2))).replace(/0+$/, '') : String(Number(p.toPrecision(2)));
}
function ofCases(grading, { cost, requests }) {
    const { usd, lower_bound: isLowerBound } = cost;
    const { repeats, flaky, pass_power: powers, cases } = grading;
    // The cost of requests without asserts belongs to no case.
    const isAll = cases > 0 && requests.total === cases * repeats;
    const each = usd !== null && isAll ? perCase(usd, cases) : undefined;
    return [
        ...(repeats === 1 || flaky === 0 ? [] : [grades/* GRADES */.F4['flaky-cases']({ count: flaky, repeats })]),
        ...(powers.length === 0
            ? []
            : [
                grades/* GRADES */.F4['pass-power']({
                    powers: shortList(powers).map(({ k, percent }) => ({ k, percent: (0,decimals/* toOneDecimal */.p)(percent) })),
                }),
            ]),
        ...(each === undefined ? [] : [grades/* GRADES */.F4['cost-per-case']({ usd: each, isLowerBound })]),
    ];
}
/** The first ones and the last. */
function shortList(all) {
    return all.length < 5 ? all : [...all.slice(0, 3), ...all.slice(-1)];
}
function perCase(usd, cases) {
    return (0,money/* formatUsd */.UK)((BigInt(usd.replace('.', '')) * money/* FEMTO_PER_MICRO */.ds) / BigInt(cases));
}
function judged({ judge }) {
    if (judge === null)
        return [];
    const { judgements, failed, reused, usd, lower_bound: isLowerBound, prompt, contradictions } = judge;
    const model = (0,markdown_escape/* codeCell */.MZ)(judge.model, { maxLength: grades_details_MAX_NAME });
    return [
        grades/* GRADES */.F4.judged({ model, prompt, judgements, failed, reused, usd, isLowerBound }),
        ...(contradictions === 0 ? [] : [grades/* GRADES */.F4.contradictions({ count: contradictions })]),
    ];
}
function refused(grading, run) {
    const { no_baseline: none } = grading;
    const all = grading.refused.filter(
    // The lead names the first one, unless something is more urgent.
    ({ run_id: id, why }) => (0,grades_headline/* isOutageToRerun */.FR)(grading) || none?.why !== (0,verdicts/* printNotUsed */.Il)(id, why));
    const rest = all.length - MAX_REFUSED;
    const linkTo = (id) => (0,links/* renderLink */.BK)(grades/* GRADES */.F4['run-of']({ id }), (0,links/* runUrl */.Vp)(run, id));
    return [
        ...all
            .slice(0, MAX_REFUSED)
            .map(({ run_id: id, why }) => grades/* GRADES */.F4['not-baseline']({ link: linkTo(id), why: (0,markdown_escape/* escapeMarkdown */.FV)(why, { maxLength: 300 }) })),
        ...(rest > 0 ? [grades/* GRADES */.F4['more-refused']({ count: rest })] : []),
    ];
}
/** How judgements without a result ended, and the judge's batches. */
function renderJudge({ judge }) {
    if (judge === null)
        return [];
    const rows = judge.failures.slice(0, grades_details_MAX_ROWS).map((group) => {
        const said = (0,failures/* describeMessage */.Xc)(group) ?? group.type ?? group.outcome;
        return [(0,numbers/* formatCount */.B4)(group.count), (0,markdown_escape/* codeCell */.MZ)(said, { maxLength: 200 })];
    });
    const columns = [(0,table/* right */.pG)(grades/* GRADE_LABELS */.gg.judgements), (0,table/* left */.kb)(report/* LABELS */.kg['what-happened'])];
    return [rows.length === 0 ? undefined : (0,table/* renderTable */.bo)(columns, rows), (0,batch_part/* renderJudgeBatches */.ID)(judge.batches)];
}
function oneDecimalOf({ low, high }) {
    return { low: (0,decimals/* toOneDecimal */.p)(low), high: (0,decimals/* toOneDecimal */.p)(high) };
}


/***/ }),

/***/ 66247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   He: () => (/* binding */ listToSee),
/* harmony export */   LZ: () => (/* binding */ hasChangesInLead),
/* harmony export */   Xj: () => (/* binding */ renderGradeLinks),
/* harmony export */   Z0: () => (/* binding */ countsOfLists),
/* harmony export */   pI: () => (/* binding */ renderList)
/* harmony export */ });
/* harmony import */ var _messages_grades_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(97360);
/* harmony import */ var _messages_report_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(53226);
/* harmony import */ var _grades_headline_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(97004);
/* harmony import */ var _links_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(31430);




/** The number of cases in each of the page's lists. */
function countsOfLists({ comparison, failed, flaky, ungraded, }) {
    return { broken: comparison?.broken ?? 0, fixed: comparison?.fixed ?? 0, failing: failed, flaky, ungraded };
}
/** The list that decides the verdict; undefined if there is nothing to look at. */
function listToSee(grading) {
    const { because, verdict } = grading;
    const counts = countsOfLists(grading);
    const list = (() => {
        switch (because.code) {
            case 'required-failed':
                return 'failing';
            case 'below-min-pass-rate':
                return counts.broken > 0 && (0,_grades_headline_js__WEBPACK_IMPORTED_MODULE_2__/* .isRealDrop */ .gb)(grading) ? 'broken' : 'failing';
            case 'nothing-graded':
            case 'too-many-ungraded':
                return 'ungraded';
            default:
                return verdict === 'inconclusive' || (0,_grades_headline_js__WEBPACK_IMPORTED_MODULE_2__/* .isRealDrop */ .gb)(grading) ? 'broken' : undefined;
        }
    })();
    return list !== undefined && counts[list] > 0 ? list : undefined;
}
/** Whether the lead names, with links, how many cases broke and were fixed. */
function hasChangesInLead(grading) {
    const { comparison, because } = grading;
    const isElsewhere = ['fell', 'small-but-real', 'may-be-chance', 'nothing-graded'].includes(because.code);
    const hasAny = comparison !== null && comparison.broken + comparison.fixed > 0;
    return hasAny && (0,_grades_headline_js__WEBPACK_IMPORTED_MODULE_2__/* .figuresOf */ .h5)(grading) !== null && !isElsewhere && listToSee(grading) !== 'broken';
}
const SHOWN = ['broken', 'fixed', 'failing', 'flaky', 'ungraded'];
/** Where to read on: the deciding list, the other lists with cases, downloads, and the run. */
function renderGradeLinks(grading, { page, artifact }, run) {
    const counts = countsOfLists(grading);
    const first = listToSee(grading);
    const isSaid = (list) => hasChangesInLead(grading) && (list === 'broken' || list === 'fixed');
    const others = SHOWN.filter((list) => list !== first && counts[list] > 0 && !isSaid(list));
    const lists = page === undefined
        ? []
        : [
            first === undefined
                ? `**${(0,_links_js__WEBPACK_IMPORTED_MODULE_3__/* .renderLink */ .BK)(_messages_report_js__WEBPACK_IMPORTED_MODULE_1__/* .REPORT */ .ri['see-answers'](), page.url)}**`
                : `**${renderList(first, _messages_grades_js__WEBPACK_IMPORTED_MODULE_0__/* .GRADES */ .F4['see-list']({ list: first, count: counts[first] }), page)}**`,
            ...others.map((list) => renderList(list, _messages_grades_js__WEBPACK_IMPORTED_MODULE_0__/* .GRADES */ .F4.list({ list, count: counts[list] }), page)),
        ];
    return [
        ...lists,
        ...(artifact === undefined ? [] : [(0,_links_js__WEBPACK_IMPORTED_MODULE_3__/* .renderLink */ .BK)(_messages_report_js__WEBPACK_IMPORTED_MODULE_1__/* .REPORT */ .ri.download(), artifact.url)]),
        (0,_links_js__WEBPACK_IMPORTED_MODULE_3__/* .renderLink */ .BK)(_messages_report_js__WEBPACK_IMPORTED_MODULE_1__/* .REPORT */ .ri['run-link'](), run.url),
    ].join(' \u00b7 ');
}
/** A link to a list of cases; without a page, only the words. */
function renderList(list, words, page) {
    return page === undefined ? words : (0,_links_js__WEBPACK_IMPORTED_MODULE_3__/* .renderLink */ .BK)(words, `${page.url}#outcome=${list}`);
}


/***/ }),

/***/ 74125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ titleOf),
/* harmony export */   X: () => (/* binding */ renderHeading)
/* harmony export */ });
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(69660);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6019);


const MAX_LENGTH = 100;
/** A third-level heading, which suits a comment among others. */
function renderHeading({ severity, title, words }) {
    return `### ${_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .ICONS */ .Ze[severity]} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeMarkdown */ .FV)(title, { maxLength: MAX_LENGTH })}: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeMarkdown */ .FV)(words)}`;
}
/** What people call a workflow. Without a name, the path of its file. */
function titleOf(workflow) {
    return workflow.replace(/^\.github\/workflows\//, '') || 'claude-batch-action';
}


/***/ }),

/***/ 27975:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  kU: () => (/* binding */ aboutToCost),
  _2: () => (/* binding */ batchesIn),
  D3: () => (/* binding */ commitOf),
  _3: () => (/* binding */ hasFacts),
  gN: () => (/* binding */ joinFacts),
  M: () => (/* binding */ leadOf),
  q: () => (/* binding */ requestsIn),
  Qp: () => (/* binding */ sampledOf)
});

// EXTERNAL MODULE: ./build/src/core/messages/headlines.js
var headlines = __webpack_require__(8459);
// EXTERNAL MODULE: ./build/src/core/messages/report.js
var report = __webpack_require__(53226);
// EXTERNAL MODULE: ./build/src/core/polling/size.js
var size = __webpack_require__(28624);
// EXTERNAL MODULE: ./build/src/core/summary/waiting-summary.js + 1 modules
var waiting_summary = __webpack_require__(49155);
// EXTERNAL MODULE: ./build/src/core/text/capitalize.js
var capitalize = __webpack_require__(5215);
// EXTERNAL MODULE: ./build/src/core/text/model-name.js
var model_name = __webpack_require__(64770);
// EXTERNAL MODULE: ./build/src/core/text/numbers.js
var numbers = __webpack_require__(18599);
// EXTERNAL MODULE: ./build/src/core/markdown/escape.js
var markdown_escape = __webpack_require__(69660);
// EXTERNAL MODULE: ./build/src/core/markdown/grades-headline.js
var grades_headline = __webpack_require__(97004);
// EXTERNAL MODULE: ./build/src/core/comparison/compare.js + 5 modules
var compare = __webpack_require__(2141);
// EXTERNAL MODULE: ./build/src/core/messages/grades.js
var grades = __webpack_require__(97360);
// EXTERNAL MODULE: ./build/src/core/messages/verdicts.js
var verdicts = __webpack_require__(41666);
// EXTERNAL MODULE: ./build/src/core/results/kind.js
var kind = __webpack_require__(2756);
// EXTERNAL MODULE: ./build/src/core/text/decimals.js
var decimals = __webpack_require__(80853);
// EXTERNAL MODULE: ./build/src/core/markdown/grades-links.js
var grades_links = __webpack_require__(66247);
// EXTERNAL MODULE: ./build/src/core/markdown/links.js
var links = __webpack_require__(31430);
;// CONCATENATED MODULE: ./build/src/core/markdown/grades-lead.js










/** Most required cases to name. */
const MAX_REQUIRED = 5;
/** What the grades say, in figures that people understand. */
function leadOfGrades(grading, run, page) {
    const ofVerdict = leadOfVerdict(grading, run, page);
    const few = (0,grades_headline/* fewPairsOf */.T6)(grading);
    const lead = few === undefined
        ? ofVerdict
        : { ...ofVerdict, sentences: [(0,verdicts/* printComparison */.jt)({ code: 'few-pairs', ...few }), ...ofVerdict.sentences] };
    const { required_ungraded: all } = grading;
    if (all.length === 0 || grading.because.code === 'nothing-graded')
        return lead;
    const ids = all.slice(0, MAX_REQUIRED).map((id) => (0,links/* renderCase */.Jm)(id, page));
    return { ...lead, sentences: [...lead.sentences, grades/* GRADES */.F4['required-ungraded']({ ids, count: all.length })] };
}
function leadOfVerdict(grading, run, page) {
    const { because, comparison, judge } = grading;
    const figures = (0,grades_headline/* figuresOf */.h5)(grading);
    if (judge !== null && (0,grades_headline/* isOutageToRerun */.FR)(grading)) {
        const kinds = (0,kind/* countKinds */.x)(judge.failures).map(({ kind }) => `\`${kind}\``);
        const link = (0,links/* renderLink */.BK)(report/* REPORT */.ri['rerun-this-job'](), run.url);
        const { failed, judgements } = judge;
        return {
            reason: [],
            sentences: [
                grades/* GRADES */.F4['judge-failed']({ failed, judgements, kind: kinds.length === 1 ? (kinds[0] ?? '') : '', link }),
            ],
            facts: [],
        };
    }
    if (because.code === 'may-be-chance' && figures !== null)
        return { reason: [], sentences: [doubtOf(grading, figures)], facts: [] };
    const reason = SAID.has(because.code) ? [] : [(0,markdown_escape/* escapeMarkdown */.FV)(grading.reason)];
    if (figures === null || comparison === null)
        return { reason, sentences: aloneOf(grading), facts: [] };
    const { same_answers: count, regraded } = comparison;
    const again = regraded === 0 ? [] : [(0,verdicts/* printComparison */.jt)({ code: 'same-answers', count, pairs: comparison.pairs, regraded })];
    if ((0,grades_headline/* isSameAnswers */.GL)(grading)) {
        const sentences = because.code === 'same-answers' ? [] : again;
        return { reason, sentences, facts: [countsOf(grading)] };
    }
    const against = (0,verdicts/* printComparison */.jt)({
        code: 'against',
        drop: (0,grades_headline/* shownDrop */.lb)(grading) ?? '',
        baseline: (0,markdown_escape/* escapeMarkdown */.FV)((0,grades_headline/* baselineName */.Ri)(grading.baseline)),
    });
    const pairs = (0,verdicts/* printComparison */.jt)({ code: 'over-pairs', pairs: comparison.pairs, same: comparison.same_answers });
    const changes = changesOf(grading, figures, page);
    return {
        reason,
        sentences: again,
        facts: [`**${against}** ${pairs}${changes === '' ? '' : ` (${changes})`}`, countsOf(grading)],
    };
}
/** Codes whose sentence would repeat the heading, the table or the facts. */
const SAID = new Set([
    'required-failed',
    'below-min-pass-rate',
    'no-limit',
    'no-baseline',
    'fell',
    'may-be-chance',
    'small-but-real',
    'within-limit',
    'not-worse',
]);
/** The facts of a run without a comparison. */
function aloneOf(grading) {
    const { interval } = grading;
    const why = (0,markdown_escape/* escapeMarkdown */.FV)(whyAlone(grading));
    const range = interval && { low: (0,decimals/* toOneDecimal */.p)(interval.low), high: (0,decimals/* toOneDecimal */.p)(interval.high) };
    const counts = grading.pass_rate === null ? '' : countsOf(grading);
    const words = [counts, range === null ? '' : grades/* GRADES */.F4['with-interval'](range)].filter((text) => text !== '').join(' ');
    const sentence = [words === '' ? '' : `${words}.`, why].filter((text) => text !== '').join(' ');
    return sentence === '' ? [] : [sentence];
}
/** Why nothing is compared, unless something else says it. */
function whyAlone({ because, no_baseline: none, not_compared: not, verdict }) {
    if (none === null)
        return not === null || not.code === because.code ? '' : not.why;
    return none.code === 'turned-off' && verdict !== 'not-comparable' ? '' : none.why;
}
/** Explains a drop that may be chance: what is allowed, how likely it is, and how many more cases would settle it. */
function doubtOf(grading, figures) {
    const [now, before] = [(0,decimals/* toOneDecimal */.p)(figures.now), (0,decimals/* toOneDecimal */.p)(figures.before)];
    const baseline = (0,markdown_escape/* escapeMarkdown */.FV)((0,grades_headline/* baselineName */.Ri)(grading.baseline));
    const { more_cases: more } = figures;
    const { comparison, passed, failed } = grading;
    const pairs = comparison?.pairs ?? 0;
    const rates = { now, before, baseline, pairs, isOfAnswers: (0,grades_headline/* isOfAnswers */.bK)(grading) };
    // With all cases compared and one answer each, the rate follows from the counts.
    const isOfCounts = !rates.isOfAnswers && pairs === passed + failed;
    return [
        isOfCounts
            ? `**${countsOf(grading)}** ${grades/* GRADES */.F4['rates-beside'](rates)}.`
            : `**${countsOf(grading)}**. ${grades/* GRADES */.F4['rates-over-pairs'](rates)}.`,
        `${grades/* GRADES */.F4['are-allowed']({ maxDrop: grading.gates.max_drop ?? 0 })}; ${(0,verdicts/* printComparison */.jt)({ code: 'chance', p: figures.p })}.`,
        more === null ? '' : (0,verdicts/* printComparison */.jt)({ code: 'more-cases', count: more, isCapped: more >= compare/* MAX_MORE_CASES */.B }),
    ]
        .filter((sentence) => sentence !== '')
        .join(' ');
}
/** Sizes up a change: what is allowed and how likely chance is, or what broke and what was fixed. */
function changesOf(grading, figures, page) {
    const { because, gates } = grading;
    const chance = (0,verdicts/* printComparison */.jt)({ code: 'chance', p: figures.p });
    if (because.code === 'fell' || because.code === 'small-but-real') {
        const allowed = grades/* GRADES */.F4.allowed({ maxDrop: gates.max_drop ?? 0 });
        return because.code === 'fell' ? `${allowed}; ${chance}` : `${grades/* GRADES */.F4['small-but-real']()}: ${chance}; ${allowed}`;
    }
    if (!(0,grades_links/* hasChangesInLead */.LZ)(grading))
        return (0,grades_headline/* isRealDrop */.gb)(grading) ? chance : '';
    const counts = (0,grades_links/* countsOfLists */.Z0)(grading);
    const lists = ['fixed', 'broken']
        .filter((list) => counts[list] > 0)
        .map((list) => (0,grades_links/* renderList */.pI)(list, grades/* GRADES */.F4.list({ list, count: counts[list] }), page));
    // To whoever requires a case, its failure is never a matter of chance.
    const isRequired = because.code === 'required-failed';
    const mayBeChance = !isRequired && figures.p > gates.significance && figures.p < 1 - gates.significance;
    if ((0,grades_headline/* isRealDrop */.gb)(grading))
        return `${lists.join(', ')}; ${chance}`;
    return [...lists, ...(mayBeChance ? [grades/* GRADES */.F4['as-chance-does']()] : [])].join(', ');
}
/** How many cases pass, are neither passed nor failed, or are left out of the comparison. */
function countsOf(grading) {
    const { ungraded, flaky, comparison } = grading;
    const leftOut = Object.values(comparison?.left_out ?? {}).reduce((sum, count) => sum + count, 0);
    return [
        grades/* GRADES */.F4['cases-pass']({ ...grading, rate: grading.pass_rate === null ? null : (0,decimals/* toOneDecimal */.p)(grading.pass_rate) }),
        ...(ungraded === 0 ? [] : [grades/* GRADES */.F4.ungraded({ count: ungraded })]),
        ...(flaky === 0 ? [] : [grades/* GRADES */.F4.flaky({ count: flaky })]),
        ...(leftOut === 0 ? [] : [grades/* GRADES */.F4['left-out']({ count: leftOut })]),
    ].join(', ');
}

// EXTERNAL MODULE: ./build/src/core/markdown/headline.js
var headline = __webpack_require__(6019);
// EXTERNAL MODULE: ./build/src/core/markdown/reuse-part.js
var reuse_part = __webpack_require__(26145);
;// CONCATENATED MODULE: ./build/src/core/markdown/lead.js












/** The text right below the heading: why the step fails, and the run in figures. Paragraphs of Markdown. */
function leadOf(summary, page) {
    switch (summary.status) {
        case 'completed':
        case 'canceled':
            return leadOfResults(summary, page);
        case 'dry-run':
            return [...whyOf(summary), joinFacts(...costToExpect(summary), sampledOf(summary), commitOf(summary))];
        case 'pending':
            return [
                ...whyOf(summary),
                joinFacts(inBatches(summary), sampledOf(summary), aboutToCost(summary.estimate), waitedOf(summary), commitOf(summary)),
            ];
        case 'empty': {
            const patterns = summary.patterns.map((one) => (0,markdown_escape/* codeCell */.MZ)(one));
            return [report/* REPORT */.ri['none-found']({ patterns })];
        }
        case 'skipped': {
            const why = summary.skipped_because === 'dependabot' ? 'skipped-dependabot' : 'skipped-fork';
            return [report/* REPORT */.ri[why]()];
        }
        case 'rejected':
            // Several problems have a table of their own.
            return summary.problems.length > 1 ? [] : whyOf(summary);
        default:
            return whyOf(summary);
    }
}
/** Whether the lead has a line of facts, which ends with the commit. */
function hasFacts({ status }) {
    return status === 'completed' || status === 'canceled' || status === 'dry-run' || status === 'pending';
}
function leadOfResults(summary, page) {
    const { timings, error_rate_percent: percent, max_error_rate_percent: maxPercent, failures } = summary;
    const codes = summary.failure_codes.filter((code) => !(0,headline/* isVerdict */._f)(code));
    const isTold = summary.grading !== null && (0,grades_headline/* isOutageToRerun */.FR)(summary.grading);
    const isRateAlone = codes.every((code) => code === 'error-rate-exceeded' || (isTold && code === 'judgements-missing'));
    const rate = percent !== null && failures.length > 0 && isRateAlone ? headlines/* LEADS */.oT['error-rate']({ percent, maxPercent }) : '';
    const spent = [rate, spentOf(summary, rate)].filter((text) => text !== '').join(' ');
    const took = timings.took_ms === null ? undefined : (0,numbers/* formatDuration */.a3)(timings.took_ms);
    const grades = summary.grading && leadOfGrades(summary.grading, summary.run, page);
    return [
        ...(isRateAlone ? (grades?.reason ?? []) : whyOf(summary)),
        ...(grades?.sentences ?? []),
        joinFacts(...(grades?.facts ?? []), sampledOf(summary), spent, took, modelsOf(summary), commitOf(summary)),
    ];
}
/** `before`: the preceding sentence, if any. */
function spentOf(summary, before) {
    const reuse = (0,reuse_part/* spentWithReuse */.dU)(summary);
    if (reuse === undefined)
        return headlines/* LEADS */.oT.spent({ ...summary.cost, waiting: (0,waiting_summary/* billedWait */.i)(summary) });
    return before === '' ? reuse : (0,capitalize/* capitalize */.Z)(reuse);
}
/** Why the step fails and what to do; empty if it is green. */
function whyOf({ failure, next_step, status, problems }) {
    if (failure === null)
        return [];
    // The sentence on a single problem ends with its command.
    const command = problems.length === 1 ? problems[0]?.command : undefined;
    if (command !== undefined && failure.endsWith(command))
        return [`${(0,markdown_escape/* escapeMarkdown */.FV)(failure.slice(0, -command.length))} ${(0,markdown_escape/* codeCell */.MZ)(command)}`];
    // A pending run gives the next step below, with links.
    const next = status === 'pending' || next_step === null ? '' : ` ${next_step}`;
    return [(0,markdown_escape/* escapeMarkdown */.FV)(`${failure}${next}`)];
}
function inBatches(summary) {
    return summary.batches.length === 0 ? '' : headlines/* LEADS */.oT['in-batches'](batchesIn(summary));
}
/** The batches that a run waits for, and how many requests they hold; that number is omitted if only judgements are pending. */
function batchesIn({ batches, judge_batches, requests: { total } }) {
    if (batches.length === 0)
        return { batches: judge_batches.length, requests: null };
    const sizes = batches.map(({ counts }) => (counts === null ? (total ?? 0) : (0,size/* sizeOf */.$)({ counts })));
    return { batches: batches.length, requests: requestsIn(sizes, total) };
}
/** How many requests batches of these sizes hold: fewer than all if some requests take earlier answers. */
function requestsIn(sizes, total) {
    const sum = sizes.reduce((all, size) => all + size, 0);
    return total == null || sum === 0 ? total : Math.min(sum, total);
}
/** The likely cost of what is in progress; undefined if unknown. */
function aboutToCost(estimate) {
    if (estimate?.batch == null)
        return undefined;
    return headlines/* LEADS */.oT['about-to-cost']({ batch: estimate.batch, isLowerBound: estimate.unpriced > 0 });
}
/** What the wait has cost so far; undefined if it is too little to mention. */
function waitedOf(summary) {
    const waiting = (0,waiting_summary/* billedWait */.i)(summary);
    return waiting && headlines/* LEADS */.oT['waited-so-far'](waiting);
}
function costToExpect({ estimate }) {
    const { batch = null, standard = null, unpriced = 0, reuse = null } = estimate ?? {};
    return [
        ...(batch === null ? [] : [headlines/* LEADS */.oT['in-a-batch']({ batch, unpriced })]),
        ...(standard === null ? [] : [headlines/* LEADS */.oT['without-a-batch'](standard)]),
        ...(reuse === null ? [] : [headlines/* LEADS */.oT['saved-by-reuse'](reuse)]),
        headlines/* LEADS */.oT['nothing-submitted'](),
    ];
}
/** Says that the figures cover a sample of the requests; undefined if they cover all. */
function sampledOf({ sample = null }) {
    return sample === null || sample.requests === sample.of ? undefined : headlines/* LEADS */.oT.sampled(sample);
}
/** Most models to name; more are only counted. */
const MAX_MODELS = 2;
/** An alias and its dated name are one model. */
function modelsOf({ models }) {
    const names = [...new Set(models.map(({ model }) => (0,model_name/* undatedModel */.f)(model)))];
    if (names.length === 0)
        return undefined;
    if (names.length > MAX_MODELS)
        return headlines/* LEADS */.oT.models({ count: names.length });
    return names.map((name) => (0,markdown_escape/* codeCell */.MZ)(name, { maxLength: MAX_LENGTH })).join(', ');
}
const MAX_LENGTH = 100;
/** GitHub turns it into a link. */
function commitOf({ run: { sha } }) {
    return /^[0-9a-f]{7,64}$/i.test(sha) ? headlines/* LEADS */.oT.commit({ sha: sha.slice(0, 7) }) : '';
}
/** Joins facts into one line with a capital first letter, skipping undefined and empty ones. */
function joinFacts(...facts) {
    return (0,capitalize/* capitalize */.Z)(facts.filter((fact) => fact !== undefined && fact !== '').join(' \u00b7 '));
}


/***/ }),

/***/ 63342:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $v: () => (/* binding */ ledgerRows),
/* harmony export */   Ds: () => (/* binding */ renderModels),
/* harmony export */   uk: () => (/* binding */ renderRounds),
/* harmony export */   wP: () => (/* binding */ renderLedger),
/* harmony export */   z$: () => (/* binding */ modelColumns)
/* harmony export */ });
/* harmony import */ var _messages_report_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53226);
/* harmony import */ var _polling_size_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(28624);
/* harmony import */ var _summary_waiting_summary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49155);
/* harmony import */ var _text_numbers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18599);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(69660);
/* harmony import */ var _lead_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(27975);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(85199);







/** Undefined before results are in. */
function ledgerRows(summary) {
    const { requests, tokens, cost, estimate, reuse } = summary;
    const { error_rate_percent: percent, max_error_rate_percent: maxPercent } = summary;
    if (tokens === null)
        return undefined;
    const usd = (amount) => (0,_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .printUsd */ .E$)(amount, cost.lower_bound);
    const { likely = null, upper = null } = estimate?.batch ?? {};
    return {
        requests: [
            [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.sent, (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(sentOf(summary))],
            ...some(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.reused, reuse?.reused ?? null),
            [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.answered, (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(requests.succeeded ?? 0)],
            ...some(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.errored, requests.errored),
            ...some(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.canceled, requests.canceled),
            ...some(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.expired, requests.expired),
            ...some(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.missing, requests.missing),
            ...(percent === null || percent === 0
                ? []
                : [[_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['no-answer'], _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['error-rate']({ percent, maxPercent })]]),
        ],
        tokens: [
            [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.input, (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(tokens.input)],
            [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.output, (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(tokens.output)],
            ...some(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['cache-read'], tokens.cache_read),
            ...some(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['cache-write'], tokens.cache_write),
            ...some(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['web-searches'], summary.web_searches),
        ],
        cost: [
            [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg[costLabelOf(summary)], usd(cost.usd)],
            ...(cost.new_usd === cost.usd ? [] : known(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['new-cost'], cost.new_usd, cost.lower_bound)),
            ...((reuse?.reused ?? 0) > 0 ? known(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['saved-by-reuse'], reuse?.saved_usd ?? null, false) : []),
            [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['standard-cost'], usd(cost.standard_usd)],
            [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['saved-by-batch'], usd(cost.saved_usd)],
            ...known(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['saved-by-caching'], cost.cache_saved_usd, cost.lower_bound),
            ...waitingRow(summary),
            ...known(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['estimated-before'], likely, (estimate?.unpriced ?? 0) > 0),
            ...known(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['highest-estimate'], upper, false),
        ],
    };
}
/** Batches given by ID may hold fewer requests than the files. */
function sentOf({ requests, reuse, batches, batch_source: source }) {
    const sent = reuse?.sent ?? requests.total ?? 0;
    const sizes = batches.map(({ counts }) => (counts === null ? sent : (0,_polling_size_js__WEBPACK_IMPORTED_MODULE_6__/* .sizeOf */ .$)({ counts })));
    return source === 'given' ? (0,_lead_js__WEBPACK_IMPORTED_MODULE_4__/* .requestsIn */ .q)(sizes, sent) : sent;
}
function waitingRow(summary) {
    const waiting = (0,_summary_waiting_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .billedWait */ .i)(summary);
    return waiting === undefined ? [] : [[_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.waiting, _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['runner-time'](waiting)]];
}
/** Says what the sum covers. */
function costLabelOf({ grading, reuse }) {
    if (grading?.judge != null)
        return 'judged-cost';
    return (reuse?.reused ?? 0) > 0 ? 'all-cost' : 'batch-cost';
}
function some(name, count) {
    return count === null || count === 0 ? [] : [[name, (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(count)]];
}
function known(name, amount, isLowerBound) {
    return amount === null ? [] : [[name, (0,_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .printUsd */ .E$)(amount, isLowerBound)]];
}
/** Requests by outcome, tokens by kind and cost, side by side; undefined before results are in. */
function renderLedger(summary) {
    const groups = ledgerRows(summary);
    if (groups === undefined)
        return undefined;
    const { requests, tokens, cost } = groups;
    const columns = [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.requests, _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.tokens, _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.cost].flatMap((title) => [(0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .left */ .kb)(title), (0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .right */ .pG)('')]);
    const rows = Array.from({ length: Math.max(requests.length, tokens.length, cost.length) }, (_, row) => [requests, tokens, cost].flatMap((group) => cellsOf(group[row], row === 0)));
    return (0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .renderTable */ .bo)(columns, rows);
}
/** The first number of each group is the main one. */
function cellsOf(figure, isFirst) {
    if (figure === undefined)
        return ['', ''];
    const [name, value] = figure;
    return isFirst ? [`**${name}**`, `**${value}**`] : [name, value];
}
/** Outcome of each sending round; undefined if there was one. */
function renderRounds({ rounds }) {
    if (rounds.length === 0)
        return undefined;
    const rows = rounds.map(({ round, requests, succeeded, usd, lower_bound }) => [
        _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri.round({ round }),
        (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(requests),
        (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(succeeded),
        (0,_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .printUsd */ .E$)(usd, lower_bound),
    ]);
    const columns = [(0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .left */ .kb)(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.round), (0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .right */ .pG)(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.sent), (0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .right */ .pG)(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.answered), (0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .right */ .pG)(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.cost)];
    return (0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .renderTable */ .bo)(columns, rows);
}
/** Most rows of the table; a file may name as many models as it has lines. */
const MAX_MODELS = 50;
/** Usage and cost of each model, most expensive first; undefined for a single one, whose numbers are the totals. */
function renderModels({ models }) {
    if (models.length < 2)
        return undefined;
    const columns = modelColumns(models);
    const rows = models
        .slice(0, MAX_MODELS)
        .map((model) => [(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .codeCell */ .MZ)(model.model, { maxLength: 100 }), ...columns.map(([, show]) => show(model))]);
    const table = (0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .renderTable */ .bo)([(0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .left */ .kb)(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.model), ...columns.map(([title]) => (0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .right */ .pG)(title))], rows);
    const rest = models.length - rows.length;
    const leftOut = rest > 0 ? _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['more-models']({ count: rest }) : undefined;
    return (0,_table_js__WEBPACK_IMPORTED_MODULE_5__/* .joinBlocks */ .x9)(table, leftOut);
}
/** The columns of the table of models. Includes cache columns if any model used the cache. */
function modelColumns(models) {
    const hasCache = models.some(({ tokens }) => tokens.cache_read + tokens.cache_write > 0);
    const cache = [
        [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['cache-read'], ({ tokens }) => (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(tokens.cache_read)],
        [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['cache-write'], ({ tokens }) => (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(tokens.cache_write)],
    ];
    return [
        [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.answered, ({ succeeded }) => (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(succeeded)],
        [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.input, ({ tokens }) => (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(tokens.input)],
        [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.output, ({ tokens }) => (0,_text_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(tokens.output)],
        ...(hasCache ? cache : []),
        [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg.cost, ({ usd, lower_bound }) => (0,_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .printUsd */ .E$)(usd, lower_bound)],
        [_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['standard-cost'], ({ standard_usd, lower_bound }) => (0,_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .printUsd */ .E$)(standard_usd, lower_bound)],
    ];
}


/***/ }),

/***/ 31430:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BK: () => (/* binding */ renderLink),
/* harmony export */   EB: () => (/* binding */ NO_LINKS),
/* harmony export */   Jm: () => (/* binding */ renderCase),
/* harmony export */   UE: () => (/* binding */ renderLinks),
/* harmony export */   Vp: () => (/* binding */ runUrl),
/* harmony export */   uP: () => (/* binding */ fullReport)
/* harmony export */ });
/* harmony import */ var _messages_report_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53226);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69660);


/** A Markdown link. The label is Markdown; characters that could end the address early are percent-encoded. */
function renderLink(label, url) {
    const address = url.replace(/[()<>|\\\s"`]/g, (mark) => {
        return `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
    });
    return `[${label}](${address})`;
}
/** Address of another run of the repository. */
function runUrl({ url }, runId) {
    return `${url.replace(/\/runs\/.*$/, '/runs/')}${runId}`;
}
/** No page and no artifact. */
const NO_LINKS = { page: undefined, artifact: undefined };
/** Links for reading on. `failing`: how many cases need a look; they come first on the page. */
function renderLinks(run, { page, artifact }, failing) {
    const answers = page && renderLink(failing > 0 ? _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['all-answers']() : _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['see-answers'](), page.url);
    const cases = page && renderLink(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['see-cases']({ count: failing }), `${page.url}#outcome=failing`);
    return [
        ...(cases !== undefined && failing > 0 ? [`**${cases}**`] : []),
        ...(answers === undefined ? [] : [failing > 0 ? answers : `**${answers}**`]),
        ...(artifact === undefined ? [] : [renderLink(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri.download(), artifact.url)]),
        renderLink(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['run-link'](), run.url),
    ].join(' \u00b7 ');
}
/** A custom ID, linked to its case if there is a page. An ID with half a surrogate pair, which no URL can hold, finds no case. */
function renderCase(id, page) {
    const label = (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .codeCell */ .MZ)(id, { maxLength: 64 });
    return page === undefined ? label : renderLink(label, `${page.url}#case=${encodeURIComponent(id.toWellFormed())}`);
}
/**
 * Replaces what did not fit into a comment by where the whole report is: in the job summary, on the run's page, or as `report.md` in the
 * artifact. Without places, as in a comment before the end, it refers to the log.
 */
function fullReport({ runUrl }, places) {
    const run = { link: renderLink(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['the-run'], runUrl) };
    if (places === undefined)
        return _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['rest-in-log'](run);
    const { summary, artifact } = places;
    if (summary)
        return _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['rest-in-summary']({ link: renderLink(_messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .LABELS */ .kg['the-summary'], runUrl) });
    return artifact === undefined ? _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['rest-nowhere'](run) : _messages_report_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri['rest-in-artifact']({ link: linkTo(artifact) });
}
function linkTo({ name, url }) {
    return renderLink((0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .codeCell */ .MZ)(name), url);
}


/***/ }),

/***/ 12015:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OG: () => (/* binding */ logLines),
/* harmony export */   V7: () => (/* binding */ whatThereIs),
/* harmony export */   ud: () => (/* binding */ logLinks)
/* harmony export */ });
/* harmony import */ var _messages_message_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(22481);
/* harmony import */ var _results_kind_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2756);
/* harmony import */ var _statistics_fraction_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(91111);
/* harmony import */ var _summary_waiting_summary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49155);
/* harmony import */ var _text_decimals_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(80853);
/* harmony import */ var _grades_headline_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(97004);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6019);
/* harmony import */ var _lead_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(27975);
/* harmony import */ var _notes_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(32594);









/** The last lines of the log: outcome in counts, kinds and money. Contains no text of a request, a result or the API. */
function logLines(summary) {
    const { tokens, notices, timings } = summary;
    const headline = resultOf(summary, timings.took_ms);
    return [
        ...(headline === undefined ? [] : [headline]),
        ...(summary.reuse === null || summary.reuse.reused === 0
            ? []
            : [{ ...summary.reuse, judge: summary.grading?.judge ?? null, code: 'answers-reused' }]),
        ...breakdownOf(summary),
        ...runnerTimeOf(summary),
        ...(summary.grading === null ? [] : gradeLines(summary.grading)),
        ...(0,_notes_js__WEBPACK_IMPORTED_MODULE_5__/* .notesOf */ .h)(summary),
        // Batch events before the results were logged as they happened.
        ...(tokens === null ? [] : notices).map((notice) => ({ code: 'batch-notice', notice })),
    ];
}
/** The cost of waiting, if worth mentioning. */
function runnerTimeOf(summary) {
    const waiting = (0,_summary_waiting_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .billedWait */ .i)(summary);
    return waiting === undefined ? [] : [{ ...waiting, code: 'runner-time' }];
}
/** Links for reading on, at the end of the log. */
function logLinks({ page, artifact }, comment) {
    const links = [
        ['link-page', page],
        ['link-artifact', artifact],
        ['link-comment', comment],
    ];
    return links.flatMap(([code, target]) => (target === undefined ? [] : [{ code, url: target.url }]));
}
/** Cases, judge, comparison and verdict in numbers. */
function gradeLines(grading) {
    const { passed, cases, ungraded, flaky, repeats, pass_rate: rate, judge, comparison, baseline, verdict } = grading;
    const figures = (0,_grades_headline_js__WEBPACK_IMPORTED_MODULE_2__/* .figuresOf */ .h5)(grading);
    const drop = (0,_grades_headline_js__WEBPACK_IMPORTED_MODULE_2__/* .shownDrop */ .lb)(grading);
    return [
        { code: 'cases-graded', passed, cases, ungraded, flaky, repeats, rate: rate === null ? null : (0,_text_decimals_js__WEBPACK_IMPORTED_MODULE_6__/* .toOneDecimal */ .p)(rate) },
        ...(judge === null ? [] : [{ ...judge, code: 'answers-judged' }]),
        ...(comparison === null || figures === null || drop === undefined
            ? []
            : [
                {
                    code: 'cases-compared',
                    ...comparison,
                    drop,
                    p: (0,_statistics_fraction_js__WEBPACK_IMPORTED_MODULE_7__/* .printProbability */ .Xs)(figures.p),
                    runId: baseline?.run_id ?? null,
                },
            ]),
        { code: 'verdict-reached', verdict },
    ];
}
/** Counts by kind of failure, stop reason, model and round; empty before results are in. */
function breakdownOf({ failures, incomplete, models, rounds }) {
    const kinds = [...(0,_results_kind_js__WEBPACK_IMPORTED_MODULE_8__/* .countKinds */ .x)(failures)].sort((a, b) => b.count - a.count);
    const cutShort = Object.entries(incomplete ?? {}).filter(([, count]) => count > 0);
    return [
        ...kinds.map(({ kind, count }) => ({ code: 'requests-failed', count, kind })),
        ...cutShort.map(([reason, count]) => ({ code: 'answers-incomplete', count, reason })),
        ...(models.length < 2 ? [] : models).map(({ model, succeeded: answers, usd, saved_usd, lower_bound }) => {
            return { code: 'model-answered', model: (0,_results_kind_js__WEBPACK_IMPORTED_MODULE_8__/* .modelNameOf */ .c)(model), answers, usd, saved_usd, lower_bound };
        }),
        ...rounds.map(({ round, requests, succeeded: answered, usd, lower_bound }) => {
            return { code: 'round-answered', round, answered, requests, usd, lower_bound };
        }),
    ];
}
/** Figures of the results, the waiting or the estimate; undefined without any. */
function resultOf(summary, tookMs = null) {
    const { status, requests, timings, cost, estimate } = summary;
    switch (status) {
        case 'completed':
        case 'canceled': {
            const { usd, saved_usd, lower_bound } = cost;
            const [answered, total] = [requests.succeeded ?? 0, requests.total ?? 0];
            return { code: 'requests-answered', answered, total, usd, saved_usd, lower_bound, tookMs };
        }
        case 'pending':
            if ((0,_headline_js__WEBPACK_IMPORTED_MODULE_3__/* .isHandedOver */ .nc)(summary) && summary.finisher?.kind === 'job')
                return {
                    code: 'handed-over',
                    job: summary.finisher.job,
                    batches: summary.batches.length,
                    requests: requests.total,
                };
            return { code: 'no-results-yet', ...(0,_lead_js__WEBPACK_IMPORTED_MODULE_4__/* .batchesIn */ ._2)(summary), waitedMs: timings.waited_ms };
        case 'dry-run': {
            const total = requests.total ?? 0;
            if (estimate === null)
                return { code: 'dry-run-reused', requests: total };
            const { batch, unpriced, requests: sent, judging } = estimate;
            if (sent === 0)
                return { code: 'dry-run-judgements', requests: total, judgements: judging?.judgements ?? 0, batch };
            return { code: 'dry-run-ended', requests: sent, total, batch, unpriced };
        }
        default:
            return undefined;
    }
}
/** The same in words. */
function whatThereIs(summary) {
    const result = resultOf(summary);
    return result && (0,_messages_message_js__WEBPACK_IMPORTED_MODULE_0__/* .printMessage */ .r)(result);
}


/***/ }),

/***/ 32594:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ describeNotes),
/* harmony export */   h: () => (/* binding */ notesOf)
/* harmony export */ });
/* harmony import */ var _messages_message_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(22481);
/* harmony import */ var _messages_report_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(53226);
/* harmony import */ var _messages_verdicts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41666);
/* harmony import */ var _costly_wait_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(15655);




/** Notes on the figures. */
function notesOf(summary) {
    const { cost, code_executions, uncounted_lines, had_key, reuse, grading, requests, missing_ids } = summary;
    const isGiven = summary.batch_source === 'given';
    const sample = summary.sample?.input;
    const lacks = isGiven && missing_ids.length > 0 && uncounted_lines.unreadable === 0;
    const lost = reuse?.unavailable ?? 0;
    const elsewhere = Math.max(0, (requests.missing ?? 0) - lost);
    const notes = [
        { code: 'unpriced', count: cost.unpriced, isAll: cost.usd === null },
        { code: isGiven ? 'answers-gone' : 'answers-unavailable', count: lost },
        { code: 'judgements-unavailable', count: grading?.judge?.unavailable ?? 0 },
        { code: 'code-executions', count: code_executions ?? 0 },
        { code: 'unmatched-lines', count: uncounted_lines.unmatched, ...(isGiven && { sample }) },
        { code: 'not-in-given', count: lacks ? elsewhere : 0, sample },
        { code: 'repeated-lines', count: uncounted_lines.repeated },
        { code: 'unreadable-lines', count: uncounted_lines.unreadable },
    ];
    const keyless = had_key === false ? [{ code: 'no-key' }] : [];
    const old = reuse?.is_old === true ? [{ code: 'answers-old', days: reuse.age_days ?? 0 }] : [];
    return [...keyless, ...old, ...notes.filter(({ count }) => count > 0)];
}
/** In the log, an annotation says this instead. */
function costlyWait(summary) {
    const note = (0,_costly_wait_js__WEBPACK_IMPORTED_MODULE_3__/* .costlyWaitOf */ .t)(summary);
    return note === undefined ? [] : [note];
}
function oldBaseline({ age_days: days, ref }) {
    return { code: 'baseline-old', days, ref };
}
/** Notes on the numbers and on batches, one plain sentence each; facts in them are untrusted. */
function describeNotes(summary) {
    const baseline = summary.grading?.baseline ?? null;
    const old = baseline?.is_old === true ? [oldBaseline(baseline)] : [];
    const notes = [...notesOf(summary), ...costlyWait(summary)];
    return [...old.map(_messages_verdicts_js__WEBPACK_IMPORTED_MODULE_2__/* .printComparison */ .jt), ...notes.map(_messages_message_js__WEBPACK_IMPORTED_MODULE_0__/* .printMessage */ .r), ...summary.notices.map(_messages_report_js__WEBPACK_IMPORTED_MODULE_1__/* .printNotice */ .m)];
}


/***/ }),

/***/ 11143:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _m: () => (/* binding */ OUTCOME_NAMES),
/* harmony export */   hV: () => (/* binding */ GRADE_NAMES)
/* harmony export */ });
/* unused harmony export GRADE_WORDS */
/** How a case ended, by its kind: `whole` is a complete answer, `cut` an incomplete one. */
const OUTCOME_NAMES = {
    whole: 'Complete answer',
    cut: 'Incomplete answer',
    errored: 'Errored',
    canceled: 'Canceled',
    expired: 'Expired',
    missing: 'Missing',
};
/** What the grades say of a case; broken and fixed only beside the baseline, flaky only where it has several answers. */
const GRADE_NAMES = {
    passing: 'Passing',
    failing: 'Failing',
    ungraded: 'Ungraded',
    broken: 'Broken',
    fixed: 'Fixed',
    flaky: 'Flaky',
    required: 'Required',
};
/** How a case was graded, in a line of the list. */
const GRADE_WORDS = { pass: 'Pass', fail: 'Fail', ungraded: 'Ungraded' };


/***/ }),

/***/ 72292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fU: () => (/* binding */ PAGE_KEYS),
  gN: () => (/* binding */ PAGE_LABELS),
  kd: () => (/* binding */ printPageText)
});

// UNUSED EXPORTS: PAGE_TEXTS

// EXTERNAL MODULE: ./build/src/core/text/numbers.js
var numbers = __webpack_require__(18599);
// EXTERNAL MODULE: ./build/src/core/messages/headlines.js
var headlines = __webpack_require__(8459);
// EXTERNAL MODULE: ./build/src/core/messages/outcome-names.js
var outcome_names = __webpack_require__(11143);
;// CONCATENATED MODULE: ./build/src/core/messages/page-script.js


/** Fixed words that the script shows. */
const LABELS = {
    all: 'All',
    answer: 'Answer',
    answers: 'Answers of this case',
    before: "Baseline's answer",
    beforeSame: 'The baseline has the same answer.',
    cacheRead: 'Cache read tokens',
    cacheWrite: 'Cache write tokens',
    changesMarked: 'Changed words are marked.',
    changesMarkedInPart: 'Changed words are marked in some of the texts.',
    changesNotMarked: 'The two have too little in common to mark what changed.',
    caseNotFound: 'This link points to a case that is not on this page.',
    copied: 'Copied',
    copiedLink: 'Copied: add it to the page link in the comment',
    copyAnswer: 'Copy answer',
    copyLink: 'Copy link',
    copyPrompt: 'Copy prompt',
    cost: 'Cost',
    csv: 'Download CSV',
    dark: 'Dark',
    empty: '(empty)',
    error: 'Error',
    id: 'ID',
    image: 'Image',
    incomplete: 'No complete answer',
    inputTokens: 'Input tokens',
    light: 'Light',
    link: 'Link to this case',
    markdown: 'Markdown',
    model: 'Model',
    next: 'Next',
    nextAnswer: 'Next answer',
    noModel: 'No model',
    noneShown: 'No case matches.',
    noStop: 'No stop reason',
    outputTokens: 'Output tokens',
    parameters: 'Parameters',
    position: 'Position in the file',
    previous: 'Previous',
    previousAnswer: 'Previous answer',
    prompt: 'Request',
    required: 'Required',
    reset: 'Clear filters',
    reused: 'Reused answer',
    /** Choices of the filter. */
    reusedAnswers: 'Reused',
    sentNow: 'Submitted',
    selected: 'Selected: copy it with Ctrl+C or \u2318C',
    /** Text before and after the fragment. */
    shareBefore: ' \u00b7 To share it, add ',
    shareAfter: ' to the page link in the comment or job summary. The address in your browser expires within minutes.',
    showAs: 'Show the answer as',
    source: 'Line',
    stopReason: 'Stop reason',
    text: 'Text',
    unanswered: 'No answer',
    unknown: 'unknown',
};
/** Heads of the columns. */
const HEADS = {
    id: 'Case',
    outcome: 'Outcome',
    gist: 'Question \u2192 answer',
    model: 'Model',
    cost: 'Cost',
};
/** The orders to choose from. */
const ORDER_NAMES = {
    failures: 'Failures first',
    '-failures': 'Failures last',
    file: 'File order',
    '-file': 'File order, last first',
    id: 'ID',
    '-id': 'ID, last first',
    model: 'Model',
    '-model': 'Model, last first',
    cost: 'Most expensive first',
    '-cost': 'Cheapest first',
    score: 'Lowest score first',
    '-score': 'Highest score first',
    tokens: 'Most tokens first',
    '-tokens': 'Fewest tokens first',
};
/** How a case ended, in the words of the overview's chart; `short` for a line of the list. */
function outcomeWords(kind) {
    const name = OUTCOME_NAMES[kind];
    return { name, short: kind === 'whole' ? 'Complete' : kind === 'cut' ? 'Incomplete' : name };
}
const INCOMPLETE_WORDS = {
    refusal: 'Refused',
    max_tokens: 'Cut off',
    model_context_window_exceeded: 'Cut off',
    pause_turn: 'Paused',
    empty: 'Empty',
};
/** The same in a line of the list, which says what makes an answer incomplete. */
function outcomeText(kind, incompleteBy) {
    return (incompleteBy === undefined ? undefined : INCOMPLETE_WORDS[incompleteBy]) ?? outcomeWords(kind).short;
}
/** How an answer was graded. */
function gradeText({ outcome, score }) {
    return score === null ? GRADE_WORDS[outcome] : `${GRADE_WORDS[outcome]}, score ${scoreText(score)}`;
}
/** What a line of the list says beside the grade; empty for nothing. */
function gradeNote(facts) {
    const { change, required, passed, answers, incomplete } = facts;
    return [
        ...(required ? [GRADE_NAMES.required.toLowerCase()] : []),
        ...(change === null ? [] : [GRADE_NAMES[change].toLowerCase()]),
        ...(answers < 2 ? [] : [`${passed} of ${answers} pass`]),
        ...(incomplete === undefined ? [] : [incomplete.toLowerCase()]),
    ].join(', ');
}
/** One of several answers to a case: its number and its grade. */
function answerText(number, outcome) {
    return outcome === undefined ? String(number) : `${number} ${GRADE_WORDS[outcome]}`;
}
/** What is to be known of an assert besides what it found; empty where that goes without saying. */
function assertFacts(of) {
    const { outcome, score, weight, judge, asserts } = of;
    const isPlain = score === null || asserts.length > 0 || score === (outcome === 'pass' ? 1 : 0);
    return [
        ...(isPlain ? [] : [`score ${scoreText(score)}`]),
        ...(weight === 1 ? [] : [`weight ${weight}`]),
        ...(judge === null ? [] : [`judged by ${judge.model}, prompt ${judge.prompt}`]),
    ].join(' \u00b7 ');
}
/** Passing asserts that are folded. */
function foldedAssertsText(count) {
    return `${formatCount(count)} passed`;
}
/** Asserts that the page has no room for. */
function leftOutAssertsText(count, location) {
    return `${countOf(count, 'assert')} left out here. All are in ${locationText(location)}.`;
}
/** A choice of a filter: the cases in which this metric does not pass. */
function metricFailsText(metric) {
    return `${metric}: not passed`;
}
function scoreText(score) {
    return String(Math.round(score * 100) / 100);
}
/** Who says a part of a request; other roles are named as they are. */
function roleName(role, isToolResult) {
    if (isToolResult)
        return 'Tool result';
    return ROLES.get(role) ?? role;
}
const ROLES = new Map([
    ['system', 'System'],
    ['user', 'User'],
    ['assistant', 'Assistant'],
]);
const PART_NAMES = {
    citations: 'Citations',
    thinking: 'Thinking',
    'tool-call': 'Tool call',
    'tool-result': 'Tool result',
    other: 'Block',
};
/** A block of a request or an answer: what it is, its name and its id. */
function partName({ kind, name, id, }) {
    return [PART_NAMES[kind] ?? kind, name, id].filter((text) => text !== undefined).join(' \u00b7 ');
}
/** An image that the page does not have. */
function imageNote(what) {
    return `Image, not on this page: ${what}`;
}
/** What is cut out of a text that is copied. */
function leftOutText(count) {
    return `[${countOf(count, 'character')} left out]`;
}
/** The button that shows the filters on a narrow screen; so many are set. */
function filtersText(count) {
    return count === 0 ? 'Filter, sort' : `Filter, sort (${count})`;
}
/** What a case cost; undefined if it has no answer, and so no cost. */
function costText({ usd, outcome, }) {
    if (usd !== null)
        return `$${usd}`;
    return outcome === 'succeeded' ? LABELS.unknown : undefined;
}
/** Where a reused answer is from, and how old it was when the run ended. */
function reusedText(of) {
    const age = of.age_days === 0 ? 'less than a day old' : `${countOf(of.age_days, 'day')} old`;
    return `${age}: ${formatTime(of.answered_at) ?? of.answered_at}, batch ${of.batch_id}`;
}
/** A choice of a filter, with the cases on the page; `total` counts those that are not on it as well. */
function choiceText(name, count, total = count) {
    return `${name} (${formatCount(count)}${total > count ? ` of ${formatCount(total)}` : ''})`;
}
/**
 * How many cases the list shows; `leftOut` more are not on the page, and `unsearched` of those on it have texts that a search
 * cannot see in full.
 */
function statusText(counts) {
    const { shown, total, leftOut, unsearched, isOfFilter = false, isMixed = false } = counts;
    const listed = isMixed ? `${formatCount(total)} cases and other requests` : countOf(total, 'case');
    const parts = [
        `${formatCount(shown)} of ${listed} shown`,
        ...(leftOut === 0 ? [] : [`${formatCount(leftOut)} more ${isOfFilter ? 'of these ' : ''}not on this page`]),
        ...(unsearched === 0 ? [] : [`long texts of ${countOf(unsearched, 'case')} searched only in part`]),
    ];
    return parts.join(' \u00b7 ');
}
/** Between the head and the tail of a text. */
function cutNote(leftOut, location) {
    return `${countOf(leftOut, 'character')} left out here. The full text is in ${locationText(location)}.`;
}
/** For a case whose texts do not fit on the page. */
function textlessText(places) {
    const parts = [
        ...(places.answer === undefined ? [] : [`The answer is in ${locationText(places.answer)}.`]),
        ...(places.prompt === undefined ? [] : [`The prompt is in ${locationText(places.prompt)}.`]),
    ];
    return ['The texts of this case are left out to keep the page small.', ...parts].join(' ');
}
/** The same, for the whole list. */
function textlessCasesText(count, total) {
    return `The texts of ${formatCount(count)} of the ${countOf(total, 'case')} listed are left out to keep the page small. Each case says where to find them.`;
}
/** Where a file is. */
function locationText({ file, artifact }) {
    return artifact === undefined
        ? `${file} in results-path on the runner, where later steps of the job can read it`
        : `${file} in the artifact ${artifact}`;
}

// EXTERNAL MODULE: ./build/src/core/messages/report.js
var report = __webpack_require__(53226);
// EXTERNAL MODULE: ./build/src/core/messages/table.js
var table = __webpack_require__(75506);
;// CONCATENATED MODULE: ./build/src/core/messages/page.js





/** Headings, column titles and other fixed words of the page. Some are shorter than those of the report. */
const PAGE_LABELS = {
    ...report/* LABELS */.kg,
    about: 'About this list',
    answers: 'Answers',
    artifact: 'Download',
    baseline: 'Baseline',
    'batch-price': 'As a batch',
    cases: 'Cases',
    cause: 'Cause',
    citations: 'citations',
    commit: 'commit',
    empty: '(empty)',
    example: 'Example',
    figures: 'Figures',
    'figures-of-failure': 'Why it failed, figures',
    graded: 'Graded',
    incomplete: 'Incomplete answers',
    labels: 'By metadata',
    'mean-score': 'Mean score',
    meaning: 'What it means',
    metadata: 'Metadata',
    metric: 'Metric',
    metrics: 'Metrics',
    models: 'Models',
    order: 'Sort by',
    outcome: 'Outcome',
    'pass-rate': 'Pass rate',
    'results-until': 'Results available until',
    reuse: 'Reuse',
    'reused-batches': 'Reused answers',
    rounds: 'Rounds',
    search: 'Search',
    stop: 'Stop reason',
    'standard-price': 'Without a batch',
    'stop-reason': 'Stop reason',
    warnings: 'Warnings',
};
/** Keys that the case list listens to, and what they do. */
const PAGE_KEYS = [
    ['/', 'search'],
    ['j', 'next'],
    ['k', 'previous'],
    ['Enter', 'open; in the search box: open the first hit'],
    ['Esc', 'close, then clear the search'],
];
/** Sentences of the page, as plain text. Facts may hold untrusted text: escape the result where it is shown. */
const PAGE_TEXTS = {
    'verdict-answered': (counts) => `${answeredOf(counts)}${partlyIncomplete(counts)}`,
    'verdict-unanswered': (counts) => `${unansweredOf(counts)}${partlyIncomplete(counts)}`,
    'verdict-failed': (counts) => `failed; ${answeredOf(counts)}${partlyIncomplete(counts)}`,
    'verdict-canceled': (counts) => `canceled; ${answeredOf(counts)}${partlyIncomplete(counts)}`,
    sampled: ({ requests, of, input }) => `${(0,numbers/* formatCount */.B4)(requests)} of ${(0,numbers/* countOf */.pq)(of, 'request')}, by sample: ${input}`,
    'cost-unknown': () => 'The cost is unknown.',
    /** `saved` is printed money. */
    saved: ({ saved }) => `Saved ${saved}`,
    waited: (waited) => `Waiting took ${(0,headlines/* sayRunnerTime */.TM)(waited)}`,
    'prices-as-of': ({ date }) => `Prices as of ${date}.`,
    'batch-duration': ({ tookMs }) => `Took ${(0,numbers/* formatDuration */.a3)(tookMs)} from creation to end.`,
    'more-failures': ({ requests, causes }) => `${(0,numbers/* countOf */.pq)(requests, 'more request')} with ${(0,numbers/* countOf */.pq)(causes, 'more cause')}: see summary.json.`,
    'more-problems': ({ count }) => `${(0,numbers/* countOf */.pq)(count, 'more kind')} of problem: see the log.`,
    'shows-full': () => 'Open a case to see its answer, prompt and parameters.',
    'shows-answers-of-batch-id': () => 'Open a case to see its answer. Prompts are unknown because only batch-id was set. To see them, set requests as well.',
    'shows-answers': () => 'Open a case to see its answer. Prompts are left out of this page, but an answer may quote its prompt.',
    'shows-none': () => 'This page has only numbers, IDs, file names, model names and error messages: no prompts and no answers. An error message may quote part of a request.',
    'search-full': () => 'IDs, answers, prompts, errors',
    'search-answers': () => 'IDs, answers, errors',
    'search-none': () => 'IDs, errors',
    'needs-javascript': ({ artifact }) => `The case list needs JavaScript, which is off. All results are in ${locationText({ file: 'results.jsonl', artifact })}.`,
    'cases-left-out': ({ shown, total, unanswered, incomplete, artifact }) => `${(0,numbers/* formatCount */.B4)(shown)} of ${(0,numbers/* countOf */.pq)(total, 'case')} are listed: first those with no answer (${(0,numbers/* formatCount */.B4)(unanswered)}), then incomplete answers (${(0,numbers/* formatCount */.B4)(incomplete)}), then complete answers (${(0,numbers/* formatCount */.B4)(total - unanswered - incomplete)}). The rest are in ${locationText({ file: 'results.jsonl', artifact })}.`,
    'graded-cases-left-out': ({ shown, total, required, broken, failing, ungraded, artifact }) => `${(0,numbers/* formatCount */.B4)(shown)} of ${(0,numbers/* countOf */.pq)(total, 'case')} are listed: first ${required === 0 ? 'those that broke' : `required ones that fail (${(0,numbers/* formatCount */.B4)(required)}), then others that broke`} (${(0,numbers/* formatCount */.B4)(broken)}), then others that fail (${(0,numbers/* formatCount */.B4)(failing)}), then ungraded ones (${(0,numbers/* formatCount */.B4)(ungraded)}), then the rest. The others are in ${locationText({ file: 'grades.jsonl', artifact })}.`,
    'missing-left-out': () => 'Cases with no readable result line are listed in summary.json.',
    'parts-left-out': ({ count }) => `${(0,numbers/* countOf */.pq)(count, 'more block')} left out here.`,
    elided: ({ characters }) => `(${(0,numbers/* countOf */.pq)(characters, 'character')})`,
    'nested-too-deeply': () => '(nested too deeply to show)',
    'cited-pages': ({ first, last }) => spanOf('page', first, last),
    'cited-blocks': ({ first, last }) => spanOf('block', first, last),
    'cited-characters': ({ first, last }) => spanOf('character', first, last),
    'cited-document': ({ index }) => `document ${(0,numbers/* formatCount */.B4)(index)}`,
    'cited-search-result': ({ index }) => `search result ${(0,numbers/* formatCount */.B4)(index)}`,
};
/** The sentence as plain text. */
function printPageText(message) {
    return (0,table/* wordsOf */.Z)(PAGE_TEXTS, message);
}
function spanOf(noun, first, last) {
    return last > first ? `${noun}s ${(0,numbers/* formatCount */.B4)(first)} to ${(0,numbers/* formatCount */.B4)(last)}` : `${noun} ${(0,numbers/* formatCount */.B4)(first)}`;
}
function answeredOf({ answered, total }) {
    return `${(0,numbers/* formatCount */.B4)(answered)} of ${(0,numbers/* countOf */.pq)(total, 'request')} answered`;
}
function unansweredOf({ answered, total }) {
    const count = total - answered;
    return `${(0,numbers/* formatCount */.B4)(count)} of ${(0,numbers/* countOf */.pq)(total, 'request')} ${count === 1 ? 'has' : 'have'} no answer`;
}
function partlyIncomplete({ incomplete }) {
    return incomplete === 0 ? '' : `, ${(0,numbers/* countOf */.pq)(incomplete, 'incomplete answer')}`;
}


/***/ }),

/***/ 85298:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C6: () => (/* binding */ MAX_REQUESTS_BYTES),
  JP: () => (/* binding */ aboutHtml),
  o1: () => (/* binding */ listHtml)
});

// EXTERNAL MODULE: ./build/src/core/messages/page.js + 1 modules
var page = __webpack_require__(72292);
// EXTERNAL MODULE: ./build/src/core/text/untrusted-text.js
var untrusted_text = __webpack_require__(33091);
// EXTERNAL MODULE: ./build/src/core/page/fragment.js
var fragment = __webpack_require__(20017);
// EXTERNAL MODULE: ./build/src/core/page/html.js
var html = __webpack_require__(47016);
// EXTERNAL MODULE: ./build/src/core/page/page-file-name.js
var page_file_name = __webpack_require__(26829);
;// CONCATENATED MODULE: ./build/src/core/page/totals.js
/** How many cases of the whole run each outcome filter matches, by the filter's name; unknown ones are left out. */
function totalsOf({ grading, requests, incomplete }, choice) {
    if (grading !== null) {
        const { passed: passing, failed: failing, ungraded, flaky, comparison } = grading;
        const counts = { passing, failing, ungraded, flaky };
        const changes = comparison === null ? {} : { broken: comparison.broken, fixed: comparison.fixed };
        return { ...counts, ...changes };
    }
    const { succeeded, errored, canceled, expired, missing } = requests;
    const cut = Object.values(incomplete ?? {}).reduce((sum, count) => sum + count, 0);
    const kinds = { whole: (succeeded ?? 0) - cut, cut, errored, canceled, expired, missing };
    return {
        ...Object.fromEntries(Object.entries(kinds).map(([kind, count]) => [kind, count ?? 0])),
        failing: choice.unanswered + choice.incomplete,
        unanswered: choice.unanswered,
    };
}

;// CONCATENATED MODULE: ./build/src/core/page/case-list.js






/** The artifact omits `requests.jsonl` if it has more bytes than this. */
const MAX_REQUESTS_BYTES = 50_000_000;
/**
 * The page's section for the list of cases, without the cases: the controls, hidden until the script has filled the list. The script
 * relies on its classes, ids and data attributes; `data-requests` and `data-results` name the artifact with the file.
 */
function listHtml(summary, { choice, content, artifact }) {
    const { name, requests, results, grades, hasPrompts } = placesOf(summary, { choice, content, artifact });
    const leftOut = choice.total - choice.shown;
    const facts = [
        requests === undefined ? '' : ` data-requests="${(0,html/* escapeHtml */.ZD)(requests)}"`,
        results === undefined ? '' : ` data-results="${(0,html/* escapeHtml */.ZD)(results)}"`,
        grades === undefined ? '' : ` data-grades="${(0,html/* escapeHtml */.ZD)(grades)}"`,
        hasPrompts ? ' data-prompts' : '',
        choice.graded === undefined ? '' : ' data-graded',
        ` data-csv="${(0,html/* escapeHtml */.ZD)((0,page_file_name/* csvFileName */.e)(summary.run.name))}"`,
        // Only an uploaded page has a link.
        name === undefined ? '' : ' data-linked',
        leftOut > 0 ? ` data-left-out="${leftOut}" data-totals="${(0,html/* escapeHtml */.ZD)(totalsText(summary, choice))}"` : '',
    ].join('');
    const filters = ['outcome', 'metric', 'metadata', 'stop', 'model', 'reuse', 'order'].map((filter) => `<label class="filter">${(0,html/* labelHtml */.Ko)(filter)}<select id="${filter}"></select></label>`);
    return `<section id="list"${facts}><h2 class="unseen">${(0,html/* labelHtml */.Ko)('cases')}</h2>
<noscript><p>${(0,html/* textHtml */.Zr)({ code: 'needs-javascript', artifact: results })}</p></noscript>
<div id="bar" hidden>
<div id="controls">
<label class="search"><span>${(0,html/* labelHtml */.Ko)('search')}</span><input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="${(0,html/* textHtml */.Zr)({ code: `search-${content}` })}"></label>
<button type="button" id="unfold" aria-expanded="false" aria-controls="controls"></button>
${filters.join('\n')}
</div>
<p id="counts"><span id="status" role="status"></span><button type="button" id="reset" class="quiet" hidden></button><button type="button" id="csv" class="quiet"></button></p>
</div>
<div id="table" role="table" aria-label="${(0,html/* labelHtml */.Ko)('cases')}"><div id="heads" role="rowgroup"></div><div id="cases"></div></div>
<p id="none" hidden><span></span> <button type="button" class="quiet"></button></p>
</section>`;
}
/** In the form the script reads: `broken=420&fixed=351`. */
function totalsText(summary, choice) {
    const totals = Object.entries(totalsOf(summary, choice));
    return (0,fragment/* fragmentOf */.UB)(totals.map(([name, count]) => [name, String(count)])).slice(1);
}
/** What the list contains and omits, and its keyboard shortcuts, folded. */
function aboutHtml(summary, parts) {
    const { choice, content } = parts;
    const { results, hasPrompts } = placesOf(summary, parts);
    const shows = content === 'full' && !hasPrompts ? 'shows-answers-of-batch-id' : `shows-${content}`;
    const keys = page/* PAGE_KEYS */.fU.map(([key, does]) => `<kbd>${(0,html/* escapeHtml */.ZD)(key)}</kbd> ${(0,html/* escapeHtml */.ZD)(does)}`).join(' \u00b7 ');
    return `<details id="about"><summary>${(0,html/* labelHtml */.Ko)('about')}</summary>
${leftOutHtml(choice, results, (summary.requests.missing ?? 0) > 0)}<p>${(0,html/* textHtml */.Zr)({ code: shows })}</p>
<p id="textless" hidden></p>
<p id="hint">${keys}</p></details>`;
}
/** The artifact with the files, if any. */
function placesOf({ requests_file }, { content, artifact }) {
    const file = content === 'full' ? requests_file : null;
    // A file that is not in the artifact is only on the runner.
    const name = artifact && (0,untrusted_text/* toPlainLine */.Ic)(artifact.name, 100);
    return {
        name,
        requests: file !== null && file.bytes <= MAX_REQUESTS_BYTES ? name : undefined,
        results: content === 'none' ? undefined : name,
        grades: name,
        hasPrompts: file !== null,
    };
}
function leftOutHtml(choice, artifact, hasMissing) {
    const { shown, total, unanswered, incomplete, graded } = choice;
    if (shown >= total)
        return '';
    // Unanswered cases come early; only then can one without a result line be left out.
    const early = unanswered + (graded === undefined ? 0 : graded.required + graded.broken + graded.failing + graded.ungraded);
    const missing = hasMissing && early > shown ? ` ${(0,html/* textHtml */.Zr)({ code: 'missing-left-out' })}` : '';
    const sentence = graded === undefined
        ? (0,html/* textHtml */.Zr)({ code: 'cases-left-out', shown, total, unanswered, incomplete, artifact })
        : (0,html/* textHtml */.Zr)({ code: 'graded-cases-left-out', shown, total, ...graded, artifact });
    return `<p id="cases-left-out">${sentence}${missing}</p>\n`;
}


/***/ }),

/***/ 20017:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UB: () => (/* binding */ fragmentOf),
/* harmony export */   rc: () => (/* binding */ MAX_ID),
/* harmony export */   rx: () => (/* binding */ caseFragment)
/* harmony export */ });
/* harmony import */ var _text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33091);

/** A link within the page from arbitrary names and values: `#outcome=errored&stop=api_error`. Empty for none. */
function fragmentOf(names) {
    const asked = new URLSearchParams();
    for (const [name, value] of names)
        asked.set(name, value);
    const text = asked.toString();
    return text === '' ? '' : `#${text}`;
}
/** The link to a case by its id. */
function caseFragment(id) {
    return fragmentOf([['case', (0,_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .toPlainLine */ .Ic)(id, MAX_ID)]]);
}
/** Longest part of an id that the page stores, in code points. */
const MAX_ID = 200;


/***/ }),

/***/ 47016:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hw: () => (/* binding */ wordsHtml),
/* harmony export */   Ko: () => (/* binding */ labelHtml),
/* harmony export */   Or: () => (/* binding */ lineHtml),
/* harmony export */   SY: () => (/* binding */ fragmentHtml),
/* harmony export */   ZD: () => (/* binding */ escapeHtml),
/* harmony export */   Zr: () => (/* binding */ textHtml),
/* harmony export */   eq: () => (/* binding */ linkHtml),
/* harmony export */   v1: () => (/* binding */ codeHtml)
/* harmony export */ });
/* harmony import */ var _messages_page_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(72292);
/* harmony import */ var _text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33091);


/** Untrusted text as the content of an element or as a double-quoted attribute value: shown as it is, never as markup. */
function escapeHtml(text) {
    return text
        .toWellFormed()
        .replaceAll('\0', '\uFFFD')
        .replace(/[&<>"'`]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
/** A sentence of the page. */
function textHtml(message) {
    return escapeHtml((0,_messages_page_js__WEBPACK_IMPORTED_MODULE_0__/* .printPageText */ .kd)(message));
}
/** Fixed words of the page. */
function labelHtml(name) {
    return escapeHtml(_messages_page_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE_LABELS */ .gN[name]);
}
/** Untrusted text on one inert line, in an element that isolates its writing direction. */
function lineHtml(text, maxLength) {
    return `<bdi>${escapeHtml((0,_text_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__/* .toPlainLine */ .Ic)(text, maxLength))}</bdi>`;
}
/** The same in code style: an id, a model, an error type. */
function codeHtml(text, maxLength) {
    // Long ones may break anywhere, to leave room for the table's other columns.
    const kind = text.length > LONG ? ' class="long"' : '';
    return `<code${kind}>${lineHtml(text === '' ? _messages_page_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE_LABELS */ .gN.empty : text, maxLength)}</code>`;
}
const LONG = 40;
/** Our own words, with code between backticks. */
function wordsHtml(words) {
    return escapeHtml(words).replace(/&#96;(.+?)&#96;/g, '<code>$1</code>');
}
/** A link to an address that the run reports. The label is HTML; without an http or https address, plain text. */
function linkHtml(label, url) {
    if (!/^https?:\/\//i.test(url))
        return label;
    return `<a href="${escapeHtml(url)}" rel="noopener noreferrer">${label}</a>`;
}
/** A link within the page. The label is HTML. */
function fragmentHtml(label, fragment) {
    return `<a href="${escapeHtml(fragment)}">${label}</a>`;
}


/***/ }),

/***/ 26829:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ pageFileName),
/* harmony export */   e: () => (/* binding */ csvFileName)
/* harmony export */ });
/* harmony import */ var _text_sha256_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(39450);

const ENDING = '.html';
/**
 * File systems allow 255 bytes (Windows: 255 UTF-16 units, never more than the bytes). Leaves room for the suffix while the file is being
 * written, and for a number if the artifact's name is taken.
 */
const MAX_BYTES = 240;
/** The page's file name: the artifact's, cut if too long; a hash of the whole name then keeps it unique. */
function pageFileName(artifactName) {
    const name = artifactName || 'report';
    if (Buffer.byteLength(name + ENDING) <= MAX_BYTES)
        return name + ENDING;
    const ending = `-${(0,_text_sha256_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .s)(name).slice(0, 8)}${ENDING}`;
    return cutToBytes(name, MAX_BYTES - ending.length) + ending;
}
/** File name for downloaded cases: the evaluation's name, without characters that a file system or shell may reject. */
function csvFileName(name) {
    const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
    return `${cutToBytes(safe, 100) || 'cases'}.csv`;
}
/** The longest prefix that fits, without half a character at its end. */
function cutToBytes(text, maxBytes) {
    const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
    return text.slice(0, read);
}


/***/ }),

/***/ 80570:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W2: () => (/* binding */ retryOf),
/* harmony export */   wr: () => (/* binding */ adviceOf)
/* harmony export */ });
/* unused harmony export remedyOf */
const RETRIES = {
    expired: 'soon',
    missing: 'soon',
    retryable: 'soon',
    'low-credit': 'after-fix',
    authentication_error: 'after-fix',
    billing_error: 'after-fix',
    permission_error: 'after-fix',
};
function retryOf(request) {
    return RETRIES[remedyOf(request)] ?? 'never';
}
/** Temporary error types. */
const PASSING = new Set(['api_error', 'overloaded_error', 'rate_limit_error', 'timeout_error']);
/** Error types with their own remedy. */
const KNOWN_TYPES = new Map([
    'authentication_error',
    'billing_error',
    'invalid_request_error',
    'not_found_error',
    'permission_error',
    'request_too_large',
].map((type) => [type, type]));
/** These come as invalid_request_error, like all faults of a request. */
const KNOWN_MESSAGES = [
    [/credit balance is too low/i, 'low-credit'],
    [/^max_tokens: \d+ > \d+/, 'max-tokens'],
    [/prompt is too long/i, 'long-prompt'],
];
/** The remedy for requests that ended like this. */
function remedyOf({ outcome, type, message }) {
    if (outcome !== 'errored')
        return outcome;
    const known = KNOWN_MESSAGES.find(([pattern]) => pattern.test(message ?? ''));
    if (known !== undefined)
        return known[1];
    return PASSING.has(type ?? '') ? 'retryable' : (KNOWN_TYPES.get(type ?? '') ?? 'other');
}
/** What to do about them. `rerunRetries`: whether re-running the job starts further rounds. */
function adviceOf(request, { rerunRetries, hasRetryFile }) {
    const remedy = remedyOf(request);
    // Requests without a result line are in no further round.
    const isInRound = remedy !== 'missing' && retryOf(request) !== 'never';
    return { remedy, again: isInRound && rerunRetries ? 'rerun' : hasRetryFile ? 'retry-file' : 'requests' };
}


/***/ }),

/***/ 62168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  vJ: () => (/* binding */ answeredMessage),
  F: () => (/* binding */ parseResult),
  Uv: () => (/* binding */ readResult)
});

// EXTERNAL MODULE: ./build/src/core/text/json.js
var json = __webpack_require__(58415);
;// CONCATENATED MODULE: ./build/src/core/cost/code-execution.js

const codeTools = new Set(['code_execution', 'bash_code_execution', 'text_editor_code_execution']);
/**
 * Whether a message ran code in a container. Container hours are billed to the organisation as a whole and appear in no result, so the
 * report can only count such requests. `usage` does not show it; a `container`, or a `server_tool_use` block of a code tool, does.
 */
function usedCodeExecution(message) {
    if (!(0,json/* isJsonObject */.OW)(message))
        return false;
    if ((0,json/* isJsonObject */.OW)(message['container']))
        return true;
    const content = message['content'];
    return Array.isArray(content) && content.some(isCodeUse);
}
function isCodeUse(block) {
    return ((0,json/* isJsonObject */.OW)(block) &&
        block['type'] === 'server_tool_use' &&
        typeof block['name'] === 'string' &&
        codeTools.has(block['name']));
}

;// CONCATENATED MODULE: ./build/src/core/cost/usage.js

/**
 * Parses a message's `usage`. Older models omit fields or send null: both count as zero. Undefined if `input_tokens` or `output_tokens`
 * is missing or any count is not a whole number of 0 or more, because a guess would give a wrong cost.
 *
 * Cache writes: trusts the split by lifetime. If the total exceeds the split, or there is no split, the excess counts as the default
 * lifetime of 5 minutes; a total below the split is ignored, so that nothing is understated.
 */
function parseUsage(raw) {
    if (!(0,json/* isJsonObject */.OW)(raw))
        return undefined;
    const split5m = countWithin(raw['cache_creation'], 'ephemeral_5m_input_tokens');
    const split1h = countWithin(raw['cache_creation'], 'ephemeral_1h_input_tokens');
    const written = countOrNone(raw['cache_creation_input_tokens']);
    const counts = {
        input: count(raw['input_tokens']),
        output: count(raw['output_tokens']),
        cacheRead: countOrNone(raw['cache_read_input_tokens']),
        cacheWrite5m: Math.max(split5m, written - split1h),
        cacheWrite1h: split1h,
        webSearches: countWithin(raw['server_tool_use'], 'web_search_requests'),
    };
    const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches } = counts;
    if ([input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches].some(Number.isNaN))
        return undefined;
    const geo = raw['inference_geo'];
    return {
        ...counts,
        inferenceGeo: typeof geo === 'string' ? geo : undefined,
        unlisted: hasUnlistedStep(raw['iterations']),
    };
}
/** The SDK's types say that the totals include `message` steps but not `compaction` steps; they say nothing of other kinds. */
function hasUnlistedStep(iterations) {
    return Array.isArray(iterations) && iterations.some((step) => !(0,json/* isJsonObject */.OW)(step) || step['type'] !== 'message');
}
function countWithin(parent, name) {
    if (parent === undefined || parent === null)
        return 0;
    return (0,json/* isJsonObject */.OW)(parent) ? countOrNone(parent[name]) : Number.NaN;
}
function countOrNone(value) {
    return value === undefined || value === null ? 0 : count(value);
}
/** NaN if the value is not a count. */
function count(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN;
}

;// CONCATENATED MODULE: ./build/src/core/results/result.js



/** Parses a result line; undefined for any other line. An errored one contains `error.error`, nested twice. */
function parseResult(text) {
    return readResult((0,json/* parseJson */.qF)(text));
}
/** The same for a parsed line. */
function readResult(line) {
    const customId = (0,json/* memberOf */.C5)(line, 'custom_id');
    const ending = parseEnding((0,json/* memberOf */.C5)(line, 'result'));
    return typeof customId === 'string' && ending !== undefined ? { customId, ending } : undefined;
}
/** The message of a parsed line with an answer, as received; undefined for any other line. */
function answeredMessage(line) {
    const result = (0,json/* memberOf */.C5)(line, 'result');
    const message = (0,json/* memberOf */.C5)(result, 'message');
    const isAnswer = (0,json/* memberOf */.C5)(result, 'type') === 'succeeded' && (0,json/* textOf */.b6)(message, 'model') !== undefined;
    return isAnswer && typeof (0,json/* memberOf */.C5)(line, 'custom_id') === 'string' ? message : undefined;
}
function parseEnding(result) {
    const kind = (0,json/* memberOf */.C5)(result, 'type');
    if (kind === 'canceled' || kind === 'expired')
        return { kind };
    if (kind === 'errored') {
        const outer = (0,json/* memberOf */.C5)(result, 'error');
        const error = (0,json/* memberOf */.C5)(outer, 'error') ?? outer;
        return {
            kind,
            type: (0,json/* textOf */.b6)(error, 'type') ?? 'unknown_error',
            message: (0,json/* textOf */.b6)(error, 'message') ?? '',
        };
    }
    const message = (0,json/* memberOf */.C5)(result, 'message');
    const model = (0,json/* textOf */.b6)(message, 'model');
    if (kind !== 'succeeded' || model === undefined)
        return undefined;
    const content = (0,json/* memberOf */.C5)(message, 'content');
    return {
        kind,
        message: {
            model,
            stopReason: (0,json/* textOf */.b6)(message, 'stop_reason') ?? null,
            usage: parseUsage((0,json/* memberOf */.C5)(message, 'usage')),
            hasOutput: Array.isArray(content) && content.length > 0,
            isEmpty: !(0,json/* elementsOf */.ZE)(content).some(isAnswer),
            ranCode: usedCodeExecution(message),
        },
    };
}
/** Block types that lead up to an answer: thinking, and tools that the API itself runs. */
const ON_THE_WAY = /^(?:(?:redacted_)?thinking|(?:server|mcp)_tool_use|\w+_tool_result)$/;
/** Whether a content block is part of the answer: text, a tool call, or an unknown type. */
function isAnswer(block) {
    const type = (0,json/* textOf */.b6)(block, 'type');
    if (type === 'text')
        return /\S/.test((0,json/* textOf */.b6)(block, 'text') ?? '');
    return type !== undefined && !ON_THE_WAY.test(type);
}


/***/ }),

/***/ 57434:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IQ: () => (/* binding */ rankOf),
/* harmony export */   KS: () => (/* binding */ incompleteBy),
/* harmony export */   j5: () => (/* binding */ INCOMPLETE)
/* harmony export */ });
/* unused harmony export hasWholeAnswer */
/**
 * What makes an answer incomplete, in the report's order: its stop reason, `unknown` for a missing or unknown one, or `empty` for a
 * complete answer with neither text nor tool call.
 */
const INCOMPLETE = [
    'refusal',
    'max_tokens',
    'pause_turn',
    'model_context_window_exceeded',
    'unknown',
    'empty',
];
const WHOLE = ['end_turn', 'stop_sequence', 'tool_use'];
/** Why an answer is incomplete; undefined if it is complete, or without an answer. */
function incompleteBy({ outcome, stop_reason, is_empty }) {
    if (outcome !== 'succeeded')
        return undefined;
    if (WHOLE.includes(stop_reason))
        return is_empty ? 'empty' : undefined;
    return INCOMPLETE.find((reason) => reason === stop_reason && reason !== 'empty') ?? 'unknown';
}
/** Whether a case has a whole answer. */
function hasWholeAnswer(found) {
    return found.outcome === 'succeeded' && incompleteBy(found) === undefined;
}
function rankOf(found) {
    if (found.outcome !== 'succeeded')
        return 0;
    return hasWholeAnswer(found) ? 2 : 1;
}


/***/ }),

/***/ 91111:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Or: () => (/* binding */ exceeds),
/* harmony export */   R9: () => (/* binding */ leastCommonMultiple),
/* harmony export */   Ro: () => (/* binding */ toNumber),
/* harmony export */   Xs: () => (/* binding */ printProbability),
/* harmony export */   Z0: () => (/* binding */ printPercent)
/* harmony export */ });
/** The least common multiple of these numbers; each is at least 1. */
function leastCommonMultiple(numbers) {
    let multiple = 1n;
    for (const number of numbers)
        multiple = (multiple / divisorOf(multiple, BigInt(number))) * BigInt(number);
    return multiple;
}
function divisorOf(a, b) {
    return b === 0n ? a : divisorOf(b, a % b);
}
function toNumber({ numerator, denominator }) {
    return Number(numerator) / Number(denominator);
}
/** A share as percent or points with this many decimals, rounded half away from zero: `87.67`, `-0.40`, never `-0.00`. */
function printPercent({ numerator, denominator }, decimals) {
    const size = numerator < 0n ? -numerator : numerator;
    const scaled = size * 100n * 10n ** BigInt(decimals);
    const rounded = (2n * scaled + denominator) / (2n * denominator);
    const digits = rounded.toString().padStart(decimals + 1, '0');
    const whole = digits.slice(0, digits.length - decimals);
    const sign = numerator < 0n && rounded > 0n ? '-' : '';
    return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}
/** Whether a share is above a limit in millionths of a percent. */
function exceeds({ numerator, denominator }, microPercent) {
    return numerator * 100000000n > BigInt(microPercent) * denominator;
}
/** A probability as a plain decimal with six significant digits: `0.0173448`, `0.00000163332`. 0 below 10\u207b\u2079\u2070. */
function printProbability(p) {
    if (p < 1e-90)
        return '0';
    const exponent = Number(p.toExponential(5).split('e')[1]);
    return p.toFixed(5 - exponent);
}


/***/ }),

/***/ 419:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ newcombePaired),
/* harmony export */   r: () => (/* binding */ wilson)
/* harmony export */ });
/** The quantile for a two-sided 95 % interval. */
const Z = 1.959963984540054;
/** Wilson's 95 % interval for a share: `passed` of `total`, where `passed` may be a mean share times the total. */
function wilson(passed, total) {
    const share = passed / total;
    const middle = share + (Z * Z) / (2 * total);
    const half = Z * Math.sqrt((share * (1 - share)) / total + (Z * Z) / (4 * total * total));
    const scale = 1 + (Z * Z) / total;
    return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}
/** Newcombe's 95 % interval for the first share minus the second, in pairs, with the corrected \u03c6. */
function newcombePaired(counts) {
    const { both, onlyFirst, onlySecond, neither } = counts;
    const total = both + onlyFirst + onlySecond + neither;
    const [first, second] = [(both + onlyFirst) / total, (both + onlySecond) / total];
    const [one, two] = [wilson(both + onlyFirst, total), wilson(both + onlySecond, total)];
    const phi = correctedPhi(counts, total);
    const reach = (down, up) => Math.sqrt(down * down - 2 * phi * down * up + up * up);
    const difference = first - second;
    return {
        low: Math.max(-1, difference - reach(first - one.low, two.high - second)),
        high: Math.min(1, difference + reach(one.high - first, second - two.low)),
    };
}
function correctedPhi({ both, onlyFirst, onlySecond, neither }, total) {
    const margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
    const product = both * neither - onlyFirst * onlySecond;
    const corrected = product < 0 ? product : Math.max(0, product - total / 2);
    return margins === 0 ? 0 : corrected / Math.sqrt(margins);
}


/***/ }),

/***/ 77550:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   km: () => (/* binding */ mcnemarMidP),
/* harmony export */   oR: () => (/* binding */ isSignificant)
/* harmony export */ });
/* unused harmony export fairCoin */
/** Probabilities closer than this count as equal: real ties occur, such as 0.03125 for 4 broken and none fixed. */
const TIE = 1e-12;
/** Whether a probability is at most the required significance. */
function isSignificant(p, significance) {
    return p <= significance + TIE;
}
/**
 * One-sided McNemar mid-p: how often at least as many of the changed pairs break if each is equally likely to break or to be fixed. The
 * observed outcome itself counts half. 1 if nothing changed.
 */
function mcnemarMidP(broken, fixed) {
    if (broken + fixed === 0)
        return 1;
    const { above, at } = fairCoin(broken + fixed, broken);
    return above + at / 2;
}
/** For `n` tosses of a fair coin: the probability of more than `k` heads, and of exactly `k`. */
function fairCoin(n, k) {
    let [total, above, at] = [0, 0, 0];
    // Weights are relative to the middle one, since 2\u207b\u207f underflows to 0 from n = 1,075 on.
    let weight = 1;
    for (let heads = Math.ceil(n / 2); heads <= n && weight > 0; heads += 1) {
        for (const either of heads * 2 === n ? [heads] : [heads, n - heads]) {
            total += weight;
            if (either > k)
                above += weight;
            if (either === k)
                at += weight;
        }
        weight *= (n - heads) / (heads + 1);
    }
    return { above: above / total, at: at / total };
}


/***/ }),

/***/ 81035:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QR: () => (/* binding */ ageInDays),
/* harmony export */   S5: () => (/* binding */ reuseOf)
/* harmony export */ });
/* unused harmony export OLD_DAYS */
/* harmony import */ var _text_money_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82169);

const DAY_MS = 86_400_000;
/** From this age on, the report says how old reused answers are. */
const OLD_DAYS = 7;
/** The summary's form of reuse, with ages at `nowMs`; null if nothing was, or was meant to be, reused. */
function reuseOf(reuse, about) {
    const { nowMs, judgements, unavailable } = about;
    if (reuse === undefined && unavailable === 0 && judgements === 0n)
        return null;
    const none = { reused: 0, sent: about.sent, savedUsd: 0n, oldestMs: undefined, sources: [] };
    const { reused, sent, savedUsd, oldestMs, sources } = reuse ?? none;
    const ageDays = oldestMs === undefined ? null : ageInDays(oldestMs, nowMs);
    return {
        reused,
        sent,
        saved_usd: (0,_text_money_js__WEBPACK_IMPORTED_MODULE_0__/* .formatMicro */ .QC)((0,_text_money_js__WEBPACK_IMPORTED_MODULE_0__/* .roundToMicro */ .g)(savedUsd) + (0,_text_money_js__WEBPACK_IMPORTED_MODULE_0__/* .roundToMicro */ .g)(judgements)),
        unavailable,
        oldest_at: timeOf(oldestMs),
        age_days: ageDays,
        is_old: ageDays !== null && ageDays >= OLD_DAYS,
        sources: sources.map(({ id, createdAtMs, count }) => {
            return { batch_id: id, created_at: timeOf(createdAtMs), answers: count };
        }),
    };
}
function timeOf(ms) {
    return ms === undefined || !Number.isFinite(ms) ? null : new Date(ms).toISOString();
}
/** Whole days since then; 0 if the runner's clock is behind. */
function ageInDays(atMs, nowMs) {
    return Math.max(0, Math.floor((nowMs - atMs) / DAY_MS));
}


/***/ }),

/***/ 43346:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ openLines)
/* harmony export */ });
/* harmony import */ var _core_text_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58415);
/* harmony import */ var _core_text_utf8_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70018);
/* harmony import */ var _saved_grades_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68367);



/** As of any result: every model limits a message far below this. */
const MAX_LINE_BYTES = 64 << 20;
/** Reads the file once to learn where its lines are. If several have one ID, the first counts. */
async function openLines(files, path) {
    const places = new Map();
    for await (const { bytes, offset, tooLong } of (0,_saved_grades_js__WEBPACK_IMPORTED_MODULE_1__/* .readLines */ .Se)(files, path, MAX_LINE_BYTES)) {
        const id = tooLong ? undefined : idOf(bytes);
        if (id !== undefined && !places.has(id))
            places.set(id, { offset, length: bytes.length });
    }
    const reader = files.open(path);
    return {
        path,
        line(customId) {
            const place = places.get(customId);
            return place && Buffer.from(reader.readAt(place.offset, place.length)).toString('utf8');
        },
        close: () => reader.close(),
    };
}
/** As the API writes its lines; others are parsed. */
const START = /^\{"custom_id": ?"([\w-]{1,64})",/;
function idOf(bytes) {
    const found = START.exec((0,_core_text_utf8_js__WEBPACK_IMPORTED_MODULE_2__/* .utf8Of */ .v)(bytes.subarray(0, 100)))?.[1];
    if (found !== undefined)
        return found;
    const id = (0,_core_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .memberOf */ .C5)((0,_core_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)((0,_core_text_utf8_js__WEBPACK_IMPORTED_MODULE_2__/* .utf8Of */ .v)(bytes)), 'custom_id');
    return typeof id === 'string' ? id : undefined;
}


/***/ }),

/***/ 68367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NR: () => (/* binding */ checkGrades),
/* harmony export */   Se: () => (/* binding */ readLines),
/* harmony export */   fo: () => (/* binding */ isFile),
/* harmony export */   k0: () => (/* binding */ readCases),
/* harmony export */   tW: () => (/* binding */ findSavedGrades)
/* harmony export */ });
/* unused harmony export readGrades */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _core_comparison_measured_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6051);
/* harmony import */ var _core_grading_parse_grades_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(75230);
/* harmony import */ var _core_requests_lines_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1571);
/* harmony import */ var _core_text_utf8_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(70018);





/** What is at a path that the user gave: a folder with `grades.jsonl`, or such a file. */
async function findSavedGrades(files, path) {
    const inFolder = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(path, 'grades.jsonl');
    const isFolder = isFile(files, inFolder);
    if (!isFolder && !isFile(files, path))
        return 'missing';
    const grades = isFolder ? inFolder : path;
    const facts = await checkGrades(files, grades);
    if (facts === undefined || facts.cases === 0)
        return 'unreadable';
    const folder = isFolder ? (0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(grades) : undefined;
    const measured = folder === undefined ? undefined : await readMeasuredFile(files, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'measured.json'));
    return { path: grades, folder, measured, ...facts };
}
/** Whether there is a regular file. */
function isFile(files, path) {
    try {
        files.open(path).close();
        return true;
    }
    catch {
        return false;
    }
}
async function readMeasuredFile(files, path) {
    if (!isFile(files, path) || (await files.size(path)) > _core_comparison_measured_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_MEASURED */ .qN * 3)
        return undefined;
    const parsed = (0,_core_comparison_measured_js__WEBPACK_IMPORTED_MODULE_1__/* .parseMeasured */ .mo)((await files.readText(path)).text);
    return parsed.ok ? parsed.measured : undefined;
}
/** Undefined if a line is not what `grades.jsonl` holds. */
async function checkGrades(files, path) {
    const models = new Map();
    let cases = 0;
    let judge;
    for await (const read of readGrades(files, path)) {
        if ('fault' in read)
            return undefined;
        cases += 1;
        models.set(read.model, (models.get(read.model) ?? 0) + 1);
        judge ??= read.answers.map(({ results }) => judgeOf(results)).find((found) => found !== undefined);
    }
    return { cases, judge: judge ?? null, model: mostOf(models) };
}
/** The key with the highest count; the first of several. Empty for none. */
function mostOf(counts) {
    return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0])[0];
}
function judgeOf(results) {
    return results.map((result) => result.judge ?? judgeOf(result.results ?? [])).find((found) => found !== undefined);
}
/** The cases of a `grades.jsonl`, one at a time. */
async function* readGrades(files, path) {
    for await (const { bytes, tooLong } of readLines(files, path, _core_grading_parse_grades_js__WEBPACK_IMPORTED_MODULE_2__/* .MAX_GRADES_LINE */ .R * 3)) {
        if (tooLong)
            yield { fault: 'unreadable' };
        else if (!(0,_core_requests_lines_js__WEBPACK_IMPORTED_MODULE_3__/* .isBlank */ .z)(bytes))
            yield (0,_core_grading_parse_grades_js__WEBPACK_IMPORTED_MODULE_2__/* .parseGrades */ ._)((0,_core_text_utf8_js__WEBPACK_IMPORTED_MODULE_4__/* .utf8Of */ .v)(bytes));
    }
}
/** The same, of a file that was checked. */
async function* readCases(files, path) {
    for await (const read of readGrades(files, path))
        if (!('fault' in read))
            yield read;
}
/** Bytes of a line are valid until the next one is asked for. */
async function* readLines(files, path, maxBytes) {
    const splitter = (0,_core_requests_lines_js__WEBPACK_IMPORTED_MODULE_3__/* .createLineSplitter */ .A)(maxBytes);
    for await (const piece of files.read(path))
        yield* splitter.push(piece);
    yield* splitter.end();
}


/***/ }),

/***/ 47739:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ openSpans),
/* harmony export */   Y: () => (/* binding */ BLOCK_BYTES)
/* harmony export */ });
/* harmony import */ var _core_text_utf8_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70018);

/** Bytes per read: one read gets many lines that follow one another. */
const BLOCK_BYTES = 1 << 17;
function openSpans(files, path) {
    let reader;
    // Read into again and again.
    let memory;
    let block = new Uint8Array(0);
    let start = 0;
    let end = 0;
    function readBytes({ offset, length }) {
        if (offset < start || offset + length > start + block.length) {
            reader ??= files.open(path);
            memory ??= Buffer.allocUnsafe(BLOCK_BYTES);
            // With lines in any order, most of a block would be read for nothing.
            const isNext = offset >= end && offset - end < BLOCK_BYTES;
            end = offset + length;
            if (length > BLOCK_BYTES)
                return reader.readAt(offset, length);
            block = reader.readAt(offset, isNext ? BLOCK_BYTES : length, memory);
            start = offset;
        }
        end = offset + length;
        return block.subarray(offset - start, offset - start + length);
    }
    return { readBytes, read: (span) => (0,_core_text_utf8_js__WEBPACK_IMPORTED_MODULE_0__/* .utf8Of */ .v)(readBytes(span)), close: () => reader?.close() };
}


/***/ })

};
