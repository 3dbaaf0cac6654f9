export const id = 556;
export const ids = [556];
export const modules = {

/***/ 55556:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  writePage: () => (/* binding */ writePage)
});

;// CONCATENATED MODULE: ./build/src/core/page/choice.js
/** Most answers on a page: more would make it slow to open and to search. */
const MAX_ANSWERS = 2_000;
/** Why a case is shown, most urgent first; `required` ones fail. Ranks of grades are for cases, the rest for requests without asserts. */
const RANKS = ['required', 'broken', 'failing', 'ungraded', 'unanswered', 'incomplete', 'fixed', 'other'];
/** The ranks of requests without asserts, by the rank of their answers. */
const OF_ANSWERS = ['unanswered', 'incomplete', 'other'];
/** Chooses from all cases, given in file order: the most urgent first, at most `limit` answers, and all answers of a case or none. */
function chooseCases(cases, limit = MAX_ANSWERS) {
    const found = new Map(RANKS.map((rank) => [rank, { count: 0, first: [], answers: 0 }]));
    let total = 0;
    let position = 0;
    let hasGrades = false;
    for (const one of cases) {
        const { rank, answers } = typeof one === 'number' ? { rank: OF_ANSWERS[one] ?? 'other', answers: 1 } : one;
        const kind = found.get(rank);
        if (kind !== undefined) {
            if (kind.answers < limit)
                kind.first.push({ position, answers });
            kind.answers += answers;
            kind.count += 1;
        }
        hasGrades ||= typeof one !== 'number';
        total += 1;
        position += answers;
    }
    const countOf = (rank) => found.get(rank)?.count ?? 0;
    const sorted = [...found.values()].flatMap(({ first }) => first);
    return {
        ...fill(sorted, limit),
        total,
        unanswered: countOf('unanswered'),
        incomplete: countOf('incomplete'),
        ...(hasGrades && {
            graded: {
                required: countOf('required'),
                broken: countOf('broken'),
                failing: countOf('failing'),
                ungraded: countOf('ungraded'),
            },
        }),
    };
}
/** Takes cases in turn until one does not fit. */
function fill(places, limit) {
    const positions = [];
    let shown = 0;
    for (const { position, answers } of places) {
        if (positions.length + answers > limit)
            break;
        for (let at = 0; at < answers; at += 1)
            positions.push(position + at);
        shown += 1;
    }
    return { positions, shown };
}

