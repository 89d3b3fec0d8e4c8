import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { fromProviderState } from '#test/kit/pact/matchers.ts';
import { httpProducts } from '../../adapters/clients/catalog.http.ts';
import { NOTHING, PRODUCT } from '../review.rig.ts';

describeContract('review', 'catalog', (contract) => {
  const seen = (ids: readonly unknown[]) => ({ product_ids: ids });
  const asking = (ids: readonly unknown[]) =>
    ({
      method: 'POST',
      path: '/internal/v1/visible-products',
      scope: 'products:read',
      body: seen(ids),
    }) as const;

  it('whether customers see a product, to let them ask about it', () => {
    const known = [fromProviderState('${product_id}', PRODUCT)];
    return contract.asks(
      {
        given: 'a product is on sale',
        asking: 'which of the products customers see',
        request: asking(known),
        response: { status: 200, body: seen(known) },
      },
      async (client) => {
        expect(await httpProducts(client).isPublished(PRODUCT)).toBe(true);
      },
    );
  });

  it('and that a product does not exist', () =>
    contract.asks(
      {
        given: 'nothing is on sale',
        asking: 'about a product that does not exist',
        request: asking([NOTHING]),
        response: { status: 200, body: seen([]) },
      },
      async (client) => {
        expect(await httpProducts(client).isPublished(NOTHING)).toBe(false);
      },
    ));
});
