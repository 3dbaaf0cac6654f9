/** The inputs by name, including unknown ones: the runner passes on whatever a step sets. */
export function readInputs(env: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const given = Object.entries(env).flatMap(([name, text = '']): [string, string][] =>
    name.startsWith('INPUT_') ? [[name.slice('INPUT_'.length).toLowerCase(), text]] : [],
  );
  return new Map(given);
}
