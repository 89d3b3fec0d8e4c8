import type { ServiceClient } from '#adapters/http/client.ts';
import type { components } from '#openapi/generated/inventory.ts';
import type { Stock } from '../../core/ports/neighbours.ts';
import { makeAsk } from './ask.ts';
import { gather } from './gather.ts';

/** The inventory's limit per request. */
const MOST = 200;

export const httpStock = (client: ServiceClient): Stock => {
  const ask = makeAsk<components['schemas']['StockLevel']>(client, 'inventory.yaml', 'StockLevel');
  const levelsOf = gather(
    (ids) =>
      ask({
        method: 'POST',
        path: '/internal/v1/availability',
        scope: 'stock:read',
        body: { variant_ids: ids },
      }),
    MOST,
  );
  return {
    available: async (variantId) => {
      const levels = await levelsOf(variantId);
      return levels?.find(({ variant_id }) => variant_id === variantId)?.available;
    },
  };
};