// EXTERNAL MODULE: ./build/src/core/markdown/heading.js
var heading = __webpack_require__(74125);
// EXTERNAL MODULE: ./build/src/core/markdown/headline.js
var headline = __webpack_require__(6019);
// EXTERNAL MODULE: ./build/src/core/markdown/log-lines.js
var log_lines = __webpack_require__(12015);
// EXTERNAL MODULE: ./build/src/core/messages/headlines.js
var headlines = __webpack_require__(8459);
// EXTERNAL MODULE: ./build/src/core/messages/page.js + 1 modules
var page = __webpack_require__(72292);
// EXTERNAL MODULE: ./build/src/core/messages/report.js
var report = __webpack_require__(53226);
// EXTERNAL MODULE: ./build/src/core/text/untrusted-text.js
var untrusted_text = __webpack_require__(33091);
;// CONCATENATED MODULE: ./build/src/core/page/assets.generated.js
// Made by scripts/page.ts from the files of page/: do not edit.
/** What the policy of the page calls its style. */
const STYLE_HASH = 'sha256-cJWiKxb751OyWpHoWyGDT/EVvr7apHr+KDAXSqUNwdM=';
/** What the policy of the page calls its script. */
const SCRIPT_HASH = 'sha256-1dUtTbmNLYU+/fAslqCtclNBi7gY3dPk6gSiCn7XGPY=';
/** The style of the page. */
const STYLE = `:root {
color-scheme: light dark;
--ground: light-dark(#fbfbfa, #131517);
--raised: light-dark(#ffffff, #1a1d20);
--line: light-dark(#e2e2de, #2d3237);
--ink: light-dark(#1b1d1f, #e7e9ea);
--soft: light-dark(#5a6067, #a0a8b0);
--accent: light-dark(#2457a8, #86b3f5);
--faint: light-dark(#b9bec4, #4a5159);
--whole: light-dark(#1f7a4d, #5cc08d);
--cut: light-dark(#8a5a00, #e2b04f);
--errored: light-dark(#b3261e, #f28b82);
--canceled: light-dark(#656b72, #9aa2aa);
--expired: light-dark(#7a4b9a, #c69be6);
--missing: light-dark(#a1416a, #ee94b8);
--hit: light-dark(#ffe28a, #6b5200);
--well: light-dark(#f5f5f2, #131517);
--bar: 5.75rem;
--heads: 1.9rem;
scroll-padding-top: calc(var(--bar) + var(--heads) + 0.25rem);
}
@media (max-width: 50rem) {
:root {
--heads: 0rem;
}
}
[data-scheme="light"] {
color-scheme: light;
}
[data-scheme="dark"] {
color-scheme: dark;
}
* {
box-sizing: border-box;
}
body {
margin: 0;
background: var(--ground);
color: var(--ink);
font:
14px / 1.5 system-ui,
-apple-system,
"Segoe UI",
Roboto,
sans-serif;
overflow-wrap: anywhere;
}
header,
main {
max-width: 80rem;
margin: 0 auto;
padding: 0 1.5rem;
}
header {
display: flex;
align-items: flex-start;
justify-content: space-between;
gap: 1rem;
padding-top: 0.6rem;
}
main {
padding-bottom: 4rem;
}
p,
ul,
figure,
dl {
margin: 0 0 0.75rem;
}
h1 {
margin: 0.25rem 0 0.5rem;
font-size: 1.25rem;
line-height: 1.3;
font-weight: 600;
display: -webkit-box;
-webkit-box-orient: vertical;
-webkit-line-clamp: 2;
overflow: hidden;
}
h2 {
margin: 2rem 0 0.5rem;
font-size: 1rem;
font-weight: 600;
}
h3 {
margin: 0 0 0.25rem;
font-size: 0.8125rem;
font-weight: 600;
color: var(--soft);
}
a {
color: var(--accent);
text-underline-offset: 0.15em;
}
code,
kbd,
pre {
font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
font-size: 0.8125rem;
}
bdi {
unicode-bidi: isolate;
}
code {
background: light-dark(#f0f0ed, #23272b);
border-radius: 3px;
padding: 0.05em 0.3em;
}
button,
input,
select {
font: inherit;
color: inherit;
background: var(--raised);
border: 1px solid var(--faint);
border-radius: 5px;
padding: 0.3rem 0.55rem;
min-width: 0;
}
:focus-visible {
outline: 2px solid var(--accent);
outline-offset: 1px;
}
pre {
margin: 0 0 0.75rem;
padding: 0.6rem 0.75rem;
max-height: 32rem;
overflow: auto;
white-space: pre-wrap;
unicode-bidi: isolate;
line-height: 1.45;
background: var(--well);
border: 1px solid var(--line);
border-radius: 5px;
}
.facts,
#hint {
color: var(--soft);
font-size: 0.8125rem;
}
.facts {
margin: 0.2rem 0 0;
display: -webkit-box;
-webkit-box-orient: vertical;
-webkit-line-clamp: 2;
overflow: hidden;
}
.facts code {
background: none;
padding: 0;
font-family: inherit;
font-size: inherit;
}
.lead {
font-size: 1rem;
}
.failure {
border-left: 3px solid var(--errored);
padding: 0.1rem 0 0.1rem 0.75rem;
}
.notes {
margin-top: 1.5rem;
padding-left: 1.1rem;
font-size: 0.8125rem;
color: var(--soft);
}
.number {
text-align: right;
font-variant-numeric: tabular-nums;
white-space: nowrap;
}
.overview {
display: grid;
grid-template-columns: minmax(16rem, 24rem) minmax(0, 1fr);
gap: 1rem 3rem;
align-items: start;
margin: 1.25rem 0;
padding: 1rem 1.25rem;
background: var(--raised);
border: 1px solid var(--line);
border-radius: 8px;
}
.scroll {
overflow-x: auto;
margin-bottom: 0.75rem;
}
table {
border-collapse: collapse;
width: 100%;
}
th,
td {
padding: 0.3rem 0.9rem 0.3rem 0;
border-bottom: 1px solid var(--line);
text-align: left;
vertical-align: top;
font-weight: 400;
}
th:last-child,
td:last-child {
padding-right: 0;
}
thead th {
color: var(--soft);
font-size: 0.8125rem;
white-space: nowrap;
}
.scroll td {
min-width: 7rem;
}
.scroll .number {
min-width: 0;
}
.scroll code {
white-space: nowrap;
}
.scroll code.long {
white-space: normal;
overflow-wrap: anywhere;
}
td.number,
th.number {
text-align: right;
}
.figures th {
color: var(--soft);
}
.ledger {
display: grid;
gap: 0.75rem;
}
.figures caption {
text-align: left;
font-weight: 600;
padding-bottom: 0.15rem;
}
.figures tr:last-child :is(th, td) {
border-bottom: 0;
}
.figures td.number {
white-space: normal;
}
figure {
margin: 0;
}
figcaption {
font-weight: 600;
margin-bottom: 0.4rem;
}
svg {
display: block;
width: 100%;
height: 10px;
border-radius: 3px;
background: light-dark(#f0f0ed, #23272b);
}
.legend {
list-style: none;
margin: 0.35rem 0 0;
padding: 0;
display: flex;
flex-wrap: wrap;
gap: 0 1.1rem;
font-size: 0.8125rem;
}
.legend a {
color: inherit;
text-decoration: none;
}
.legend a:hover {
text-decoration: underline;
}
.legend b,
.bar b {
font-weight: 600;
}
#folds {
display: flex;
flex-wrap: wrap;
gap: 0 1.5rem;
margin: 0.4rem 0 0;
font-size: 0.8125rem;
}
#folds > details {
min-width: 0;
}
#folds > details[open] {
flex: 1 1 100%;
font-size: 0.875rem;
}
summary {
cursor: pointer;
color: var(--soft);
width: fit-content;
}
summary:hover {
color: var(--ink);
}
#folds > details > :last-child {
margin-bottom: 1.5rem;
}
#folds .failure {
margin-top: 0.75rem;
}
#folds section h2 {
margin-top: 1.25rem;
}
.mark {
display: inline-block;
width: 0.65rem;
height: 0.65rem;
border-radius: 2px;
margin-right: 0.4rem;
}
.bar {
display: flex;
justify-content: space-between;
gap: 1rem;
margin: 0.4rem 0 0.2rem;
}
rect.whole {
fill: var(--whole);
}
rect.cut {
fill: var(--cut);
}
rect.errored {
fill: var(--errored);
}
rect.canceled {
fill: var(--canceled);
}
rect.expired {
fill: var(--expired);
}
rect.missing {
fill: var(--missing);
}
rect.accent {
fill: var(--accent);
}
rect.faint {
fill: var(--faint);
}
.mark.whole {
background: var(--whole);
}
.mark.cut {
background: var(--cut);
}
.mark.errored {
background: var(--errored);
}
.mark.canceled {
background: var(--canceled);
}
.mark.expired {
background: var(--expired);
}
.mark.missing {
background: var(--missing);
}
.unseen {
position: absolute;
clip-path: inset(50%);
width: 1px;
height: 1px;
overflow: hidden;
}
#list {
scroll-margin-top: calc(-1 * (var(--bar) + var(--heads) + 0.25rem));
}
#bar {
position: sticky;
top: 0;
z-index: 2;
height: var(--bar);
padding-top: 0.4rem;
background: var(--ground);
}
#bar[hidden],
.arrow[hidden] {
display: none;
}
#controls {
display: flex;
gap: 0.75rem;
}
#controls label {
display: grid;
gap: 0.1rem;
font-size: 0.75rem;
color: var(--soft);
min-width: 0;
}
#controls label.search {
flex: 1 1 16rem;
}
#controls label.filter {
flex: 0 1 12.5rem;
}
#controls input,
#controls select {
font-size: 0.875rem;
color: var(--ink);
width: 100%;
height: 2.1rem;
}
#controls select {
padding-right: 0.2rem;
}
#unfold {
display: none;
}
#counts {
display: flex;
gap: 1rem;
align-items: baseline;
height: 1.7rem;
margin: 0.2rem 0 0;
font-size: 0.8125rem;
}
#status {
flex: 0 1 auto;
min-width: 0;
overflow: hidden;
text-overflow: ellipsis;
white-space: nowrap;
}
#csv {
margin-left: auto;
}
#scheme {
flex: none;
padding: 0.1rem 0.6rem;
font-size: 0.8125rem;
}
.quiet {
flex: none;
border: 0;
padding: 0;
background: none;
color: var(--accent);
white-space: nowrap;
cursor: pointer;
}
.quiet:hover {
text-decoration: underline;
}
kbd {
border: 1px solid var(--faint);
border-radius: 3px;
padding: 0 0.3em;
}
#heads {
position: sticky;
top: var(--bar);
z-index: 1;
height: var(--heads);
background: var(--ground);
border-bottom: 1px solid var(--line);
}
#cases {
padding-bottom: 2rem;
}
#cases:empty {
padding-bottom: 0;
}
#none {
padding: 0.5rem;
}
.item {
content-visibility: auto;
contain-intrinsic-size: auto 33px;
border-bottom: 1px solid var(--line);
}
.item.open {
content-visibility: visible;
background: var(--raised);
}
.heads,
.row {
display: grid;
grid-template-columns: minmax(6rem, 11rem) 5.5rem minmax(0, 1fr) minmax(6rem, 10.5rem) 5.5rem;
gap: 0 1rem;
padding: 0.35rem 0.5rem;
}
.heads {
color: var(--soft);
font-size: 0.8125rem;
}
.heads button {
border: 0;
padding: 0;
background: none;
color: inherit;
cursor: pointer;
white-space: nowrap;
}
.heads button:hover,
.heads [aria-sort] button {
color: var(--ink);
}
[aria-sort="ascending"] button::after {
content: " \\2191" / "";
}
[aria-sort="descending"] button::after {
content: " \\2193" / "";
}
.row {
position: relative;
cursor: pointer;
}
.row:hover {
background: light-dark(#f3f4f2, #202428);
}
.row > * {
overflow: hidden;
text-overflow: ellipsis;
white-space: nowrap;
}
.toggle {
display: block;
width: 100%;
border: 0;
padding: 0;
background: none;
text-align: left;
font-weight: 600;
overflow: hidden;
text-overflow: ellipsis;
cursor: pointer;
}
.toggle:focus-visible {
outline-style: solid;
outline-color: transparent;
}
.row:has(.toggle:focus-visible) {
outline: 2px solid var(--accent);
outline-offset: -2px;
}
.toggle::before {
content: "\\203a" / "";
display: inline-block;
width: 0.9em;
color: var(--soft);
}
.open .toggle::before {
transform: rotate(90deg) translate(0, 0.15em);
}
.gist {
display: flex;
gap: 0.5rem;
color: var(--soft);
}
.question,
.reply {
overflow: hidden;
text-overflow: ellipsis;
}
.question {
flex: 0 1 auto;
max-width: 50%;
}
.question:has(~ .reply:empty) {
max-width: none;
}
.reply {
flex: 1 1 0;
min-width: 30%;
color: light-dark(#3c4247, #c3c9ce);
}
.row .model {
color: var(--soft);
}
.outcome.whole {
color: var(--whole);
}
.outcome.cut {
color: var(--cut);
}
.outcome.errored {
color: var(--errored);
}
.outcome.canceled {
color: var(--canceled);
}
.outcome.expired {
color: var(--expired);
}
.outcome.missing {
color: var(--missing);
}
::highlight(hit) {
background: var(--hit);
color: var(--ink);
}
.detail {
padding: 0.25rem 0.5rem 1rem;
}
.tools {
display: flex;
flex-wrap: wrap;
gap: 0.4rem;
margin-bottom: 0.75rem;
}
.tools button,
.switch button {
font-size: 0.8125rem;
padding: 0.15rem 0.6rem;
cursor: pointer;
}
.tools button:hover,
.switch button:hover {
border-color: var(--soft);
}
.step.next {
margin-right: 1rem;
}
.said {
color: var(--whole);
font-size: 0.8125rem;
}
.said:not(:empty) {
margin-left: 0.4rem;
}
.detail dl {
display: flex;
flex-wrap: wrap;
gap: 0.25rem 1.75rem;
}
dt {
color: var(--soft);
font-size: 0.75rem;
}
dd {
margin: 0;
font-variant-numeric: tabular-nums;
}
.sides {
display: grid;
grid-template-columns: minmax(0, 1fr);
gap: 0.75rem 1.5rem;
}
@media (min-width: 60rem) {
.sides:has(> :nth-child(2)) {
grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
}
}
.section-head {
display: flex;
justify-content: space-between;
align-items: center;
min-height: 1.9rem;
margin-bottom: 0.25rem;
}
.section-head h3 {
margin: 0;
color: var(--ink);
}
.switch button:first-child {
border-radius: 5px 0 0 5px;
}
.switch button:last-child {
border-radius: 0 5px 5px 0;
border-left: 0;
}
.switch button[aria-pressed="true"] {
background: var(--accent);
border-color: var(--accent);
color: var(--ground);
}
h4,
.part-name,
.part > figcaption {
margin: 0 0 0.15rem;
font-size: 0.75rem;
font-weight: 600;
color: var(--soft);
}
.part > summary {
font-size: 0.8125rem;
margin-bottom: 0.4rem;
}
.tool-call > pre,
.tool-result > pre {
border-left: 3px solid var(--accent);
}
.part > img {
display: block;
max-width: 100%;
max-height: 20rem;
border: 1px solid var(--line);
border-radius: 5px;
margin-bottom: 0.25rem;
}
.left-out,
.address {
color: var(--soft);
}
.left-out {
margin: 0 0 0.75rem;
}
.share {
margin: 0.25rem 0 0;
font-size: 0.8125rem;
color: var(--soft);
}
[data-role="system"] pre {
max-height: 10rem;
}
[data-text="error"] pre {
border-left: 3px solid var(--errored);
}
.outcome.pass {
color: var(--whole);
}
.outcome.fail {
color: var(--errored);
}
.outcome.ungraded {
color: var(--cut);
}
rect.pass {
fill: var(--whole);
}
rect.fail {
fill: var(--errored);
}
rect.ungraded {
fill: var(--cut);
}
.mark.pass {
background: var(--whole);
}
.mark.fail {
background: var(--errored);
}
.mark.ungraded {
background: var(--cut);
}
[data-graded] .heads,
[data-graded] .row {
grid-template-columns: minmax(6rem, 11rem) 10rem minmax(0, 1fr) minmax(6rem, 10.5rem) 5.5rem;
}
.row b {
font-weight: 600;
}
.row > :has(> .note) {
white-space: normal;
overflow-wrap: break-word;
}
.row .note {
color: var(--soft);
font-size: 0.8125rem;
}
.grade {
margin-bottom: 0.9rem;
}
.grade-head {
display: flex;
flex-wrap: wrap;
align-items: baseline;
gap: 0.25rem 0.6rem;
margin-bottom: 0.35rem;
}
.grade-head b {
font-weight: 600;
}
.label {
border: 1px solid var(--line);
border-radius: 1rem;
padding: 0 0.5rem;
font-size: 0.75rem;
color: var(--soft);
}
.asserts {
list-style: none;
margin: 0 0 0.4rem;
padding: 0;
border: 1px solid var(--line);
border-radius: 5px;
background: var(--ground);
}
.asserts > li {
padding: 0.3rem 0.65rem;
border-left: 3px solid var(--whole);
}
.asserts > li + li {
border-top: 1px solid var(--line);
}
.asserts > [data-outcome="fail"] {
border-left-color: var(--errored);
}
.asserts > [data-outcome="ungraded"] {
border-left-color: var(--cut);
}
.asserts .asserts {
margin: 0.35rem 0 0.2rem 4.5rem;
}
.assert {
display: flex;
flex-wrap: wrap;
align-items: baseline;
gap: 0.1rem 0.6rem;
}
.assert > .outcome {
flex: none;
width: 4.5rem;
margin-right: -0.6rem;
font-weight: 600;
font-size: 0.8125rem;
}
.assert > code {
flex: none;
}
.assert > .reason {
flex: 0 1 auto;
min-width: 0;
}
.assert > .said-by::before {
content: "\\201c" / "";
}
.assert > .said-by::after {
content: "\\201d" / "";
}
.facts-of,
.before-facts,
.compared-note {
font-size: 0.8125rem;
color: var(--soft);
}
[data-text="before"] .section-head {
justify-content: flex-start;
flex-wrap: wrap;
gap: 0 0.75rem;
}
.compared-note {
margin-left: auto;
}
.as-markdown .of-marks {
visibility: hidden;
}
#figures .outcomes {
margin-top: 1rem;
}
.repeats {
display: flex;
flex-wrap: wrap;
gap: 0.3rem;
margin-bottom: 0.75rem;
}
.repeats button {
font-size: 0.8125rem;
padding: 0.15rem 0.6rem;
cursor: pointer;
}
.repeats button:disabled {
opacity: 0.5;
cursor: default;
}
.repeats [aria-pressed="true"] {
border-color: currentColor;
box-shadow: inset 0 0 0 1px currentColor;
font-weight: 600;
}
.repeats [data-to="previous"],
.repeats [data-to="next"] {
color: var(--ink);
}
ins,
del {
border-radius: 2px;
}
ins {
background: light-dark(#d3f0dc, #1d4a30);
text-decoration: none;
box-shadow: 0 1px 0 var(--whole);
}
del {
background: light-dark(#fbdcd9, #5a2522);
text-decoration-color: var(--errored);
}
@media (min-width: 60rem) {
.sides.of-3 {
grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
}
.sides.of-3 > :first-child {
grid-column: span 2;
}
}
.sides.of-3 [data-text="prompt"] pre {
max-height: 14rem;
}
.side {
min-width: 0;
}
@media (max-width: 50rem) {
[data-graded] .row {
grid-template-columns: minmax(0, 1fr) auto;
}
.asserts .asserts {
margin-left: 0.25rem;
}
.assert > .reason,
.assert > .facts-of {
flex-basis: 100%;
}
.assert > .outcome {
width: auto;
margin-right: 0;
}
}
.markdown {
margin: 0 0 0.75rem;
padding: 0.6rem 0.75rem;
max-height: 40rem;
overflow: auto;
background: var(--well);
border: 1px solid var(--line);
border-radius: 5px;
}
.markdown > :last-child,
.markdown li > :last-child,
.markdown blockquote > :last-child {
margin-bottom: 0;
}
.markdown .heading {
font-weight: 600;
font-size: 1rem;
margin-top: 0.75rem;
}
.markdown > .heading:first-child {
margin-top: 0;
}
.markdown .level-1 {
font-size: 1.25rem;
}
.markdown .level-2 {
font-size: 1.125rem;
}
.markdown ol,
.markdown ul {
padding-left: 1.5rem;
}
.markdown li > p {
margin-bottom: 0.25rem;
}
.markdown blockquote {
margin: 0 0 0.75rem;
padding-left: 0.75rem;
border-left: 3px solid var(--faint);
color: var(--soft);
}
.markdown pre {
background: var(--raised);
}
.markdown hr {
border: 0;
border-top: 1px solid var(--line);
}
.markdown table {
width: auto;
}
.markdown th {
font-weight: 600;
}
@media (max-width: 50rem) {
header,
main {
padding-left: 1rem;
padding-right: 1rem;
}
h1 {
font-size: 1.0625rem;
}
.overview {
grid-template-columns: minmax(0, 1fr);
padding: 0.75rem 1rem;
}
.scroll td:nth-child(n + 4):last-child:not(.number) {
min-width: 14rem;
}
#heads,
#hint {
display: none;
}
#controls {
flex-wrap: wrap;
align-items: end;
gap: 0.5rem;
}
#controls label.search {
flex: 1 1 6rem;
}
.search > span {
position: absolute;
clip-path: inset(50%);
}
:root {
--bar: 4.6rem;
}
.legend {
gap: 0 0.8rem;
}
#unfold {
display: block;
height: 2.1rem;
white-space: nowrap;
}
#controls label.filter {
display: none;
}
#controls.unfolded label.search {
flex-basis: 55%;
}
#controls.unfolded label.filter {
display: grid;
flex: 1 1 40%;
}
#bar:has(.unfolded) {
height: auto;
padding-bottom: 0.4rem;
}
.item {
contain-intrinsic-size: auto 78px;
}
.row {
grid-template-columns: minmax(0, 1fr) auto;
padding: 0.5rem 0.25rem;
}
.row > .gist {
grid-column: span 2;
grid-row: 2;
}
.row > .outcome {
text-align: right;
}
.row > .number {
font-size: 0.8125rem;
}
}`;
/** The script of the page, a module without imports. */
const SCRIPT = `function element(name,parts={}){const made=document.createElement(name);if(parts.class!==undefined)made.className=parts.class;if(parts.text!==undefined)made.textContent=parts.text;for(const[attribute,value]of Object.entries(parts.attributes??{}))made.setAttribute(attribute,value);for(const child of parts.children??[])if(child!==undefined)made.append(child);return made}function byId(id,kind){const found=document.getElementById(id);if(!(found instanceof kind))throw new TypeError(\`no element \${id}\`);return found}
function groupAnswers(records){const cases=Map.groupBy(records,record=>record.grade===undefined?record:record.grade.case.id);return Array.from(cases.values(),listCase)}function answersOf(found){return"answers"in found?found.answers:[found]}function leadingAnswer(answers){return Math.max(0,answers.findIndex(({grade})=>grade?.outcome!=="pass"))}function listCase(answers){const leading=answers[leadingAnswer(answers)];if(answers.length===1)return{...leading,answers};return{...leading,id:leading.grade?.case.id??leading.id,position:answers[0]?.position??leading.position,usd:sumOfUsd(answers),tokens:sumOfTokens(answers),answers}}function sumOfUsd(answers){const answered=answers.filter(({outcome})=>outcome==="succeeded");if(answered.length===0||answered.some(({usd})=>usd===null))return null;const sum=answered.reduce((all,{usd})=>all+BigInt((usd??"0").replace(".","")),0n);const digits=String(sum).padStart(DECIMALS+1,"0");return\`\${digits.slice(0,-DECIMALS)}.\${digits.slice(-DECIMALS)}\`}const DECIMALS=6;function sumOfTokens(answers){const known=answers.flatMap(({tokens})=>tokens===null?[]:[tokens]);if(known.length===0)return null;return known.reduce((all,one)=>({input:all.input+one.input,output:all.output+one.output,cache_read:all.cache_read+one.cache_read,cache_write:all.cache_write+one.cache_write}))}
function readCases(){const records=Array.from(document.querySelectorAll("script.case"),block=>JSON.parse(block.textContent??""));return groupAnswers(records)}function readAbout(){const{requests,results,grades,prompts,linked,csv="",leftOut="0",totals=""}=byId("list",HTMLElement).dataset;const isLinked=linked!==undefined;return{requests,results,grades,hasPrompts:prompts!==undefined,csvName:csv,leftOut:Number(leftOut),totals:new Map(Array.from(new URLSearchParams(totals),([name,count])=>[name,Number(count)])),isLinked}}
function formatCount(count){return groupThousands(String(count))}function groupThousands(digits){return digits.replace(/\\B(?=(\\d{3})+$)/g,",")}function countOf(count,noun,plural=\`\${noun}s\`){return\`\${formatCount(count)} \${count===1?noun:plural}\`}function formatBytes(bytes){if(bytes<1e3)return\`\${bytes} bytes\`;return bytes<1e6?\`\${(bytes/1e3).toFixed(1)} kB\`:\`\${(bytes/1e6).toFixed(1)} MB\`}function formatDuration(ms){if(ms<1e3)return\`\${Math.max(0,Math.round(ms))} ms\`;const seconds=Math.floor(ms/1e3);if(seconds<60)return\`\${seconds} s\`;const minutes=Math.floor(seconds/60);const hours=Math.floor(minutes/60);const parts=hours===0?[\`\${minutes} min\`,\`\${seconds%60} s\`]:[\`\${hours} h\`,\`\${minutes%60} min\`];return parts.filter(part=>!part.startsWith("0 ")).join(" ")}function formatTime(time){const ms=parseTime(time);return ms===undefined?undefined:\`\${new Date(ms).toISOString().slice(0,16).replace("T"," ")} UTC\`}function formatDay(time){const ms=parseTime(time);if(ms===undefined)return undefined;return new Date(ms).toLocaleDateString("en-GB",{day:"numeric",month:"long",timeZone:"UTC"})}function formatMoment(time){const ms=parseTime(time);return ms===undefined?undefined:\`\${formatDay(time)}, \${new Date(ms).toISOString().slice(11,16)} UTC\`}const ISO_8601=/^(\\d{4}-\\d\\d-\\d\\d)(?:[Tt ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,3})?)?)\\d* ?(?:[Zz]|([+-]\\d\\d):?(\\d\\d))?)?$/;const RFC_2822=/^(?:[A-Z][a-z]{2}, )?\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d(?::\\d\\d)? (?:GMT|UTC?|[+-]\\d{4})$/;const FIRST_BATCH_MS=Date.UTC(2024,9,8);function parseTime(time){const[,date,clock="00:00",hours="+00",minutes="00"]=ISO_8601.exec(time)??[];if(date===undefined&&!RFC_2822.test(time))return undefined;const ms=Date.parse(date===undefined?time:\`\${date}T\${clock}\${hours}:\${minutes}\`);return ms>=FIRST_BATCH_MS?ms:undefined}const ZONE=/(?:[Zz]|GMT|UTC?|[+-]\\d\\d:?\\d\\d)$/;const MAX_BEHIND_MS=12*36e5;function latestTime(time){const ms=parseTime(time);if(ms===undefined)return undefined;const[,seconds,fraction]=/\\d\\d:\\d\\d(:\\d\\d(\\.\\d)?)?/.exec(time)??[];const lastsMs=!time.includes(":")?24*36e5:seconds===undefined?6e4:fraction===undefined?1e3:1;return ms+lastsMs-1+(ZONE.test(time)?0:MAX_BEHIND_MS)}function positiveInteger(value){return typeof value==="number"&&Number.isSafeInteger(value)&&value>0?value:undefined}
const OUTCOME_NAMES={whole:"Complete answer",cut:"Incomplete answer",errored:"Errored",canceled:"Canceled",expired:"Expired",missing:"Missing"};const GRADE_NAMES={passing:"Passing",failing:"Failing",ungraded:"Ungraded",broken:"Broken",fixed:"Fixed",flaky:"Flaky",required:"Required"};const GRADE_WORDS={pass:"Pass",fail:"Fail",ungraded:"Ungraded"};
const LABELS={all:"All",answer:"Answer",answers:"Answers of this case",before:"Baseline's answer",beforeSame:"The baseline has the same answer.",cacheRead:"Cache read tokens",cacheWrite:"Cache write tokens",changesMarked:"Changed words are marked.",changesMarkedInPart:"Changed words are marked in some of the texts.",changesNotMarked:"The two have too little in common to mark what changed.",caseNotFound:"This link points to a case that is not on this page.",copied:"Copied",copiedLink:"Copied: add it to the page link in the comment",copyAnswer:"Copy answer",copyLink:"Copy link",copyPrompt:"Copy prompt",cost:"Cost",csv:"Download CSV",dark:"Dark",empty:"(empty)",error:"Error",id:"ID",image:"Image",incomplete:"No complete answer",inputTokens:"Input tokens",light:"Light",link:"Link to this case",markdown:"Markdown",model:"Model",next:"Next",nextAnswer:"Next answer",noModel:"No model",noneShown:"No case matches.",noStop:"No stop reason",outputTokens:"Output tokens",parameters:"Parameters",position:"Position in the file",previous:"Previous",previousAnswer:"Previous answer",prompt:"Request",required:"Required",reset:"Clear filters",reused:"Reused answer",reusedAnswers:"Reused",sentNow:"Submitted",selected:"Selected: copy it with Ctrl+C or \u2318C",shareBefore:" \u00b7 To share it, add ",shareAfter:" to the page link in the comment or job summary. The address in your browser expires within minutes.",showAs:"Show the answer as",source:"Line",stopReason:"Stop reason",text:"Text",unanswered:"No answer",unknown:"unknown"};const HEADS={id:"Case",outcome:"Outcome",gist:"Question \u2192 answer",model:"Model",cost:"Cost"};const ORDER_NAMES={failures:"Failures first","-failures":"Failures last",file:"File order","-file":"File order, last first",id:"ID","-id":"ID, last first",model:"Model","-model":"Model, last first",cost:"Most expensive first","-cost":"Cheapest first",score:"Lowest score first","-score":"Highest score first",tokens:"Most tokens first","-tokens":"Fewest tokens first"};function outcomeWords(kind){const name=OUTCOME_NAMES[kind];return{name,short:kind==="whole"?"Complete":kind==="cut"?"Incomplete":name}}const INCOMPLETE_WORDS={refusal:"Refused",max_tokens:"Cut off",model_context_window_exceeded:"Cut off",pause_turn:"Paused",empty:"Empty"};function outcomeText(kind,incompleteBy){return(incompleteBy===undefined?undefined:INCOMPLETE_WORDS[incompleteBy])??outcomeWords(kind).short}function gradeText({outcome,score}){return score===null?GRADE_WORDS[outcome]:\`\${GRADE_WORDS[outcome]}, score \${scoreText(score)}\`}function gradeNote(facts){const{change,required,passed,answers,incomplete}=facts;return[...required?[GRADE_NAMES.required.toLowerCase()]:[],...change===null?[]:[GRADE_NAMES[change].toLowerCase()],...answers<2?[]:[\`\${passed} of \${answers} pass\`],...incomplete===undefined?[]:[incomplete.toLowerCase()]].join(", ")}function answerText(number,outcome){return outcome===undefined?String(number):\`\${number} \${GRADE_WORDS[outcome]}\`}function assertFacts(of){const{outcome,score,weight,judge,asserts}=of;const isPlain=score===null||asserts.length>0||score===(outcome==="pass"?1:0);return[...isPlain?[]:[\`score \${scoreText(score)}\`],...weight===1?[]:[\`weight \${weight}\`],...judge===null?[]:[\`judged by \${judge.model}, prompt \${judge.prompt}\`]].join(" \u00b7 ")}function foldedAssertsText(count){return\`\${formatCount(count)} passed\`}function leftOutAssertsText(count,location){return\`\${countOf(count,"assert")} left out here. All are in \${locationText(location)}.\`}function metricFailsText(metric){return\`\${metric}: not passed\`}function scoreText(score){return String(Math.round(score*100)/100)}function roleName(role,isToolResult){if(isToolResult)return"Tool result";return ROLES.get(role)??role}const ROLES=new Map([["system","System"],["user","User"],["assistant","Assistant"]]);const PART_NAMES={citations:"Citations",thinking:"Thinking","tool-call":"Tool call","tool-result":"Tool result",other:"Block"};function partName({kind,name,id}){return[PART_NAMES[kind]??kind,name,id].filter(text=>text!==undefined).join(" \u00b7 ")}function imageNote(what){return\`Image, not on this page: \${what}\`}function leftOutText(count){return\`[\${countOf(count,"character")} left out]\`}function filtersText(count){return count===0?"Filter, sort":\`Filter, sort (\${count})\`}function costText({usd,outcome}){if(usd!==null)return\`$\${usd}\`;return outcome==="succeeded"?LABELS.unknown:undefined}function reusedText(of){const age=of.age_days===0?"less than a day old":\`\${countOf(of.age_days,"day")} old\`;return\`\${age}: \${formatTime(of.answered_at)??of.answered_at}, batch \${of.batch_id}\`}function choiceText(name,count,total=count){return\`\${name} (\${formatCount(count)}\${total>count?\` of \${formatCount(total)}\`:""})\`}function statusText(counts){const{shown,total,leftOut,unsearched,isOfFilter=false,isMixed=false}=counts;const listed=isMixed?\`\${formatCount(total)} cases and other requests\`:countOf(total,"case");const parts=[\`\${formatCount(shown)} of \${listed} shown\`,...leftOut===0?[]:[\`\${formatCount(leftOut)} more \${isOfFilter?"of these ":""}not on this page\`],...unsearched===0?[]:[\`long texts of \${countOf(unsearched,"case")} searched only in part\`]];return parts.join(" \u00b7 ")}function cutNote(leftOut,location){return\`\${countOf(leftOut,"character")} left out here. The full text is in \${locationText(location)}.\`}function textlessText(places){const parts=[...places.answer===undefined?[]:[\`The answer is in \${locationText(places.answer)}.\`],...places.prompt===undefined?[]:[\`The prompt is in \${locationText(places.prompt)}.\`]];return["The texts of this case are left out to keep the page small.",...parts].join(" ")}function textlessCasesText(count,total){return\`The texts of \${formatCount(count)} of the \${countOf(total,"case")} listed are left out to keep the page small. Each case says where to find them.\`}function locationText({file,artifact}){return artifact===undefined?\`\${file} in results-path on the runner, where later steps of the job can read it\`:\`\${file} in the artifact \${artifact}\`}
function toPlainLine(text,maxLength=Number.POSITIVE_INFINITY){const line=PLAIN.test(text)?text:toOneLine(text);if(line.length<=maxLength)return line;const points=Array.from(line);return points.length<=maxLength?line:\`\${points.slice(0,Math.max(0,maxLength-1)).join("")}\u2026\`}const PLAIN=/^[!-~\u2026]+(?: [!-~\u2026]+)*$/;function toOneLine(text){return text.toWellFormed().replace(/\\s+/gu," ").replace(/[\\p{Cc}\\p{Cf}]/gu,"\ufffd").replace(/(\\p{M}{3})\\p{M}+/gu,"$1").trim()}function toReadable(text){return text.toWellFormed().replace(/\\r\\n?/g,"\\n").replace(/(?![\\n\\t])\\p{Cc}|[\\u202A-\\u202E\\u2066-\\u2069]/gu,"\ufffd")}function cutText(text,maxLength){if(text.length<=maxLength)return text;const cut=text.slice(0,maxLength);return cut.isWellFormed()?cut:cut.slice(0,-1)}function cutEnd(text,maxLength){if(text.length<=maxLength)return text;const end=text.slice(text.length-maxLength);return/^[\\uDC00-\\uDFFF]/.test(end)?end.slice(1):end}
function fragmentOf(names){const asked=new URLSearchParams;for(const[name,value]of names)asked.set(name,value);const text=asked.toString();return text===""?"":\`#\${text}\`}function caseFragment(id){return fragmentOf([["case",toPlainLine(id,MAX_ID)]])}const MAX_ID=200;
const DATED=/^(.+)-20\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])$/;function undatedModel(name){return DATED.exec(name)?.[1]??name}
const INCOMPLETE=["refusal","max_tokens","pause_turn","model_context_window_exceeded","unknown","empty"];const WHOLE=["end_turn","stop_sequence","tool_use"];function incompleteBy({outcome,stop_reason,is_empty}){if(outcome!=="succeeded")return undefined;if(WHOLE.includes(stop_reason))return is_empty?"empty":undefined;return INCOMPLETE.find(reason=>reason===stop_reason&&reason!=="empty")??"unknown"}function hasWholeAnswer(found){return found.outcome==="succeeded"&&incompleteBy(found)===undefined}function rankOf(found){if(found.outcome!=="succeeded")return 0;return hasWholeAnswer(found)?2:1}
const FAILS="fails:";const NAME="name:";function metricFilter(metric){return metric.startsWith(FAILS)||metric.startsWith(NAME)?NAME+metric:metric}function failsFilter(metric){return FAILS+metric}
const NONE=" ";const FACETS={stop:({stop_reason,error})=>stop_reason||error?.type||NONE,model:({model})=>undatedModel(model??"")||NONE};function reuseOf({reused}){return reused===undefined?"sent":"reused"}function metricsOf({grade}){const metrics=grade?.metrics??[];return[...metrics.map(({metric})=>metricFilter(metric)),...metrics.flatMap(({metric,passes})=>passes?[]:[failsFilter(metric)])]}function metadataOf({grade}){return(grade?.case.metadata??[]).map(([key,value])=>\`\${key}=\${value}\`)}
const GRADE_TESTS={broken:({grade})=>grade?.case.change==="broken",failing:({grade})=>grade?.case.outcome==="fail",ungraded:({grade})=>grade?.case.outcome==="ungraded",flaky:found=>found.grade?.case.outcome!=="ungraded"&&hasAnswer(found,"pass")&&hasAnswer(found,"fail"),fixed:({grade})=>grade?.case.change==="fixed",passing:({grade})=>grade?.case.outcome==="pass",required:({grade})=>grade?.case.required===true};function hasGrades(cases){return cases.some(({grade})=>grade!==undefined)}function urgencyOf(found){const{grade}=found;const rank=rankOf(found);if(grade===undefined)return[2,3,5][rank]??5;if(grade.case.required&&grade.case.outcome==="fail")return-1;if(grade.case.change==="broken")return 0;if(grade.case.outcome!=="pass")return grade.case.outcome==="fail"?1:2;if(GRADE_TESTS.flaky(found)||rank<2)return 3;return grade.case.change==="fixed"?4:5}function scoreOf(found){const scores=answersOf(found).flatMap(({grade})=>grade?.score??[]);return scores.length===0?-1:scores.reduce((sum,score)=>sum+score,0)/scores.length}function hasAnswer(found,outcome){return answersOf(found).some(({grade})=>grade?.outcome===outcome)}
function textsOf({error,prompt,answer}){const parts=[...prompt??[],...answer??[]].map(({text})=>text);return error===null?parts:[error.message,...parts]}function questionOf({prompt}){const isQuestion=({kind,role,text})=>kind==="text"&&role==="user"&&text.head.trim()!=="";return prompt?.findLast(isQuestion)?.text.head??""}function replyOf({answer,error}){if(error!==null)return error.message.head.trim()===""?error.type:error.message.head;const text=answer?.find(({kind,text:{head}})=>kind==="text"&&head.trim()!=="");if(text!==undefined)return text.text.head;const call=answer?.find(({kind})=>kind==="tool-call");return call===undefined?"":\`\${call.name??""} \${call.text.head}\`}function wholeText(parts){const said=parts.filter(({kind})=>kind!=="thinking");const roles=new Set(said.map(({role})=>role));const isAlone=roles.size===1&&(roles.has("user")||roles.has(undefined));let last;return said.map(part=>{const head=isAlone||part.role===last?[]:[\`[\${part.role}]\`];last=part.role;const kind=part.kind==="text"?[]:[\`[\${[part.kind,part.name,part.id].filter(Boolean).join(" ")}]\`];return[...head,...kind,joined(part.text)].join("\\n")}).join("\\n\\n")}function joined({head,left_out,tail}){return left_out===0?head:\`\${head}
\${leftOutText(left_out)}
\${tail}\`}
function kindOf(found){if(found.outcome!=="succeeded")return found.outcome;return hasWholeAnswer(found)?"whole":"cut"}function isPartlyUnsearched(found){const parts=[...found.prompt??[],...found.answer??[]];const isCut=textsOf(found).some(({left_out})=>left_out>0)||parts.some(({kind})=>kind==="left-out");return found.texts_left_out||isCut||(found.grade?.asserts_left_out??0)>0}
const FIRST_VIEW={search:"",outcome:"",metric:"",metadata:"",stop:"",model:"",reuse:"",order:"failures"};const OUTCOME_GROUPS=new Map([["incomplete",found=>rankOf(found)<2],["unanswered",found=>rankOf(found)===0]]);function isWanted(found,view){if(isGradeName(view.outcome)&&!GRADE_TESTS[view.outcome](found))return false;return answersOf(found).some(answer=>isAnswerWanted(answer,view))}function isAnswerWanted(found,{search,outcome,metric,metadata,stop,model,reuse}){if(model!==""&&FACETS.model(found)!==model)return false;if(reuse!==""&&reuseOf(found)!==reuse)return false;if(stop!==""&&FACETS.stop(found)!==stop)return false;if(metric!==""&&!metricsOf(found).includes(metric))return false;if(metadata!==""&&!metadataOf(found).includes(metadata))return false;if(outcome!==""&&!isGradeName(outcome)&&!hasOutcome(found,outcome))return false;const words=wordsOf(search);if(words.length===0)return true;const texts=searchedTexts(found).map(text=>text.toLowerCase());return words.every(word=>texts.some(text=>text.includes(word)))}function wordsOf(search){return search.toLowerCase().split(/\\s+/).filter(word=>word!=="")}function isGradeName(outcome){return Object.hasOwn(GRADE_TESTS,outcome)}function hasOutcome(found,outcome){return OUTCOME_GROUPS.get(outcome)?.(found)??kindOf(found)===outcome}function searchedTexts(found){const{id,model,stop_reason,outcome,error,source,grade}=found;const{name,short}=outcomeWords(kindOf(found));const cut=textsOf(found).flatMap(({head,tail})=>[head,tail]);const graded=grade===undefined?[]:[GRADE_WORDS[grade.case.outcome],grade.case.change===null?"":GRADE_NAMES[grade.case.change],grade.case.required?GRADE_NAMES.required:"",...metadataOf(found),...grade.asserts.flatMap(assertTexts)];const texts=[id,model,stop_reason,outcome,name,short,error?.type,source?.file,...graded,...cut];return texts.filter(text=>text!==undefined&&text!==null)}function assertTexts({type,metric,reason,judge,asserts}){return[type,metric??"",reason,judge?.model??"",...asserts.flatMap(assertTexts)]}
function readAddress(fragment){const names=new URLSearchParams(fragment.replace(/^#/,""));const id=names.get("case");return{open:id===null?undefined:{id,place:readPlace(names.get("place"))},search:names.get("search")??"",outcome:names.get("outcome")??"",metric:names.get("metric")??"",metadata:names.get("metadata")??"",stop:names.get("stop")??"",model:undatedModel(names.get("model")??""),reuse:names.get("reuse")??"",order:names.get("order")??FIRST_VIEW.order}}function printAddress({open,order,...view}){const{search,outcome,metric,metadata,stop,model,reuse}=view;const names=[["case",open?.id],["place",open?.place===undefined?undefined:String(open.place)],...Object.entries({search,outcome,metric,metadata,stop,model,reuse}).map(([name,value])=>[name,value||undefined]),["order",order===FIRST_VIEW.order?undefined:order]];return fragmentOf(names.flatMap(([name,value])=>value===undefined?[]:[[name,value]]))}function readPlace(text){return text!==null&&/^[1-9]\\d{0,14}$/.test(text)?Number(text):undefined}
const CSV_COLUMNS=[["file",({source})=>source?.file],["line",({source})=>source?.line],["outcome",({outcome})=>outcome],["complete",found=>kindOf(found)==="whole"],["stop_reason",({stop_reason})=>stop_reason],["error_type",({error})=>error?.type],["error_message",({error})=>error&&joined(error.message)],["model",({model})=>model],["input_tokens",({tokens})=>tokens?.input],["cache_read_tokens",({tokens})=>tokens?.cache_read],["cache_write_tokens",({tokens})=>tokens?.cache_write],["output_tokens",({tokens})=>tokens?.output],["cost_usd",({usd})=>usd],["prompt",({prompt})=>prompt&&wholeText(prompt)],["answer",({answer})=>answer&&wholeText(answer)]];const PASS={pass:true,fail:false,ungraded:null};const GRADE_COLUMNS=[["case",({grade})=>grade?.case.id],["case_pass",({grade})=>grade&&PASS[grade.case.outcome]],["change",({grade})=>grade?.case.change],["required",({grade})=>grade?.case.required],["pass",({grade})=>grade&&PASS[grade.outcome]],["score",({grade})=>grade?.score],["reasons",({grade})=>grade?.asserts.flatMap(reasonsOf).join("\\n")]];const REUSE_COLUMNS=[["reused",({reused})=>reused!==undefined],["reused_from",({reused})=>reused?.batch_id],["answered_at",({reused})=>reused?.answered_at]];const BASELINE_COLUMN=["baseline_answer",({before,answer})=>{const said=before?.is_same?answer:before?.answer;return said&&wholeText(said)}];function printCsv(cases){const columns=columnsOf(cases);const lines=[columns.map(([name])=>cellOf(name)),...cases.map(found=>columns.map(([,of])=>cellOf(of(found))))];return\`\\uFEFF\${lines.map(cells=>\`\${cells.join(",")}\\r
\`).join("")}\`}function columnsOf(cases){const id=["custom_id",found=>found.id];const reuse=cases.some(({reused})=>reused!==undefined)?REUSE_COLUMNS:[];if(!hasGrades(cases))return[id,...CSV_COLUMNS,...reuse];const before=cases.some(found=>found.before!==undefined)?[BASELINE_COLUMN]:[];return[id,...GRADE_COLUMNS,...metricColumns(cases),...metadataColumns(cases),...CSV_COLUMNS,...reuse,...before]}function metricColumns(cases){const names=new Set(cases.flatMap(({grade})=>grade?.metrics.map(({metric})=>metric)??[]));return Array.from(names,name=>[\`metric \${name}\`,({grade})=>grade?.metrics.find(({metric})=>metric===name)?.score])}function metadataColumns(cases){const names=new Set(cases.flatMap(({grade})=>grade?.case.metadata.map(([key])=>key)??[]));return Array.from(names,name=>[\`metadata \${name}\`,({grade})=>grade?.case.metadata.find(([key])=>key===name)?.[1]])}function reasonsOf({type,metric,outcome,reason,asserts}){if(outcome==="pass")return[];const name=metric===null?type:\`\${type} (\${metric})\`;return[\`\${name}: \${reason===""?outcome:reason}\`,...asserts.flatMap(reasonsOf)]}function cellOf(value){if(value===null||value===undefined)return"";const text=typeof value==="string"?withoutFormula(value):String(value);return/[",\\r\\n]/.test(text)?\`"\${text.replaceAll('"','""')}"\`:text}function withoutFormula(text){if(/^-?\\d+(?:\\.\\d+)?$/.test(text))return text;return/^[\\s\\p{Cf}"']*[=+\\-@|%\\uFF1D\\uFF0B\\uFF0D\\uFF20\\u2212]|^[\\t\\r\\n]/u.test(text)?\`'\${text}\`:text}
function downloadCsv(cases,name){const address=URL.createObjectURL(new Blob([printCsv(cases)],{type:"text/csv;charset=utf-8"}));element("a",{attributes:{href:address,download:name}}).click();setTimeout(()=>URL.revokeObjectURL(address),6e4)}
const MAX_VALUES=30;const FILTERS=["outcome","metric","metadata","stop","model","reuse","order"];function createFilters(cases,totals){const selects=new Map(FILTERS.map(name=>[name,byId(name,HTMLSelectElement)]));const of=name=>selects.get(name);fill(of("outcome"),outcomesOf(cases),totals);fillOrRemove(of("metric"),metricChoices(cases));fillOrRemove(of("metadata"),metadataChoices(cases));fill(of("stop"),facetsOf(cases,FACETS.stop,LABELS.noStop));fill(of("model"),facetsOf(cases,FACETS.model,LABELS.noModel));fillOrRemove(of("reuse"),reuseChoices(cases));const isGraded=hasGrades(cases);for(const[value,name]of Object.entries(ORDER_NAMES))if(isGraded||!value.endsWith("score"))of("order").append(new Option(name,value));const place=view=>{const outcome=view.outcome==="incomplete"&&!isGraded?"failing":view.outcome;for(const name of FILTERS)choose(of(name),name==="outcome"?outcome:view[name])};place(FIRST_VIEW);return{read:()=>Object.fromEntries(FILTERS.map(name=>[name,of(name).value])),place,onChange:listener=>{for(const select of selects.values())select.addEventListener("change",listener)}}}function choose(select,value){select.value=value;if(select.selectedIndex===-1)select.selectedIndex=0}function fill(select,choices,totals){const options=choices.map(([value,words,count])=>new Option(choiceText(words,count,totals?.get(value)),value));select.append(new Option(LABELS.all,""),...options)}function fillOrRemove(select,choices){fill(select,choices);if(choices.length===0)select.closest("label")?.remove()}function outcomesOf(cases){const kinds=Array.from(countBy(cases,answer=>[kindOf(answer)]),([kind,count])=>[kind,outcomeWords(kind).name,count]);const countOf=has=>cases.filter(has).length;const groups=Array.from(OUTCOME_GROUPS,([group,has])=>{const count=cases.filter(found=>answersOf(found).some(has)).length;return[group,LABELS[group],count]});const grades=Object.keys(GRADE_TESTS).map(name=>[name,GRADE_NAMES[name],countOf(GRADE_TESTS[name])]);const named=hasGrades(cases)?[...grades,...groups]:groups.map(([group,words,count])=>[group==="incomplete"?"failing":group,words,count]);return[...named.filter(([,,count])=>count>0),...kinds]}function reuseChoices(cases){const counts=countBy(cases,answer=>[reuseOf(answer)]);if(!counts.has("reused"))return[];const choices=[["sent",LABELS.sentNow,counts.get("sent")??0],["reused",LABELS.reusedAnswers,counts.get("reused")??0]];return choices.filter(([,,count])=>count>0)}function metricChoices(cases){const counts=countBy(cases,metricsOf);const names=countBy(cases,({grade})=>grade?.metrics.map(({metric})=>metric)??[]);return Array.from(names).flatMap(([metric,count])=>{const fails=counts.get(failsFilter(metric));const all=[metricFilter(metric),metric,count];return fails===undefined?[all]:[all,[failsFilter(metric),metricFailsText(metric),fails]]})}function metadataChoices(cases){const keys=Map.groupBy(countBy(cases,metadataOf),([pair])=>pair.slice(0,pair.indexOf("=")));const few=[...keys.values()].filter(pairs=>pairs.length<=MAX_VALUES).flat();return few.map(([pair,count])=>[pair,pair,count])}function facetsOf(cases,facetOf,none){const choices=Array.from(countBy(cases,answer=>[facetOf(answer)]),([value,count])=>[value,value===NONE?none:value,count]);return choices.sort(([one],[other])=>Number(one===NONE)-Number(other===NONE))}function countBy(cases,valuesOf){const counts=new Map;for(const found of cases)for(const value of new Set(answersOf(found).flatMap(valuesOf)))counts.set(value,(counts.get(value)??0)+1);return counts}
const COLUMNS=[["id","id","ascending"],["outcome","failures","ascending"],["gist",undefined,undefined],["model","model","ascending"],["cost","cost","descending"]];function createHeads(sort){let current="";const heads=COLUMNS.map(([column,order,first])=>{const name=HEADS[column];const button=order===undefined?name:element("button",{text:name,attributes:{type:"button"}});const head=element("span",{class:column==="cost"?"number":column,attributes:{role:"columnheader"},children:[button]});if(typeof button!=="string")button.addEventListener("click",()=>sort(current===order?\`-\${order}\`:\`\${order}\`));return{head,order,first}});byId("heads",HTMLElement).append(element("div",{class:"heads",attributes:{role:"row"},children:heads.map(({head})=>head)}));return{show:order=>{current=order;for(const{head,order:own,first}of heads){if(own===undefined||order!==own&&order!==\`-\${own}\`)head.ariaSort=null;else head.ariaSort=order===own===(first==="ascending")?"ascending":"descending"}}}}
const PAUSE_MS=120;function connectControls(cases,list,{leftOut,totals,csvName}){const search=byId("search",HTMLInputElement);const status=byId("status",HTMLElement);const reset=byId("reset",HTMLButtonElement);const unfold=byId("unfold",HTMLButtonElement);const none=createNone(()=>clear());const filters=createFilters(cases,totals);const unsearched=cases.filter(found=>answersOf(found).some(isPartlyUnsearched)).length;const isMixed=hasGrades(cases)&&cases.some(({grade})=>grade===undefined);let timer;let view=FIRST_VIEW;let known="";const place=asked=>{search.value=asked.search;filters.place(asked)};const writeAddress=absent=>{const fragment=printAddress({...view,open:absent??list.latest()});if(location.hash!==known||fragment===known)return;try{history.replaceState(null,"",fragment||"#");known=location.hash}catch{}};const apply=()=>{clearTimeout(timer);timer=undefined;view={search:search.value,...filters.read()};list.show(view);const isSearch=view.search.trim()!=="";const shown=list.cases().length;const{outcome,metric,metadata,stop,model}=view;const count=[outcome,metric,metadata,stop,model].filter(value=>value!=="").length;const total=count===1&&!isSearch?totals.get(outcome):undefined;status.textContent=statusText({shown,total:cases.length,leftOut:total===undefined?leftOut:Math.max(0,total-shown),isOfFilter:total!==undefined,unsearched:isSearch?unsearched:0,isMixed});heads.show(view.order);unfold.textContent=filtersText(count);reset.hidden=count===0&&!isSearch;none.hidden=shown>0||reset.hidden};const update=()=>{apply();writeAddress()};const heads=createHeads(order=>{filters.place({...filters.read(),order});update()});const followAddress=()=>{known=location.hash;const{open,...asked}=readAddress(known);const isViewAsked=printAddress({...asked,open:undefined})!=="";if(open===undefined||isViewAsked)place(asked);apply();if(open===undefined){list.closeAll();if(isViewAsked)byId("list",HTMLElement).scrollIntoView({block:"start"});writeAddress();return}let found=list.open(open);if(found==="hidden"){place({...FIRST_VIEW,order:view.order});apply();found=list.open(open)}if(found==="absent")status.textContent=LABELS.caseNotFound;writeAddress(found==="absent"?open:undefined)};const clear=()=>{place({...FIRST_VIEW,order:view.order});update();search.focus()};list.onToggle(()=>writeAddress());search.addEventListener("input",()=>{clearTimeout(timer);timer=setTimeout(update,PAUSE_MS)});search.addEventListener("change",()=>{if(timer!==undefined)update()});filters.onChange(update);reset.textContent=LABELS.reset;reset.addEventListener("click",()=>clear());unfold.addEventListener("click",()=>{const isUnfolded=byId("controls",HTMLElement).classList.toggle("unfolded");unfold.ariaExpanded=String(isUnfolded)});const csv=byId("csv",HTMLButtonElement);csv.textContent=LABELS.csv;csv.addEventListener("click",()=>downloadCsv(list.cases().flatMap(answersOf),csvName));showTextless(cases);byId("bar",HTMLElement).hidden=false;addEventListener("hashchange",followAddress);followAddress()}function createNone(clear){const none=byId("none",HTMLElement);const[words,button]=none.children;if(words!==undefined)words.textContent=LABELS.noneShown;if(button!==undefined){button.textContent=LABELS.reset;button.addEventListener("click",clear)}return none}function showTextless(cases){const count=cases.filter(found=>answersOf(found).some(({texts_left_out})=>texts_left_out)).length;if(count===0)return;const note=byId("textless",HTMLElement);note.textContent=textlessCasesText(count,cases.length);note.hidden=false}
function connectKeys(list){const search=byId("search",HTMLInputElement);document.addEventListener("keydown",event=>{if(event.ctrlKey||event.metaKey||event.altKey||event.isComposing)return;if(act(event.key,event.target))event.preventDefault()});function act(key,target){const isAtRow=target instanceof Element&&target.matches(".toggle");if(key==="Escape"){if(target===search)return clear();if(list.close())return true;if(!isAtRow||search.value==="")return false;search.focus();return clear()}if(target===search&&(key==="ArrowDown"||key==="Enter")){search.dispatchEvent(new Event("change"));if(key==="ArrowDown")return move(1);list.openFirst();return true}if(target instanceof HTMLInputElement||target instanceof HTMLSelectElement)return false;if(key==="/"){search.focus();search.select();return true}if(key==="j"||isAtRow&&key==="ArrowDown")return move(1);if(key==="k"||isAtRow&&key==="ArrowUp")return move(-1);return false}function move(by){list.move(by);return true}function clear(){if(search.value===""){search.blur()}else{search.value="";search.dispatchEvent(new Event("input"))}return true}}
const MAX_NESTING=5;const MARKS=[["**","strong"],["__","strong"],["~~","deleted"],["*","emphasis"],["_","emphasis"]];const LINK=/(!?)\\[([^[\\]\\n]{0,500})\\]\\([ \\t]{0,20}<?([^\\s<>()]{0,1000}(?:\\([^\\s<>()]{0,200}\\))?[^\\s<>()]{0,1000})>?(?:[ \\t]{1,20}["'][^"'\\n]{0,200}["'])?[ \\t]{0,20}\\)/y;const PUNCTUATION=/[!-/:-@[-\`{-~]/;const WORD=/[\\p{L}\\p{N}]/u;const SPACE=/^\\s?$/;function readInlines(text,nesting=0){const found=[];const open=new Set;let plain="";let at=0;const put=(inline,end)=>{if(plain!=="")found.push({kind:"text",text:plain});plain="";found.push(inline);at=end};while(at<text.length){const char=text[at]??"";if(char==="\\n"){plain=plain.trimEnd();put({kind:"break"},at+1)}else if(char==="\\\\"&&PUNCTUATION.test(text[at+1]??"")){plain+=text[at+1];at+=2}else if(char==="\`"){const ticks=runAt(text,at);const end=open.has(ticks)?-1:endOfCode(text,at+ticks.length,ticks);if(end===-1){open.add(ticks);plain+=ticks;at+=ticks.length}else{put({kind:"code",text:text.slice(at+ticks.length,end).replaceAll("\\n"," ")},end+ticks.length)}}else{const special=nesting<MAX_NESTING?linkAt(text,at,nesting)??markAt(text,at,nesting,open):undefined;if(special===undefined){plain+=char;at+=1}else put(special.inline,special.end)}}if(plain!=="")found.push({kind:"text",text:plain});return found}function linkAt(text,at,nesting){if(text[at]!=="["&&text[at]!=="!")return undefined;LINK.lastIndex=at;const match=LINK.exec(text);if(match===null)return undefined;const[whole,mark,label="",address=""]=match;const inlines=readInlines(label,nesting+1);return{inline:{kind:mark==="!"?"image":"link",inlines,address},end:at+whole.length}}function markAt(text,at,nesting,open){for(const[mark,kind]of MARKS){if(!text.startsWith(mark,at)||open.has(mark)||!canOpen(text,at,mark))continue;const start=at+mark.length;const end=endOfMark(text,start,mark);if(end!==-1){return{inline:{kind,inlines:readInlines(text.slice(start,end),nesting+1)},end:end+mark.length}}open.add(mark)}return undefined}function canOpen(text,at,mark){if(SPACE.test(text[at+mark.length]??""))return false;return!mark.startsWith("_")||!WORD.test(text[at-1]??"")}function endOfMark(text,from,mark){for(let end=text.indexOf(mark,from+1);end!==-1;end=text.indexOf(mark,end+1)){if(mark.length===2&&text[end+2]===mark[0])end+=1;const after=text[end+mark.length]??"";const isInLonger=mark.length===1&&(after===mark||text[end-1]===mark);const isInWord=mark.startsWith("_")&&WORD.test(after);if(!SPACE.test(text[end-1]??"")&&!isInLonger&&!isInWord&&text[end-1]!=="\\\\")return end}return-1}function runAt(text,at){let end=at;while(text[end]==="\`")end+=1;return text.slice(at,end)}function endOfCode(text,from,ticks){let end=text.indexOf(ticks,from);while(end!==-1){const run=runAt(text,end);if(run===ticks)return end;end=text.indexOf(ticks,end+run.length)}return-1}
const MAX_COLUMNS=50;function readTable(lines,at){const head=lines[at]??"";if(!head.includes("|")||!isRuler(lines[at+1]??""))return undefined;const titles=cellsOf(head);let end=at+2;while(end<lines.length&&(lines[end]??"").includes("|"))end+=1;const rows=lines.slice(at+2,end).map(line=>{const cells=cellsOf(line);return titles.map((_,index)=>readInlines(cells[index]??""))});return[{kind:"table",head:titles.map(title=>readInlines(title)),rows},end]}function isRuler(line){return line.includes("|")&&line.includes("-")&&cellsOf(line).every(cell=>/^:?-+:?$/.test(cell))}function cellsOf(line){const cells=[];let cell="";for(let at=0;at<line.length;at+=1){if(line[at]==="\\\\"&&line[at+1]==="|"){cell+="|";at+=1}else if(line[at]==="|"){cells.push(cell.trim());cell=""}else cell+=line[at]}cells.push(cell.trim());if(cells[0]==="")cells.shift();if(cells.at(-1)==="")cells.pop();return cells.slice(0,MAX_COLUMNS)}
const MAX_LEVELS=8;const FENCE=/^ {0,3}(\`{3,}|~{3,})/;const HEADING=/^ {0,3}(#{1,6})(?:[ \\t]|$)/;const RULE=/^ {0,3}([-*_])(?:[ \\t]*\\1){2,}[ \\t]*$/;const QUOTE=/^ {0,3}> ?/;const ITEM=/^( {0,3})([-*+]|\\d{1,9}[.)])(?:([ \\t]+)|$)/;function readMarkdown(text){return readBlocks(text.split("\\n"),0)}function readBlocks(lines,level){const blocks=[];let at=0;while(at<lines.length){const line=lines[at]??"";if(line.trim()===""){at+=1;continue}const[block,end]=readFence(lines,at)??readLeaf(line,at)??(level<MAX_LEVELS?readQuote(lines,at,level)??readList(lines,at,level):undefined)??readTable(lines,at)??readParagraph(lines,at);blocks.push(block);at=end}return blocks}function readFence(lines,at){const fence=FENCE.exec(lines[at]??"")?.[1];if(fence===undefined)return undefined;const indent=(lines[at]??"").indexOf(fence);let end=at+1;while(end<lines.length&&!isEndOf(fence,lines[end]??""))end+=1;const code=lines.slice(at+1,end).map(line=>dedent(line,indent));return[{kind:"code",text:code.join("\\n")},end+1]}function isEndOf(fence,line){const found=FENCE.exec(line)?.[1];return found?.startsWith(fence)===true&&line.trim()===found}function readLeaf(line,at){if(RULE.test(line))return[{kind:"rule"},at+1];const marks=HEADING.exec(line)?.[1];if(marks===undefined)return undefined;const text=line.trimStart().slice(marks.length).trim();return[{kind:"heading",level:marks.length,inlines:readInlines(text)},at+1]}function readQuote(lines,at,level){let end=at;while(end<lines.length&&QUOTE.test(lines[end]??""))end+=1;if(end===at)return undefined;const inner=lines.slice(at,end).map(line=>line.replace(QUOTE,""));return[{kind:"quote",blocks:readBlocks(inner,level+1)},end]}function readList(lines,at,level){const first=ITEM.exec(lines[at]??"");if(first===null)return undefined;const isNumbered=/\\d/.test(first[2]??"");const items=[];let end=at;while(end<lines.length){const match=ITEM.exec(lines[end]??"");if(match===null||/\\d/.test(match[2]??"")!==isNumbered||RULE.test(lines[end]??""))break;const[mark]=match;const own=[(lines[end]??"").slice(mark.length)];end+=1;while(end<lines.length&&belongs(lines,end)){own.push(dedent(lines[end]??"",mark.trimEnd().length+1));end+=1}items.push(readBlocks(own,level+1))}const start=isNumbered?Number.parseInt(first[2]??"1",10):undefined;return[{kind:"list",start,items},end]}function belongs(lines,at){const line=lines[at]??"";if(line.trim()===""){const next=lines[at+1]??"";return next.trim()!==""&&(/^(?: {2}|\\t)/.test(next)||ITEM.test(next))}if(/^(?: {2}|\\t)/.test(line))return true;return(lines[at-1]??"").trim()!==""&&!startsBlock(line)}function startsBlock(line){return[FENCE,HEADING,RULE,QUOTE,ITEM].some(form=>form.test(line))}function readParagraph(lines,at){let end=at+1;while(end<lines.length&&(lines[end]??"").trim()!==""&&!startsBlock(lines[end]??"")){if(isRuler(lines[end+1]??"")&&(lines[end]??"").includes("|"))break;end+=1}const text=lines.slice(at,end).map(line=>line.trim()).join("\\n");return[{kind:"paragraph",inlines:readInlines(text)},end]}function dedent(line,count){let at=0;while(at<count&&line[at]===" ")at+=1;return line.slice(line[0]==="	"?1:at)}
function showMarkdown(text){return element("div",{class:"markdown",attributes:{dir:"auto"},children:readMarkdown(text).map(showBlock)})}function showBlock(block){switch(block.kind){case"heading":return element("p",{class:\`heading level-\${block.level}\`,children:showInlines(block.inlines)});case"paragraph":return element("p",{children:showInlines(block.inlines)});case"code":return element("pre",{text:block.text,attributes:{tabindex:"0"}});case"list":return showList(block);case"quote":return element("blockquote",{children:block.blocks.map(showBlock)});case"rule":return element("hr");case"table":return showTable(block)}}function showList({start,items}){const children=items.map(blocks=>element("li",{children:blocks.map(showBlock)}));if(start===undefined)return element("ul",{children});return element("ol",{children,attributes:{start:String(start)}})}function showTable({head,rows}){const titles=head.map(cell=>element("th",{attributes:{scope:"col"},children:showInlines(cell)}));const lines=rows.map(cells=>element("tr",{children:cells.map(cell=>element("td",{children:showInlines(cell)}))}));const table=element("table",{children:[element("thead",{children:[element("tr",{children:titles})]}),element("tbody",{children:lines})]});return element("div",{class:"scroll",attributes:{tabindex:"0"},children:[table]})}function showInlines(inlines){return inlines.flatMap(showInline)}const ELEMENTS={strong:"strong",emphasis:"em",deleted:"del"};function showInline(inline){switch(inline.kind){case"text":return[inline.text];case"break":return[element("br")];case"code":return[element("code",{text:inline.text})];case"link":return[...showInlines(inline.inlines),addressOf(inline.address)];case"image":return[\`\${LABELS.image}: \`,...showInlines(inline.inlines),addressOf(inline.address)];default:return[element(ELEMENTS[inline.kind],{children:showInlines(inline.inlines)})]}}function addressOf(address){return element("span",{class:"address",text:\` (\${address})\`})}
function textBlocks(label,{head,left_out,tail},place,show=text=>textBlock(label,text)){const first=head===""?textBlock(label,LABELS.empty):show(head,"head");if(left_out===0)return[first];const note=element("p",{class:"left-out",text:cutNote(left_out,place)});return[first,note,show(tail,"tail")]}function textBlock(label,text){return element("pre",{text,attributes:attributesOf(label)})}function markedBlock(label,pieces,mark){return element("pre",{attributes:attributesOf(label),children:pieces.map(({text,isChanged})=>isChanged?element(mark,{text}):text)})}function attributesOf(label){return{tabindex:"0",role:"group","aria-label":label,dir:"auto"}}
function createAnswerTexts(changed){let isMarkdown=false;const fills=new WeakMap;const turn=to=>{isMarkdown=to;document.body.classList.toggle("as-markdown",to);for(const holder of document.querySelectorAll(".answer-text"))fills.get(holder)?.();for(const button of document.querySelectorAll(".switch button"))press(button);changed()};const press=button=>{button.ariaPressed=String(button.dataset["as"]==="markdown"===isMarkdown)};return{show:(label,text,{place,marks})=>{const marked=marks&&((_,end)=>markedBlock(label,marks[end],marks.as));const holder=element("div",{class:"answer-text"});const fill=()=>{holder.replaceChildren(...textBlocks(label,text,place,isMarkdown?showMarkdown:marked))};fills.set(holder,fill);fill();return holder},createSwitch:()=>{const buttons=["text","markdown"].map(as=>{const button=element("button",{text:LABELS[as],attributes:{type:"button","data-as":as}});button.addEventListener("click",()=>turn(as==="markdown"));press(button);return button});return element("span",{class:"switch",attributes:{role:"group","aria-label":LABELS.showAs},children:buttons})}}}
function showTurns(parts,place){const turns=[];for(const part of parts){const last=turns.at(-1);if(last===undefined||last[0]?.role!==part.role)turns.push([part]);else last.push(part)}return turns.map(turn=>{const role=turn[0]?.role;const name=role===undefined?undefined:roleName(role,turn.some(({kind})=>kind==="tool-result")&&turn.every(isResult));return element("div",{class:"turn",attributes:{"data-role":role??""},children:[name===undefined?undefined:element("h4",{text:name}),...turn.flatMap(part=>showPart(name??LABELS.prompt,part,place))]})})}function showPart(label,part,place){const{kind,text}=part;if(kind==="text")return textBlocks(label,text,place);if(kind==="left-out")return[element("p",{class:"left-out",text:text.head})];const name=partName(part);if(kind==="image")return[showImage(part)];if(kind==="thinking")return[element("details",{class:"part thinking",children:[element("summary",{text:name}),...textBlocks(name,text,place)]})];return[element("div",{class:\`part \${kind}\`,children:[element("p",{class:"part-name",text:name}),...textBlocks(name,text,place)]})]}function showImage({image,text}){if(image===undefined)return textBlock(LABELS.image,imageNote(text.head));const picture=element("img",{attributes:{src:image,alt:text.head,loading:"lazy",decoding:"async"}});return element("figure",{class:"part",children:[picture,element("figcaption",{text:text.head})]})}function isResult({kind}){return kind==="tool-result"||kind==="image"}
const PLACE={file:"results.jsonl",artifact:undefined};function showBefore({before,model,stop_reason},answers,compared){if(before===undefined)return undefined;const{answer,error,outcome,is_same}=before;const facts=[undatedModel(before.model??"")===undatedModel(model??"")?null:before.model,before.stop_reason===stop_reason?null:before.stop_reason].filter(fact=>fact!==null);const note=is_same?LABELS.beforeSame:compared?.note;const texts=(answer??[]).flatMap(part=>part.kind==="text"?[answers.show(LABELS.before,part.text,{place:PLACE,marks:compared?.ofBefore(part)})]:showPart(LABELS.before,part,PLACE));const failed=error===null?element("p",{text:outcomeWords(outcome==="succeeded"?"cut":outcome).name}):textBlocks(LABELS.before,{...error.message,head:\`\${error.type}: \${error.message.head}\`},PLACE);return element("section",{attributes:{"data-text":"before"},children:[element("div",{class:"section-head",children:[element("h3",{text:LABELS.before}),facts.length===0?undefined:element("bdi",{class:"before-facts",text:facts.join(" \u00b7 ")}),note===undefined?undefined:element("span",{class:\`compared-note\${is_same?"":" of-marks"}\`,text:note})]}),...outcome==="succeeded"?texts:[failed].flat()]})}
/* diff 9.0.0, BSD-3-Clause. Copyright (c) 2009-2015, Kevin Decker <kpdecker@gmail.com> */
class Diff{diff(oldStr,newStr,options={}){let callback;if(typeof options==="function"){callback=options;options={}}else if("callback"in options){callback=options.callback}const oldString=this.castInput(oldStr,options);const newString=this.castInput(newStr,options);const oldTokens=this.removeEmpty(this.tokenize(oldString,options));const newTokens=this.removeEmpty(this.tokenize(newString,options));return this.diffWithOptionsObj(oldTokens,newTokens,options,callback)}diffWithOptionsObj(oldTokens,newTokens,options,callback){var _a;const done=value=>{value=this.postProcess(value,options);if(callback){setTimeout(function(){callback(value)},0);return undefined}else{return value}};const newLen=newTokens.length,oldLen=oldTokens.length;let editLength=1;let maxEditLength=newLen+oldLen;if(options.maxEditLength!=null){maxEditLength=Math.min(maxEditLength,options.maxEditLength)}const maxExecutionTime=(_a=options.timeout)!==null&&_a!==void 0?_a:Infinity;const abortAfterTimestamp=Date.now()+maxExecutionTime;const bestPath=[{oldPos:-1,lastComponent:undefined}];let newPos=this.extractCommon(bestPath[0],newTokens,oldTokens,0,options);if(bestPath[0].oldPos+1>=oldLen&&newPos+1>=newLen){return done(this.buildValues(bestPath[0].lastComponent,newTokens,oldTokens))}let minDiagonalToConsider=-Infinity,maxDiagonalToConsider=Infinity;const execEditLength=()=>{for(let diagonalPath=Math.max(minDiagonalToConsider,-editLength);diagonalPath<=Math.min(maxDiagonalToConsider,editLength);diagonalPath+=2){let basePath;const removePath=bestPath[diagonalPath-1],addPath=bestPath[diagonalPath+1];if(removePath){bestPath[diagonalPath-1]=undefined}let canAdd=false;if(addPath){const addPathNewPos=addPath.oldPos-diagonalPath;canAdd=addPath&&0<=addPathNewPos&&addPathNewPos<newLen}const canRemove=removePath&&removePath.oldPos+1<oldLen;if(!canAdd&&!canRemove){bestPath[diagonalPath]=undefined;continue}if(!canRemove||canAdd&&removePath.oldPos<addPath.oldPos){basePath=this.addToPath(addPath,true,false,0,options)}else{basePath=this.addToPath(removePath,false,true,1,options)}newPos=this.extractCommon(basePath,newTokens,oldTokens,diagonalPath,options);if(basePath.oldPos+1>=oldLen&&newPos+1>=newLen){return done(this.buildValues(basePath.lastComponent,newTokens,oldTokens))||true}else{bestPath[diagonalPath]=basePath;if(basePath.oldPos+1>=oldLen){maxDiagonalToConsider=Math.min(maxDiagonalToConsider,diagonalPath-1)}if(newPos+1>=newLen){minDiagonalToConsider=Math.max(minDiagonalToConsider,diagonalPath+1)}}}editLength++};if(callback){(function exec(){setTimeout(function(){if(editLength>maxEditLength||Date.now()>abortAfterTimestamp){return callback(undefined)}if(!execEditLength()){exec()}},0)})()}else{while(editLength<=maxEditLength&&Date.now()<=abortAfterTimestamp){const ret=execEditLength();if(ret){return ret}}}}addToPath(path,added,removed,oldPosInc,options){const last=path.lastComponent;if(last&&!options.oneChangePerToken&&last.added===added&&last.removed===removed){return{oldPos:path.oldPos+oldPosInc,lastComponent:{count:last.count+1,added:added,removed:removed,previousComponent:last.previousComponent}}}else{return{oldPos:path.oldPos+oldPosInc,lastComponent:{count:1,added:added,removed:removed,previousComponent:last}}}}extractCommon(basePath,newTokens,oldTokens,diagonalPath,options){const newLen=newTokens.length,oldLen=oldTokens.length;let oldPos=basePath.oldPos,newPos=oldPos-diagonalPath,commonCount=0;while(newPos+1<newLen&&oldPos+1<oldLen&&this.equals(oldTokens[oldPos+1],newTokens[newPos+1],options)){newPos++;oldPos++;commonCount++;if(options.oneChangePerToken){basePath.lastComponent={count:1,previousComponent:basePath.lastComponent,added:false,removed:false}}}if(commonCount&&!options.oneChangePerToken){basePath.lastComponent={count:commonCount,previousComponent:basePath.lastComponent,added:false,removed:false}}basePath.oldPos=oldPos;return newPos}equals(left,right,options){if(options.comparator){return options.comparator(left,right)}else{return left===right||!!options.ignoreCase&&left.toLowerCase()===right.toLowerCase()}}removeEmpty(array){const ret=[];for(let i=0;i<array.length;i++){if(array[i]){ret.push(array[i])}}return ret}castInput(value,options){return value}tokenize(value,options){return Array.from(value)}join(chars){return chars.join("")}postProcess(changeObjects,options){return changeObjects}get useLongestToken(){return false}buildValues(lastComponent,newTokens,oldTokens){const components=[];let nextComponent;while(lastComponent){components.push(lastComponent);nextComponent=lastComponent.previousComponent;delete lastComponent.previousComponent;lastComponent=nextComponent}components.reverse();const componentLen=components.length;let componentPos=0,newPos=0,oldPos=0;for(;componentPos<componentLen;componentPos++){const component=components[componentPos];if(!component.removed){if(!component.added&&this.useLongestToken){let value=newTokens.slice(newPos,newPos+component.count);value=value.map(function(value,i){const oldValue=oldTokens[oldPos+i];return oldValue.length>value.length?oldValue:value});component.value=this.join(value)}else{component.value=this.join(newTokens.slice(newPos,newPos+component.count))}newPos+=component.count;if(!component.added){oldPos+=component.count}}else{component.value=this.join(oldTokens.slice(oldPos,oldPos+component.count));oldPos+=component.count}}return components}}
const MAX_CHANGES=3e3;const MAX_MS=400;const LEAST_IN_COMMON=.1;const WORDS=/[[\\p{L}\\p{M}\\p{N}_]--[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}]]+|\\s+|[^\\s]/gv;class Words extends Diff{tokenize(text){return text.match(WORDS)??[]}}function findChanges(before,now){const parts=new Words().diff(before,now,{maxEditLength:MAX_CHANGES,timeout:MAX_MS});if(parts===undefined)return undefined;const common=parts.filter(({added,removed})=>!added&&!removed).map(({value})=>value.trim().length);const share=common.reduce((sum,length)=>sum+length,0)/Math.max(before.length,now.length);if(share<LEAST_IN_COMMON)return undefined;return{before:joinPieces(parts.flatMap(({value,added,removed})=>added?[]:{text:value,isChanged:removed})),now:joinPieces(parts.flatMap(({value,added,removed})=>removed?[]:{text:value,isChanged:added}))}}function joinPieces(pieces){const made=[];for(const[index,{text,isChanged}]of pieces.entries()){const isBetween=/^[^\\S\\n]+$/.test(text)&&made.at(-1)?.isChanged===true&&pieces[index+1]?.isChanged===true;const last=made.at(-1);const is=isChanged||isBetween;if(last?.isChanged===is)made[made.length-1]={text:last.text+text,isChanged:is};else made.push({text,isChanged:is})}return made}
function compareAnswers({answer,before}){if(answer===null||before===undefined||before.answer===null)return undefined;const[now,old]=[textsIn(answer),textsIn(before.answer)];const nowMarks=new Map;const oldMarks=new Map;for(const[index,part]of now.entries()){const other=old[index];const found=other&&compareTexts(other.text,part.text);if(other===undefined||found===undefined)continue;nowMarks.set(part,{as:"ins",head:found.head.now,tail:found.tail.now});oldMarks.set(other,{as:"del",head:found.head.before,tail:found.tail.before})}const isAll=nowMarks.size===now.length&&now.length===old.length;return{ofNow:part=>nowMarks.get(part),ofBefore:part=>oldMarks.get(part),note:isAll?LABELS.changesMarked:nowMarks.size>0?LABELS.changesMarkedInPart:LABELS.changesNotMarked}}function textsIn(parts){return parts.filter(({kind})=>kind==="text")}function compareTexts(before,now){if(before.left_out===0!==(now.left_out===0))return undefined;const[head,tail]=[findChanges(before.head,now.head),findChanges(before.tail,now.tail)];return head&&tail&&{head,tail}}
const SAID_MS=3e3;function createCopyButton(name,{text,shown,done=LABELS.copied}){const said=element("span",{class:"said",attributes:{role:"status"}});const button=element("button",{text:name,attributes:{type:"button"}});const say=words=>{said.textContent=words;setTimeout(()=>{said.textContent=""},SAID_MS)};button.addEventListener("click",()=>{copyText(text()).then(()=>say(done),()=>{select(shown());say(LABELS.selected)})});return element("span",{class:"copy",children:[button,said]})}async function copyText(text){const{clipboard}=navigator;if(clipboard===undefined)throw new TypeError("no clipboard");await clipboard.writeText(text)}function select(shown){if(shown!==null)getSelection()?.selectAllChildren(shown)}
const MAX_PASSED=5;function showGrade({grade},artifact){if(grade===undefined)return undefined;const{asserts,asserts_left_out}=grade;const open=asserts.filter(({outcome})=>outcome!=="pass");const passed=asserts.filter(({outcome})=>outcome==="pass");const isFolded=passed.length>MAX_PASSED&&open.length>0;return element("section",{class:"grade",attributes:{"data-text":"grade"},children:[headOf(grade),listOf(isFolded?open:[...open,...passed]),isFolded?element("details",{children:[element("summary",{text:foldedAssertsText(passed.length)}),listOf(passed)]}):undefined,asserts_left_out===0?undefined:element("p",{class:"left-out",text:leftOutAssertsText(asserts_left_out,{file:"grades.jsonl",artifact})})]})}function headOf(grade){const{required,metadata}=grade.case;const labels=metadata.map(([key,value])=>element("bdi",{class:"label",text:\`\${key}=\${value}\`}));return element("p",{class:"grade-head",children:[element("b",{class:\`outcome \${grade.outcome}\`,text:gradeText(grade)}),required?element("span",{class:"label",text:LABELS.required}):undefined,...labels]})}function listOf(asserts){return element("ul",{class:"asserts",children:asserts.map(showAssert)})}function showAssert(one){const{type,metric,outcome,reason,judge,asserts}=one;const facts=assertFacts(one);return element("li",{attributes:{"data-outcome":outcome},children:[element("div",{class:"assert",children:[element("b",{class:\`outcome \${outcome}\`,text:GRADE_WORDS[outcome]}),element("code",{children:[element("bdi",{text:type})]}),metric===null?undefined:element("bdi",{class:"label",text:metric}),reason===""?undefined:element("bdi",{class:judge===null?"reason":"reason said-by",text:reason}),facts===""?undefined:element("bdi",{class:"facts-of",text:facts})]}),asserts.length===0?undefined:listOf(asserts)]})}
function createRepeats({answers},at,show){const button=(name,text,to)=>{const made=element("button",{text,attributes:{type:"button","data-to":name}});made.disabled=to<0||to>=answers.length;made.addEventListener("click",()=>show(to));return made};const numbered=answers.map(({grade},index)=>{const made=button(String(index),answerText(index+1,grade?.outcome),index);made.ariaPressed=String(index===at);made.classList.add("outcome",grade?.outcome??"ungraded");return made});return element("div",{class:"repeats",attributes:{role:"group","aria-label":LABELS.answers},children:[button("previous",LABELS.previousAnswer,at-1),...numbered,button("next",LABELS.nextAnswer,at+1)]})}
function createDetail(found,context){const detail=element("div",{class:"detail",attributes:{role:"cell"}});const show=at=>{const focused=document.activeElement instanceof HTMLElement?document.activeElement.dataset["to"]:undefined;const repeats=found.answers.length>1?[createRepeats(found,at,turn)]:[];detail.replaceChildren(...answerOf(found.answers[at]??found,{context,detail,repeats}));if(focused!==undefined)focusButton(detail,focused)};const turn=at=>{show(at);context.changed(at)};show(context.at??leadingAnswer(found.answers));return element("div",{class:"opened",attributes:{role:"row"},children:[detail]})}function focusButton(detail,name){const button=detail.querySelector(\`.repeats [data-to="\${name}"]:enabled\`);(button??detail.querySelector(".repeats [aria-pressed=true]"))?.focus({preventScroll:true})}function answerOf(found,{context,detail,repeats}){const{about,answers}=context;const{error,prompt,parameters,answer}=found;const compared=compareAnswers(found);const requests={file:"requests.jsonl",artifact:about.requests};const results={file:"results.jsonl",artifact:about.results};const asked=[prompt===null?undefined:section("prompt",[],showTurns(prompt,requests)),parameters===null?undefined:element("details",{attributes:{"data-text":"parameters"},children:[element("summary",{text:LABELS.parameters}),...textBlocks(LABELS.parameters,parameters,requests)]})];const parts=(answer??[]).flatMap(part=>part.kind==="text"?[answers.show(LABELS.answer,part.text,{place:results,marks:compared?.ofNow(part)})]:showPart(LABELS.answer,part,results));const nothing=textBlocks(LABELS.answer,{head:"",left_out:0,tail:""},results);const came=[error===null?undefined:section("error",[],textBlocks(LABELS.error,{...error.message,head:\`\${error.type}: \${error.message.head}\`},results)),answer===null?undefined:section("answer",[answers.createSwitch()],parts.length===0?nothing:parts),found.texts_left_out?textlessNote(found,about,{requests,results}):undefined];const before=showBefore(found,answers,compared);const all=found.before?.is_same?[asked,[...came,before]]:[asked,came,[before]];const sides=all.filter(side=>side.some(part=>part!==undefined));const grade=showGrade(found,about.grades);return[element("div",{class:"tools",children:[...stepsOf(context),...copiesOf(found,context,detail)]}),...repeats,...grade===undefined?[]:[grade],factsOf(found),element("div",{class:\`sides of-\${sides.length}\`,children:sides.map(side=>element("div",{class:"side",children:side}))}),linkOf(context.linkTo(found),about)]}function section(name,tools,blocks){const head=element("div",{class:"section-head",children:[element("h3",{text:LABELS[name]}),...tools]});return element("section",{attributes:{"data-text":name},children:[head,...blocks]})}function stepsOf({step}){return[-1,1].map(by=>{const name=by<0?"previous":"next";const button=element("button",{class:\`step \${name}\`,text:LABELS[name],attributes:{type:"button"}});button.addEventListener("click",()=>step(by));return button})}function copiesOf(found,{linkTo,about},detail){const{prompt,parameters,answer}=found;const link=linkTo(found);const shown=name=>()=>detail.querySelector(name);const asked=[...prompt===null?[]:[wholeText(prompt)],...parameters===null?[]:[\`[\${LABELS.parameters}]
\${joined(parameters)}\`]];return[...answer===null?[]:[createCopyButton(LABELS.copyAnswer,{text:()=>wholeText(answer),shown:shown("[data-text=answer]")})],...asked.length===0?[]:[createCopyButton(LABELS.copyPrompt,{text:()=>asked.join("\\n\\n"),shown:shown("[data-text=prompt]")})],about.isLinked?createCopyButton(LABELS.copyLink,{text:()=>link,shown:shown(".share code"),done:LABELS.copiedLink}):createCopyButton(LABELS.copyLink,{text:()=>location.href.replace(/#.*/s,"")+link,shown:shown(".share a")})]}function textlessNote({outcome},{hasPrompts},{requests,results}){const answer=outcome==="succeeded"?results:undefined;const text=textlessText({answer,prompt:hasPrompts?requests:undefined});return element("p",{class:"textless",text})}function linkOf(link,{isLinked}){const share=[LABELS.shareBefore,element("code",{text:link}),LABELS.shareAfter];return element("p",{class:"share",children:[element("a",{text:LABELS.link,attributes:{href:link}}),...isLinked?share:[]]})}function factsOf(found){const{id,source,position,model,stop_reason,tokens,reused}=found;const facts=[["id",id],source===null?["position",formatCount(position+1)]:["source",\`\${source.file}:\${source.line}\`],["model",model??undefined],["stopReason",stop_reason??undefined],["inputTokens",amountOf(tokens?.input)],["outputTokens",amountOf(tokens?.output)],["cacheRead",amountOf(tokens?.cache_read||undefined)],["cacheWrite",amountOf(tokens?.cache_write||undefined)],["cost",costText(found)],["reused",reused&&reusedText(reused)]];const pairs=facts.flatMap(([name,value])=>{if(value===undefined)return[];const children=[element("dt",{text:LABELS[name]}),element("dd",{text:value})];return[element("div",{attributes:{"data-fact":name},children})]});return element("dl",{children:pairs})}function amountOf(count){return count===undefined?undefined:formatCount(count)}
const MAX_HITS=4e3;function markHits(holder,words){const{highlights}=CSS;if(highlights===undefined)return;highlights.delete("hit");if(words.length===0)return;highlights.set("hit",new Highlight(...findHits(holder.querySelectorAll(SEARCHED),words,MAX_HITS)))}const SEARCHED=[".row bdi",".detail pre",".detail .markdown",".asserts bdi",".asserts code"].join(",");function findHits(holders,words,limit){const ranges=[];for(const holder of holders){const walker=document.createTreeWalker(holder,NodeFilter.SHOW_TEXT);for(let node=walker.nextNode();node!==null;node=walker.nextNode()){for(const[start,end]of placesIn(node.nodeValue??"",words)){if(ranges.length>=limit)return ranges;ranges.push(new StaticRange({startContainer:node,startOffset:start,endContainer:node,endOffset:end}))}}}return ranges}function placesIn(text,words){const lower=text.toLowerCase();if(lower.length!==text.length)return[];return words.flatMap(word=>{const places=[];for(let at=lower.indexOf(word);at!==-1;at=lower.indexOf(word,at+word.length))places.push([at,at+word.length]);return places})}function showFirstHit(detail,words){const[first]=words.length===0?[]:findHits(detail.querySelectorAll("pre, .markdown"),words,1);const at=first?.startContainer.parentElement;const folded=at?.closest("details");if(folded!==null&&folded!==undefined)folded.open=true;const block=at?.closest("pre, .markdown");if(first===undefined||block===null||block===undefined)return;const range=new Range;range.setStart(first.startContainer,first.startOffset);const[hit,box]=[range.getBoundingClientRect(),block.getBoundingClientRect()];if(hit.bottom>box.bottom)block.scrollTop+=hit.top-box.top-box.height/3}
const byPosition=(one,other)=>one.position-other.position;const NAMES=new Intl.Collator("en",{numeric:true});const COMPARES=[["failures",(one,other)=>urgencyOf(one)-urgencyOf(other)],["file",byPosition],["id",(one,other)=>NAMES.compare(one.id,other.id)],["model",(one,other)=>NAMES.compare(FACETS.model(one),FACETS.model(other))],["cost",(one,other)=>compareAmounts(other.usd,one.usd)],["score",(one,other)=>scoreOf(one)-scoreOf(other)],["tokens",(one,other)=>tokensOf(other)-tokensOf(one)]];const ORDERS=new Map(COMPARES.flatMap(([name,compare])=>[[name,(one,other)=>compare(one,other)||byPosition(one,other)],[\`-\${name}\`,(one,other)=>compare(other,one)||byPosition(one,other)]]));function compareAmounts(one,other){if(one===null||other===null)return Number(other===null)-Number(one===null);const difference=scaled(one)-scaled(other);return difference>0n?1:difference<0n?-1:0}function scaled(amount){const[whole="0",fraction=""]=amount.split(".");return BigInt(whole+fraction.padEnd(PLACES,"0").slice(0,PLACES))}const PLACES=18;function tokensOf({tokens}){return tokens===null?-1:tokens.input+tokens.output+tokens.cache_read+tokens.cache_write}
const LENGTH=200;const MORE=40;const BEFORE=30;function excerptOf(text,words){const at=words.length===0?0:firstHit(text,words);const start=at<=BEFORE*2?0:at-BEFORE;const line=toPlainLine(text.slice(start,start+LENGTH+MORE),LENGTH);return start===0?line:\`\u2026\${line}\`}function firstHit(text,words){const lower=text.toLowerCase();const hits=words.map(word=>lower.indexOf(word)).filter(at=>at!==-1);return hits.length===0?0:Math.min(...hits)}
function createRow(found){const question=element("bdi",{class:"question"});const reply=element("bdi",{class:"reply"});const button=element("button",{class:"toggle",attributes:{type:"button","aria-expanded":"false"},children:[named("id",found.id)]});const arrow=element("span",{class:"arrow",text:"\u2192",attributes:{"aria-hidden":"true"}});const line=element("div",{class:"row",attributes:{role:"row"},children:[cell("name",button),outcomeCell(found),cell("gist",question,arrow,reply),cell("model",named("model-name",found.model??"",undatedModel(found.model??""))),cell("number cost",costText(found)??"")]});let shown;const quote=words=>{const key=words.join(" ");if(key===shown)return;shown=key;question.textContent=excerptOf(questionOf(found),words);reply.textContent=excerptOf(replyOf(found),words);arrow.hidden=question.textContent===""||reply.textContent===""};quote([]);const item=element("div",{class:"item",attributes:{role:"rowgroup"},children:[line]});return{found,button,quote,item}}function outcomeCell(found){const{grade,answers}=found;const kind=kindOf(found);const ending=outcomeText(kind,incompleteBy(found));if(grade===undefined)return cell(\`outcome \${kind}\`,ending);const{outcome,change,required}=grade.case;const passed=answers.filter(one=>one.grade?.outcome==="pass").length;const incomplete=kind==="whole"?undefined:ending;const note=gradeNote({change,required,passed,answers:answers.length,incomplete});const word=element("b",{text:GRADE_WORDS[outcome]});const children=note===""?[word]:[word," ",element("span",{class:"note",text:note,attributes:{title:note}})];return cell(\`outcome \${outcome}\`,...children)}function named(name,whole,text=whole){return element("bdi",{class:name,text,attributes:whole===""?{}:{title:whole}})}function cell(name,...children){return element("span",{class:name,attributes:{role:"cell"},children})}
function createList(cases,about){const holder=byId("cases",HTMLElement);const rows=cases.map(createRow);const isGraded=hasGrades(cases);const rowOfItem=new Map(rows.map(row=>[row.item,row]));const rowsOfId=Map.groupBy(rows,({found})=>found.id);const repeats=new Map(rows.flatMap(row=>row.found.answers.map(({id},at)=>[id,{row,at}])));let shown=[];let opened=[];const chosen=new Map;let words=[];let listener=()=>{};const mark=()=>markHits(holder,words);const answers=createAnswerTexts(mark);const nameOf=({found:{id,position}})=>({id,place:(rowsOfId.get(id)?.length??0)>1?position+1:undefined});const nameOfAnswer=(row,id)=>id===undefined||row.found.answers.length<2?nameOf(row):{id,place:undefined};const toggle=(row,isOpen,at)=>{const others=opened.filter(other=>other!==row);const wasOpen=others.length<opened.length;opened=isOpen?[...others,row]:others;if(wasOpen===isOpen)return;if(isOpen&&at!==undefined)chosen.set(row,at);else chosen.delete(row);row.button.ariaExpanded=String(isOpen);row.item.classList.toggle("open",isOpen);if(isOpen){row.item.append(createDetail(row.found,{about,answers,at,linkTo:linkOf(row),...actionsOf(row)}));if(row.item.isConnected)showFirstHit(row.item,words)}else{row.item.lastElementChild?.remove()}if(words.length>0)mark()};const linkOf=row=>({id})=>printAddress({...FIRST_VIEW,open:nameOfAnswer(row,id)});const actionsOf=row=>({step:by=>step(row,by),changed:at=>{chosen.set(row,at);mark();listener()}});const goTo=(row,at)=>{if(at!==undefined)toggle(row,false);toggle(row,true,at);row.item.scrollIntoView({block:"start"});row.button.focus({preventScroll:true})};const step=(row,by)=>{const next=shown[shown.indexOf(row)+by];if(next===undefined)return;toggle(row,false);goTo(next);next.item.querySelector(by<0?".previous":".next")?.focus({preventScroll:true});listener()};const rowAt=node=>rowOfItem.get(node?.closest("#cases > .item"));holder.addEventListener("click",event=>{const target=event.target instanceof Element?event.target.closest('.row, a[href^="#case="]'):null;const row=rowAt(target);if(row===undefined||target===null)return;if(target.matches(".row")){toggle(row,!opened.includes(row))}else{if(event.ctrlKey||event.metaKey||event.shiftKey||event.altKey)return;event.preventDefault();goTo(row)}listener()});return{show:asked=>{const view=asked.outcome==="failing"&&!isGraded?{...asked,outcome:"incomplete"}:asked;words=wordsOf(view.search);const compare=ORDERS.get(view.order)??ORDERS.get(FIRST_VIEW.order);const wanted=rows.filter(({found})=>isWanted(found,view)).sort((one,other)=>compare?.(one.found,other.found)??0);for(const row of wanted)row.quote(words);if(!isSame(shown,wanted))putIn(holder,wanted);shown=wanted;mark()},cases:()=>shown.map(({found})=>found),open:({id,place})=>{const named=rowsOfId.get(id)??[];const own=place===undefined?named.find(isShown)??named[0]:named.find(({found})=>found.position+1===place);const repeat=own===undefined&&place===undefined?repeats.get(id):undefined;const row=own??repeat?.row;if(row===undefined)return"absent";if(!isShown(row))return"hidden";goTo(row,repeat?.at);return"open"},openFirst:()=>{const[first]=shown;if(first===undefined)return;goTo(first);listener()},latest:()=>{const row=opened.findLast(isShown);return row===undefined?undefined:nameOfAnswer(row,row.found.answers[chosen.get(row)??-1]?.id)},close:()=>{const focused=rowAt(document.activeElement);const row=focused!==undefined&&opened.includes(focused)?focused:opened.findLast(isShown);if(row===undefined)return false;toggle(row,false);row.button.focus();listener();return true},closeAll:()=>{for(const row of opened)toggle(row,false)},move:by=>{const row=rowAt(document.activeElement);const at=row===undefined?by>0?-1:shown.length:shown.indexOf(row);shown[Math.min(Math.max(at+by,0),shown.length-1)]?.button.focus()},onToggle:given=>{listener=given}}}function isShown({item}){return item.isConnected}function isSame(some,others){return some.length===others.length&&some.every((row,index)=>row===others[index])}function putIn(holder,rows){const focused=document.activeElement;holder.replaceChildren(...rows.map(({item})=>item));if(focused instanceof HTMLElement&&holder.contains(focused))focused.focus({preventScroll:true})}
function connectScheme(){const button=byId("scheme",HTMLButtonElement);const prefersDark=matchMedia("(prefers-color-scheme: dark)");const root=document.documentElement;const isDark=()=>(root.dataset["scheme"]??(prefersDark.matches?"dark":"light"))==="dark";const name=()=>{button.textContent=isDark()?LABELS.light:LABELS.dark};button.addEventListener("click",()=>{root.dataset["scheme"]=isDark()?"light":"dark";name()});prefersDark.addEventListener("change",name);name();button.hidden=false}
connectScheme();if(document.getElementById("list")!==null)requestAnimationFrame(()=>setTimeout(startList));function startList(){const cases=readCases();const about=readAbout();const list=createList(cases,about);connectControls(cases,list,about);connectKeys(list)}`;

