import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { boolean, integer, moment, string, uuid } from '#test/kit/pact/matchers.ts';
import { factOf } from './facts.rig.ts';
import { entersLake } from './lake.rig.ts';

describeContract('analytics', 'inventory', (contract) => {
  it('whether a SKU is in stock, for the lake', () =>
    contract.hears(
      'inventory.availability_changed',
      { sku: string('LAMP-OAK'), version: integer(3), is_available: boolean(true) },
      (event) => entersLake(event, 'sku', 'version', 'is_available'),
    ));

  it('how many units of a SKU there are, to count its turns, and for the lake', () => {
    const counted = {
      sku: string('LAMP-OAK'),
      product_id: uuid('0190a000-0000-7000-8000-00000000000a'),
      variant_id: uuid('0190a000-0000-7000-8000-00000000000b'),
      version: integer(3),
      on_hand: integer(7),
      changed_at: moment('2026-03-01T12:00:00.000Z'),
    };
    return contract.hears('inventory.stock_changed', counted, async (event) => {
      expect(await factOf(event)).toEqual({
        kind: 'count',
        factId: event.event_id,
        at: new Date('2026-03-01T12:00:00.000Z'),
        sku: 'LAMP-OAK',
        productId: '0190a000-0000-7000-8000-00000000000a',
        variantId: '0190a000-0000-7000-8000-00000000000b',
        version: 3,
        onHand: 7,
      });
      await entersLake(event, ...Object.keys(counted));
    });
  });
});
