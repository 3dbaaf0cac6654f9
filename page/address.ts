import { FIRST_VIEW, type View } from './view.ts';

/** What an address calls a case. */
export interface CaseName {
  readonly id: string;
  /** 1-based place in the file, where more than one case of the page has this id. */
  readonly place: number | undefined;
}

/** What the part of the address after `#` asks for. It may be any text: unknown names are ignored. */
export interface Address extends View {
  /** The case that is open; undefined for none. */
  readonly open: CaseName | undefined;
}

/** Reads the fragment of an address, with or without its `#`. */
export function readAddress(fragment: string): Address {
  const names = new URLSearchParams(fragment.replace(/^#/, ''));
  const id = names.get('case');
  return {
    open: id === null ? undefined : { id, place: readPlace(names.get('place')) },
    search: names.get('search') ?? '',
    outcome: names.get('outcome') ?? '',
    model: names.get('model') ?? '',
    order: names.get('order') ?? FIRST_VIEW.order,
  };
}

/** The fragment with its `#`; empty for a page as it opens. */
export function printAddress({ open, search, outcome, model, order }: Address): string {
  const names = new URLSearchParams();
  if (open !== undefined) names.set('case', open.id);
  if (open?.place !== undefined) names.set('place', String(open.place));
  if (search !== '') names.set('search', search);
  if (outcome !== '') names.set('outcome', outcome);
  if (model !== '') names.set('model', model);
  if (order !== FIRST_VIEW.order) names.set('order', order);
  const text = names.toString();
  return text === '' ? '' : `#${text}`;
}

function readPlace(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
