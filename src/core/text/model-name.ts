const DATED = /^(.+)-20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

/** A model's name without its version date, so that `claude-haiku-4-5-20251001` and its alias are equal. */
export function undatedModel(name: string): string {
  return DATED.exec(name)?.[1] ?? name;
}
