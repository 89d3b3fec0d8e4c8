import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { ServiceClient } from '#adapters/http/client.ts';
import { MINUTE } from '#kernel/clock.ts';
import type { Products } from '../../core/ports/products.ts';

const PATH = '/internal/v1/visible-products';
const Answer = z.object({ product_ids: z.array(z.string()) });

/** Per call, as the catalog allows. */
const AT_ONCE = 200;
const KNOWN = 50_000;
const KNOWN_MS = 10 * MINUTE;
/** A new product is known a moment later; until then, IDs that do not exist cost the catalog nothing. */
const UNKNOWN_MS = MINUTE / 2;

/** Asks the catalog, and remembers what it says for some minutes: views are many, and products few. */
export const httpProducts = (client: ServiceClient): Products => {
  const known = new LRUCache<string, boolean>({ max: KNOWN });

  const ask = async (ids: readonly string[]): Promise<void> => {
    const body = { product_ids: ids };
    const answer = await client({ method: 'POST', path: PATH, scope: 'products:read', body });
    if (answer.status !== 200) throw new Error(`${PATH} returned ${answer.status}`);
    const existing = new Set(Answer.parse(answer.body).product_ids);
    for (const id of ids) known.set(id, existing.has(id), { ttl: existing.has(id) ? KNOWN_MS : UNKNOWN_MS });
  };

  return {
    existing: async (productIds) => {
      const unknown = productIds.filter((id) => known.get(id) === undefined);
      for (let start = 0; start < unknown.length; start += AT_ONCE)
        await ask(unknown.slice(start, start + AT_ONCE));
      return new Set(productIds.filter((id) => known.get(id) === true));
    },
  };
};
