import fc from 'fast-check';

const between = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((point) => String.fromCodePoint(point));

/** Any character but half a surrogate pair; those of ASCII, to which most code reacts, more often than others. */
const character = fc.oneof(
  { weight: 3, arbitrary: between(0, 0x7f) },
  { weight: 2, arbitrary: between(0x80, 0xd7ff) },
  { weight: 1, arbitrary: between(0xe000, 0xffff) },
  { weight: 1, arbitrary: between(0x1_0000, 0x10_ffff) },
);

/** What an object has by itself. */
const MEMBERS = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', '__defineGetter__', 'length'];

/**
 * Text of any characters, up to so many. `fc.string({ unit: 'binary' })` gives the like, but makes a table of all 1.1 million
 * characters first, which took half a second in each file.
 */
export function anyText({ maxLength }: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  const limit = maxLength === undefined ? {} : { maxLength };
  const text = fc.array(character, limit).map((all) => all.join(''));
  const members = MEMBERS.filter(({ length }) => length <= (maxLength ?? length));
  if (members.length === 0) return text;
  return fc.oneof({ weight: 15, arbitrary: text }, { weight: 1, arbitrary: fc.constantFrom(...members) });
}
