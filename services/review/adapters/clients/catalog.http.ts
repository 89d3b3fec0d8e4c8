import { z } from 'zod';
import type { ServiceClient } from '#adapters/http/client.ts';
import type { Products } from '../../core/ports/products.ts';

const PATH = '/internal/v1/visible-products';
const ANSWER = z.object({ product_ids: z.array(z.string()) });

/**
 * Asks the catalog for each question: they are rare, and a copy of all product IDs would have to be filled, and kept, for them alone.
 * While the catalog is away, nobody can ask.
 */
export const httpProducts = (client: ServiceClient): Products => ({
  isPublished: async (productId) => {
    const body = { product_ids: [productId] };
    const answer = await client({ method: 'POST', path: PATH, scope: 'products:read', body });
    if (answer.status !== 200) throw new Error(`${PATH} returned ${answer.status}`);
    return ANSWER.parse(answer.body).product_ids.includes(productId);
  },
});
