import { describe, expect, it } from '@jest/globals';
import { anEvent, ORDER_ID } from '../../test/event.mother.ts';
import { LETTER_KINDS } from './letter.ts';
import { letterAbout } from './letters.ts';

describe('a letter', () => {
  it.each(LETTER_KINDS)('about %s goes to whom the event names, under its id', (kind) => {
    const event = anEvent(kind);
    expect(letterAbout(event)).toMatchObject({
      letterId: event.event_id,
      kind,
      to: { email: 'ada@example.com', name: 'Ada Lovelace' },
    });
  });

  it('about an account belongs to no order, any other to its order', () => {
    for (const kind of LETTER_KINDS)
      expect(letterAbout(anEvent(kind)).orderId).toBe(kind.startsWith('user.') ? undefined : ORDER_ID);
  });

  it('about a forgotten password brings the token, and says how long it is good', () => {
    expect(letterAbout(anEvent('user.password_reset_requested')).data).toEqual({
      name: 'Ada',
      token: 'the-token',
      until: '1 March 2026 at 12:30 UTC',
    });
  });

  it('about a new order shows its lines before tax, and how they come to the total', () => {
    expect(letterAbout(anEvent('order.placed')).data).toEqual({
      name: 'Ada Lovelace',
      orderId: ORDER_ID,
      date: '1 March 2026',
      lines: [
        { name: 'Aerion 14 (Silver)', quantity: 1, amount: '899.99 EUR' },
        { name: 'Mug <b>large</b>', quantity: 2, amount: '19.00 EUR' },
      ],
      subtotal: '918.99 EUR',
      service: 'Swift Standard',
      shipping: '4.90 EUR',
      tax: '175.54 EUR',
      total: '1099.43 EUR',
      address: ['Ada Lovelace', '12 St James’s Square', 'Flat 2', 'SW1Y 4JH London', 'Greater London', 'GB'],
    });
  });

  it('shows amounts with as many places as their currency has', () => {
    expect(letterAbout(anEvent('payment.failed', { amount: 900, currency: 'JPY' })).data).toMatchObject({
      amount: '900 JPY',
    });
  });

  it('leaves out the parts that an address lacks', () => {
    const shipping_address = {
      recipient: 'Bo',
      line1: 'Gata 1',
      city: 'Oslo',
      postal_code: '0150',
      country: 'NO',
    };
    expect(letterAbout(anEvent('order.confirmed', { shipping_address })).data).toMatchObject({
      address: ['Bo', 'Gata 1', '0150 Oslo', 'NO'],
    });
  });

  it.each(['order.confirmed', 'shipment.created'] as const)('about %s knows a replacement', (kind) => {
    const first = letterAbout(anEvent(kind));
    const second = letterAbout(anEvent(kind, { attempt: 2 }));
    expect([first.data['isReplacement'], second.data['isReplacement']]).toEqual([false, true]);
    expect(second.subject).not.toBe(first.subject);
  });

  it.each(['customer', 'out_of_stock', 'payment_failed', 'timeout', 'something new'])(
    'says in words that %s was why an order was cancelled',
    (reason) => {
      const said = String(letterAbout(anEvent('order.cancelled', { reason })).data['reason']);
      expect(said).toMatch(/^[A-Z].*\.$/);
      expect(said).not.toContain('_');
    },
  );

  it.each(['card_declined', 'insufficient_funds', 'expired_card', 'something_new'])(
    'says in words that %s was why a payment was refused',
    (reason) => {
      const said = String(letterAbout(anEvent('payment.failed', { reason })).data['reason']);
      expect(said).toMatch(/^[A-Z].*\.$/);
      expect(said).not.toContain('_');
    },
  );
});
