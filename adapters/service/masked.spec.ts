import { describe, expect, it } from 'vitest';
import { masked, maskedError } from './masked.ts';

describe('the payload of a dead letter, as operators see it', () => {
  it('has IDs, amounts, times and codes', () => {
    const payload = {
      order_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f21',
      placed_at: '2026-03-01T10:15:00.000Z',
      estimated_delivery: '2026-03-04',
      currency: 'EUR',
      total: 12.5,
      reason: 'card_declined',
      lines: [{ sku: 'LAMP-OAK', quantity: 2, is_gift: false, note: null }],
    };
    expect(masked(payload)).toEqual(payload);
  });

  it('has no names, addresses, words of people and tokens', () => {
    const payload = {
      customer: { email: 'sam@example.com', first_name: 'Sam', last_name: 'Shopper' },
      shipping_address: { line1: 'Karl-Marx-Allee 1', postal_code: '10178', country: 'DE' },
      order_token: 'eyJhbGciOi.abc',
      reason: 'Please send it to my neighbour',
      tags: ['sam'],
    };
    expect(masked(payload)).toEqual({
      customer: { email: '•••', first_name: '•••', last_name: '•••' },
      shipping_address: { line1: '•••', postal_code: '•••', country: 'DE' },
      order_token: '•••',
      reason: '•••',
      tags: ['•••'],
    });
  });

  it('is masked even where it follows no schema', () => {
    expect(masked('sam@example.com')).toBe('•••');
    expect(masked({ sam: { sam: ['Sam'] } })).toEqual({ sam: { sam: ['•••'] } });
  });

  it('comes with an error without addresses, cut to a readable length', () => {
    expect(maskedError('Key (email)=(sam@example.com) exists')).toBe('Key (email)=(•••) exists');
    expect(maskedError('x'.repeat(9_000))).toHaveLength(1_000);
  });
});
