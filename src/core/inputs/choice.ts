import { nearest } from '../text/nearest.ts';
import type { InputName } from './names.ts';
import { type Parsed, quote, value, wrong } from './parsed.ts';

/** One of a few words, spelled exactly; a slip gets the word that was probably meant. */
export function parseChoice<const W extends string>(name: InputName, text: string, words: readonly W[]): Parsed<W> {
  const found = words.find((word) => word === text);
  if (found !== undefined) return value(found);
  const meant = nearest(text, words);
  const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return wrong(name, `is ${quote(text)}`, meant === undefined ? `write ${list}` : `write ${meant} (it takes ${list})`);
}

/** A boolean as YAML 1.2 writes it. */
export function parseBoolean(name: InputName, text: string): Parsed<boolean> {
  if (/^(?:true|True|TRUE)$/.test(text)) return value(true);
  if (/^(?:false|False|FALSE)$/.test(text)) return value(false);
  return wrong(name, `is ${quote(text)}`, 'write true or false');
}
