import { prettyJson } from './pretty-json.ts';

const FENCE = '```';

/** A text that is JSON, or one fence with JSON in it, with this JSON indented; undefined for any other, or if it is so already. */
export function indentedText(text: string): string | undefined {
  const whole = text.trim();
  const fenced = whole.startsWith(FENCE) ? insideOf(whole) : undefined;
  const json = fenced?.json ?? whole;
  const pretty = prettyJson(json);
  if (pretty === undefined || pretty === json.trim()) return undefined;
  return fenced === undefined ? pretty : `${fenced.head}\n${pretty}\n${FENCE}`;
}

/** The first line of a fence of JSON and what stands in it. */
function insideOf(whole: string): { readonly head: string; readonly json: string } | undefined {
  const end = whole.indexOf('\n');
  const head = whole.slice(0, end).trimEnd();
  const language = head.slice(FENCE.length).trim().toLowerCase();
  if (end < 0 || !whole.endsWith(`\n${FENCE}`) || (language !== 'json' && language !== '')) return undefined;
  return { head, json: whole.slice(end + 1, -FENCE.length) };
}
