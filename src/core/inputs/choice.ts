import { nearest } from '../text/nearest.ts';
import type { InputName } from './names.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';

/** One of a few words, spelled exactly; a slip gets the word that was probably meant. */
export function parseChoice<const W extends string>(name: InputName, text: string, words: readonly W[]): Parsed<W> {
  const found = words.find((word) => word === text);
  if (found !== undefined) return value(found);
  return wrong(name, {
    code: 'input-choice',
    value: clipValue(text),
    choices: words,
    meant: nearest(text, words),
  });
}

/** A boolean as YAML 1.2 writes it. */
export function parseBoolean(name: InputName, text: string): Parsed<boolean> {
  if (/^(?:true|True|TRUE)$/.test(text)) return value(true);
  if (/^(?:false|False|FALSE)$/.test(text)) return value(false);
  return wrong(name, { code: 'input-boolean', value: clipValue(text) });
}
