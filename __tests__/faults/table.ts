import { fileURLToPath } from 'node:url';
import { CALL_NAMES, type CallName, callOf } from './calls.ts';
import { FAULT_NAMES, type FaultName, familyOf, OFTEN, type Often } from './faults.ts';
import type { Promised } from './promised.ts';
import { promiseOf } from './promises.ts';
import { SURROUNDINGS, type Surroundings } from './surroundings.ts';

export const TABLE = fileURLToPath(new URL('../../docs/faults.md', import.meta.url));

const TITLES = {
  API: 'The API',
  cache: 'The Actions cache',
  artifacts: 'Artifacts',
  GitHub: "GitHub's REST and GraphQL APIs",
};

const HEAD = `# Faults

What the action promises when an outside call fails: each call, each fault, once and always. \`npm run test:faults\` runs these cells and
generates this page from what it expects ([testing.md](testing.md#faults)).

- **waits**: the run retries or continues without the call, and ends green with all results.
- **degrades**: it ends green with all results and reports what is missing, with the code in the row.
- **ends**: it ends red with one error. If there is a batch, the error says how to collect it.
- **or**: the clients of GitHub's services retry some of these faults, so either can happen.

\`400\` stands for that status with JSON, with HTML and with no body.

In every cell: a run never hangs; it is green only with all results, or as \`pending\` with the ID of its batch; no batch is lost; the log has no stack trace; a red
run has exactly one error; there is at most one comment; and key and tokens go to no other host. The **next run** is a re-run without the fault. It always ends green with all results.
**Paid** counts the batches of both runs.

The calls of \`wake-paused\` are those whose next run *wakes it* or *leaves it*. There, **waits** means that this round re-runs the paused job,
and **degrades** that it leaves the job to the next round and says why. In every cell, each paused job is re-run exactly once by both rounds together, and
that attempt collects its batch.
`;

type Row = { readonly promised: Promised; readonly often: Often; readonly faults: FaultName[] };

function rowsOf(call: CallName): Row[] {
  const rows = new Map<string, Row>();
  for (const often of OFTEN) {
    for (const fault of FAULT_NAMES) {
      const promised = promiseOf({ call, fault, often });
      const key = `${often} ${JSON.stringify(promised)}`;
      const row = rows.get(key) ?? { promised, often, faults: [] };
      row.faults.push(fault);
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

/** More faults than that are not named where they are the most of a call. */
const MOST_NAMED = 20;

/** Names of faults with those of a family in one: `500` for all bodies of that status. */
function listFaults(faults: readonly FaultName[], isBiggest: boolean): string {
  const families = new Map<string, FaultName[]>();
  for (const fault of FAULT_NAMES) {
    const family = familyOf(fault);
    families.set(family, [...(families.get(family) ?? []), fault]);
  }
  if (faults.length === FAULT_NAMES.length) return 'every fault';
  if (isBiggest && faults.length > MOST_NAMED) return 'every other fault';
  return [...families]
    .flatMap(([family, members]) => {
      const found = members.filter((one) => faults.includes(one));
      return found.length === members.length ? [family] : found;
    })
    .map((name) => `\`${name}\``)
    .join(', ');
}

/** The rows of a call. What is the same once and always is one row. */
function printRows(call: CallName): string[] {
  const rows = rowsOf(call);
  const texts = new Map<string, Often[]>();
  for (const { promised, often, faults } of rows) {
    const most = Math.max(...rows.filter((row) => row.often === often).map((row) => row.faults.length));
    const text = `${listFaults(faults, faults.length === most)} | OFTEN | ${printPromise(promised)}`;
    texts.set(text, [...(texts.get(text) ?? []), often]);
  }
  return [...texts].map(([text, often]) => `| ${text.replace('OFTEN', often.join(', '))} |`);
}

function printPromise({ how, orWaits, status, codes, batches, next, because }: Promised): string {
  const named = codes.map((code) => `\`${code}\``).join(', ');
  const ending = how === 'ends' && status !== undefined ? `, \`${status}\`` : '';
  const what = `${orWaits === undefined ? '' : 'waits, or '}${how}${ending}`;
  const paid = because === undefined ? String(batches) : `${batches}: ${because}`;
  return `${what} | ${named} | ${paid} | ${next}`;
}

/** The page of all promises. */
export function printTable(): string {
  const parts = Object.entries(TITLES).map(([service, title]) => {
    const calls = CALL_NAMES.filter((call) => callOf(call).service === service);
    const tables = calls.map((call) => {
      const rows = printRows(call);
      return `### ${call}\n\n| fault | how often | promise | says | paid | next run |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
    });
    return `## ${title}\n\n${tables.join('\n')}`;
  });
  return `${HEAD}\n${parts.join('\n')}\n${printSurroundings()}`;
}

const AROUND = `## Surroundings

Here no call fails by itself: the network, GitHub or the machine is not the usual one. What holds in every cell holds here too, the
**next run** is one where this is put right, and the password of a proxy is in no log, output or job summary.

| surroundings | promise | says | paid | next run |
|---|---|---|---|---|
`;

function printSurroundings(): string {
  const rows = Object.values<Surroundings>(SURROUNDINGS).map(
    ({ what, promised }) => `| ${what} | ${printPromise(promised)} |\n`,
  );
  return `${AROUND}${rows.join('')}`;
}
