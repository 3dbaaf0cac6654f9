const DATED = /^(.+)-20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

/** A model's name without the date of its version: that of `claude-haiku-4-5-20251001` and of its alias is the same. */
export function undatedModel(name: string): string {
  return DATED.exec(name)?.[1] ?? name;
}
