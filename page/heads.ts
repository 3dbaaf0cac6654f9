import { HEADS } from '../src/core/messages/page-script.ts';
import { byId, element } from './element.ts';

/** The columns, each with the order that its head sorts by, if any, and which way that order goes first. */
const COLUMNS = [
  ['id', 'id', 'ascending'],
  ['outcome', 'failures', 'ascending'],
  ['gist', undefined, undefined],
  ['model', 'model', 'ascending'],
  ['cost', 'cost', 'descending'],
] as const;

/** Makes the heads of the columns. A click on one sorts by it, a second one the other way round. */
export function createHeads(sort: (order: string) => void): { readonly show: (order: string) => void } {
  let current = '';
  const heads = COLUMNS.map(([column, order, first]) => {
    const name = HEADS[column];
    const button = order === undefined ? name : element('button', { text: name, attributes: { type: 'button' } });
    const head = element('span', {
      class: column === 'cost' ? 'number' : column,
      attributes: { role: 'columnheader' },
      children: [button],
    });
    if (typeof button !== 'string')
      button.addEventListener('click', () => sort(current === order ? `-${order}` : `${order}`));
    return { head, order, first };
  });
  byId('heads', HTMLElement).append(
    element('div', { class: 'heads', attributes: { role: 'row' }, children: heads.map(({ head }) => head) }),
  );
  return {
    show: (order) => {
      current = order;
      for (const { head, order: own, first } of heads) {
        if (own === undefined || (order !== own && order !== `-${own}`)) head.ariaSort = null;
        else head.ariaSort = (order === own) === (first === 'ascending') ? 'ascending' : 'descending';
      }
    },
  };
}
