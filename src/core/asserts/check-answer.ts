import type { Answer } from './answer.ts';
import type { Check } from './assert.ts';
import { startOf } from './difference.ts';
import type { Finding } from './finding.ts';
import { refusalIn } from './refusal.ts';
import { inApiWords } from './stop-reasons.ts';

type Of<Kind extends Check['kind']> = Extract<Check, { kind: Kind }>;

const FEMTO_PER_USD = 1e15;

export function checkCost({ threshold: limit }: Of<'cost'>, { cost }: Answer): Finding {
  if (cost === undefined) return { holds: undefined, reason: { code: 'cost-unknown' } };
  // Division rounds the same way as parsing a decimal, so equal amounts stay equal.
  const is = Number(cost) / FEMTO_PER_USD <= limit;
  return { holds: is, reason: { code: 'cost', cost, limit, is } };
}

export function checkStopReason({ reasons }: Of<'finish-reason'>, { stopReason }: Answer): Finding {
  const is = stopReason !== null && reasons.some((reason) => inApiWords(reason).includes(stopReason));
  const found = stopReason === null ? null : startOf(stopReason, 40);
  const expected = reasons.slice(0, 5).map((reason) => startOf(reason, 40));
  return { holds: is, reason: { code: 'stop-reason', expected, found, is } };
}

export function checkRefusal({ stopReason, text }: Answer): Finding {
  if (stopReason === 'refusal') return { holds: true, reason: { code: 'refusal', words: undefined } };
  const words = refusalIn(text);
  if (words !== undefined) return { holds: true, reason: { code: 'refusal', words: startOf(words) } };
  return { holds: false, reason: { code: 'no-refusal' } };
}

/** Run it with a time limit. */
export function checkToolCalls({ toolCalls, toolOf }: Answer): Finding {
  if (toolCalls.length === 0) return { holds: false, reason: { code: 'no-tool-call' } };
  let unfit: string | undefined;
  for (const { name: called, input } of toolCalls) {
    const tool = toolOf(called);
    const name = startOf(called, 60);
    if (tool === undefined) return { holds: false, reason: { code: 'tool-unknown', name } };
    if (tool === 'any') continue;
    if ('fault' in tool) {
      unfit ??= name;
      continue;
    }
    const mismatch = tool.mismatchOf(input);
    if (mismatch !== undefined) return { holds: false, reason: { code: 'tool-input-mismatch', name, ...mismatch } };
  }
  if (unfit !== undefined) return { holds: undefined, reason: { code: 'tool-schema-unfit', name: unfit } };
  return { holds: true, reason: { code: 'tool-calls-valid', count: toolCalls.length } };
}

/** F1 over sets of names. */
export function checkToolNames({ names, threshold }: Of<'tool-call-f1'>, { toolCalls }: Answer): Finding {
  const expected = new Set(names);
  const called = new Set(toolCalls.map(({ name }) => name));
  const missing = [...expected].filter((name) => !called.has(name));
  const extra = [...called].filter((name) => !expected.has(name));
  const score = (2 * (expected.size - missing.length)) / (called.size + expected.size);
  const cut = (list: readonly string[]) => list.slice(0, 5).map((name) => startOf(name, 40));
  const reason = { code: 'tool-call-f1', score, threshold, missing: cut(missing), extra: cut(extra) } as const;
  return { holds: score >= threshold, score, reason };
}
