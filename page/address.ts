import { FIRST_VIEW, type View } from './view.ts';

/** What the part of the address after `#` asks for. Any text may stand there: what is unknown means nothing. */
export interface Address extends View {
  /** Id of the case that is open; undefined for none. */
  readonly id: string | undefined;
}

/** Reads the fragment of an address, with or without its `#`. */
export function readAddress(fragment: string): Address {
  const names = new URLSearchParams(fragment.replace(/^#/, ''));
  return {
    id: names.get('case') ?? undefined,
    search: names.get('search') ?? '',
    outcome: names.get('outcome') ?? '',
    model: names.get('model') ?? '',
    order: names.get('order') ?? FIRST_VIEW.order,
  };
}

/** The fragment with its `#` that asks for this; empty for a page as it opens. */
export function printAddress({ id, search, outcome, model, order }: Address): string {
  const names = new URLSearchParams();
  if (id !== undefined) names.set('case', id);
  if (search !== '') names.set('search', search);
  if (outcome !== '') names.set('outcome', outcome);
  if (model !== '') names.set('model', model);
  if (order !== FIRST_VIEW.order) names.set('order', order);
  const text = names.toString();
  return text === '' ? '' : `#${text}`;
}
