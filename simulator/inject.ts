import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/** A program of `simulator/injected/`: it imports nothing but Node's own modules, because it travels as text. */
export type Injected = 'clock' | 'leaps' | 'names' | 'refusals' | 'timers' | 'writes';

/**
 * A part of `NODE_OPTIONS` that runs a program inside a Node process before anything else. The program reads its settings
 * from the fragment of its own address, so the process gets no other variable, file or argument.
 */
export function inject(program: Injected, settings: object): string {
  const source = sources.get(program) ?? readProgram(program);
  sources.set(program, source);
  return `--import=data:text/javascript;base64,${source}#${encodeURIComponent(JSON.stringify(settings))}`;
}

const sources = new Map<Injected, string>();

function readProgram(program: Injected): string {
  const file = new URL(`./injected/${program}.ts`, import.meta.url);
  return Buffer.from(stripTypeScriptTypes(readFileSync(file, 'utf8'))).toString('base64');
}