// EXTERNAL MODULE: ./build/src/core/page/case-list.js + 1 modules
var case_list = __webpack_require__(85298);
// EXTERNAL MODULE: ./build/src/core/messages/outcome-names.js
var outcome_names = __webpack_require__(11143);
// EXTERNAL MODULE: ./build/src/core/summary/waiting-summary.js + 1 modules
var waiting_summary = __webpack_require__(49155);
// EXTERNAL MODULE: ./build/src/core/text/numbers.js
var numbers = __webpack_require__(18599);
// EXTERNAL MODULE: ./build/src/core/page/fragment.js
var fragment = __webpack_require__(20017);
// EXTERNAL MODULE: ./build/src/core/page/html.js
var html = __webpack_require__(47016);
;// CONCATENATED MODULE: ./build/src/core/page/charts.js






/** How a run's requests ended: one bar for all, and a legend with counts that link to the cases. */
function outcomesHtml({ requests, incomplete }) {
    const cut = sumOf(Object.values(incomplete ?? {}));
    const counts = [
        ['whole', (requests.succeeded ?? 0) - cut],
        ['cut', cut],
        ['errored', requests.errored ?? 0],
        ['canceled', requests.canceled ?? 0],
        ['expired', requests.expired ?? 0],
        ['missing', requests.missing ?? 0],
    ];
    return barHtml(counts.map(([kind, count]) => ({ kind, count, name: outcome_names/* OUTCOME_NAMES */._m[kind], outcome: kind })));
}
/** The grades of a run's cases in the same form, with links to those that changed from the baseline. */
function gradesHtml({ passed, failed, ungraded, flaky, comparison }) {
    const slices = [
        { kind: 'pass', outcome: 'passing', count: passed },
        { kind: 'fail', outcome: 'failing', count: failed },
        { kind: 'ungraded', outcome: 'ungraded', count: ungraded },
    ];
    const others = [
        { outcome: 'broken', count: comparison?.broken ?? 0 },
        { outcome: 'fixed', count: comparison?.fixed ?? 0 },
        { outcome: 'flaky', count: flaky },
    ];
    const named = (slice) => {
        return { ...slice, name: outcome_names/* GRADE_NAMES */.hV[slice.outcome] };
    };
    return barHtml(slices.map(named), others.map(named));
}
/** One bar for all, and its legend, which may have further entries. Zero counts are left out. */
function barHtml(all, others = []) {
    const slices = all.filter(({ count }) => count > 0);
    // Keeps even the smallest visible.
    const total = sumOf(slices.map(({ count }) => count));
    const wide = slices.map(({ count }) => Math.max((count / total) * 100, 1));
    const widths = wide.map((width) => (width / sumOf(wide)) * 100);
    const bars = slices.map(({ kind }, index) => rectangle(kind, sumOf(widths.slice(0, index)), widths[index] ?? 0));
    const entry = (mark, { name, outcome, count }) => {
        const label = `${mark}${(0,html/* escapeHtml */.ZD)(name)} <b class="number">${(0,numbers/* formatCount */.B4)(count)}</b>`;
        return `<li>${(0,html/* fragmentHtml */.SY)(label, (0,fragment/* fragmentOf */.UB)([['outcome', outcome]]))}</li>`;
    };
    const legend = [
        ...slices.map((slice) => entry(`<span class="mark ${slice.kind}"></span>`, slice)),
        ...others.filter(({ count }) => count > 0).map((other) => entry('', other)),
    ];
    const alternative = slices.map(({ name, count }) => `${name}: ${(0,numbers/* formatCount */.B4)(count)}`).join(', ');
    return `<div class="outcomes">${picture(alternative, bars)}<ul class="legend">${legend.join('')}</ul></div>`;
}
/** What the batch costs, what the same would cost without one, and what the wait took if the runner is billed. */
function costHtml(summary) {
    const { usd, standard_usd, saved_usd, lower_bound } = summary.cost;
    const waiting = (0,waiting_summary/* billedWait */.i)(summary);
    const waited = waiting === undefined ? '' : `<p class="bar">${(0,html/* textHtml */.Zr)({ code: 'waited', ...waiting })}</p>`;
    if (usd === null || standard_usd === null)
        return figure('cost', `<p>${(0,html/* textHtml */.Zr)({ code: 'cost-unknown' })}</p>${waited}`);
    const line = (name, amount) => `<p class="bar">${(0,html/* labelHtml */.Ko)(name)} <b class="number">${(0,html/* escapeHtml */.ZD)((0,report/* printUsd */.E$)(amount, lower_bound))}</b></p>`;
    const saved = (0,html/* textHtml */.Zr)({ code: 'saved', saved: (0,report/* printUsd */.E$)(saved_usd, lower_bound) });
    return figure('cost', `${line('batch-price', usd)}${line('standard-price', standard_usd)}<p class="bar">${saved}</p>${waited}`);
}
function sumOf(numbers) {
    return numbers.reduce((sum, number) => sum + number, 0);
}
function picture(alternative, bars) {
    return `<svg role="img" aria-label="${(0,html/* escapeHtml */.ZD)(alternative)}">${bars.join('')}</svg>`;
}
function rectangle(kind, x, width) {
    return `<rect class="${kind}" x="${x.toFixed(2)}%" width="${width.toFixed(2)}%" height="100%"/>`;
}
function figure(title, body) {
    return `<figure><figcaption>${(0,html/* labelHtml */.Ko)(title)}</figcaption>${body}</figure>`;
}

