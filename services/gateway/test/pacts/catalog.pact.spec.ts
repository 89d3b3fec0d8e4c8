import { beforeEach, describe, expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, string, uuid } from '#test/kit/pact/matchers.ts';
import { INVALIDATING } from '../../cache-rules.ts';
import { openGateway } from '../stub.ts';
import { isOverseen, isSearched } from './staff.rig.ts';

const PRODUCT = '0190a000-0000-7000-8000-000000000001';

describeContract('gateway', 'catalog', (contract) => {
  isOverseen(contract, 'catalog');
  isSearched(contract, 'catalog', {
    kind: 'products',
    given: 'a product is called Kettle',
    q: 'kettle',
    role: 'catalog_manager',
    item: {
      product_id: uuid(PRODUCT),
      name: string('Kettle'),
      brand: string('Lux'),
      skus: eachLike(string('KET-RED')),
    },
    found: { product_id: PRODUCT, name: 'Kettle', brand: 'Lux', skus: ['KET-RED'] },
  });

  describe('events about products', () => {
    const gateway = forEachTest(() => openGateway());
    beforeEach(() => {
      gateway.answerCounting();
    });

    const count = async (): Promise<unknown> =>
      (await gateway.send('GET', `/api/v1/products/${PRODUCT}`)).body.count;

    it.each(INVALIDATING)('name the product whose page is stale: %s', (type) =>
      contract.hears(
        type,
        {},
        async (event) => {
          expect([await count(), await count()]).toEqual([1, 1]);
          await gateway.bus.publish([event]);
          await gateway.bus.caughtUp('gateway');
          expect(await count()).toBe(2);
        },
        { aggregate_id: uuid(PRODUCT) },
      ),
    );
  });
});
