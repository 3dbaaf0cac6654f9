/** How many characters each of some texts gets of a room: the lowest rank first, texts of the same rank in equal shares. */
export function shareRoom(
  texts: readonly { readonly length: number; readonly rank: number }[],
  room: number,
): readonly number[] {
  const shares = texts.map(() => 0);
  const groups = Map.groupBy(texts.entries(), ([, { rank }]) => rank);
  let left = room;
  for (const [, group] of [...groups].sort(([one], [other]) => one - other)) {
    // What a short one does not need goes to the longer ones.
    const byLength = group.sort(([, one], [, other]) => one.length - other.length);
    for (const [index, [place, { length }]] of byLength.entries()) {
      const share = Math.min(length, Math.floor(left / (byLength.length - index)));
      shares[place] = share;
      left -= share;
    }
  }
  return shares;
}
