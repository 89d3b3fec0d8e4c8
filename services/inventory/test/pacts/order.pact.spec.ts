import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { boolean, eachLike, integer, string, uuid } from '#test/kit/pact/matchers.ts';
import { events, lineOf } from '../inventory.mother.ts';
import { openStock, ORDER, PRODUCT, VARIANT } from './inventory.rig.ts';

const order_id = uuid(ORDER);
const items = eachLike({ product_id: uuid(PRODUCT), variant_id: uuid(VARIANT), quantity: integer(2) });

describeContract('inventory', 'order', (contract) => {
  it('the lines of an order, to reserve them', () =>
    contract.hears('order.placed', { order_id, items }, async (event) => {
      const stock = await openStock();
      expect(await stock.after(event)).toEqual([20, 2]);
    }));

  it('the lines of a replacement, to reserve them', () =>
    contract.hears('order.reship_requested', { order_id, attempt: integer(2), items }, async (event) => {
      const stock = await openStock();
      await stock.order();
      expect(await stock.after(event)).toEqual([20, 4]);
    }));

  it('that an order is cancelled, to release its reservations', () =>
    contract.hears('order.cancelled', { order_id, items }, async (event) => {
      const stock = await openStock();
      await stock.order();
      expect(await stock.after(event)).toEqual([20, 0]);
    }));

  it('which units staff have in hand, to sell them again', () =>
    contract.hears(
      'order.restock_requested',
      { order_id, reason: string('return'), items },
      async (event) => {
        const stock = await openStock();
        expect(await stock.after(event)).toEqual([22, 0]);
      },
    ));

  it('that goods have come back, to sell them again', () =>
    contract.hears(
      'order.case_resolved',
      { order_id, attempt: integer(1), restock: boolean(true), items },
      async (event) => {
        const stock = await openStock();
        await stock.order();
        await stock.hear(events.dispatched(ORDER, [lineOf(stock.item, 2)]));
        expect(await stock.after(event)).toEqual([20, 0]);
      },
    ));
});
