// What the command line asks for.
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AREAS, type Area } from './areas.ts';

export interface Selected {
  readonly area: Area;
  readonly source: string;
}

export interface Command {
  readonly selected: readonly Selected[];
  /** Processes at the same time. */
  readonly lanes: number;
  /** Also what an earlier run has tested. */
  readonly again: boolean;
}

/** Reads it. Returns a sentence for anything that cannot be done. */
export function readCommand(args: readonly string[]): Command | string {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return (error as Error).message;
  }
  const { lanes, again } = parsed.values;
  if (!/^[1-9]\d?$/.test(lanes)) return `--lanes is “${lanes}”: write a whole number from 1 to 99.`;
  const words = parsed.positionals;
  const selected = words.length === 0 ? AREAS.map((area) => ({ area, source: area.source })) : words.map(select);
  const wrong = selected.find((one) => typeof one === 'string');
  return wrong ?? { selected: selected.filter((one) => typeof one !== 'string'), lanes: Number(lanes), again };
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { lanes: { type: 'string', default: '2' }, again: { type: 'boolean', default: false } },
  });

/** An area by name or path, or the area of a file with this file only. */
function select(word: string): Selected | string {
  const name = word.replace(/^src\//, '').replace(/\/$/, '');
  const area = AREAS.find((one) => name === one.name || name.startsWith(`${one.name}/`) || name === `${one.name}.ts`);
  if (area === undefined) return `“${word}” is not part of: ${AREAS.map((one) => one.name).join(', ')}.`;
  if (name === area.name) return { area, source: area.source };
  const isFile = statSync(`src/${name}`, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? { area, source: `src/${name}` } : `There is no file src/${name}.`;
}
