/** A line such as `::error file=a.jsonl,line=3::text`, taken apart and unescaped. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

const names = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

/**
 * The command in a line of output, if it is one the runner knows. Both spellings count: `::name key=value::data` at the
 * start of a line, after any blanks, and the older `##[name key=value;]data` anywhere in it.
 */
export function parseCommand(line: string): WorkflowCommand | undefined {
  const text = line.trimStart();
  const end = text.indexOf('::', 2);
  if (text.startsWith('::') && end !== -1) {
    const found = command(text.slice(2, end), ',', text.slice(end + 2), unescapeProperty);
    if (found !== undefined) return found;
  }
  const older = /##\[([^\]]*)\](.*)$/s.exec(line);
  return older === null ? undefined : command(older[1] ?? '', ';', older[2] ?? '', unescapeOlder);
}

function command(
  head: string,
  separator: string,
  data: string,
  decode: (text: string) => string,
): WorkflowCommand | undefined {
  const blank = head.indexOf(' ');
  const name = (blank === -1 ? head : head.slice(0, blank)).toLowerCase();
  if (!names.has(name)) return undefined;
  const properties = new Map<string, string>();
  for (const pair of blank === -1 ? [] : head.slice(blank + 1).split(separator)) {
    const equals = pair.indexOf('=');
    if (equals > 0) properties.set(pair.slice(0, equals).trim().toLowerCase(), decode(pair.slice(equals + 1)));
  }
  return { name, properties, data: separator === ',' ? unescapeData(data) : unescapeOlder(data) };
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

function unescapeOlder(text: string): string {
  return unescapeData(text.replaceAll('%3B', ';').replaceAll('%5D', ']'));
}
