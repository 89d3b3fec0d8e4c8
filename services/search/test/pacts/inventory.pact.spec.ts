import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { boolean, integer, string } from '#test/kit/pact/matchers.ts';
import { productEvent, listingAfter, PRODUCT } from './listings.rig.ts';

describeContract('search', 'inventory', (contract) => {
  it('that a SKU can be ordered, to find it in stock', () =>
    contract.hears(
      'inventory.availability_changed',
      { sku: string('KET-RED'), version: integer(1), is_available: boolean(true) },
      async (event) => {
        expect(await listingAfter(productEvent('KET-RED'), event)).toMatchObject({
          productId: PRODUCT,
          available: new Set(['KET-RED']),
        });
      },
    ));
});
