import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, number, uuid } from '#test/kit/pact/matchers.ts';
import { listingAfter, PRODUCT } from './listings.rig.ts';

describeContract('search', 'order', (contract) => {
  it('what was sold, to rank best sellers', () =>
    contract.hears(
      'order.confirmed',
      {
        attempt: integer(1),
        total_amount: number(19.99),
        items: eachLike({ product_id: uuid(PRODUCT), quantity: integer(2) }),
      },
      async (event) => {
        expect(await listingAfter(event)).toMatchObject({ sold: 2 });
      },
    ));
});
