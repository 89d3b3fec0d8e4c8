import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { integer, number, uuid } from '#test/kit/pact/matchers.ts';
import { listingAfter, PRODUCT } from './listings.rig.ts';

describeContract('search', 'review', (contract) => {
  it('how a product is rated, to rank it and to filter by it', () =>
    contract.hears(
      'review.rating_changed',
      { product_id: uuid(PRODUCT), version: integer(1), average: number(4.25), count: integer(8) },
      async (event) => {
        expect(await listingAfter(event)).toMatchObject({ rating: { average: 4.25, count: 8 } });
      },
    ));
});
