import { it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { integer, moment, uuid } from '#test/kit/pact/matchers.ts';
import { entersLake } from './lake.rig.ts';

describeContract('analytics', 'review', (contract) => {
  it('how a product is rated, for the lake', () =>
    contract.hears(
      'review.approved',
      {
        review_id: uuid('0190a000-0000-7000-8000-00000000000c'),
        product_id: uuid('0190a000-0000-7000-8000-00000000000a'),
        rating: integer(4),
        created_at: moment('2026-03-01T12:00:00.000Z'),
      },
      (event) => entersLake(event, 'review_id', 'product_id', 'rating', 'created_at'),
    ));
});
