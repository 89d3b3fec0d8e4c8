import type { ServiceClient } from '#adapters/http/client.ts';
import type { components } from '#openapi/generated/inventory.ts';
import type { Stock } from '../../core/ports/neighbours.ts';
import { makeAsk } from './ask.ts';

export const httpStock = (client: ServiceClient): Stock => {
  const ask = makeAsk<components['schemas']['StockLevel']>(client, 'inventory.yaml', 'StockLevel');
  return {
    available: async (variantId) => {
      const levels = await ask({
        method: 'POST',
        path: '/internal/v1/availability',
        scope: 'stock:read',
        body: { variant_ids: [variantId] },
      });
      return levels?.[0]?.available;
    },
  };
};
