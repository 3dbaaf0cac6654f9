import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What the runner reads of an action.yml. */
export interface Metadata {
  /** Every input and its default as written, '' where it has none. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Paths relative to the action's folder. */
  readonly main: string;
  readonly post: string | undefined;
}

/** Reads the action.yml of a folder. Throws if it is not a Node action. */
export function readMetadata(folder: string): Metadata {
  const metadata = parse(readFileSync(join(folder, 'action.yml'), 'utf8')) as {
    inputs?: Record<string, { default?: string | number | boolean } | null>;
    runs?: { using?: string; main?: string; post?: string };
  };
  const { runs, inputs = {} } = metadata;
  if (runs?.using !== 'node24' || runs.main === undefined)
    throw new Error(`${folder}/action.yml does not say what to run on node24`);
  return {
    inputs: new Map(Object.entries(inputs).map(([name, input]) => [name, String(input?.default ?? '')])),
    main: runs.main,
    post: runs.post,
  };
}

/**
 * A text of action.yml with its `${{ … }}` filled in from a context such as `github.token` → `ghs_…`. Only plain names are
 * known here; anything else throws, so that a default that the simulator cannot fill in does not count as empty.
 */
export function fillIn(text: string, context: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, name: string) => {
    const value = context.get(name);
    if (value === undefined) throw new Error(`The simulated runner cannot evaluate \${{ ${name} }}`);
    return value;
  });
}

/** The environment variable an input arrives in: capitals, spaces to `_`, hyphens stay. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
