import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import { anEvent, ORDER_ID } from '../../test/event.mother.ts';
import { newsOf } from './news.ts';

describe('an event', () => {
  it('about an order has amounts in minor units of its currency', () => {
    const event = anEvent('order.placed');
    const { placed_at } = event.payload;
    expect(newsOf(event)).toEqual({
      eventId: event.event_id,
      kind: 'order.placed',
      userId: event.payload.customer.user_id,
      facts: {
        orderId: ORDER_ID,
        customer: { email: 'ada@example.com', name: 'Ada Lovelace' },
        placedAt: placed_at,
        lines: [
          { name: 'Aerion 14 (Silver)', quantity: 1, price: money(89_999, 'EUR') },
          { name: 'Mug <b>large</b>', quantity: 2, price: money(950, 'EUR') },
        ],
        carrier: 'Swift',
        service: 'Standard',
        subtotal: money(91_899, 'EUR'),
        shippingPrice: money(490, 'EUR'),
        tax: money(17_554, 'EUR'),
        isTaxIncluded: false,
        total: money(109_943, 'EUR'),
        address: {
          recipient: 'Ada Lovelace',
          line1: '12 St James’s Square',
          line2: 'Flat 2',
          city: 'London',
          region: 'Greater London',
          postalCode: 'SW1Y 4JH',
          country: 'GB',
        },
      },
    });
    expect(newsOf(anEvent('payment.failed', { amount: 900, currency: 'JPY' }))).toMatchObject({
      facts: { amount: money(900, 'JPY') },
    });
  });

  it('says whether prices include tax', () => {
    expect(newsOf(anEvent('order.placed', { prices_include_tax: true }))).toMatchObject({
      facts: { isTaxIncluded: true },
    });
  });

  it('about an account contains its owner', () => {
    const { payload } = anEvent('user.password_reset_requested');
    expect(newsOf(anEvent('user.password_reset_requested'))).toMatchObject({
      facts: {
        email: payload.email,
        firstName: 'Ada',
        lastName: 'Lovelace',
        token: 'the-token',
        expiresAt: payload.expires_at,
      },
    });
  });
});
