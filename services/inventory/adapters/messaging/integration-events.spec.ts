import { describe, expect, it } from 'vitest';
import { anId, anItem, lineOf } from '../../test/inventory.mother.ts';
import { toWire } from './integration-events.ts';

const orderId = anId();
const item = anItem({ stock: 7, reserved: 3, version: 4 });
const { productId, variantId } = item;
const about = { aggregateId: orderId, aggregateVersion: 2, key: orderId };

describe('other services learn', () => {
  it('that all lines of an order are reserved', () => {
    expect(
      toWire({
        type: 'inventory.reserved',
        event: { type: 'reserved', orderId, attempt: 2, lines: [lineOf(item, 3)] },
      }),
    ).toEqual({
      ...about,
      type: 'inventory.reserved',
      payload: {
        order_id: orderId,
        attempt: 2,
        items: [{ product_id: productId, variant_id: variantId, quantity: 3 }],
      },
    });
  });

  it('which lines are short, and how many units are available', () => {
    const shortages = [{ line: lineOf(item, 9), available: 4 }];
    expect(
      toWire({
        type: 'inventory.out_of_stock',
        event: { type: 'out_of_stock', orderId, attempt: 2, shortages },
      }),
    ).toEqual({
      ...about,
      type: 'inventory.out_of_stock',
      payload: {
        order_id: orderId,
        attempt: 2,
        shortages: [{ product_id: productId, variant_id: variantId, requested: 9, available: 4 }],
      },
    });
  });

  it('how many units of an item there are, whether or not they are reserved', () => {
    const at = new Date('2026-03-01T12:00:00Z');
    expect(
      toWire({ type: 'inventory.stock_changed', event: { type: 'stock_count', item, at } }),
    ).toStrictEqual({
      type: 'inventory.stock_changed',
      aggregateId: item.sku,
      aggregateVersion: 4,
      payload: {
        sku: item.sku,
        product_id: productId,
        variant_id: variantId,
        version: 4,
        on_hand: 7,
        changed_at: '2026-03-01T12:00:00.000Z',
      },
    });
  });

  it('that an item is low on stock, because of an order or of staff', () => {
    const low = {
      type: 'inventory.low_stock',
      aggregateId: variantId,
      aggregateVersion: 4,
      payload: {
        product_id: productId,
        variant_id: variantId,
        sku: item.sku,
        available: 4,
        threshold: 5,
      },
    };
    expect(toWire({ type: 'inventory.low_stock', event: { type: 'low_stock', item } })).toStrictEqual(low);
  });
});