// EXTERNAL MODULE: ./build/src/core/comparison/compare.js + 5 modules
var compare = __webpack_require__(2141);
// EXTERNAL MODULE: ./build/src/core/markdown/grades-details.js + 1 modules
var grades_details = __webpack_require__(76269);
// EXTERNAL MODULE: ./build/src/core/markdown/grades-headline.js
var grades_headline = __webpack_require__(97004);
// EXTERNAL MODULE: ./build/src/core/messages/grades.js
var grades = __webpack_require__(97360);
// EXTERNAL MODULE: ./build/src/core/messages/verdicts.js
var verdicts = __webpack_require__(41666);
// EXTERNAL MODULE: ./build/src/core/text/capitalize.js
var capitalize = __webpack_require__(5215);
// EXTERNAL MODULE: ./build/src/core/text/decimals.js
var decimals = __webpack_require__(80853);
;// CONCATENATED MODULE: ./build/src/core/page/metric-filter.js
/** Prefix of a metric's name: the cases in which it does not pass. */
const FAILS = 'fails:';
/** Prefix of a name that itself starts with one of these prefixes. */
const NAME = 'name:';
/** The value of `#metric=` for the cases with this metric. */
function metricFilter(metric) {
    return metric.startsWith(FAILS) || metric.startsWith(NAME) ? NAME + metric : metric;
}
/** The value for the cases in which the metric does not pass. */
function failsFilter(metric) {
    return FAILS + metric;
}

