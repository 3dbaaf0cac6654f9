/**
 * Sends two requests of the cheapest model to the real API as a batch, with the action's own adapters, and reports where
 * shapes, costs or errors are not what the action expects. Costs real money, though less than a cent, and is never part of CI.
 * Deletes its batch.
 *
 *   ANTHROPIC_API_KEY=… npm run smoke -- --spend-real-money [--wait-minutes 60] [--batch-id msgbatch_…]
 *
 * Exits 0 if nothing that the action relies on differs, 1 if something does or a call fails, 2 if nothing was checked.
 */
import { renderTextTable } from '../simulator/demo/text-table.ts';
import { createSecrets } from '../src/core/text/secrets.ts';
import { toPlainLine } from '../src/core/text/untrusted-text.ts';
import { check, type Outcome } from './smoke/check.ts';
import { isMet } from './smoke/expectation.ts';
import { type Options, readOptions } from './smoke/options.ts';
import { MODEL, MOST_PROMPT_TOKENS, mostUsd } from './smoke/requests.ts';

/** Longest text of the API in the table, in characters. */
const MOST_SHOWN = 300;

const key = process.env['ANTHROPIC_API_KEY']?.trim() ?? '';
// The client would silently read more of them, and one overrides the key.
for (const name of Object.keys(process.env)) if (name.startsWith('ANTHROPIC_')) delete process.env[name];
const { blot } = createSecrets([key]);
const say = (line: string): void => void process.stdout.write(`${blot(line)}\n`);

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === 'string') return refuse(options);
  if (!options.spends) return refuse(`${planOf(options)} Pass --spend-real-money to do so.`);
  if (key === '') return refuse('There is no key in ANTHROPIC_API_KEY.');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => stop.abort(new Error(`Stopped by ${signal}`)));
  return report(await check({ ...options, key, signal: stop.signal, say }));
}

function planOf({ batchId, baseUrl }: Options): string {
  const rest = 'checks what comes back and deletes the batch';
  if (batchId !== undefined)
    return `This waits for the batch ${batchId} at ${baseUrl}, ${rest}. It costs nothing more.`;
  const most = mostUsd(MOST_PROMPT_TOKENS, Date.now());
  return `This sends two requests to ${MODEL} at ${baseUrl} as a batch, ${rest}. It costs at most $${most}.`;
}

function refuse(why: string): number {
  process.stderr.write(`${blot(why)}\n`);
  return 2;
}

function report(outcome: Outcome): number {
  if (outcome.kind === 'running') {
    say(`The batch ${outcome.id} has not ended. Go on later with --batch-id ${outcome.id}`);
    return 2;
  }
  if (outcome.kind === 'failed') {
    say(`Failed: ${toPlainLine(outcome.why)}`);
    return 1;
  }
  const differing = outcome.checks.filter((one) => !isMet(one));
  const broken = differing.filter(({ isRelied }) => isRelied);
  if (differing.length > 0) {
    const rows = differing.map(({ what, expected, found, isRelied }) => [
      isRelied ? 'relied on' : 'only told',
      what,
      expected,
      toPlainLine(found, MOST_SHOWN),
    ]);
    say(renderTextTable(['', 'what', 'expected', 'found'], rows, ['left', 'left', 'left', 'left'], 160));
  }
  say(
    `${outcome.checks.length} checks, ${differing.length} differ, ${broken.length} of these are relied on. ${costOf(outcome)}`,
  );
  return broken.length === 0 ? 0 : 1;
}

function costOf({ usd }: Extract<Outcome, { kind: 'checked' }>): string {
  return usd === undefined ? 'What it cost is not known.' : `It cost $${usd}.`;
}
