/**
 * Matches a method and a path against an operation such as `GET /v1/models/{model_id}`, and gives the values of its path.
 * `patternOf` says what the value of a name may look like.
 */
export function pathMatcher(
  operation: string,
  patternOf: (name: string) => string = () => '[^/]+',
): (method: string, path: string) => ReadonlyMap<string, string> | undefined {
  const [method, template = ''] = operation.split(' ');
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const expression = new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(${patternOf(name)})`)}$`);
  return (asked, path) => {
    const values = asked === method ? expression.exec(path) : null;
    if (values === null) return undefined;
    return new Map(names.map((name, index) => [name, decodeURIComponent(values[index + 1] ?? '')]));
  };
}