// EXTERNAL MODULE: ./build/src/core/markdown/table.js
var table = __webpack_require__(85199);
;// CONCATENATED MODULE: ./build/src/core/page/table.js



/** A table under its title, which also names it for screen readers; empty without rows. Scrolls on a narrow screen. */
function table_table(title, { columns, rows, after = [] }) {
    if (rows.length === 0)
        return '';
    const sides = columns.map(({ side }) => (side === 'right' ? ' class="number"' : ''));
    const head = columns.map((column, index) => `<th scope="col"${sides[index]}>${(0,html/* escapeHtml */.ZD)(column.title)}</th>`);
    const body = rows.map((cells) => `<tr>${cells.map((cell, index) => `<td${sides[index]}>${cell}</td>`).join('')}</tr>`);
    const blocks = [
        `<div class="scroll" role="group" tabindex="0" aria-label="${(0,html/* labelHtml */.Ko)(title)}"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`,
        ...after.map((paragraph) => `<p>${paragraph}</p>`),
    ];
    return `<section><h2>${(0,html/* labelHtml */.Ko)(title)}</h2>\n${blocks.join('\n')}</section>`;
}
/** Text columns. */
function words(...names) {
    return names.map((name) => (0,table/* left */.kb)(page/* PAGE_LABELS */.gN[name]));
}
/** Number columns. */
function table_numbers(...names) {
    return names.map((name) => (0,table/* right */.pG)(page/* PAGE_LABELS */.gN[name]));
}

