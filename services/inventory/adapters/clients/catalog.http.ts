import type { ServiceClient } from '#adapters/http/client.ts';
import { schemaCheck } from '#adapters/http/schema-check.ts';
import type { components } from '#openapi/generated/catalog.ts';
import type { Label } from '../../core/domain/label.ts';
import type { Catalog } from '../../core/ports/catalog.ts';

type Description = components['schemas']['ProductDescription'];

const PATH = '/internal/v1/product-descriptions';
const check = schemaCheck<Description>('catalog.yaml', 'ProductDescription');

const labelsOf = (item: unknown): readonly Label[] => {
  const checked = check(item);
  if (!checked.ok) throw new Error(`${PATH}: ${checked.error.join(', ')}`);
  const { name, category_ids: categoryIds, category_path: categoryPath, variants } = checked.value;
  return variants.map(({ variant_id: variantId, sku, attributes, image }) => {
    return { variantId, sku, name, attributes, categoryIds, categoryPath, image };
  });
};

export const httpCatalog = (client: ServiceClient): Catalog => ({
  labels: async (productIds) => {
    const body = { product_ids: productIds };
    const answer = await client({ method: 'POST', path: PATH, scope: 'products:read', body });
    const items =
      typeof answer.body === 'object' && answer.body !== null && 'items' in answer.body
        ? answer.body.items
        : undefined;
    if (answer.status !== 200 || !Array.isArray(items)) throw new Error(`${PATH} returned ${answer.status}`);
    return items.flatMap(labelsOf);
  },
});
