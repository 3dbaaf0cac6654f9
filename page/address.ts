import { fragmentOf } from '../src/core/page/fragment.ts';
import { undatedModel } from '../src/core/text/model-name.ts';
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
    metric: names.get('metric') ?? '',
    metadata: names.get('metadata') ?? '',
    stop: names.get('stop') ?? '',
    model: undatedModel(names.get('model') ?? ''),
    reuse: names.get('reuse') ?? '',
    order: names.get('order') ?? FIRST_VIEW.order,
  };
}

/** The fragment with its `#`; empty for a page as it opens. */
export function printAddress({ open, order, ...view }: Address): string {
  const { search, outcome, metric, metadata, stop, model, reuse } = view;
  const names: readonly (readonly [string, string | undefined])[] = [
    ['case', open?.id],
    ['place', open?.place === undefined ? undefined : String(open.place)],
    ...Object.entries({ search, outcome, metric, metadata, stop, model, reuse }).map(
      ([name, value]) => [name, value || undefined] as const,
    ),
    ['order', order === FIRST_VIEW.order ? undefined : order],
  ];
  return fragmentOf(names.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function readPlace(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