;// CONCATENATED MODULE: ./build/src/core/page/grading.js













/** Most rows of a table; `summary.json` has all. */
const MAX_ROWS = 100;
/** The reason for the verdict, the baseline, and the scores. */
function gradingHtml(grading) {
    const { reason, because, baseline, no_baseline, not_compared, refused } = grading;
    const notes = [
        // The reason already says it.
        ...(no_baseline === null || because.code === 'no-baseline' ? [] : [no_baseline.why]),
        ...(not_compared === null || not_compared.code === because.code ? [] : [not_compared.why]),
        ...requiredSentences(grading),
        ...comparisonSentences(grading),
        ...answerSentences(grading),
        ...judgeSentences(grading),
        ...refused
            .slice(0, MAX_ROWS)
            .map(({ run_id: id, why }) => grades/* GRADES */.F4['not-baseline']({ link: grades/* GRADES */.F4['run-of']({ id }), why })),
    ];
    const parts = [
        `<p class="lead">${(0,html/* lineHtml */.Or)(reason, MAX_SENTENCE)}</p>`,
        ...(baseline === null ? [] : [`<p>${baselineHtml(baseline)}</p>`]),
        ...(notes.length === 0
            ? []
            : [`<ul class="notes">${notes.map((note) => `<li>${(0,html/* lineHtml */.Or)(note, MAX_SENTENCE)}</li>`).join('')}</ul>`]),
        metricsHtml(grading),
        labelsHtml(grading),
    ];
    return parts.filter((part) => part !== '').join('\n');
}
const MAX_SENTENCE = 500;
function baselineHtml({ run_id: runId, ref, commit, age_days: days, is_old, url, model }) {
    const words = runId === null
        ? (0,verdicts/* printComparison */.jt)({ code: 'baseline-given' })
        : (0,verdicts/* printComparison */.jt)({ code: 'baseline', runId, ref, days, sha: commit });
    const name = (0,html/* lineHtml */.Or)((0,capitalize/* capitalize */.Z)(words), 200);
    const parts = [url === null ? name : (0,html/* linkHtml */.eq)(name, url), ...(model === '' ? [] : [(0,html/* codeHtml */.v1)(model, 100)])];
    const old = is_old ? ` ${(0,html/* lineHtml */.Or)((0,verdicts/* printComparison */.jt)({ code: 'baseline-old', days, ref }), MAX_SENTENCE)}` : '';
    return `${parts.join(' \u00b7 ')}.${old}`;
}
/** Most required cases to name. */
const MAX_REQUIRED = 20;
function requiredSentences({ required_ungraded: all }) {
    const ids = all.slice(0, MAX_REQUIRED);
    return ids.length === 0 ? [] : [grades/* GRADES */.F4['required-ungraded']({ ids, count: all.length })];
}
function comparisonSentences(grading) {
    const { comparison } = grading;
    if (comparison === null)
        return [];
    const { left_out, request_changed, same_answers, regraded } = comparison;
    const { asserts_changed: assertsChanged, ...leftOut } = left_out;
    const isLeftOut = Object.values(left_out).some((count) => count > 0);
    return [
        ...((0,grades_headline/* isSameAnswers */.GL)(grading) ? [] : figureSentences(grading, comparison)),
        ...(same_answers === 0
            ? []
            : [(0,verdicts/* printComparison */.jt)({ code: 'same-answers', count: same_answers, pairs: comparison.pairs, regraded })]),
        ...(request_changed === 0 ? [] : [(0,verdicts/* printComparison */.jt)({ code: 'requests-changed', count: request_changed })]),
        ...(isLeftOut ? [(0,verdicts/* printComparison */.jt)({ code: 'left-out', ...leftOut, assertsChanged })] : []),
    ];
}
function figureSentences(grading, { figures, pairs, broken, fixed }) {
    if (figures === null)
        return [];
    const { p, test, interval, more_cases } = figures;
    const isCapped = more_cases !== null && more_cases >= compare/* MAX_MORE_CASES */.B;
    return [
        grades/* GRADES */.F4.pairs({ pairs, broken, fixed, p: (0,grades_details/* shortProbability */.g)(p), test }),
        ...(interval === null
            ? []
            : [grades/* GRADES */.F4['drop-interval']({ low: (0,decimals/* toOneDecimal */.p)(interval.low), high: (0,decimals/* toOneDecimal */.p)(interval.high) })]),
        ...[(0,grades_headline/* findableOf */.Lu)(grading) ?? []].flat(),
        ...(more_cases === null ? [] : [(0,verdicts/* printComparison */.jt)({ code: 'more-cases', count: more_cases, isCapped })]),
    ];
}
function answerSentences({ flaky, repeats, pass_power }) {
    const powers = pass_power.map(({ k, percent }) => ({ k, percent: (0,decimals/* toOneDecimal */.p)(percent) }));
    return [
        ...(repeats === 1 || flaky === 0 ? [] : [grades/* GRADES */.F4['flaky-cases']({ count: flaky, repeats })]),
        ...(powers.length === 0 ? [] : [grades/* GRADES */.F4['pass-power']({ powers })]),
    ];
}
function judgeSentences({ judge }) {
    if (judge === null)
        return [];
    const { model, prompt, judgements, failed, reused, usd, lower_bound: isLowerBound, contradictions } = judge;
    return [
        grades/* GRADES */.F4.judged({ model, prompt, judgements, failed, reused, usd, isLowerBound }),
        ...(contradictions === 0 ? [] : [grades/* GRADES */.F4.contradictions({ count: contradictions })]),
    ];
}
/** Each name links to the cases with that metric. */
function metricsHtml({ metrics }) {
    const hasBefore = metrics.some(({ compared }) => compared !== null);
    const rows = metrics
        .slice(0, MAX_ROWS)
        .map(({ metric, cases, mean, compared }) => [
        (0,html/* fragmentHtml */.SY)((0,html/* codeHtml */.v1)(metric, 100), (0,fragment/* fragmentOf */.UB)([['metric', metricFilter((0,untrusted_text/* toPlainLine */.Ic)(metric))]])),
        (0,numbers/* formatCount */.B4)(cases),
        mean.toFixed(DECIMALS),
        ...(hasBefore ? [compared === null ? '' : compared.before.toFixed(DECIMALS)] : []),
    ]);
    const columns = [
        ...words('metric'),
        ...table_numbers('cases', 'mean-score', ...(hasBefore ? ['baseline'] : [])),
    ];
    return table_table('metrics', { columns, rows });
}
function labelsHtml({ labels }) {
    const rows = labels.slice(0, MAX_ROWS).map(({ key, value, cases, graded, pass_rate }) => {
        const pair = `${(0,untrusted_text/* toPlainLine */.Ic)(key, MAX_LABEL)}=${(0,untrusted_text/* toPlainLine */.Ic)(String(value), MAX_LABEL)}`;
        return [
            (0,html/* fragmentHtml */.SY)((0,html/* codeHtml */.v1)(pair, 200), (0,fragment/* fragmentOf */.UB)([['metadata', pair]])),
            (0,numbers/* formatCount */.B4)(cases),
            (0,numbers/* formatCount */.B4)(graded),
            pass_rate === null ? '' : `${(0,html/* escapeHtml */.ZD)((0,decimals/* toOneDecimal */.p)(pass_rate))} %`,
        ];
    });
    return table_table('labels', { columns: [...words('metadata'), ...table_numbers('cases', 'graded', 'pass-rate')], rows });
}
const DECIMALS = 3;
/** The length to which cases cut labels. */
const MAX_LABEL = 100;

// EXTERNAL MODULE: ./build/src/core/markdown/failures.js
var markdown_failures = __webpack_require__(59340);
// EXTERNAL MODULE: ./build/src/core/markdown/ledger.js
var ledger = __webpack_require__(63342);
// EXTERNAL MODULE: ./build/src/core/markdown/notes.js
var notes = __webpack_require__(32594);
// EXTERNAL MODULE: ./build/src/core/messages/advice.js
var advice = __webpack_require__(78112);
;// CONCATENATED MODULE: ./build/src/core/page/overview.js












/** Most rows of a list; `summary.json` and the log have all. */
const overview_MAX_ROWS = 100;
/** Requests, tokens and cost, each as a table of names and values. */
function numbersHtml(summary) {
    const rows = (0,ledger/* ledgerRows */.$v)(summary);
    const groups = ['requests', 'tokens', 'cost'].map((title) => {
        const lines = (rows?.[title] ?? []).map(([name, value]) => `<tr><th scope="row">${(0,html/* escapeHtml */.ZD)(name)}</th><td class="number">${(0,html/* escapeHtml */.ZD)(value)}</td></tr>`);
        return `<table class="figures"><caption>${(0,html/* labelHtml */.Ko)(title)}</caption>${lines.join('\n')}</table>`;
    });
    return `<div class="ledger">${groups.join('\n')}</div>`;
}
/** Notes on the figures, as a list. */
function notesHtml(summary) {
    const date = (0,page/* printPageText */.kd)({ code: 'prices-as-of', date: summary.cost.prices_as_of });
    const items = [...(0,notes/* describeNotes */.N)(summary), date].map((note) => `<li>${(0,html/* lineHtml */.Or)(note, 1_000)}</li>`);
    return `<ul class="notes">${items.join('')}</ul>`;
}
/** The tables below the figures, as far as the run has data for them. */
function tablesHtml(summary) {
    return [
        warningsHtml(summary),
        failuresHtml(summary),
        incompleteHtml(summary),
        roundsHtml(summary),
        modelsHtml(summary),
        batchesHtml(summary),
        sourcesHtml(summary),
    ].filter((table) => table !== '');
}
/** Warnings about the input. */
function warningsHtml({ warnings }) {
    const rows = warnings
        .slice(0, overview_MAX_ROWS)
        .map((warning) => [placeOf(warning), (0,html/* lineHtml */.Or)(warning.what, 300), (0,html/* lineHtml */.Or)(warning.fix, 300)]);
    const count = warnings.length - overview_MAX_ROWS;
    const after = count > 0 ? [(0,html/* textHtml */.Zr)({ code: 'more-problems', count })] : [];
    return table_table('warnings', { columns: words('where', 'what-is-wrong', 'what-to-do'), rows, after });
}
/** Unanswered requests by cause, with what to do. */
function failuresHtml(summary) {
    const { failures } = summary;
    const rows = failures
        .slice(0, overview_MAX_ROWS)
        .map((group) => [
        (0,numbers/* formatCount */.B4)(group.count),
        causeOf(group),
        exampleOf(group),
        `${(0,html/* wordsHtml */.Hw)((0,advice/* printAdvice */.k)((0,markdown_failures/* adviceFor */.cp)(group, summary)))}.`,
    ]);
    const rest = failures.slice(overview_MAX_ROWS);
    const requests = rest.reduce((sum, { count }) => sum + count, 0);
    const retryFile = (0,markdown_failures/* describeRetryFile */.ML)(summary);
    const after = [
        ...(rest.length === 0 ? [] : [(0,html/* textHtml */.Zr)({ code: 'more-failures', requests, causes: rest.length })]),
        ...(retryFile === undefined ? [] : [(0,html/* wordsHtml */.Hw)(retryFile)]),
    ];
    return table_table('no-answer', {
        columns: [...table_numbers('requests'), ...words('cause', 'example', 'what-to-do')],
        rows,
        after,
    });
}
function incompleteHtml(summary) {
    const columns = [...table_numbers('answers'), ...words('stop-reason', 'meaning')];
    const rows = (0,markdown_failures/* incompleteGroups */.fd)(summary).map(({ reason, count, meaning, advice }) => [
        (0,numbers/* formatCount */.B4)(count),
        (0,html/* fragmentHtml */.SY)((0,html/* codeHtml */.v1)(reason), reasonFragment(reason)),
        `${(0,html/* wordsHtml */.Hw)(meaning)}. ${(0,html/* wordsHtml */.Hw)(advice)}.`,
    ]);
    return table_table('incomplete', { columns, rows });
}
/** Outcome of each sending round, if there were several. */
function roundsHtml({ rounds }) {
    const rows = rounds.map(({ round, requests, succeeded, usd, lower_bound }) => [
        (0,html/* escapeHtml */.ZD)(report/* REPORT */.ri.round({ round })),
        (0,numbers/* formatCount */.B4)(requests),
        (0,numbers/* formatCount */.B4)(succeeded),
        (0,html/* escapeHtml */.ZD)((0,report/* printUsd */.E$)(usd, lower_bound)),
    ]);
    return table_table('rounds', { columns: [...words('round'), ...table_numbers('sent', 'answered', 'cost')], rows });
}
/** Usage and cost per model, if there were several. */
function modelsHtml({ models }) {
    const modelNumbers = (0,ledger/* modelColumns */.z$)(models);
    const rows = models.map((model) => [
        (0,html/* codeHtml */.v1)(model.model, 100),
        ...modelNumbers.map(([, show]) => (0,html/* escapeHtml */.ZD)(show(model))),
    ]);
    const columns = [...words('model'), ...modelNumbers.map(([title]) => (0,table/* right */.pG)(title))];
    return table_table('models', { columns, rows: models.length < 2 ? [] : rows });
}
function batchesHtml({ batches, timings }) {
    const rows = batches.map(({ id, status, created_at, ended_at, results_until }) => [
        (0,html/* codeHtml */.v1)(id, 100),
        (0,html/* lineHtml */.Or)(status.replaceAll('_', ' '), 40),
        ...[created_at, ended_at, results_until].map(timeOf),
    ]);
    const { took_ms: tookMs } = timings;
    const after = tookMs === null ? [] : [(0,html/* textHtml */.Zr)({ code: 'batch-duration', tookMs })];
    return table_table('batch', { columns: words('batch', 'status', 'created', 'ended', 'results-until'), rows, after });
}
/** The earlier batches with the reused answers. */
function sourcesHtml({ reuse }) {
    const rows = (reuse?.sources ?? []).map(({ batch_id: id, created_at, answers }) => [
        (0,html/* codeHtml */.v1)(id, 100),
        created_at === null ? '' : timeOf(created_at),
        (0,numbers/* formatCount */.B4)(answers),
    ]);
    return table_table('reused-batches', { columns: [...words('batch', 'created'), ...table_numbers('reused')], rows });
}
function causeOf(group) {
    const { outcome, type } = group;
    const message = (0,markdown_failures/* describeMessage */.Xc)(group);
    const kind = outcome === 'errored' && type !== null ? (0,html/* codeHtml */.v1)(type, 64) : outcome;
    const stop = outcome === 'errored' && type !== null ? [['stop', (0,untrusted_text/* toPlainLine */.Ic)(type, 200)]] : [];
    const link = (0,html/* fragmentHtml */.SY)(kind, (0,fragment/* fragmentOf */.UB)([['outcome', outcome], ...stop]));
    return message === undefined ? link : `${link}: ${(0,html/* lineHtml */.Or)(message, 300)}`;
}
/** A link to the answers that are incomplete for this reason; the last two reasons are ours, not the API's. */
function reasonFragment(reason) {
    const isOurs = reason === 'unknown' || reason === 'empty';
    return (0,fragment/* fragmentOf */.UB)([['outcome', 'cut'], ...(isOurs ? [] : [['stop', reason]])]);
}
/** Empty for a batch given only by its id: its requests are unknown. */
function exampleOf({ example_id }) {
    return example_id === '' ? (0,html/* labelHtml */.Ko)('unknown') : (0,html/* fragmentHtml */.SY)((0,html/* codeHtml */.v1)(example_id, 64), (0,fragment/* caseFragment */.rx)(example_id));
}
function placeOf({ file, line, input, count }) {
    if (file === null)
        return input === null ? '' : (0,html/* codeHtml */.v1)(input, 100);
    const place = (0,html/* codeHtml */.v1)(`${file}${line === null ? '' : `:${line}`}`, 200);
    return count < 2 ? place : `${place} ${(0,html/* escapeHtml */.ZD)(report/* REPORT */.ri['more-lines']({ count: count - 1 }))}`;
}
function timeOf(time) {
    return time === null ? '' : ((0,numbers/* formatTime */.fU)(time) ?? (0,html/* lineHtml */.Or)(time, 40));
}

