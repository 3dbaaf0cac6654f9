/** Legal and odd forms of a time, as gateways write them. */
export const TIME_FORMS = [
  'own',
  'rfc-2822',
  'lower-case',
  'no-zone',
  'fifteen-decimals',
  'no-colon',
  'date',
  'year-1',
  'soon',
  'none',
] as const;

/** Forms of an id that is not the API's own. */
export const ID_FORMS = ['own', 'colons', 'dots', 'equals', 'long', 'slash', 'letters'] as const;

/** What stands between the action and the API, and writes times and ids in its own manner. */
export interface Gateway {
  readonly time: (typeof TIME_FORMS)[number];
  readonly id: (typeof ID_FORMS)[number];
}

const TIMES: Readonly<Record<Gateway['time'], (iso: string) => string | undefined>> = {
  own: () => undefined,
  'rfc-2822': (iso) => new Date(iso).toUTCString(),
  'lower-case': (iso) => iso.toLowerCase(),
  'no-zone': (iso) => iso.slice(0, -1),
  'fifteen-decimals': (iso) => iso.replace('Z', '000000000000Z'),
  'no-colon': (iso) => iso.replace('Z', '+0000'),
  date: (iso) => iso.slice(0, 10),
  'year-1': () => '0001-01-01T00:00:00Z',
  soon: () => 'soon',
  none: () => '',
};

const IDS: Readonly<Record<Gateway['id'], (id: string) => string>> = {
  own: (id) => id,
  colons: (id) => `urn:gateway:eu-1:${id}`,
  dots: (id) => `gw.${id}.v2`,
  equals: (id) => `${id}==`,
  slash: (id) => `gw/${id}`,
  letters: (id) => `é${id}`,
  long: (id) => `${id}_${'0123456789'.repeat(30)}`,
};

/** A time in this form, by default the API's own. */
export function writeTime(ms: number, form: Gateway['time'] = 'own'): string {
  const iso = new Date(ms).toISOString();
  return TIMES[form](iso) ?? `${iso.slice(0, -1)}000+00:00`;
}

/** The id that a batch gets by this gateway, noted together with how the gateway writes its times ever after. */
export function nameBatch(id: string, gateway: Gateway | undefined, forms: Map<string, Gateway>): string {
  if (gateway === undefined) return id;
  const name = IDS[gateway.id](id);
  forms.set(name, gateway);
  return name;
}
