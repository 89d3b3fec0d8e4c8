import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { integer, moment, uuid } from '#test/kit/pact/matchers.ts';
import { factOf } from './facts.rig.ts';

const PRODUCT = '0190a000-0000-7000-8000-00000000000a';
const AT = '2026-03-01T12:00:00.000Z';

describeContract('analytics', 'catalog', (contract) => {
  it('how often a product was viewed, to count it', () =>
    contract.hears(
      'product.viewed',
      { product_id: uuid(PRODUCT), views: integer(3), viewed_at: moment(AT) },
      async (event) => {
        expect(await factOf(event)).toEqual({
          kind: 'views',
          factId: event.event_id,
          at: new Date(AT),
          productId: PRODUCT,
          views: 3,
        });
      },
    ));
});
