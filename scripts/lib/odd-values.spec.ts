import { describe, expect, it } from 'vitest';
import { loadSpec } from '#adapters/http/spec.ts';
import { ODD_CURSORS, ODD_NUMBERS, oddRequests } from './odd-values.ts';

const requests = (service: string) =>
  oddRequests(loadSpec(new URL(`../../openapi/${service}.yaml`, import.meta.url)), {
    order_id: ['an-order'],
  });

describe('requests with odd values', () => {
  it('try each number in each numeric parameter, and each cursor in each cursor', () => {
    const listed = requests('catalog').filter(({ operationId }) => operationId === 'listProducts');
    expect(listed).toHaveLength(ODD_NUMBERS.length + ODD_CURSORS.length);
    expect(listed.map(({ path }) => path)).toContain('/api/v1/products?limit=Infinity');
  });

  it('put invalid numbers into an otherwise valid body', () => {
    const refunds = requests('order').filter(({ operationId }) => operationId === 'refundOrder');
    const bodies = refunds.map(({ body }) => body);
    expect(bodies).toContainEqual(expect.stringContaining(':1e400'));
    expect(bodies).toContainEqual(expect.stringContaining(':-0'));
    expect(refunds[0]).toMatchObject({ path: '/api/v1/orders/an-order/refunds' });
    for (const { body } of refunds) expect(() => void JSON.parse(body ?? '')).not.toThrow();
  });

  it('are the same each time', () => {
    expect(requests('inventory')).toEqual(requests('inventory'));
  });
});