;// CONCATENATED MODULE: ./build/src/core/page/page.js













/**
 * Nothing is loaded, sent or framed, and no text becomes code. Images may come from the page itself: those of requests, and its empty
 * icon, which keeps browsers from asking the server for one.
 */
const POLICY = [
    "default-src 'none'",
    `script-src '${SCRIPT_HASH}'`,
    `style-src '${STYLE_HASH}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
].join('; ');
/**
 * The page up to its cases: the HTML file is this, then each chosen case from `createCasePrinter`, then `pageTail`. Everything above the
 * list, including folded figures, works without the script.
 */
function pageHead(summary, parts) {
    const verdict = verdictOf(summary);
    const title = (0,heading/* titleOf */.G)(summary.run.workflow);
    return [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
        `<title>${(0,html/* escapeHtml */.ZD)(`${(0,untrusted_text/* toPlainLine */.Ic)(title, 100)} / ${(0,untrusted_text/* toPlainLine */.Ic)(summary.run.name, 100)}: ${verdict}`)}</title>`,
        `<link rel="icon" href="data:,"><style>${STYLE}</style></head><body>`,
        `<header>${factsHtml(summary, parts)}<button type="button" id="scheme" hidden></button></header>`,
        `<main><h1><span aria-hidden="true">${headline/* ICONS */.Ze[(0,headline/* severityOf */.xJ)(summary)]}</span> ${(0,html/* lineHtml */.Or)(title, 40)}: ${(0,html/* escapeHtml */.ZD)(verdict)}</h1>`,
        summary.grading === null ? outcomesHtml(summary) : gradesHtml(summary.grading),
        `<div id="folds"><details id="figures"><summary>${(0,html/* labelHtml */.Ko)(summary.failure === null ? 'figures' : 'figures-of-failure')}</summary>`,
        figuresHtml(summary),
        `</details>${(0,case_list/* aboutHtml */.JP)(summary, parts)}</div>`,
        (0,case_list/* listHtml */.o1)(summary, parts),
        '</main>\n',
    ].join('\n');
}
/** What a reader looks for first: the grades' verdict, in the comment's words; without grades, how many requests have an answer. */
function verdictOf(summary) {
    const isGraded = summary.grading !== null && summary.status === 'completed';
    return isGraded ? (0,headline/* headlineOf */.gD)(summary) : (0,page/* printPageText */.kd)(verdictMessage(summary));
}
function verdictMessage({ status, failure, requests, incomplete }) {
    const [total, answered] = [requests.total ?? 0, requests.succeeded ?? 0];
    const cut = Object.values(incomplete ?? {}).reduce((sum, count) => sum + count, 0);
    const counts = { answered, total, incomplete: cut };
    if (status === 'canceled')
        return { code: 'verdict-canceled', ...counts };
    if (answered < total)
        return { code: 'verdict-unanswered', ...counts };
    return { code: failure === null ? 'verdict-answered' : 'verdict-failed', ...counts };
}
/** Which run it was: links first, since a narrow screen shows only two lines. */
function factsHtml({ run, cost, sample }, { artifact }) {
    const facts = [
        (0,html/* codeHtml */.v1)(run.name, 40),
        ...(cost.usd === null ? [] : [(0,html/* escapeHtml */.ZD)((0,headlines/* sayUsd */.cD)(cost.usd, cost.lower_bound))]),
        ...(sample === null || sample.requests === sample.of
            ? []
            : [(0,html/* escapeHtml */.ZD)((0,page/* printPageText */.kd)({ ...sample, code: 'sampled' }))]),
        ...(artifact === undefined ? [] : [(0,html/* linkHtml */.eq)((0,html/* labelHtml */.Ko)('artifact'), artifact.url)]),
        (0,html/* linkHtml */.eq)((0,html/* escapeHtml */.ZD)(report/* REPORT */.ri.run(run)), run.url),
        `${(0,html/* labelHtml */.Ko)('commit')} ${(0,html/* codeHtml */.v1)(run.sha.slice(0, 7))}`,
        (0,html/* lineHtml */.Or)(run.repository, 200),
        (0,html/* lineHtml */.Or)(run.event, 60),
    ];
    return `<p class="facts">${facts.join(' \u00b7 ')}</p>`;
}
/** Why the run failed, its numbers and its tables. */
function figuresHtml(summary) {
    const { failure, next_step, grading } = summary;
    const why = [failure, next_step].filter((text) => text !== null).join(' ');
    const sentence = (0,log_lines/* whatThereIs */.V7)(summary);
    return [
        ...(why === '' ? [] : [`<p class="failure">${(0,html/* lineHtml */.Or)(why, 2_000)}</p>`]),
        ...(sentence === undefined ? [] : [`<p class="lead">${(0,html/* escapeHtml */.ZD)(sentence)}</p>`]),
        ...(grading === null ? [] : [gradingHtml(grading), outcomesHtml(summary)]),
        ...tablesHtml(summary),
        `<div class="overview">${numbersHtml(summary)}<div>${costHtml(summary)}\n${notesHtml(summary)}</div></div>`,
    ].join('\n');
}
/** The end of the page: the script, which reads the cases above it. */
function pageTail() {
    return `<script type="module">${SCRIPT}</script>\n</body></html>\n`;
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./build/src/core/grading/grade-case.js + 1 modules
var grade_case = __webpack_require__(48240);
// EXTERNAL MODULE: ./build/src/core/messages/asserts.js
var asserts = __webpack_require__(83329);
;// CONCATENATED MODULE: ./build/src/core/page/page-grade.js



/** Most asserts of an answer on the page, including those in sets; asserts that do not pass come first. */
const MAX_ASSERTS = 60;
/** Most metrics of an answer on the page; shown even without room for asserts. */
const MAX_METRICS = 30;
/** Most metadata of a case on the page. */
const MAX_METADATA = 20;
const MAX_VALUE = 100;
function changeOf(id, { broken, fixed }) {
    if (broken.has(id))
        return 'broken';
    return fixed.has(id) ? 'fixed' : null;
}
/** The grade of the answer with this custom ID, as a page shows it; undefined if the case has no such answer. */
function pageGradeOf(found, customId, changes) {
    const answer = found.answers.find((one) => one.customId === customId);
    if (answer === undefined)
        return undefined;
    const { outcome, score, results } = answer;
    const asserts = takeAsserts(results);
    return {
        case: {
            id: found.customId,
            outcome: found.outcome,
            change: changeOf(found.customId, changes),
            required: found.required,
            metadata: Array.from(found.metadata)
                .slice(0, MAX_METADATA)
                .map(([key, value]) => [
                (0,untrusted_text/* toPlainLine */.Ic)(key, MAX_VALUE),
                typeof value === 'string' ? (0,untrusted_text/* toPlainLine */.Ic)(value, MAX_VALUE) : value,
            ]),
        },
        outcome,
        score: score ?? null,
        asserts,
        asserts_left_out: countOf(results) - countOf(asserts),
        metrics: metricsOf(answer),
    };
}
/** The same without the bulky parts: the page holds texts only of a limited number of cases. */
function withoutAsserts(grade) {
    return { ...grade, asserts: [], asserts_left_out: countOf(grade.asserts) + grade.asserts_left_out };
}
function withoutReasons(grade) {
    const bare = (one) => ({ ...one, reason: '', asserts: one.asserts.map(bare) });
    return { ...grade, asserts: grade.asserts.map(bare) };
}
function countOf(asserts) {
    return asserts.reduce((sum, { asserts: own, results }) => sum + 1 + countOf(own ?? results ?? []), 0);
}
/** As many as fit, in order. */
function takeAsserts(results) {
    if (countOf(results) <= MAX_ASSERTS)
        return results.map(readAssert);
    const flat = results.map((result, index) => ({ result, index }));
    const pressing = [...flat].sort((one, other) => rankOf(one.result) - rankOf(other.result) || one.index - other.index);
    let room = MAX_ASSERTS;
    const taken = pressing.filter(({ result }) => {
        const size = countOf([result]);
        if (size > room)
            return false;
        room -= size;
        return true;
    });
    return taken.sort((one, other) => one.index - other.index).map(({ result }) => readAssert(result));
}
const page_grade_RANKS = { fail: 0, ungraded: 1, pass: 2 };
function rankOf({ outcome }) {
    return page_grade_RANKS[outcome];
}
function readAssert({ type, metric, outcome, score, weight, reason, judge, results }) {
    return {
        type,
        metric: metric ?? null,
        outcome,
        score: score ?? null,
        weight,
        reason: (0,asserts/* printAssertReason */.m)(reason),
        judge: judge === undefined ? null : { model: judge.model, prompt: judge.prompt },
        asserts: (results ?? []).map(readAssert),
    };
}
function metricsOf(answer) {
    const scores = (0,grade_case/* metricScores */.Qy)([answer]);
    const passes = new Map();
    const note = ({ metric, outcome, results }) => {
        if (metric !== undefined)
            passes.set(metric, (passes.get(metric) ?? true) && outcome === 'pass');
        results?.forEach(note);
    };
    answer.results.forEach(note);
    return Array.from(passes)
        .slice(0, MAX_METRICS)
        .map(([metric, isPassed]) => ({ metric, score: scores.get(metric) ?? null, passes: isPassed }));
}

;// CONCATENATED MODULE: ./build/src/core/page/room.js

/** Makes texts fit into `room` characters: short ones stay whole, and the longest are cut. */
function createShortener(texts, room) {
    const longest = capOf(texts, room);
    return (text) => shorten(text, longest);
}
/** A whole text, or its two ends: the start shows what it is, and a question or a verdict tends to be at the end. */
function shorten(text, maxLength) {
    if (text.length <= maxLength)
        return { head: (0,untrusted_text/* toReadable */.qO)(text), left_out: 0, tail: '' };
    const half = Math.floor(maxLength / 2);
    const [head, tail] = [(0,untrusted_text/* cutText */.IN)(text, half), (0,untrusted_text/* cutEnd */.ym)(text, half)];
    return { head: (0,untrusted_text/* toReadable */.qO)(head), left_out: text.length - head.length - tail.length, tail: (0,untrusted_text/* toReadable */.qO)(tail) };
}
/** The length limit at which all texts together fit. */
function capOf(texts, room) {
    const lengths = texts.map(({ length }) => length).sort((one, other) => one - other);
    let left = room;
    for (const [index, length] of lengths.entries()) {
        const share = Math.floor(left / (lengths.length - index));
        if (length > share)
            return share;
        left -= length;
    }
    return Number.POSITIVE_INFINITY;
}

;// CONCATENATED MODULE: ./build/src/core/page/print-case.js





const MAX_LINE = 200;
const MAX_MESSAGE = 1_000;
/** Most characters of a prompt or an answer to show. */
const MAX_TEXT = 20_000;
/** Fewer, since they are often the same in all cases and take room from answers. */
const MAX_PARAMETERS = 5_000;
/** Longest URL of one picture, and of all of a page's pictures, in characters. */
const MAX_IMAGE = 400_000;
const MAX_IMAGES = 6_000_000;
/** After this many bytes of cases, the rest is written without texts, so that browsers can open the page. */
const MAX_PAGE_BYTES = 25_000_000;
/** Prints a page's cases in the given order, each as a data block for the page's script. */
function createCasePrinter(content, maxBytes = MAX_PAGE_BYTES) {
    let bytes = 0;
    let imageRoom = MAX_IMAGES;
    const takeImage = (image) => {
        if (image === undefined || image.length > MAX_IMAGE || image.length > imageRoom)
            return {};
        imageRoom -= image.length;
        return { image };
    };
    return (found) => {
        const hasRoom = bytes < maxBytes;
        const block = dataBlock(hasRoom ? recordOf(found, content, takeImage) : textlessRecordOf(found, content));
        bytes += external_node_buffer_.Buffer.byteLength(block);
        return block;
    };
}
function recordOf({ prompt, parameters, answer, error, reused, grade, before, ...facts }, content, takeImage) {
    const { source } = facts;
    const shortened = (parts) => {
        const fitted = createShortener(parts.map(({ text }) => text), MAX_TEXT);
        return parts.map(({ kind, role, name, id, text, image }) => ({
            kind,
            ...namesOf({ role, name, id }),
            text: fitted(text),
            ...takeImage(image),
        }));
    };
    return {
        ...facts,
        id: (0,untrusted_text/* toPlainLine */.Ic)(facts.id, fragment/* MAX_ID */.rc),
        source: source && { file: (0,untrusted_text/* toPlainLine */.Ic)(source.file, MAX_LINE), line: source.line },
        model: lineOf(facts.model),
        stop_reason: lineOf(facts.stop_reason),
        error: errorOf(error),
        prompt: content !== 'full' || prompt === null ? null : shortened(prompt),
        parameters: content !== 'full' || parameters === null ? null : shorten(parameters, MAX_PARAMETERS),
        answer: content === 'none' || answer === null ? null : shortened(answer),
        ...(reused !== undefined && { reused: { ...reused, batch_id: (0,untrusted_text/* toPlainLine */.Ic)(reused.batch_id, MAX_LINE) } }),
        ...(grade !== undefined && { grade: gradeOf(grade, content) }),
        ...(before !== undefined && content !== 'none' && { before: beforeOf(before, shortened) }),
        texts_left_out: false,
    };
}
function gradeOf(grade, content) {
    return content === 'none' ? withoutReasons(grade) : grade;
}
function beforeOf({ outcome, model, stop_reason, error, answer, is_same }, shortened) {
    return {
        outcome,
        model: lineOf(model),
        stop_reason: lineOf(stop_reason),
        error: errorOf(error),
        answer: answer && shortened(answer),
        ...(is_same && { is_same }),
    };
}
function errorOf(error) {
    return error && { type: (0,untrusted_text/* toPlainLine */.Ic)(error.type, MAX_LINE), message: shorten(error.message, MAX_MESSAGE) };
}
function textlessRecordOf(found, content) {
    const isShown = { prompt: content === 'full', answer: content !== 'none' };
    const hasTexts = (isShown.prompt && found.prompt !== null) || (isShown.answer && found.answer !== null);
    const { before: _, grade, ...rest } = found;
    const bare = grade === undefined ? {} : { grade: withoutAsserts(grade) };
    const textless = { ...rest, ...bare, prompt: null, parameters: null, answer: null };
    return { ...recordOf(textless, content, () => ({})), texts_left_out: hasTexts };
}
function namesOf(names) {
    const known = Object.entries(names).flatMap(([name, value]) => value === undefined ? [] : [[name, (0,untrusted_text/* toPlainLine */.Ic)(value, MAX_LINE)]]);
    return Object.fromEntries(known);
}
function lineOf(text) {
    return text === null ? null : (0,untrusted_text/* toPlainLine */.Ic)(text, MAX_LINE);
}
/**
 * A value as data that a browser never executes. Leaves no character that is special to the HTML parser inside a script, so no value can
 * end the block or start a comment; `JSON.parse` restores the value.
 */
function dataBlock(value) {
    const json = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return `<script type="application/json" class="case">${json}</script>\n`;
}

// EXTERNAL MODULE: ./build/src/core/cost/price.js
var cost_price = __webpack_require__(81734);
// EXTERNAL MODULE: ./build/src/core/results/result.js + 2 modules
var result = __webpack_require__(62168);
// EXTERNAL MODULE: ./build/src/core/text/json.js
var json = __webpack_require__(58415);
// EXTERNAL MODULE: ./build/src/core/text/money.js
var money = __webpack_require__(82169);
;// CONCATENATED MODULE: ./build/src/core/page/json-text.js


/** Levels of JSON to indent: much deeper ones would be mostly spaces. */
const MAX_DEPTH = 20;
/** Base64 and signatures longer than this mean nothing to people. */
const MAX_OPAQUE = 200;
/** JSON indented by two spaces, without long files and signatures. */
function printJson(value) {
    try {
        return JSON.stringify(value, elideOpaque, isDeeper(value, MAX_DEPTH) ? 0 : 2);
    }
    catch (error) {
        // V8 serializes nested values by recursion and fails at a few thousand levels.
        if (error instanceof RangeError)
            return (0,page/* printPageText */.kd)({ code: 'nested-too-deeply' });
        throw error;
    }
}
/**
 * A request's params except messages and system prompt, as JSON; null if there are none. Hides tokens of MCP servers, and the queries of
 * their addresses, which may contain one.
 */
function parametersText(params) {
    if (!(0,json/* isJsonObject */.OW)(params))
        return null;
    const members = Object.entries(params).filter(([name]) => name !== 'messages' && name !== 'system');
    const shown = members.map(([name, value]) => [name, name === 'mcp_servers' ? withoutTokens(value) : value]);
    return shown.length === 0 ? null : printJson(Object.fromEntries(shown));
}
function withoutTokens(servers) {
    if (!Array.isArray(servers))
        return servers;
    return servers.map((server) => {
        const token = (0,json/* memberOf */.C5)(server, 'authorization_token');
        const url = (0,json/* memberOf */.C5)(server, 'url');
        if (typeof server !== 'object' || server === null)
            return server;
        return {
            ...server,
            ...(typeof token === 'string' ? { authorization_token: elide(token) } : {}),
            ...(typeof url === 'string' ? { url: url.replace(/[?#].*/s, (query) => `${query[0]}${elide(query)}`) } : {}),
        };
    });
}
function isDeeper(value, levels) {
    if (typeof value !== 'object' || value === null)
        return false;
    return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}
/** Leaves out values that only programs can read. */
function elideOpaque(name, value) {
    if (typeof value !== 'string' || value.length <= MAX_OPAQUE)
        return value;
    const type = (0,json/* memberOf */.C5)(this, 'type');
    const isOpaque = (name === 'data' && (type === 'base64' || type === 'redacted_thinking')) ||
        (name === 'signature' && type === 'thinking') ||
        name.startsWith('encrypted_');
    return isOpaque ? elide(value) : value;
}
function elide(text) {
    return (0,page/* printPageText */.kd)({ code: 'elided', characters: text.length });
}

;// CONCATENATED MODULE: ./build/src/core/page/citations.js



const MAX_QUOTE = 200;
const MAX_SOURCE = 500;
/** Numbers the citations of one answer from 1; the same citation keeps its number throughout. */
function createCitations() {
    const numbers = new Map();
    let listed = 0;
    return {
        /** The marks after a text with citations: ` [1][2]`; empty if no citation is readable. Citations may have any form. */
        mark(citations) {
            const cited = Array.isArray(citations) ? citations.map(readCitation).filter((line) => line !== '') : [];
            for (const line of cited)
                if (!numbers.has(line))
                    numbers.set(line, numbers.size + 1);
            const marks = Array.from(new Set(cited), (line) => `[${numbers.get(line)}]`).join('');
            return marks === '' ? '' : ` ${marks}`;
        },
        /** A line for each citation that is new since the last call; empty for none. */
        takeList() {
            const list = Array.from(numbers, ([line, number]) => `[${number}] ${line}`).slice(listed);
            listed = numbers.size;
            return list.join('\n');
        },
    };
}
/** A citation as a line, such as `Grass, https://example.com/grass: \u201cGrass is green.\u201d`; empty if it has no content. */
function readCitation(citation) {
    const [title, url, quote] = [
        lineIn(citation, 'title', MAX_SOURCE) || lineIn(citation, 'document_title', MAX_SOURCE),
        lineIn(citation, 'url', MAX_SOURCE) || lineIn(citation, 'source', MAX_SOURCE),
        lineIn(citation, 'cited_text', MAX_QUOTE),
    ];
    const names = [title, url].filter((text) => text !== '');
    const source = names.length > 0 ? names : [placeIn(citation)];
    const where = [...source, spanIn(citation)].filter((text) => text !== undefined).join(', ');
    return [where, quote === '' ? '' : `\u201c${quote}\u201d`].filter((text) => text !== '').join(': ');
}
/** A text may be as long as a document, so this reads only what can be shown. Empty for a non-text member. */
function lineIn(citation, name, maxLength) {
    const value = (0,json/* memberOf */.C5)(citation, name);
    return typeof value === 'string' ? (0,untrusted_text/* toPlainLine */.Ic)((0,untrusted_text/* cutText */.IN)(value, 10 * maxLength), maxLength) : '';
}
/** The index of its document or search result in the request, from 0 as in the API. */
function placeIn(citation) {
    const document = countIn(citation, 'document_index');
    if (document !== undefined)
        return (0,page/* printPageText */.kd)({ code: 'cited-document', index: document });
    const result = countIn(citation, 'search_result_index');
    return result === undefined ? undefined : (0,page/* printPageText */.kd)({ code: 'cited-search-result', index: result });
}
const SPANS = [
    ['cited-pages', 'start_page_number', 'end_page_number'],
    ['cited-blocks', 'start_block_index', 'end_block_index'],
    ['cited-characters', 'start_char_index', 'end_char_index'],
];
/** Its position in the source. The API counts pages from 1, everything else from 0, with exclusive ends. */
function spanIn(citation) {
    for (const [code, start, end] of SPANS) {
        const [first, beyond] = [countIn(citation, start), countIn(citation, end)];
        if (first !== undefined)
            return (0,page/* printPageText */.kd)({ code, first, last: Math.max(first, (beyond ?? 0) - 1) });
    }
    return undefined;
}
function countIn(citation, name) {
    const value = (0,json/* memberOf */.C5)(citation, name);
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

;// CONCATENATED MODULE: ./build/src/core/page/image.js


/** The types that the API accepts. All are pure pixels: no scripts and no links, unlike SVG. */
const MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** An image block: its type and size with the picture itself, or its source; undefined for an unknown form. */
function imagePart(block) {
    const source = (0,json/* memberOf */.C5)(block, 'source');
    const elsewhere = (0,json/* textOf */.b6)(source, 'url') ?? (0,json/* textOf */.b6)(source, 'file_id');
    if (elsewhere !== undefined)
        return { kind: 'image', text: elsewhere };
    const type = (0,json/* textOf */.b6)(source, 'media_type');
    const data = (0,json/* textOf */.b6)(source, 'data');
    if (type === undefined || data === undefined)
        return undefined;
    const text = `${type}, ${(0,numbers/* formatBytes */.z3)(Math.floor((data.length * 3) / 4))}`;
    const isShown = MEDIA_TYPES.includes(type) && BASE64.test(data);
    return { kind: 'image', text, ...(isShown && { image: `data:${type};base64,${data}` }) };
}

;// CONCATENATED MODULE: ./build/src/core/page/parts.js





/** Most blocks of a prompt or an answer; beyond that, the middle is left out. */
const MAX_PARTS = 200;
/**
 * What a request asks: the system prompt and each message, block by block, each with its role. Takes parsed `params` and assumes nothing
 * about their form.
 */
function promptParts(params) {
    const system = (0,json/* memberOf */.C5)(params, 'system');
    const messages = (0,json/* memberOf */.C5)(params, 'messages');
    const turns = [
        ...(system === undefined || system === null || system === '' ? [] : [{ role: 'system', content: system }]),
        ...(Array.isArray(messages) ? messages : []).map((message) => ({
            role: (0,json/* textOf */.b6)(message, 'role') ?? 'message',
            content: (0,json/* memberOf */.C5)(message, 'content'),
        })),
    ];
    return bounded(turns.flatMap(({ role, content }) => {
        const parts = blocksOf(content).flatMap(readBlock);
        return (parts.length === 0 ? [NOTHING] : parts).map((part) => ({ role, ...part }));
    }));
}
const NOTHING = { kind: 'text', text: '' };
/**
 * A model's answer, followed by its preceding thoughts. Joins consecutive text blocks, which the API splits only to place citations.
 * Assumes nothing about the form of `content`.
 */
function answerParts(content) {
    const citations = createCitations();
    const parts = [];
    const thoughts = [];
    let run = [];
    const endRun = () => {
        if (run.length > 0)
            parts.push({ kind: 'text', text: run.join('') });
        run = [];
        const list = citations.takeList();
        if (list !== '')
            parts.push({ kind: 'citations', text: list });
    };
    for (const block of blocksOf(content)) {
        for (const part of readBlock(block)) {
            if (part.kind === 'text') {
                run.push(withMark(part.text, citations.mark((0,json/* memberOf */.C5)(block, 'citations'))));
            }
            else {
                endRun();
                (part.kind === 'thinking' ? thoughts : parts).push(part);
            }
        }
    }
    endRun();
    return bounded([...parts, ...thoughts]);
}
/** Content may have any form: everything except a list counts as one block. */
function blocksOf(content) {
    if (content === undefined || content === null)
        return [];
    return Array.isArray(content) ? content : [content];
}
/** The part for a block; a tool result is followed by its images. */
function readBlock(block) {
    if (typeof block === 'string')
        return [{ kind: 'text', text: block }];
    const type = (0,json/* textOf */.b6)(block, 'type') ?? 'content';
    const id = (0,json/* textOf */.b6)(block, 'id');
    const text = (0,json/* textOf */.b6)(block, 'text');
    const thinking = (0,json/* textOf */.b6)(block, 'thinking');
    if (type === 'text' && text !== undefined)
        return [{ kind: 'text', text }];
    if (type === 'thinking' && thinking !== undefined)
        return [{ kind: 'thinking', text: thinking }];
    if (type === 'redacted_thinking')
        return [{ kind: 'thinking', name: type, text: printJson(block) }];
    if (/(?:^|_)tool_use$/.test(type))
        return [withId(id, { kind: 'tool-call', name: (0,json/* textOf */.b6)(block, 'name') ?? type, text: printInput(block) })];
    if (/(?:^|_)tool_result$/.test(type))
        return resultParts(block, type);
    return [(type === 'image' ? imagePart(block) : undefined) ?? { kind: 'other', name: type, text: printJson(block) }];
}
function printInput(block) {
    const input = (0,json/* memberOf */.C5)(block, 'input');
    return printJson(input === undefined ? block : input);
}
function resultParts(block, type) {
    const inner = blocksOf((0,json/* memberOf */.C5)(block, 'content'));
    const images = inner.flatMap((one) => ((0,json/* textOf */.b6)(one, 'type') === 'image' ? (imagePart(one) ?? []) : []));
    const texts = inner.flatMap((one) => {
        if (typeof one === 'string')
            return one;
        const kind = (0,json/* textOf */.b6)(one, 'type');
        if (kind === 'image' && imagePart(one) !== undefined)
            return [];
        return kind === 'text' ? ((0,json/* textOf */.b6)(one, 'text') ?? printJson(one)) : printJson(one);
    });
    const name = (0,json/* memberOf */.C5)(block, 'is_error') === true ? { name: 'error' } : type === 'tool_result' ? {} : { name: type };
    const text = texts.join('\n\n');
    return [withId((0,json/* textOf */.b6)(block, 'tool_use_id'), { kind: 'tool-result', ...name, text }), ...images];
}
function withId(id, part) {
    return id === undefined ? part : { ...part, id };
}
/** Puts the mark after the last word, not on a new line. */
function withMark(text, mark) {
    const end = mark === '' ? text.length : text.trimEnd().length;
    return text.slice(0, end) + mark + text.slice(end);
}
function bounded(parts) {
    const count = parts.length - MAX_PARTS;
    if (count <= 0)
        return parts;
    const note = { kind: 'left-out', text: (0,page/* printPageText */.kd)({ code: 'parts-left-out', count }) };
    return [...parts.slice(0, MAX_PARTS / 2), note, ...parts.slice(-MAX_PARTS / 2)];
}

;// CONCATENATED MODULE: ./build/src/core/page/read-case.js






/**
 * The case of a request and its result. Without a readable result line, the request counts as missing. A partly known cost becomes null.
 * Throws SyntaxError if a line is not JSON.
 */
function readCase({ position, source, request, result: line }, pricing) {
    // Without the request line, only the id can be taken from the result line: its other members describe the result.
    const known = JSON.parse(request ?? line ?? '{}');
    const params = request === undefined ? undefined : (0,json/* memberOf */.C5)(known, 'params');
    const asked = (0,json/* memberOf */.C5)(params, 'model');
    const empty = {
        position,
        id: String((0,json/* memberOf */.C5)(known, 'custom_id') ?? ''),
        source: source ?? null,
        model: typeof asked === 'string' ? asked : null,
        stop_reason: null,
        tokens: null,
        usd: null,
        error: null,
        prompt: params === undefined ? null : promptParts(params),
        parameters: params === undefined ? null : parametersText(params),
        answer: null,
    };
    const ending = line === undefined ? undefined : (0,result/* parseResult */.F)(line)?.ending;
    if (line === undefined || ending === undefined)
        return { ...empty, outcome: 'missing' };
    if (ending.kind === 'errored') {
        return { ...empty, outcome: 'errored', error: { type: ending.type, message: ending.message } };
    }
    if (ending.kind !== 'succeeded')
        return { ...empty, outcome: ending.kind };
    const { model, stopReason, hasOutput, isEmpty, usage } = ending.message;
    const price = (0,cost_price/* priceUsage */.z)({ model, usage, stopReason, hasOutput, ...pricing });
    return {
        ...empty,
        outcome: 'succeeded',
        model,
        stop_reason: stopReason,
        ...(isEmpty && { is_empty: true }),
        tokens: usage === undefined ? null : tokensOf(usage),
        usd: price.kind === 'priced' ? (0,money/* formatUsd */.UK)(price.batch) : null,
        answer: answerParts(contentOf(line)),
    };
}
/** The baseline's result line for a case; undefined if unreadable. `now` is today's answer to the same case. */
function readBefore(line, now) {
    const ending = (0,result/* parseResult */.F)(line)?.ending;
    if (ending === undefined)
        return undefined;
    const none = { model: null, stop_reason: null, error: null, answer: null };
    if (ending.kind === 'errored')
        return { ...none, outcome: 'errored', error: { type: ending.type, message: ending.message } };
    if (ending.kind !== 'succeeded')
        return { ...none, outcome: ending.kind };
    const { model, stopReason } = ending.message;
    const answer = answerParts(contentOf(line));
    const known = { ...none, outcome: 'succeeded', model, stop_reason: stopReason };
    return now !== null && saidIn(answer) === saidIn(now) ? { ...known, is_same: true } : { ...known, answer };
}
/** The answer's text to compare, without thinking and without the IDs of calls, which always differ. */
function saidIn(parts) {
    const said = parts.filter(({ kind }) => kind !== 'thinking');
    return JSON.stringify(said.map(({ kind, name, text }) => [kind, name, text]));
}
function contentOf(line) {
    return (0,json/* memberOf */.C5)((0,json/* memberOf */.C5)((0,json/* memberOf */.C5)(JSON.parse(line), 'result'), 'message'), 'content');
}
function tokensOf({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }) {
    return { input, output, cache_read: cacheRead, cache_write: cacheWrite5m + cacheWrite1h };
}

// EXTERNAL MODULE: ./build/src/core/summary/reuse-summary.js
var reuse_summary = __webpack_require__(81035);
// EXTERNAL MODULE: ./build/src/core/text/utf8.js
var utf8 = __webpack_require__(70018);
// EXTERNAL MODULE: ./build/src/steps/compare/lines-by-id.js
var lines_by_id = __webpack_require__(43346);
// EXTERNAL MODULE: ./build/src/core/grading/parse-grades.js
var parse_grades = __webpack_require__(75230);
;// CONCATENATED MODULE: ./build/src/core/page/grade-head.js
/** Bytes at the start of a line of `grades.jsonl` that contain the case's id and outcome. */
const GRADE_HEAD_BYTES = 160;
const HEAD = /^\{"schema":1,"custom_id":"([\w-]{1,64})","pass":(true|false|null)\b/;
const OUTCOMES = new Map([
    ['true', 'pass'],
    ['false', 'fail'],
]);
/** Parses the start of such a line as written by `printGrades`; undefined for any other text. */
function readGradeHead(text) {
    const [, id, pass] = HEAD.exec(text) ?? [];
    return id === undefined ? undefined : { id, outcome: OUTCOMES.get(pass) ?? 'ungraded' };
}

// EXTERNAL MODULE: ./build/src/steps/run/span-reader.js
var span_reader = __webpack_require__(47739);
;// CONCATENATED MODULE: ./build/src/steps/publish/page-grades.js





/** For a run without grades: no case has any. */
function noGrades(cases) {
    return {
        *ranked() {
            for (let position = 0; position < cases.count; position += 1)
                yield cases.rank(position);
        },
        gradeOf: () => undefined,
        close() { },
    };
}
/** Throws errors of the disk. */
function openGrades(files, cases, { places, tally, comparison, files: written }) {
    const reader = files.open(written.grades);
    const inOrder = (0,span_reader/* openSpans */.K)(files, written.grades);
    const changes = { broken: new Set(comparison?.broken), fixed: new Set(comparison?.fixed) };
    const required = new Set(tally.requiredFailed);
    const read = ({ offset, length }) => (0,utf8/* utf8Of */.v)(reader.readAt(offset, length));
    let latest;
    /** Answers of a case come one after the other, so the last line that was read is kept. */
    const caseAt = (span) => {
        if (latest?.offset !== span.offset) {
            const parsed = (0,parse_grades/* parseGrades */._)(read(span));
            latest = { offset: span.offset, found: 'fault' in parsed ? undefined : parsed };
        }
        return latest.found;
    };
    return {
        *ranked() {
            let position = 0;
            while (position < cases.count) {
                const span = places.grade(position);
                if (span === undefined) {
                    yield cases.rank(position);
                    position += 1;
                    continue;
                }
                const answers = countAnswers(places, position, cases.count);
                const head = readGradeHead(inOrder.read({ ...span, length: Math.min(span.length, GRADE_HEAD_BYTES) }));
                let lowest = 2;
                for (let at = 0; at < answers; at += 1)
                    lowest = Math.min(lowest, cases.rank(position + at));
                const isDecisive = head !== undefined && required.has(head.id);
                yield { rank: isDecisive ? 'required' : page_grades_rankOf(head, lowest, changes), answers };
                position += answers;
            }
        },
        gradeOf({ position, id }) {
            const span = places.grade(position);
            const found = span && caseAt(span);
            return found && pageGradeOf(found, id, changes);
        },
        close() {
            reader.close();
            inOrder.close();
        },
    };
}
/** How many requests from here on share this line of grades: they are the answers of one case. */
function countAnswers({ grade }, position, end) {
    const offset = grade(position)?.offset;
    let next = position + 1;
    while (next < end && grade(next)?.offset === offset)
        next += 1;
    return next - position;
}
function page_grades_rankOf(head, lowest, changes) {
    if (head === undefined)
        return 'ungraded';
    const change = changeOf(head.id, changes);
    if (change === 'broken')
        return 'broken';
    if (head.outcome !== 'pass')
        return head.outcome === 'fail' ? 'failing' : 'ungraded';
    if (lowest < 2)
        return 'incomplete';
    return change === 'fixed' ? 'fixed' : 'other';
}

;// CONCATENATED MODULE: ./build/src/steps/publish/write-page.js








/** Writes the page of a run to this path. */
async function writePage(run, path, { summary, artifact, files, cases, graded }) {
    const { ports, inputs } = run;
    const sources = openSources();
    try {
        const lines = sources.keep(openLines(ports.files, files, cases));
        const grades = sources.keep(graded === undefined ? noGrades(cases) : openGrades(ports.files, cases, graded));
        const parts = { choice: chooseCases(grades.ranked()), content: inputs.artifactContent, artifact };
        const baseline = await openBaseline(run, graded);
        if (baseline !== undefined)
            sources.keep(baseline);
        const nowMs = ports.clock.date();
        const writer = await ports.files.writeText(path);
        try {
            for (const piece of piecesOf(summary, parts, { lines, grades, baseline, nowMs })) {
                const full = writer.write(piece);
                if (full !== undefined)
                    await full;
            }
            await writer.commit();
        }
        finally {
            await writer.discard();
        }
    }
    finally {
        sources.close();
    }
}
/** What is open while a page is written. */
function openSources() {
    const open = [];
    return {
        keep(source) {
            open.push(source);
            return source;
        },
        close() {
            for (const source of open)
                source.close();
        },
    };
}
/** The baseline's answers to the cases of the page; undefined if there are none, or the page has no answers. */
async function openBaseline({ ports, inputs }, graded) {
    const path = graded?.files.baselineResults;
    if (path === undefined || inputs.artifactContent === 'none')
        return undefined;
    try {
        return await (0,lines_by_id/* openLines */.e)(ports.files, path);
    }
    catch {
        // A page without these answers is better than none.
        return undefined;
    }
}
/** The page piece by piece: holds no more than one request and one result. */
function* piecesOf(summary, parts, { lines, grades, baseline, nowMs }) {
    const { cases, request, result } = lines;
    yield pageHead(summary, parts);
    const printCase = createCasePrinter(parts.content);
    for (const position of parts.choice.positions) {
        // A prompt without an answer that the page does not show is read only for its model.
        const hasRequest = parts.content === 'full' || cases.rank(position) === 0;
        const found = readCase({
            position,
            source: cases.source(position),
            request: hasRequest ? request(position) : undefined,
            result: result(position),
        }, cases.pricing(position));
        const grade = grades.gradeOf(found);
        const line = grade && baseline && write_page_lineOf(baseline, found.id, grade.case.id);
        const before = line === undefined ? undefined : readBefore(line, found.answer);
        const reused = reusedOf(cases, position, nowMs);
        yield printCase({ ...found, ...(reused && { reused }), ...(grade && { grade }), ...(before && { before }) });
    }
    yield pageTail();
}
/** Where a reused answer comes from; undefined for any other. */
function reusedOf(cases, position, nowMs) {
    const batchId = cases.batchId(position);
    const { at } = cases.pricing(position);
    if (!cases.isReused(position) || batchId === undefined || !Number.isFinite(at))
        return undefined;
    return { batch_id: batchId, answered_at: new Date(at).toISOString(), age_days: (0,reuse_summary/* ageInDays */.QR)(at, nowMs) };
}
/** The baseline's line for a request; where it had another number of answers, any line for its case. */
function write_page_lineOf(baseline, id, caseId) {
    return baseline.line(id) ?? baseline.line(caseId) ?? baseline.line(`${caseId}-r1`);
}
/** Reads the lines of cases from their files, one at a time. */
function openLines(files, { requests, results }, cases) {
    const readers = new Map();
    const read = (path, span) => {
        if (path === undefined || span === undefined)
            return undefined;
        const reader = readers.get(path) ?? files.open(path);
        readers.set(path, reader);
        return (0,utf8/* utf8Of */.v)(reader.readAt(span.offset, span.length));
    };
    return {
        cases,
        request: (position) => read(requests?.path, cases.request(position)),
        result: (position) => read(results, cases.result(position)),
        close() {
            for (const reader of readers.values())
                reader.close();
        },
    };
}


/***/ })

};
