import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { integer, number, uuid } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { catalog } from '../../main/module.ts';
import { aProduct } from '../product.mother.ts';
import { openProducts } from '../products.rig.ts';

const PRODUCT = '0190a000-0000-7000-8000-000000000001';

describeContract('catalog', 'review', (contract) => {
  it('how a product is rated, to show it', () =>
    contract.hears(
      'review.rating_changed',
      { product_id: uuid(PRODUCT), version: integer(1), average: number(4.25), count: integer(8) },
      async (event) => {
        const { toolbox, hear } = await openSubscriber(catalog);
        const { unitOfWork, queries } = openProducts(toolbox);
        await unitOfWork.run((tx) => tx.products.save(aProduct({ productId: PRODUCT })));
        await hear(event);
        const { json = '{}' } = (await queries.find(PRODUCT)) ?? {};
        expect(JSON.parse(json)).toMatchObject({ rating: { average: 4.25, count: 8 } });
      },
    ));
});
