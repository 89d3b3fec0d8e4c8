import { describe, expect, it } from 'vitest';
import type { CallAnswer } from '#adapters/http/client.ts';
import { err, ok } from '#kernel/result.ts';
import { httpStockAdjustments } from '../adapters/clients/inventory.http.ts';

const adjustment = (at: number) => ({ id: `id-${at}`, sku: `SKU-${at}`, delta: 1, reason: 'Delivery' });
const many = (count: number) => Array.from({ length: count }, (_, at) => adjustment(at));

describe('the inventory', () => {
  it('gets at most 500 adjustments at once, and its outcomes stay in their order', async () => {
    const sizes: number[] = [];
    const stock = httpStockAdjustments(({ body }) => {
      const { adjustments } = body as { readonly adjustments: readonly { readonly sku: string }[] };
      sizes.push(adjustments.length);
      const items = adjustments.map(({ sku }) =>
        sku === 'SKU-700' ? { outcome: 'refused', detail: 'No.' } : { outcome: 'adjusted' },
      );
      return Promise.resolve({ status: 200, body: { items } });
    });
    const outcomes = await stock.make(many(1_100), 'u-1');
    expect(sizes).toEqual([500, 500, 100]);
    expect(outcomes.map(({ ok: isMade }) => isMade).indexOf(false)).toBe(700);
    expect([outcomes[0], outcomes[700]]).toEqual([ok(undefined), err('No.')]);
    expect(await stock.make([], 'u-1')).toEqual([]);
    expect(sizes).toHaveLength(3);
  });

  it.each<[string, CallAnswer]>([
    ['a refusal', { status: 403, body: { code: 'FORBIDDEN' } }],
    ['no list', { status: 200, body: {} }],
    ['too few outcomes', { status: 200, body: { items: [{ outcome: 'adjusted' }] } }],
    ['an outcome that is none', { status: 200, body: { items: [{ outcome: 'adjusted' }, {}] } }],
  ])('fails the call with %s', async (_, response) => {
    const stock = httpStockAdjustments(() => Promise.resolve(response));
    await expect(stock.make(many(2), 'u-1')).rejects.toThrow('/internal/v1/stock-adjustments');
  });
});
