import { it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, integer, number, uuid } from '#test/kit/pact/matchers.ts';
import { entersLake } from './lake.rig.ts';

const PRODUCT = '0190a000-0000-7000-8000-00000000000a';
const VARIANT = '0190a000-0000-7000-8000-00000000000b';

describeContract('analytics', 'cart', (contract) => {
  it('what was put into a cart, for the lake', () =>
    contract.hears(
      'cart.item_added',
      {
        product_id: uuid(PRODUCT),
        variant_id: uuid(VARIANT),
        quantity: integer(2),
        price: number(19.99),
        currency: currency(),
      },
      (event) => entersLake(event, 'product_id', 'variant_id', 'quantity', 'price', 'currency'),
    ));
});
