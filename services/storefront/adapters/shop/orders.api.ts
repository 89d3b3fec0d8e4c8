import { dataOf, type ShopClient } from '#client/index.ts';
import { moneyOf } from '#kernel/money.ts';
import type { OrdersOfShop } from '../../core/ports/orders.ts';
import type { Visit } from '../../core/ports/shop.ts';
import { ofUser } from './account.api.ts';
import { fromAddress, toOrder, toProgress } from './mapping.ts';
import { answered, decided, found } from './refusals.ts';
import { ofOrder } from './returns.api.ts';

const PER_PAGE = 20;

export const ordersOf = (api: ShopClient, visit: Visit): OrdersOfShop => {
  /** Undefined for those who can see no order: the API would ask them to log in. */
  const known = (orderId: string) => {
    const params = ofOrder(orderId, visit);
    return visit.token === undefined && !('header' in params) ? undefined : params;
  };
  const file = async (
    printed: Promise<{ data?: ArrayBuffer | undefined }>,
  ): Promise<Uint8Array | undefined> => {
    const read = await decided(printed.then(({ data }) => data));
    return read.ok && read.value ? new Uint8Array(read.value) : undefined;
  };
  return {
    order: async (orderId) => {
      const params = known(orderId);
      const order = params && (await found(dataOf(api.GET('/api/v1/orders/{order_id}', { params }))));
      return order && toOrder(order);
    },
    track: async (reference, email) => {
      const body = { order: reference, email };
      const progress = await found(dataOf(api.POST('/api/v1/orders/track', { body })));
      return progress && toProgress(progress);
    },
    documents: async (orderId) => {
      const params = known(orderId);
      if (!params) return [];
      const list = await found(dataOf(api.GET('/api/v1/orders/{order_id}/documents', { params })));
      return (list?.items ?? []).map(({ kind, number, issued_at: issuedAt, amount, currency }) => ({
        kind,
        number,
        issuedAt: new Date(issuedAt),
        amount: moneyOf(amount, currency),
      }));
    },
    invoice: async (orderId) => {
      const params = known(orderId);
      if (!params) return undefined;
      return file(api.GET('/api/v1/orders/{order_id}/invoice', { params, parseAs: 'arrayBuffer' }));
    },
    creditNote: async (orderId, number) => {
      const order = known(orderId);
      if (!order) return undefined;
      const params = { ...order, path: { ...order.path, number } };
      const path = '/api/v1/orders/{order_id}/credit-notes/{number}';
      return file(api.GET(path, { params, parseAs: 'arrayBuffer' }));
    },
    cancelOrder: async (orderId) => {
      const params = ofOrder(orderId, visit);
      return decided(dataOf(api.PUT('/api/v1/orders/{order_id}/cancel', { params })).then(toOrder));
    },
    changeOrderAddress: async (orderId, version, address) => {
      const { path, header } = { header: {}, ...ofOrder(orderId, visit) };
      const params = { path, header: { ...header, 'If-Match': `"${version}"` } };
      const body = { shipping_address: fromAddress(address) };
      const changed = api.PUT('/api/v1/orders/{order_id}/shipping-address', { params, body });
      return decided(dataOf(changed).then(toOrder));
    },
    orders: async (userId, cursor) => {
      const query = { limit: PER_PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const params = { ...ofUser(userId), query };
      const page = await answered(dataOf(api.GET('/api/v1/users/{user_id}/orders', { params })));
      return { items: page.items.map(toOrder), next: page.next_cursor };
    },
  };
};
