import { z } from 'zod';
import type { Call, ServiceClient } from '#adapters/http/client.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import { moneyOf } from '#kernel/money.ts';
import type { Neighbours } from '../../core/ports/neighbours.ts';

const itemsOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const CART = itemsOf(z.object({ variant_id: z.string(), quantity: z.int() }));
const OFFERS = itemsOf(
  z.object({
    variant_id: z.string(),
    sku: z.string(),
    name: z.string(),
    price: z.number(),
    currency: z.string(),
  }),
);
const STOCK = itemsOf(z.object({ variant_id: z.string(), available: z.int() }));

/** The limit of the asked services per request. */
const MOST = 200;

type Asked = 'cart' | 'catalog' | 'inventory';

export const httpNeighbours = (clients: Readonly<Record<Asked, ServiceClient>>): Neighbours => {
  const ask = async <T extends z.ZodType>(service: Asked, call: Call, schema: T): Promise<z.infer<T>> => {
    const { status, body } = await clients[service](call);
    if (status !== 200) throw new Outage(`${service} responded with ${status}`);
    return schema.parse(body);
  };
  const asking = (path: string, scope: string, ids: readonly string[]) => ({
    method: 'POST' as const,
    path,
    scope,
    body: { variant_ids: ids.slice(0, MOST) },
  });
  return {
    cart: async (userId) => {
      const call = { method: 'GET', path: `/internal/v1/carts/${userId}`, scope: 'carts:read' } as const;
      const { items } = await ask('cart', call, CART);
      return items.map(({ variant_id: variantId, quantity }) => ({ variantId, quantity }));
    },
    offers: async (ids) => {
      if (ids.length === 0) return [];
      const { items } = await ask('catalog', asking('/internal/v1/offers', 'offers:read', ids), OFFERS);
      return items.map(({ variant_id: variantId, sku, name, price, currency }) => ({
        variantId,
        sku,
        name,
        price: moneyOf(price, currency),
      }));
    },
    stock: async (ids) => {
      if (ids.length === 0) return new Map();
      const { items } = await ask('inventory', asking('/internal/v1/availability', 'stock:read', ids), STOCK);
      return new Map(items.map(({ variant_id, available }) => [variant_id, available]));
    },
  };
};
