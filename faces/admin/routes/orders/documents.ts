import { api, type Answer, type Schemas } from '../../api.ts';
import { download } from '../../shared/download.ts';
import { leftOutOf, type LeftOut } from './left-out.ts';

const save = async (answer: Promise<Answer<unknown>>, name: string): Promise<Response> => {
  const { data, response } = await answer;
  if (data instanceof Blob) download(data, name);
  return response;
};

interface Named {
  readonly order_id: string;
  readonly number: string;
}

const ids = (orders: readonly Named[]) => ({
  params: { query: { order_ids: orders.map(({ order_id: id }) => id) } },
  parseAs: 'blob' as const,
});

/** The most orders of one file. */
export const MOST_PRINTED = 100;

/** They come with the session of this page, which a link to a new tab would not have. */
export const saveInvoice = ({ order_id: id, number }: Named): Promise<unknown> =>
  save(
    api.GET('/api/v1/orders/{order_id}/invoice', { params: { path: { order_id: id } }, parseAs: 'blob' }),
    `invoice-${number}.pdf`,
  );

export const saveCreditNote = ({ order_id: id }: Named, number: string): Promise<unknown> =>
  save(
    api.GET('/api/v1/orders/{order_id}/credit-notes/{number}', {
      params: { path: { order_id: id, number } },
      parseAs: 'blob',
    }),
    `${number.toLowerCase()}.pdf`,
  );

/** With which the customer sends the goods of a return. */
export const saveReturnLabel = (one: Pick<Schemas['Return'], 'order_id' | 'return_id' | 'number'>) =>
  save(
    api.GET('/api/v1/orders/{order_id}/returns/{return_id}/label', {
      params: { path: { order_id: one.order_id, return_id: one.return_id } },
      parseAs: 'blob',
    }),
    `return-label-${one.number}.pdf`,
  );

export const saveSlips = (orders: readonly Named[]): Promise<unknown> =>
  save(api.GET('/api/v1/staff/orders/packing-slips', ids(orders)), nameOf('packing-slips', orders));

/** Returns the orders that are not in the file. */
export const saveLabels = async (orders: readonly Named[]): Promise<readonly LeftOut[]> => {
  const { headers } = await save(api.GET('/api/v1/staff/labels', ids(orders)), nameOf('labels', orders));
  return leftOutOf(orders, headers.get('left-out') ?? '');
};

const nameOf = (what: string, [first, ...others]: readonly Named[]): string =>
  first && others.length === 0 ? `${what}-${first.number}.pdf` : `${what}.pdf`;
