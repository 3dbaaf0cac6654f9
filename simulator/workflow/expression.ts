/**
 * What an expression of a workflow may see: contexts by name, and the status so far: for a step, the result of the steps
 * before it; for a job, the result of the jobs it needs, `skipped` if one of them did not run to its end and none failed.
 */
export interface Scope {
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly status: 'success' | 'failure' | 'cancelled' | 'skipped';
}

const TOKEN = /\s*(\|\||&&|==|!=|[!()]|'(?:[^']|'')*'|[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*|\d+|$)/y;
const STATUS: Readonly<Record<string, (status: Scope['status']) => boolean>> = {
  always: () => true,
  success: (status) => status === 'success',
  failure: (status) => status === 'failure',
  cancelled: (status) => status === 'cancelled',
};

/** A text with its `${{ … }}` filled in. */
export function fillIn(text: string, scope: Scope): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => textOf(evaluate(expression, scope)));
}

/** Whether a step or job with this `if` runs. Without a status function it runs only after success. */
export function isMet(condition: unknown, scope: Scope): boolean {
  if (condition === undefined) return scope.status === 'success';
  const expression = /^\$\{\{(.*)\}\}$/s.exec(String(condition).trim())?.[1] ?? String(condition);
  const asksStatus = /\b(?:always|success|failure|cancelled)\(\)/.test(expression);
  return (asksStatus || scope.status === 'success') && isTrue(evaluate(expression, scope));
}

/** The value of `${{ … }}` if a text is nothing else; a value that is not a text stays as it is. */
export function valueIn(text: unknown, scope: Scope): unknown {
  const expression = typeof text === 'string' ? /^\$\{\{(.*)\}\}$/s.exec(text.trim())?.[1] : undefined;
  return expression === undefined ? text : evaluate(expression, scope);
}

/** Evaluates what our examples need of GitHub's expressions; anything else throws. */
function evaluate(expression: string, { contexts, status }: Scope): unknown {
  const tokens = tokensOf(expression);
  let at = 0;
  const take = (...wanted: readonly string[]): string | undefined =>
    wanted.includes(tokens[at] ?? '') ? tokens[at++] : undefined;

  function either(): unknown {
    let left = both();
    while (take('||') !== undefined) {
      const right = both();
      left = isTrue(left) ? left : right;
    }
    return left;
  }
  function both(): unknown {
    let left = compared();
    while (take('&&') !== undefined) {
      const right = compared();
      left = isTrue(left) ? right : left;
    }
    return left;
  }
  function compared(): unknown {
    const left = single();
    const operator = take('==', '!=');
    if (operator === undefined) return left;
    const isEqual = textOf(left).toLowerCase() === textOf(single()).toLowerCase();
    return isEqual === (operator === '==');
  }
  function single(): unknown {
    if (take('!') !== undefined) return !isTrue(single());
    if (take('(') !== undefined) {
      const inner = either();
      if (take(')') === undefined) throw new Error(`No closing parenthesis in ${expression}`);
      return inner;
    }
    const token = tokens[at++] ?? '';
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d+$/.test(token)) return Number(token);
    const asked = STATUS[token];
    if (asked !== undefined && take('(') !== undefined && take(')') !== undefined) return asked(status);
    return lookUp(token);
  }
  function lookUp(path: string): unknown {
    const [name = '', ...members] = path.split('.');
    if (!(name in contexts)) throw new Error(`The simulated runner has no context ${name} for ${expression}`);
    return members.reduce<unknown>((of, member) => (isObject(of) ? of[member] : undefined), contexts[name]);
  }

  const value = either();
  if (at !== tokens.length) throw new Error(`The simulated runner cannot read ${expression}`);
  return value;
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const [, token] = TOKEN.exec(expression) ?? [];
    if (token === undefined || token === '') throw new Error(`The simulated runner cannot read ${expression}`);
    tokens.push(token);
  }
  return tokens;
}

/** Whether a value counts as true. */
export function isTrue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 0;
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
