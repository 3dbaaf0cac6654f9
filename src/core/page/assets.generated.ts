// Made by scripts/page.ts from the files of page/: do not edit.

/** What the policy of the page calls its style. */
export const STYLE_HASH = 'sha256-4wJR5/pkGUYBGckqZ9Yrl28Kwb6YCnhNVCjrgI5GuUo=';

/** What the policy of the page calls its script. */
export const SCRIPT_HASH = 'sha256-RlbV8ileB+0fR028x75/ABVDozZ4Kz+kBBniFLveuls=';

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
max-width: 72rem;
margin: 0 auto;
padding: 0 1.5rem;
}
header {
display: flex;
align-items: center;
justify-content: space-between;
padding-top: 1rem;
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
font-size: 1.5rem;
line-height: 1.25;
font-weight: 600;
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
h1 code {
background: none;
padding: 0;
font-family: inherit;
font-size: inherit;
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
.maker,
.facts,
#hint {
color: var(--soft);
font-size: 0.8125rem;
}
.maker {
margin: 0;
}
.facts {
margin: 0.25rem 0;
}
.lead {
font-size: 1rem;
}
.verdict {
font-weight: 400;
}
.good {
color: var(--whole);
}
.bad {
color: var(--errored);
}
.doubtful {
color: var(--cut);
}
.neutral {
color: var(--soft);
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
.charts {
display: grid;
gap: 1.5rem;
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
height: 18px;
border-radius: 3px;
background: light-dark(#f0f0ed, #23272b);
}
.legend {
list-style: none;
margin: 0.5rem 0 0;
padding: 0;
display: flex;
flex-wrap: wrap;
gap: 0.15rem 1.25rem;
}
.legend b,
.bar b {
font-weight: 600;
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
#controls {
display: flex;
flex-wrap: wrap;
gap: 0.75rem;
margin-bottom: 0.5rem;
}
#controls[hidden],
#heads[hidden] {
display: none;
}
#controls label {
display: grid;
gap: 0.15rem;
font-size: 0.8125rem;
color: var(--soft);
}
#controls label.search {
flex: 1 1 16rem;
}
#controls input,
#controls select {
font-size: 0.875rem;
color: var(--ink);
}
#controls select {
max-width: 16rem;
}
#status {
margin: 0;
min-height: 1.5em;
}
kbd {
border: 1px solid var(--faint);
border-radius: 3px;
padding: 0 0.3em;
}
#cases {
list-style: none;
margin: 0;
padding: 0;
border-top: 1px solid var(--line);
}
#cases > li {
content-visibility: auto;
contain-intrinsic-size: auto 33px;
border-bottom: 1px solid var(--line);
}
#cases > li.open {
content-visibility: visible;
background: var(--raised);
}
#heads,
.row {
display: grid;
grid-template-columns: minmax(0, 2.6fr) 6.5rem minmax(0, 2.6fr) minmax(0, 1.8fr) 5.5rem 5rem 6rem;
gap: 0 1rem;
padding: 0.35rem 0.5rem;
}
#heads {
color: var(--soft);
font-size: 0.8125rem;
}
.row {
width: 100%;
border: 0;
border-radius: 0;
background: none;
text-align: left;
cursor: pointer;
scroll-margin: 0.75rem;
}
.row:hover {
background: light-dark(#f3f4f2, #202428);
}
.row:focus-visible {
outline-offset: -2px;
}
.row > * {
overflow: hidden;
text-overflow: ellipsis;
white-space: nowrap;
}
.row .id {
font-weight: 600;
}
.row .id::before {
content: "\\203a" / "";
display: inline-block;
width: 0.9em;
color: var(--soft);
}
.open .row .id::before {
transform: rotate(90deg) translate(0, 0.15em);
}
.row .model,
.row .stop {
color: var(--soft);
}
.row .unit {
position: absolute;
clip-path: inset(50%);
width: 1px;
height: 1px;
overflow: hidden;
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
.detail {
padding: 0.5rem 0.5rem 0.75rem;
}
.detail dl {
display: flex;
flex-wrap: wrap;
gap: 0.25rem 1.75rem;
}
dt {
color: var(--soft);
font-size: 0.8125rem;
}
dd {
margin: 0;
font-variant-numeric: tabular-nums;
}
.left-out {
margin: 0 0 0.75rem;
color: var(--soft);
}
.share {
margin: 0;
}
pre {
margin: 0 0 0.75rem;
padding: 0.6rem 0.75rem;
max-height: 32rem;
overflow: auto;
white-space: pre-wrap;
unicode-bidi: isolate;
line-height: 1.45;
background: light-dark(#f5f5f2, #131517);
border: 1px solid var(--line);
border-radius: 5px;
}
@media (max-width: 50rem) {
header,
main {
padding-left: 1rem;
padding-right: 1rem;
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
#controls label {
flex: 1 1 8rem;
}
#controls select {
width: 100%;
max-width: none;
}
#cases > li {
contain-intrinsic-size: auto 78px;
}
.row {
grid-template-columns: repeat(6, minmax(0, 1fr));
padding: 0.5rem 0.25rem;
}
.row > * {
grid-column: span 2;
}
.row > .id,
.row > .model {
grid-column: span 4;
}
.row > .outcome,
.row > .stop,
.row > .number:last-child {
text-align: right;
}
.row > .number {
text-align: center;
font-size: 0.8125rem;
}
.row > .stop + .number {
text-align: left;
}
.row > .model:empty {
display: none;
}
.row > .model:empty + .stop {
grid-column: span 6;
}
.row .unit {
position: static;
clip-path: none;
width: auto;
height: auto;
}
}`;

/** The script of the page, a module without imports. */
export const SCRIPT = `function element(name,parts={}){const made=document.createElement(name);if(parts.class!==undefined)made.className=parts.class;if(parts.text!==undefined)made.textContent=parts.text;for(const[attribute,value]of Object.entries(parts.attributes??{}))made.setAttribute(attribute,value);for(const child of parts.children??[])if(child!==undefined)made.append(child);return made}function byId(id,kind){const found=document.getElementById(id);if(!(found instanceof kind))throw new TypeError(\`no element \${id}\`);return found}
function readCases(){return Array.from(document.querySelectorAll("script.case"),block=>JSON.parse(block.textContent??""))}function readAbout(){const{requests,results,prompts,linked}=byId("list",HTMLElement).dataset;return{requests,results,hasPrompts:prompts!==undefined,isLinked:linked!==undefined}}
function formatCount(count){return String(count).replace(/\\B(?=(\\d{3})+$)/g,",")}function countOf(count,noun,plural=\`\${noun}s\`){return\`\${formatCount(count)} \${count===1?noun:plural}\`}function formatBytes(bytes){if(bytes<1e3)return\`\${bytes} bytes\`;return bytes<1e6?\`\${(bytes/1e3).toFixed(1)} kB\`:\`\${(bytes/1e6).toFixed(1)} MB\`}function formatDuration(ms){if(ms<1e3)return\`\${Math.max(0,Math.round(ms))} ms\`;const seconds=Math.floor(ms/1e3);if(seconds<60)return\`\${seconds} s\`;const minutes=Math.floor(seconds/60);const hours=Math.floor(minutes/60);const parts=hours===0?[\`\${minutes} min\`,\`\${seconds%60} s\`]:[\`\${hours} h\`,\`\${minutes%60} min\`];return parts.filter(part=>!part.startsWith("0 ")).join(" ")}function formatTime(time){const ms=parseTime(time);return ms===undefined?undefined:\`\${new Date(ms).toISOString().slice(0,16).replace("T"," ")} UTC\`}const DAY=new Intl.DateTimeFormat("en-GB",{day:"numeric",month:"long",timeZone:"UTC"});function formatDay(time){const ms=parseTime(time);return ms===undefined?undefined:DAY.format(ms)}function formatMoment(time){const ms=parseTime(time);return ms===undefined?undefined:\`\${formatDay(time)}, \${new Date(ms).toISOString().slice(11,16)} UTC\`}const ISO_8601=/^(\\d{4}-\\d\\d-\\d\\d)(?:[Tt ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,3})?)?)\\d* ?(?:[Zz]|([+-]\\d\\d):?(\\d\\d))?)?$/;const RFC_2822=/^(?:[A-Z][a-z]{2}, )?\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d(?::\\d\\d)? (?:GMT|UTC?|[+-]\\d{4})$/;function parseTime(time){const[,date,clock="00:00",hours="+00",minutes="00"]=ISO_8601.exec(time)??[];if(date===undefined&&!RFC_2822.test(time))return undefined;const ms=Date.parse(date===undefined?time:\`\${date}T\${clock}\${hours}:\${minutes}\`);return Number.isNaN(ms)?undefined:ms}const ZONE=/(?:[Zz]|GMT|UTC?|[+-]\\d\\d:?\\d\\d)$/;const MAX_BEHIND_MS=12*36e5;function latestTime(time){const ms=parseTime(time);if(ms===undefined)return undefined;const[,seconds,fraction]=/\\d\\d:\\d\\d(:\\d\\d(\\.\\d)?)?/.exec(time)??[];const lastsMs=!time.includes(":")?24*36e5:seconds===undefined?6e4:fraction===undefined?1e3:1;return ms+lastsMs-1+(ZONE.test(time)?0:MAX_BEHIND_MS)}
const OUTCOME_NAMES={whole:"Complete answer",cut:"Incomplete answer",errored:"Errored",canceled:"Canceled",expired:"Expired",missing:"Missing"};
const LABELS={all:"All",answer:"Answer",cacheRead:"Cache read tokens",cacheWrite:"Cache write tokens",caseNotFound:"This link points to a case that is not on this page.",cost:"Cost",dark:"Dark",empty:"(empty)",end:"end",error:"Error",failing:"No complete answer",id:"ID",inAndCacheUnit:"in + cache",inUnit:"in",inputTokens:"Input tokens",light:"Light",link:"Link to this case",model:"Model",noModel:"No model",outUnit:"out",outputTokens:"Output tokens",parameters:"Parameters",position:"Position in the file",prompt:"Prompt",shareBefore:" · To share it, add ",shareAfter:" to the page link in the comment or job summary. The address in your browser expires within minutes.",stopReason:"Stop reason",unknown:"unknown"};const ORDER_NAMES={failures:"Failures first",file:"File order",cost:"Most expensive first",tokens:"Most tokens first",id:"ID"};function outcomeWords(kind){const name=OUTCOME_NAMES[kind];return{name,short:kind==="whole"?"Complete":kind==="cut"?"Incomplete":name}}function costText({usd,outcome}){if(usd!==null)return\`$\${usd}\`;return outcome==="succeeded"?LABELS.unknown:undefined}function choiceText(name,count){return\`\${name} (\${formatCount(count)})\`}function statusText(counts){const{shown,total,unsearched}=counts;const count=\`\${formatCount(shown)} of \${countOf(total,"case")} shown\`;return unsearched===0?count:\`\${count}. Search covers only the text on this page; \${partial(unsearched)}.\`}function partial(count){return count===1?"1 case has text that is left out":\`\${formatCount(count)} cases have text that is left out\`}function cutText(leftOut,location){return\`\${countOf(leftOut,"character")} left out here. The full text is in \${locationText(location)}.\`}function textlessText(places){const parts=[...places.answer===undefined?[]:[\`The answer is in \${locationText(places.answer)}.\`],...places.prompt===undefined?[]:[\`The prompt is in \${locationText(places.prompt)}.\`]];return["The texts of this case are left out to keep the page small.",...parts].join(" ")}function textlessCasesText(count,total){return\`The texts of \${formatCount(count)} of the \${countOf(total,"case")} listed are left out to keep the page small. Each case says where to find them.\`}function locationText({file,artifact}){return artifact===undefined?\`\${file} in results-path on the runner, where later steps of the job can read it\`:\`\${file} in the artifact \${artifact}\`}
const INCOMPLETE=["refusal","max_tokens","pause_turn","model_context_window_exceeded","unknown","empty"];const WHOLE=["end_turn","stop_sequence","tool_use"];function incompleteBy({outcome,stop_reason,is_empty}){if(outcome!=="succeeded")return undefined;if(WHOLE.includes(stop_reason))return is_empty?"empty":undefined;return INCOMPLETE.find(reason=>reason===stop_reason&&reason!=="empty")??"unknown"}function hasWholeAnswer(found){return found.outcome==="succeeded"&&incompleteBy(found)===undefined}function rankOf(found){if(found.outcome!=="succeeded")return 0;return hasWholeAnswer(found)?2:1}
function kindOf(found){if(found.outcome!=="succeeded")return found.outcome;return hasWholeAnswer(found)?"whole":"cut"}function isPartlyUnsearched({error,prompt,answer,texts_left_out}){return texts_left_out||[error?.message,prompt,answer].some(text=>(text?.left_out??0)>0)}
const FIRST_VIEW={search:"",outcome:"",model:"",order:"failures"};const NO_MODEL=" ";function isWanted(found,{search,outcome,model}){if(model!==""&&(found.model||NO_MODEL)!==model)return false;if(outcome==="failing"?rankOf(found)===2:outcome!==""&&kindOf(found)!==outcome)return false;const words=search.toLowerCase().split(/\\s+/).filter(word=>word!=="");if(words.length===0)return true;const texts=textsOf(found).map(text=>text.toLowerCase());return words.every(word=>texts.some(text=>text.includes(word)))}function textsOf(found){const{id,model,stop_reason,outcome,error,prompt,answer}=found;const{name,short}=outcomeWords(kindOf(found));const cut=[error?.message,prompt,answer].flatMap(text=>[text?.head,text?.tail]);const texts=[id,model,stop_reason,outcome,name,short,error?.type,...cut];return texts.filter(text=>text!==undefined&&text!==null)}const byPosition=(one,other)=>one.position-other.position;const ORDERS=new Map([["failures",(one,other)=>rankOf(one)-rankOf(other)||byPosition(one,other)],["file",byPosition],["cost",(one,other)=>costOf(other)-costOf(one)||byPosition(one,other)],["tokens",(one,other)=>tokensOf(other)-tokensOf(one)||byPosition(one,other)],["id",(one,other)=>IDS.compare(one.id,other.id)||byPosition(one,other)]]);const IDS=new Intl.Collator("en",{numeric:true});function costOf({usd}){return usd===null?-1:Number(usd)}function tokensOf({tokens}){return tokens===null?-1:tokens.input+tokens.output+tokens.cache_read+tokens.cache_write}
function readAddress(fragment){const names=new URLSearchParams(fragment.replace(/^#/,""));const id=names.get("case");return{open:id===null?undefined:{id,place:readPlace(names.get("place"))},search:names.get("search")??"",outcome:names.get("outcome")??"",model:names.get("model")??"",order:names.get("order")??FIRST_VIEW.order}}function printAddress({open,search,outcome,model,order}){const names=new URLSearchParams;if(open!==undefined)names.set("case",open.id);if(open?.place!==undefined)names.set("place",String(open.place));if(search!=="")names.set("search",search);if(outcome!=="")names.set("outcome",outcome);if(model!=="")names.set("model",model);if(order!==FIRST_VIEW.order)names.set("order",order);const text=names.toString();return text===""?"":\`#\${text}\`}function readPlace(text){return text!==null&&/^[1-9]\\d{0,14}$/.test(text)?Number(text):undefined}
const PAUSE_MS=120;function connectControls(cases,list){const search=byId("search",HTMLInputElement);const outcome=byId("outcome",HTMLSelectElement);const model=byId("model",HTMLSelectElement);const order=byId("order",HTMLSelectElement);let timer;let view=FIRST_VIEW;let known="";fill(outcome,countOutcomes(cases));fill(model,countModels(cases));for(const[value,name]of Object.entries(ORDER_NAMES))order.append(new Option(name,value));const readView=()=>({search:search.value,outcome:outcome.value,model:model.value,order:order.value});const place=view=>{search.value=view.search;choose(outcome,view.outcome);choose(model,view.model);choose(order,view.order)};const writeAddress=absent=>{const fragment=printAddress({...view,open:absent??list.latest()});if(location.hash!==known||fragment===known)return;try{history.replaceState(null,"",fragment||"#");known=location.hash}catch{}};const apply=()=>{clearTimeout(timer);timer=undefined;view=readView();list.show(view)};const update=()=>{apply();writeAddress()};const followAddress=()=>{known=location.hash;const{open,...asked}=readAddress(known);if(open===undefined||printAddress({...asked,open:undefined})!=="")place(asked);apply();if(open===undefined){list.closeAll();writeAddress();return}let found=list.open(open);if(found==="hidden"){place({...FIRST_VIEW,order:view.order});apply();found=list.open(open)}if(found==="absent")byId("status",HTMLElement).textContent=LABELS.caseNotFound;writeAddress(found==="absent"?open:undefined)};list.onToggle(()=>writeAddress());search.addEventListener("input",()=>{clearTimeout(timer);timer=setTimeout(update,PAUSE_MS)});search.addEventListener("change",()=>{if(timer!==undefined)update()});for(const select of[outcome,model,order])select.addEventListener("change",update);addEventListener("hashchange",followAddress);for(const id of["controls","hint","heads"])byId(id,HTMLElement).hidden=false;followAddress()}function choose(select,value){select.value=value;if(select.selectedIndex===-1)select.selectedIndex=0}function fill(select,choices){const options=choices.map(([value,words,count])=>new Option(choiceText(words,count),value));select.append(new Option(LABELS.all,""),...options)}function countOutcomes(cases){const failing=cases.filter(found=>rankOf(found)<2).length;const counts=countBy(cases.map(kindOf),kind=>kind);const kinds=Array.from(counts.values(),({first,count})=>[first,outcomeWords(first).name,count]);return failing===0?kinds:[["failing",LABELS.failing,failing],...kinds]}function countModels(cases){const models=cases.flatMap(({model})=>model||[]);const named=Array.from(countBy(models,name=>name).values(),({first,count})=>[first,first,count]);const others=cases.length-models.length;return others===0?named:[...named,[NO_MODEL,LABELS.noModel,others]]}function countBy(values,keyOf){const counts=new Map;for(const value of values){const known=counts.get(keyOf(value));if(known===undefined)counts.set(keyOf(value),{first:value,count:1});else known.count+=1}return counts}
function connectKeys(list){const search=byId("search",HTMLInputElement);document.addEventListener("keydown",event=>{if(event.ctrlKey||event.metaKey||event.altKey||event.isComposing)return;if(act(event.key,event.target))event.preventDefault()});function act(key,target){if(key==="Escape")return target===search?clear():list.close();if(target===search&&key==="ArrowDown"){search.dispatchEvent(new Event("change"));return move(1)}if(target instanceof HTMLInputElement||target instanceof HTMLSelectElement)return false;if(key==="/"){search.focus();search.select();return true}const isAtRow=target instanceof Element&&target.matches("button.row");if(key==="j"||isAtRow&&key==="ArrowDown")return move(1);if(key==="k"||isAtRow&&key==="ArrowUp")return move(-1);return false}function move(by){list.move(by);return true}function clear(){if(search.value===""){search.blur()}else{search.value="";search.dispatchEvent(new Event("input"))}return true}}
function createDetail(found,link,about){const{error,prompt,parameters,answer}=found;const requests={file:"requests.jsonl",artifact:about.requests};const results={file:"results.jsonl",artifact:about.results};return element("div",{class:"detail",children:[factsOf(found),error===null?undefined:shownText("error",{...error.message,head:\`\${error.type}: \${error.message.head}\`},results),answer===null?undefined:shownText("answer",answer,results),prompt===null?undefined:shownText("prompt",prompt,requests),parameters===null?undefined:shownText("parameters",parameters,requests),found.texts_left_out?textlessNote(found,about,{requests,results}):undefined,linkOf(link,about)]})}function textlessNote({outcome},{hasPrompts},{requests,results}){const answer=outcome==="succeeded"?results:undefined;const text=textlessText({answer,prompt:hasPrompts?requests:undefined});return element("p",{class:"textless",text})}function linkOf(link,{isLinked}){const share=[LABELS.shareBefore,element("code",{text:link}),LABELS.shareAfter];return element("p",{class:"share",children:[element("a",{text:LABELS.link,attributes:{href:link}}),...isLinked?share:[]]})}function factsOf(found){const{id,position,model,stop_reason,tokens}=found;const facts=[["id",id],["position",formatCount(position+1)],["model",model??undefined],["stopReason",stop_reason??undefined],["inputTokens",amountOf(tokens?.input)],["outputTokens",amountOf(tokens?.output)],["cacheRead",amountOf(tokens?.cache_read||undefined)],["cacheWrite",amountOf(tokens?.cache_write||undefined)],["cost",costText(found)]];const pairs=facts.flatMap(([name,value])=>{if(value===undefined)return[];const children=[element("dt",{text:LABELS[name]}),element("dd",{text:value})];return[element("div",{attributes:{"data-fact":name},children})]});return element("dl",{children:pairs})}function shownText(name,{head,left_out,tail},location){const label=LABELS[name];const rest=[element("p",{class:"left-out",text:cutText(left_out,location)}),textBlock(\`\${label}, \${LABELS.end}\`,tail)];return element("div",{attributes:{"data-text":name},children:[element("h3",{text:label}),textBlock(label,head===""?LABELS.empty:head),...left_out===0?[]:rest]})}function textBlock(label,text){return element("pre",{text,attributes:{tabindex:"0",role:"group","aria-label":label,dir:"auto"}})}function amountOf(count){return count===undefined?undefined:formatCount(count)}
function createRow(found){const kind=kindOf(found);const{tokens}=found;const button=element("button",{class:"row",attributes:{type:"button","aria-expanded":"false"},children:[cell("id",found.id),element("span",{class:\`outcome \${kind}\`,text:outcomeWords(kind).short}),cell("model",found.model??""),cell("stop",found.stop_reason??found.error?.type??""),tokens===null?figure("",""):inputFigure(tokens),tokens===null?figure("",""):figure(formatCount(tokens.output),LABELS.outUnit),figure(costText(found)??"","")]});return{found,button,item:element("li",{children:[button]})}}function cell(name,text){return element("bdi",{class:name,text,attributes:text===""?{}:{title:text}})}function inputFigure({input,cache_read,cache_write}){const cached=cache_read+cache_write;return figure(formatCount(input+cached),cached===0?LABELS.inUnit:LABELS.inAndCacheUnit)}function figure(text,unit){const label=text===""||unit===""?undefined:element("span",{class:"unit",text:\` \${unit}\`});return element("span",{class:"number",children:[document.createTextNode(text),label]})}
function createList(cases,about){const holder=byId("cases",HTMLOListElement);const status=byId("status",HTMLElement);const rows=cases.map(createRow);const rowOfItem=new Map(rows.map(row=>[row.item,row]));const unsearched=cases.filter(isPartlyUnsearched).length;const rowsOfId=Map.groupBy(rows,({found})=>found.id);showTextless(cases);let shown=[];let opened=[];let listener=()=>{};const nameOf=({found:{id,position}})=>({id,place:(rowsOfId.get(id)?.length??0)>1?position+1:undefined});const toggle=(row,isOpen)=>{const others=opened.filter(other=>other!==row);const wasOpen=others.length<opened.length;opened=isOpen?[...others,row]:others;if(wasOpen===isOpen)return;row.button.ariaExpanded=String(isOpen);if(isOpen)row.item.append(createDetail(row.found,printAddress({...FIRST_VIEW,open:nameOf(row)}),about));else row.item.lastElementChild?.remove();row.item.classList.toggle("open",isOpen)};const goTo=row=>{toggle(row,true);row.button.scrollIntoView({block:"start"});row.button.focus({preventScroll:true})};const rowAt=node=>rowOfItem.get(node?.closest("#cases > li"));holder.addEventListener("click",event=>{const target=event.target instanceof Element?event.target.closest('button.row, a[href^="#case="]'):null;const row=rowAt(target);if(row===undefined)return;if(target===row.button){toggle(row,!opened.includes(row))}else{if(event.ctrlKey||event.metaKey||event.shiftKey||event.altKey)return;event.preventDefault();goTo(row)}listener()});return{show:view=>{const compare=ORDERS.get(view.order)??ORDERS.get(FIRST_VIEW.order);const wanted=rows.filter(({found})=>isWanted(found,view)).sort((one,other)=>compare?.(one.found,other.found)??0);if(!isSame(shown,wanted))putIn(holder,wanted);shown=wanted;const isSearch=view.search.trim()!=="";const counts={shown:shown.length,total:rows.length,unsearched:isSearch?unsearched:0};status.textContent=statusText(counts)},open:({id,place})=>{const named=rowsOfId.get(id)??[];const row=place===undefined?named.find(isShown)??named[0]:named.find(({found})=>found.position+1===place);if(row===undefined)return"absent";if(!isShown(row))return"hidden";goTo(row);return"open"},latest:()=>{const row=opened.findLast(isShown);return row===undefined?undefined:nameOf(row)},close:()=>{const row=rowAt(document.activeElement);if(row===undefined||!opened.includes(row))return false;toggle(row,false);row.button.focus();listener();return true},closeAll:()=>{for(const row of opened)toggle(row,false)},move:by=>{const row=rowAt(document.activeElement);const at=row===undefined?by>0?-1:shown.length:shown.indexOf(row);shown[Math.min(Math.max(at+by,0),shown.length-1)]?.button.focus()},onToggle:given=>{listener=given}}}function showTextless(cases){const count=cases.filter(found=>found.texts_left_out).length;if(count===0)return;const note=byId("textless",HTMLElement);note.textContent=textlessCasesText(count,cases.length);note.hidden=false}function isShown({item}){return item.isConnected}function isSame(some,others){return some.length===others.length&&some.every((row,index)=>row===others[index])}function putIn(holder,rows){const focused=document.activeElement;holder.replaceChildren(...rows.map(({item})=>item));if(focused instanceof HTMLElement&&holder.contains(focused))focused.focus({preventScroll:true})}
function connectScheme(){const button=byId("scheme",HTMLButtonElement);const prefersDark=matchMedia("(prefers-color-scheme: dark)");const root=document.documentElement;const isDark=()=>(root.dataset["scheme"]??(prefersDark.matches?"dark":"light"))==="dark";const name=()=>{button.textContent=isDark()?LABELS.light:LABELS.dark};button.addEventListener("click",()=>{root.dataset["scheme"]=isDark()?"light":"dark";name()});prefersDark.addEventListener("change",name);name();button.hidden=false}
connectScheme();if(document.getElementById("list")!==null)requestAnimationFrame(()=>setTimeout(startList));function startList(){const cases=readCases();const list=createList(cases,readAbout());connectControls(cases,list);connectKeys(list)}`;
