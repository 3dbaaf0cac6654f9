// Made by scripts/page.ts from the files of page/: do not edit.

/** What the policy of the page calls its style. */
export const STYLE_HASH = 'sha256-cJWiKxb751OyWpHoWyGDT/EVvr7apHr+KDAXSqUNwdM=';

/** What the policy of the page calls its script. */
export const SCRIPT_HASH = 'sha256-1dUtTbmNLYU+/fAslqCtclNBi7gY3dPk6gSiCn7XGPY=';

/** The style of the page. */
export const STYLE = `:root {
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
export const SCRIPT = `function element(name,parts={}){const made=document.createElement(name);if(parts.class!==undefined)made.className=parts.class;if(parts.text!==undefined)made.textContent=parts.text;for(const[attribute,value]of Object.entries(parts.attributes??{}))made.setAttribute(attribute,value);for(const child of parts.children??[])if(child!==undefined)made.append(child);return made}function byId(id,kind){const found=document.getElementById(id);if(!(found instanceof kind))throw new TypeError(\`no element \${id}\`);return found}
function groupAnswers(records){const cases=Map.groupBy(records,record=>record.grade===undefined?record:record.grade.case.id);return Array.from(cases.values(),listCase)}function answersOf(found){return"answers"in found?found.answers:[found]}function leadingAnswer(answers){return Math.max(0,answers.findIndex(({grade})=>grade?.outcome!=="pass"))}function listCase(answers){const leading=answers[leadingAnswer(answers)];if(answers.length===1)return{...leading,answers};return{...leading,id:leading.grade?.case.id??leading.id,position:answers[0]?.position??leading.position,usd:sumOfUsd(answers),tokens:sumOfTokens(answers),answers}}function sumOfUsd(answers){const answered=answers.filter(({outcome})=>outcome==="succeeded");if(answered.length===0||answered.some(({usd})=>usd===null))return null;const sum=answered.reduce((all,{usd})=>all+BigInt((usd??"0").replace(".","")),0n);const digits=String(sum).padStart(DECIMALS+1,"0");return\`\${digits.slice(0,-DECIMALS)}.\${digits.slice(-DECIMALS)}\`}const DECIMALS=6;function sumOfTokens(answers){const known=answers.flatMap(({tokens})=>tokens===null?[]:[tokens]);if(known.length===0)return null;return known.reduce((all,one)=>({input:all.input+one.input,output:all.output+one.output,cache_read:all.cache_read+one.cache_read,cache_write:all.cache_write+one.cache_write}))}
function readCases(){const records=Array.from(document.querySelectorAll("script.case"),block=>JSON.parse(block.textContent??""));return groupAnswers(records)}function readAbout(){const{requests,results,grades,prompts,linked,csv="",leftOut="0",totals=""}=byId("list",HTMLElement).dataset;const isLinked=linked!==undefined;return{requests,results,grades,hasPrompts:prompts!==undefined,csvName:csv,leftOut:Number(leftOut),totals:new Map(Array.from(new URLSearchParams(totals),([name,count])=>[name,Number(count)])),isLinked}}
function formatCount(count){return groupThousands(String(count))}function groupThousands(digits){return digits.replace(/\\B(?=(\\d{3})+$)/g,",")}function countOf(count,noun,plural=\`\${noun}s\`){return\`\${formatCount(count)} \${count===1?noun:plural}\`}function formatBytes(bytes){if(bytes<1e3)return\`\${bytes} bytes\`;return bytes<1e6?\`\${(bytes/1e3).toFixed(1)} kB\`:\`\${(bytes/1e6).toFixed(1)} MB\`}function formatDuration(ms){if(ms<1e3)return\`\${Math.max(0,Math.round(ms))} ms\`;const seconds=Math.floor(ms/1e3);if(seconds<60)return\`\${seconds} s\`;const minutes=Math.floor(seconds/60);const hours=Math.floor(minutes/60);const parts=hours===0?[\`\${minutes} min\`,\`\${seconds%60} s\`]:[\`\${hours} h\`,\`\${minutes%60} min\`];return parts.filter(part=>!part.startsWith("0 ")).join(" ")}function formatTime(time){const ms=parseTime(time);return ms===undefined?undefined:\`\${new Date(ms).toISOString().slice(0,16).replace("T"," ")} UTC\`}function formatDay(time){const ms=parseTime(time);if(ms===undefined)return undefined;return new Date(ms).toLocaleDateString("en-GB",{day:"numeric",month:"long",timeZone:"UTC"})}function formatMoment(time){const ms=parseTime(time);return ms===undefined?undefined:\`\${formatDay(time)}, \${new Date(ms).toISOString().slice(11,16)} UTC\`}const ISO_8601=/^(\\d{4}-\\d\\d-\\d\\d)(?:[Tt ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,3})?)?)\\d* ?(?:[Zz]|([+-]\\d\\d):?(\\d\\d))?)?$/;const RFC_2822=/^(?:[A-Z][a-z]{2}, )?\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d(?::\\d\\d)? (?:GMT|UTC?|[+-]\\d{4})$/;const FIRST_BATCH_MS=Date.UTC(2024,9,8);function parseTime(time){const[,date,clock="00:00",hours="+00",minutes="00"]=ISO_8601.exec(time)??[];if(date===undefined&&!RFC_2822.test(time))return undefined;const ms=Date.parse(date===undefined?time:\`\${date}T\${clock}\${hours}:\${minutes}\`);return ms>=FIRST_BATCH_MS?ms:undefined}const ZONE=/(?:[Zz]|GMT|UTC?|[+-]\\d\\d:?\\d\\d)$/;const MAX_BEHIND_MS=12*36e5;function latestTime(time){const ms=parseTime(time);if(ms===undefined)return undefined;const[,seconds,fraction]=/\\d\\d:\\d\\d(:\\d\\d(\\.\\d)?)?/.exec(time)??[];const lastsMs=!time.includes(":")?24*36e5:seconds===undefined?6e4:fraction===undefined?1e3:1;return ms+lastsMs-1+(ZONE.test(time)?0:MAX_BEHIND_MS)}function positiveInteger(value){return typeof value==="number"&&Number.isSafeInteger(value)&&value>0?value:undefined}
const OUTCOME_NAMES={whole:"Complete answer",cut:"Incomplete answer",errored:"Errored",canceled:"Canceled",expired:"Expired",missing:"Missing"};const GRADE_NAMES={passing:"Passing",failing:"Failing",ungraded:"Ungraded",broken:"Broken",fixed:"Fixed",flaky:"Flaky",required:"Required"};const GRADE_WORDS={pass:"Pass",fail:"Fail",ungraded:"Ungraded"};
const LABELS={all:"All",answer:"Answer",answers:"Answers of this case",before:"Baseline's answer",beforeSame:"The baseline has the same answer.",cacheRead:"Cache read tokens",cacheWrite:"Cache write tokens",changesMarked:"Changed words are marked.",changesMarkedInPart:"Changed words are marked in some of the texts.",changesNotMarked:"The two have too little in common to mark what changed.",caseNotFound:"This link points to a case that is not on this page.",copied:"Copied",copiedLink:"Copied: add it to the page link in the comment",copyAnswer:"Copy answer",copyLink:"Copy link",copyPrompt:"Copy prompt",cost:"Cost",csv:"Download CSV",dark:"Dark",empty:"(empty)",error:"Error",id:"ID",image:"Image",incomplete:"No complete answer",inputTokens:"Input tokens",light:"Light",link:"Link to this case",markdown:"Markdown",model:"Model",next:"Next",nextAnswer:"Next answer",noModel:"No model",noneShown:"No case matches.",noStop:"No stop reason",outputTokens:"Output tokens",parameters:"Parameters",position:"Position in the file",previous:"Previous",previousAnswer:"Previous answer",prompt:"Request",required:"Required",reset:"Clear filters",reused:"Reused answer",reusedAnswers:"Reused",sentNow:"Submitted",selected:"Selected: copy it with Ctrl+C or ⌘C",shareBefore:" · To share it, add ",shareAfter:" to the page link in the comment or job summary. The address in your browser expires within minutes.",showAs:"Show the answer as",source:"Line",stopReason:"Stop reason",text:"Text",unanswered:"No answer",unknown:"unknown"};const HEADS={id:"Case",outcome:"Outcome",gist:"Question → answer",model:"Model",cost:"Cost"};const ORDER_NAMES={failures:"Failures first","-failures":"Failures last",file:"File order","-file":"File order, last first",id:"ID","-id":"ID, last first",model:"Model","-model":"Model, last first",cost:"Most expensive first","-cost":"Cheapest first",score:"Lowest score first","-score":"Highest score first",tokens:"Most tokens first","-tokens":"Fewest tokens first"};function outcomeWords(kind){const name=OUTCOME_NAMES[kind];return{name,short:kind==="whole"?"Complete":kind==="cut"?"Incomplete":name}}const INCOMPLETE_WORDS={refusal:"Refused",max_tokens:"Cut off",model_context_window_exceeded:"Cut off",pause_turn:"Paused",empty:"Empty"};function outcomeText(kind,incompleteBy){return(incompleteBy===undefined?undefined:INCOMPLETE_WORDS[incompleteBy])??outcomeWords(kind).short}function gradeText({outcome,score}){return score===null?GRADE_WORDS[outcome]:\`\${GRADE_WORDS[outcome]}, score \${scoreText(score)}\`}function gradeNote(facts){const{change,required,passed,answers,incomplete}=facts;return[...required?[GRADE_NAMES.required.toLowerCase()]:[],...change===null?[]:[GRADE_NAMES[change].toLowerCase()],...answers<2?[]:[\`\${passed} of \${answers} pass\`],...incomplete===undefined?[]:[incomplete.toLowerCase()]].join(", ")}function answerText(number,outcome){return outcome===undefined?String(number):\`\${number} \${GRADE_WORDS[outcome]}\`}function assertFacts(of){const{outcome,score,weight,judge,asserts}=of;const isPlain=score===null||asserts.length>0||score===(outcome==="pass"?1:0);return[...isPlain?[]:[\`score \${scoreText(score)}\`],...weight===1?[]:[\`weight \${weight}\`],...judge===null?[]:[\`judged by \${judge.model}, prompt \${judge.prompt}\`]].join(" · ")}function foldedAssertsText(count){return\`\${formatCount(count)} passed\`}function leftOutAssertsText(count,location){return\`\${countOf(count,"assert")} left out here. All are in \${locationText(location)}.\`}function metricFailsText(metric){return\`\${metric}: not passed\`}function scoreText(score){return String(Math.round(score*100)/100)}function roleName(role,isToolResult){if(isToolResult)return"Tool result";return ROLES.get(role)??role}const ROLES=new Map([["system","System"],["user","User"],["assistant","Assistant"]]);const PART_NAMES={citations:"Citations",thinking:"Thinking","tool-call":"Tool call","tool-result":"Tool result",other:"Block"};function partName({kind,name,id}){return[PART_NAMES[kind]??kind,name,id].filter(text=>text!==undefined).join(" · ")}function imageNote(what){return\`Image, not on this page: \${what}\`}function leftOutText(count){return\`[\${countOf(count,"character")} left out]\`}function filtersText(count){return count===0?"Filter, sort":\`Filter, sort (\${count})\`}function costText({usd,outcome}){if(usd!==null)return\`$\${usd}\`;return outcome==="succeeded"?LABELS.unknown:undefined}function reusedText(of){const age=of.age_days===0?"less than a day old":\`\${countOf(of.age_days,"day")} old\`;return\`\${age}: \${formatTime(of.answered_at)??of.answered_at}, batch \${of.batch_id}\`}function choiceText(name,count,total=count){return\`\${name} (\${formatCount(count)}\${total>count?\` of \${formatCount(total)}\`:""})\`}function statusText(counts){const{shown,total,leftOut,unsearched,isOfFilter=false,isMixed=false}=counts;const listed=isMixed?\`\${formatCount(total)} cases and other requests\`:countOf(total,"case");const parts=[\`\${formatCount(shown)} of \${listed} shown\`,...leftOut===0?[]:[\`\${formatCount(leftOut)} more \${isOfFilter?"of these ":""}not on this page\`],...unsearched===0?[]:[\`long texts of \${countOf(unsearched,"case")} searched only in part\`]];return parts.join(" · ")}function cutNote(leftOut,location){return\`\${countOf(leftOut,"character")} left out here. The full text is in \${locationText(location)}.\`}function textlessText(places){const parts=[...places.answer===undefined?[]:[\`The answer is in \${locationText(places.answer)}.\`],...places.prompt===undefined?[]:[\`The prompt is in \${locationText(places.prompt)}.\`]];return["The texts of this case are left out to keep the page small.",...parts].join(" ")}function textlessCasesText(count,total){return\`The texts of \${formatCount(count)} of the \${countOf(total,"case")} listed are left out to keep the page small. Each case says where to find them.\`}function locationText({file,artifact}){return artifact===undefined?\`\${file} in results-path on the runner, where later steps of the job can read it\`:\`\${file} in the artifact \${artifact}\`}
function toPlainLine(text,maxLength=Number.POSITIVE_INFINITY){const line=PLAIN.test(text)?text:toOneLine(text);if(line.length<=maxLength)return line;const points=Array.from(line);return points.length<=maxLength?line:\`\${points.slice(0,Math.max(0,maxLength-1)).join("")}…\`}const PLAIN=/^[!-~…]+(?: [!-~…]+)*$/;function toOneLine(text){return text.toWellFormed().replace(/\\s+/gu," ").replace(/[\\p{Cc}\\p{Cf}]/gu,"�").replace(/(\\p{M}{3})\\p{M}+/gu,"$1").trim()}function toReadable(text){return text.toWellFormed().replace(/\\r\\n?/g,"\\n").replace(/(?![\\n\\t])\\p{Cc}|[\\u202A-\\u202E\\u2066-\\u2069]/gu,"�")}function cutText(text,maxLength){if(text.length<=maxLength)return text;const cut=text.slice(0,maxLength);return cut.isWellFormed()?cut:cut.slice(0,-1)}function cutEnd(text,maxLength){if(text.length<=maxLength)return text;const end=text.slice(text.length-maxLength);return/^[\\uDC00-\\uDFFF]/.test(end)?end.slice(1):end}
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
const PLACE={file:"results.jsonl",artifact:undefined};function showBefore({before,model,stop_reason},answers,compared){if(before===undefined)return undefined;const{answer,error,outcome,is_same}=before;const facts=[undatedModel(before.model??"")===undatedModel(model??"")?null:before.model,before.stop_reason===stop_reason?null:before.stop_reason].filter(fact=>fact!==null);const note=is_same?LABELS.beforeSame:compared?.note;const texts=(answer??[]).flatMap(part=>part.kind==="text"?[answers.show(LABELS.before,part.text,{place:PLACE,marks:compared?.ofBefore(part)})]:showPart(LABELS.before,part,PLACE));const failed=error===null?element("p",{text:outcomeWords(outcome==="succeeded"?"cut":outcome).name}):textBlocks(LABELS.before,{...error.message,head:\`\${error.type}: \${error.message.head}\`},PLACE);return element("section",{attributes:{"data-text":"before"},children:[element("div",{class:"section-head",children:[element("h3",{text:LABELS.before}),facts.length===0?undefined:element("bdi",{class:"before-facts",text:facts.join(" · ")}),note===undefined?undefined:element("span",{class:\`compared-note\${is_same?"":" of-marks"}\`,text:note})]}),...outcome==="succeeded"?texts:[failed].flat()]})}
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
const LENGTH=200;const MORE=40;const BEFORE=30;function excerptOf(text,words){const at=words.length===0?0:firstHit(text,words);const start=at<=BEFORE*2?0:at-BEFORE;const line=toPlainLine(text.slice(start,start+LENGTH+MORE),LENGTH);return start===0?line:\`…\${line}\`}function firstHit(text,words){const lower=text.toLowerCase();const hits=words.map(word=>lower.indexOf(word)).filter(at=>at!==-1);return hits.length===0?0:Math.min(...hits)}
function createRow(found){const question=element("bdi",{class:"question"});const reply=element("bdi",{class:"reply"});const button=element("button",{class:"toggle",attributes:{type:"button","aria-expanded":"false"},children:[named("id",found.id)]});const arrow=element("span",{class:"arrow",text:"→",attributes:{"aria-hidden":"true"}});const line=element("div",{class:"row",attributes:{role:"row"},children:[cell("name",button),outcomeCell(found),cell("gist",question,arrow,reply),cell("model",named("model-name",found.model??"",undatedModel(found.model??""))),cell("number cost",costText(found)??"")]});let shown;const quote=words=>{const key=words.join(" ");if(key===shown)return;shown=key;question.textContent=excerptOf(questionOf(found),words);reply.textContent=excerptOf(replyOf(found),words);arrow.hidden=question.textContent===""||reply.textContent===""};quote([]);const item=element("div",{class:"item",attributes:{role:"rowgroup"},children:[line]});return{found,button,quote,item}}function outcomeCell(found){const{grade,answers}=found;const kind=kindOf(found);const ending=outcomeText(kind,incompleteBy(found));if(grade===undefined)return cell(\`outcome \${kind}\`,ending);const{outcome,change,required}=grade.case;const passed=answers.filter(one=>one.grade?.outcome==="pass").length;const incomplete=kind==="whole"?undefined:ending;const note=gradeNote({change,required,passed,answers:answers.length,incomplete});const word=element("b",{text:GRADE_WORDS[outcome]});const children=note===""?[word]:[word," ",element("span",{class:"note",text:note,attributes:{title:note}})];return cell(\`outcome \${outcome}\`,...children)}function named(name,whole,text=whole){return element("bdi",{class:name,text,attributes:whole===""?{}:{title:whole}})}function cell(name,...children){return element("span",{class:name,attributes:{role:"cell"},children})}
function createList(cases,about){const holder=byId("cases",HTMLElement);const rows=cases.map(createRow);const isGraded=hasGrades(cases);const rowOfItem=new Map(rows.map(row=>[row.item,row]));const rowsOfId=Map.groupBy(rows,({found})=>found.id);const repeats=new Map(rows.flatMap(row=>row.found.answers.map(({id},at)=>[id,{row,at}])));let shown=[];let opened=[];const chosen=new Map;let words=[];let listener=()=>{};const mark=()=>markHits(holder,words);const answers=createAnswerTexts(mark);const nameOf=({found:{id,position}})=>({id,place:(rowsOfId.get(id)?.length??0)>1?position+1:undefined});const nameOfAnswer=(row,id)=>id===undefined||row.found.answers.length<2?nameOf(row):{id,place:undefined};const toggle=(row,isOpen,at)=>{const others=opened.filter(other=>other!==row);const wasOpen=others.length<opened.length;opened=isOpen?[...others,row]:others;if(wasOpen===isOpen)return;if(isOpen&&at!==undefined)chosen.set(row,at);else chosen.delete(row);row.button.ariaExpanded=String(isOpen);row.item.classList.toggle("open",isOpen);if(isOpen){row.item.append(createDetail(row.found,{about,answers,at,linkTo:linkOf(row),...actionsOf(row)}));if(row.item.isConnected)showFirstHit(row.item,words)}else{row.item.lastElementChild?.remove()}if(words.length>0)mark()};const linkOf=row=>({id})=>printAddress({...FIRST_VIEW,open:nameOfAnswer(row,id)});const actionsOf=row=>({step:by=>step(row,by),changed:at=>{chosen.set(row,at);mark();listener()}});const goTo=(row,at)=>{if(at!==undefined)toggle(row,false);toggle(row,true,at);row.item.scrollIntoView({block:"start"});row.button.focus({preventScroll:true})};const step=(row,by)=>{const next=shown[shown.indexOf(row)+by];if(next===undefined)return;toggle(row,false);goTo(next);next.item.querySelector(by<0?".previous":".next")?.focus({preventScroll:true});listener()};const rowAt=node=>rowOfItem.get(node?.closest("#cases > .item"));holder.addEventListener("click",event=>{const target=event.target instanceof Element?event.target.closest('.row, a[href^="#case="]'):null;const row=rowAt(target);if(row===undefined||target===null)return;if(target.matches(".row")){toggle(row,!opened.includes(row))}else{if(event.ctrlKey||event.metaKey||event.shiftKey||event.altKey)return;event.preventDefault();goTo(row)}listener()});return{show:asked=>{const view=asked.outcome==="failing"&&!isGraded?{...asked,outcome:"incomplete"}:asked;words=wordsOf(view.search);const compare=ORDERS.get(view.order)??ORDERS.get(FIRST_VIEW.order);const wanted=rows.filter(({found})=>isWanted(found,view)).sort((one,other)=>compare?.(one.found,other.found)??0);for(const row of wanted)row.quote(words);if(!isSame(shown,wanted))putIn(holder,wanted);shown=wanted;mark()},cases:()=>shown.map(({found})=>found),open:({id,place})=>{const named=rowsOfId.get(id)??[];const own=place===undefined?named.find(isShown)??named[0]:named.find(({found})=>found.position+1===place);const repeat=own===undefined&&place===undefined?repeats.get(id):undefined;const row=own??repeat?.row;if(row===undefined)return"absent";if(!isShown(row))return"hidden";goTo(row,repeat?.at);return"open"},openFirst:()=>{const[first]=shown;if(first===undefined)return;goTo(first);listener()},latest:()=>{const row=opened.findLast(isShown);return row===undefined?undefined:nameOfAnswer(row,row.found.answers[chosen.get(row)??-1]?.id)},close:()=>{const focused=rowAt(document.activeElement);const row=focused!==undefined&&opened.includes(focused)?focused:opened.findLast(isShown);if(row===undefined)return false;toggle(row,false);row.button.focus();listener();return true},closeAll:()=>{for(const row of opened)toggle(row,false)},move:by=>{const row=rowAt(document.activeElement);const at=row===undefined?by>0?-1:shown.length:shown.indexOf(row);shown[Math.min(Math.max(at+by,0),shown.length-1)]?.button.focus()},onToggle:given=>{listener=given}}}function isShown({item}){return item.isConnected}function isSame(some,others){return some.length===others.length&&some.every((row,index)=>row===others[index])}function putIn(holder,rows){const focused=document.activeElement;holder.replaceChildren(...rows.map(({item})=>item));if(focused instanceof HTMLElement&&holder.contains(focused))focused.focus({preventScroll:true})}
function connectScheme(){const button=byId("scheme",HTMLButtonElement);const prefersDark=matchMedia("(prefers-color-scheme: dark)");const root=document.documentElement;const isDark=()=>(root.dataset["scheme"]??(prefersDark.matches?"dark":"light"))==="dark";const name=()=>{button.textContent=isDark()?LABELS.light:LABELS.dark};button.addEventListener("click",()=>{root.dataset["scheme"]=isDark()?"light":"dark";name()});prefersDark.addEventListener("change",name);name();button.hidden=false}
connectScheme();if(document.getElementById("list")!==null)requestAnimationFrame(()=>setTimeout(startList));function startList(){const cases=readCases();const about=readAbout();const list=createList(cases,about);connectControls(cases,list,about);connectKeys(list)}`;
