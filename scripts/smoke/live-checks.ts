import { BATCH_LASTS_MS } from '../../src/core/polling/lifetime.ts';
import { parseResult, type Result } from '../../src/core/results/result.ts';
import { memberOf, parseJson } from '../../src/core/text/json.ts';
import { formatUsd } from '../../src/core/text/money.ts';
import { parseTime } from '../../src/core/text/numbers.ts';
import type { ApiError } from '../../src/ports/api.ts';
import { type Expectation, relied, told } from './expectation.ts';
import type { Live } from './live.ts';
import { ANSWERED, MOST_PROMPT_TOKENS, mostUsd, price, REFUSED, REQUESTS } from './requests.ts';

/** How the action reads the answers, compared with what it expects. */
export function checkLive(live: Live): readonly Expectation[] {
  return [...modelChecks(live), ...batchChecks(live), ...resultChecks(live), ...errorChecks(live)];
}

/** What the answer costs in US dollars, as the action prices it; undefined where that is not known. */
export function usdOf({ lines, looks }: Live): string | undefined {
  const answered = lines.map((line) => parseResult(line)?.ending).find((ending) => ending?.kind === 'succeeded');
  if (answered === undefined) return '0.000000';
  const pricing = price(answered.message.model, answered.message.usage, createdAtMs(looks));
  return 'batch' in pricing ? formatUsd(pricing.batch) : undefined;
}

function modelChecks({ model, countedTokens }: Live): Expectation[] {
  return [
    relied('the model takes batches', true, model?.takesBatches),
    told('stage of the model', 'active', model?.lifecycle),
    relied('the model has a price', true, mostUsd(1, Date.now()) !== undefined),
    relied('tokens of a prompt are counted', true, countedTokens > 0),
  ];
}

function batchChecks({ looks, listedIds }: Live): Expectation[] {
  const ended = looks.at(-1);
  const running = looks.filter(({ status }) => status !== 'ended');
  const lastsMs = (parseTime(ended?.expiresAt ?? '') ?? Number.NaN) - (parseTime(ended?.createdAt ?? '') ?? Number.NaN);
  const count = REQUESTS.length;
  return [
    ...(listedIds === undefined ? [] : [relied('the list has the batch', true, listedIds.includes(ended?.id ?? ''))]),
    relied('hours from creation to expiry', BATCH_LASTS_MS / 3_600_000, lastsMs / 3_600_000),
    relied('time of the end', true, parseTime(ended?.endedAt ?? '') !== undefined),
    relied('requests by state at the end', '0 processing, 1 succeeded, 1 errored', countsOf(ended?.counts)),
    told(
      'requests that count as processing until then',
      true,
      running.every(({ counts }) => counts.processing === count),
    ),
  ];
}

function countsOf(counts: Live['looks'][number]['counts'] | undefined): string {
  return `${counts?.processing} processing, ${counts?.succeeded} succeeded, ${counts?.errored} errored`;
}

function resultChecks(live: Live): Expectation[] {
  const { lines } = live;
  const results = new Map(
    lines.flatMap((line) => parseResult(line) ?? []).map((result) => [result.customId, result.ending]),
  );
  const answered = results.get(ANSWERED);
  const refused = results.get(REFUSED);
  const ids = [...results.keys()].sort().join(', ');
  return [
    relied(
      'custom IDs of the results',
      `${ANSWERED}, ${REFUSED}`,
      lines.length === results.size ? ids : `${ids} in ${lines.length} lines`,
    ),
    ...(answered?.kind === 'succeeded'
      ? answerChecks({ message: answered.message, live })
      : [relied('the request that is right', 'succeeded', answered?.kind)]),
    relied(
      'the request with max_tokens 0',
      'errored: invalid_request_error',
      refused?.kind === 'errored' ? `errored: ${refused.type}` : refused?.kind,
    ),
  ];
}

type Answer = Extract<Result['ending'], { kind: 'succeeded' }>['message'];

function answerChecks({ message, live }: { readonly message: Answer; readonly live: Live }): Expectation[] {
  const { model, usage, stopReason, isEmpty } = message;
  const pricing = price(model, usage, createdAtMs(live.looks));
  const most = mostUsd(MOST_PROMPT_TOKENS, createdAtMs(live.looks)) ?? '';
  const usd = usdOf(live);
  return [
    relied('the answer has a price', 'priced', pricing.kind === 'unpriced' ? pricing.why : pricing.kind),
    relied(
      `cost, above 0 and at most $${most}`,
      true,
      Number(usd) > 0 && Number(usd) <= Number(most) ? true : `$${usd}`,
    ),
    relied('service tier, which halves the price', 'batch', serviceTierOf(live.lines)),
    relied('the answer has text', true, !isEmpty),
    told('tokens of the prompt as counted before', live.countedTokens, usage?.input),
    told('stop reason', 'end_turn', stopReason),
  ];
}

/** As the line of the answer says it: pricing does not need it. */
function serviceTierOf(lines: readonly string[]): unknown {
  const line = lines.map(parseJson).find((one) => memberOf(one, 'custom_id') === ANSWERED);
  return memberOf(line, 'result', 'message', 'usage', 'service_tier');
}

function createdAtMs(looks: Live['looks']): number {
  return parseTime(looks.at(-1)?.createdAt ?? '') ?? Date.now();
}

function errorChecks({ unknown, deleted }: Live): Expectation[] {
  const words = (error: ApiError | undefined) => `${error?.status} ${error?.type}`;
  return [
    relied('a batch that never was', '404 not_found_error', words(unknown)),
    relied('a batch that was deleted', '404 not_found_error', words(deleted)),
  ];
}
