/** What is marked of a search: more would be slow, and no reader looks at so many. */
const MAX_HITS = 4_000;

/** Marks every hit of a search below an element, without changing it. Does nothing in a browser that cannot. */
export function markHits(holder: Element, words: readonly string[]): void {
  // Older browsers have no highlights.
  const { highlights } = CSS as { readonly highlights?: HighlightRegistry };
  if (highlights === undefined) return;
  highlights.delete('hit');
  if (words.length === 0) return;
  highlights.set('hit', new Highlight(...findHits(holder.querySelectorAll(SEARCHED), words, MAX_HITS)));
}

/** What shows texts that are searched. */
const SEARCHED = ['.row bdi', '.detail pre', '.detail .markdown', '.asserts bdi', '.asserts code'].join(',');

/** The places of words in elements, in their order. */
function findHits(holders: Iterable<Element>, words: readonly string[], limit: number): StaticRange[] {
  // A live range would be kept up to date at every change of the list.
  const ranges: StaticRange[] = [];
  for (const holder of holders) {
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const [start, end] of placesIn(node.nodeValue ?? '', words)) {
        if (ranges.length >= limit) return ranges;
        ranges.push(new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }));
      }
    }
  }
  return ranges;
}

function placesIn(text: string, words: readonly string[]): (readonly [number, number])[] {
  const lower = text.toLowerCase();
  // A letter whose small form is longer would shift what follows.
  if (lower.length !== text.length) return [];
  return words.flatMap((word) => {
    const places: (readonly [number, number])[] = [];
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length))
      places.push([at, at + word.length]);
    return places;
  });
}

/** Shows the first hit in an opened case: unfolds what hides it and scrolls its block to it, not the page. */
export function showFirstHit(detail: Element, words: readonly string[]): void {
  const [first] = words.length === 0 ? [] : findHits(detail.querySelectorAll('pre, .markdown'), words, 1);
  const at = first?.startContainer.parentElement;
  const folded = at?.closest('details');
  if (folded !== null && folded !== undefined) folded.open = true;
  const block = at?.closest('pre, .markdown');
  if (first === undefined || block === null || block === undefined) return;
  const range = new Range();
  range.setStart(first.startContainer, first.startOffset);
  const [hit, box] = [range.getBoundingClientRect(), block.getBoundingClientRect()];
  if (hit.bottom > box.bottom) block.scrollTop += hit.top - box.top - box.height / 3;
}
