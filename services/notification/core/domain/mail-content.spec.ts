import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import { ORDER_ID, someNews, STAFF_ID } from '../../test/event.mother.ts';
import { MAIL_KINDS } from './mail.ts';
import { mailContentOf } from './mail-content.ts';

/** Plain words: a sentence, and no code that machines use. */
const WORDS = /^[A-Z][^_]*\.$/;

describe('a mail', () => {
  it.each(MAIL_KINDS)(
    'about %s is addressed to the person in the event, and has the ID of the event',
    (kind) => {
      const news = someNews(kind);
      expect(mailContentOf(news)).toMatchObject({
        mailId: news.eventId,
        kind,
        to: { email: 'ada@example.com', name: 'Ada Lovelace' },
      });
    },
  );

  it.each([
    ['user.invited', 'Your account is waiting for you'],
    ['user.email_verification_requested', 'Confirm your e-mail address'],
    ['user.email_verified', 'Welcome, Ada'],
    ['user.logged_in_elsewhere', 'A new login to your account'],
    ['user.email_change_requested', 'A new e-mail address for your account'],
    ['user.email_changed', 'Your account has a new e-mail address'],
    ['user.factors_changed', 'The second step of your login has changed'],
    ['user.erasure_requested', 'Your account has ended'],
    ['user.erased', 'Your data has been erased'],
    ['user.registration_repeated', 'You already have an account with us'],
    ['order.placed', 'We have received your order'],
    ['order.confirmed', 'Your order is confirmed'],
    ['order.cancelled', 'Your order was cancelled'],
    ['order.address_changed', 'Your order goes to another address'],
    ['shipment.created', 'Your order is on its way'],
    ['order.delivered', 'Your order was delivered'],
    ['order.refunded', 'We have refunded 5.00 EUR'],
    ['return.requested', 'We have received your request for a return'],
    ['return.approved', 'How to send your return'],
    ['return.rejected', 'We cannot accept your return'],
    ['return.received', 'Your return has arrived'],
    ['return.refunded', 'We have refunded 11.90 EUR for your return'],
    ['return.payment_requested', 'Please pay 2.98 EUR for your exchange'],
    ['return.exchanged', 'We exchange what you sent back'],
    ['payment.failed', 'Your payment did not go through'],
    ['shipment.lost', 'Your parcel was lost'],
    ['shipment.returned', 'Your parcel came back to us'],
    ['stock.available', 'Available again'],
  ] as const)('about %s says so in its subject: %s', (kind, subject) => {
    expect(mailContentOf(someNews(kind)).subject).toBe(subject);
  });

  it('about an erasure says what is kept, why and until when, also of kinds that are new', () => {
    const news = someNews('user.erased');
    const kept = [...news.facts.kept, { kind: 'letters', count: 1, reason: 'curiosity' }];
    const about = { ...news, facts: { ...news.facts, kept } };
    expect(mailContentOf(about).data['kept']).toEqual([
      'orders (2), until 1 March 2036, because commercial and tax law demands it',
      'letters (1), because curiosity',
    ]);
    expect(mailContentOf(about, 'de').data['kept']).toEqual([
      'Bestellungen (2) bis 1. März 2036: Handels- und Steuerrecht verlangen es',
      'letters (1): curiosity',
    ]);
  });

  it('about second factors says so even of changes that are new', () => {
    const news = someNews('user.factors_changed');
    const about = { ...news, facts: { ...news.facts, change: 'something_else' } };
    expect(mailContentOf(about).data['change']).toBe('The second step of your login was changed.');
  });

  it('about a login elsewhere names the program in the language of its recipient', () => {
    const news = someNews('user.logged_in_elsewhere');
    const device = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const about = { ...news, facts: { ...news.facts, device } };
    expect(mailContentOf(about, 'de').data['device']).toBe('Firefox auf Windows');
  });

  it('about an account belongs to no order, any other to its order', () => {
    for (const kind of MAIL_KINDS)
      expect(mailContentOf(someNews(kind)).orderId).toBe(
        /^(user|cart|stock|price|alerts)[.]/.test(kind) ? undefined : ORDER_ID,
      );
  });

  it('about a password reset contains the token and its expiry', () => {
    expect(mailContentOf(someNews('user.password_reset_requested')).data).toEqual({
      name: 'Ada',
      token: 'the-token',
      until: '1 March 2026 at 12:30 UTC',
    });
  });

  it('about a new order shows its lines before tax, and how they add up to the total', () => {
    expect(mailContentOf(someNews('order.placed')).data).toEqual({
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
      isTaxIncluded: false,
      total: '1099.43 EUR',
      address: ['Ada Lovelace', '12 St James’s Square', 'Flat 2', 'SW1Y 4JH London', 'Greater London', 'GB'],
    });
  });

  it('about a new account shows its address', () => {
    expect(mailContentOf(someNews('user.email_verified')).data).toEqual({
      name: 'Ada',
      email: 'ada@example.com',
    });
  });

  it('about a repeated registration shows which address has an account', () => {
    expect(mailContentOf(someNews('user.registration_repeated')).data).toEqual({
      name: 'Ada',
      email: 'ada@example.com',
    });
  });

  it.each([
    'Sam,\n\nyour parcel is held. Pay 2 EUR: http://evil.example/p',
    'see evil.example',
    'Sam\u202e',
    'call 0900 123 456 78 at once',
  ])('does not use %j as a name, even if it was stored before such names were refused', (name) => {
    const contents = [
      mailContentOf(someNews('user.email_verified', { firstName: name })),
      mailContentOf(someNews('user.registration_repeated', { firstName: name })),
      mailContentOf(someNews('user.password_reset_requested', { firstName: name })),
      mailContentOf(someNews('order.delivered', { customer: { email: 'ada@example.com', name } })),
    ];
    for (const { to, subject, data } of contents) {
      expect(to).toEqual({ email: 'ada@example.com', name: '' });
      expect(data['name']).toBe('customer');
      expect(subject).not.toContain(name);
    }
    expect(contents[0]?.subject).toBe('Welcome');
  });

  it('shows an address in plain lines, without messages and links', () => {
    const address = {
      recipient: 'Ada\n\nPay at http://evil.example',
      line1: 'Gata 1\u202e',
      city: 'St.Gallen',
      postalCode: '9000',
      country: 'CH',
    };
    expect(mailContentOf(someNews('order.confirmed', { address })).data).toMatchObject({
      address: ['Ada Pay at http: / /evil. example', 'Gata 1', '9000 St. Gallen', 'CH'],
    });
  });

  it('about a confirmed order shows items, carrier and address', () => {
    expect(mailContentOf(someNews('order.confirmed')).data).toMatchObject({
      lines: [{ quantity: 1 }, { quantity: 2 }],
      total: '1099.43 EUR',
      service: 'Swift Standard',
      address: expect.arrayContaining(['SW1Y 4JH London']),
    });
  });

  it('about a parcel shows how to track it', () => {
    expect(mailContentOf(someNews('shipment.created')).data).toMatchObject({
      carrier: 'Swift',
      service: 'Standard',
      trackingNumber: 'SW123456789GB',
      expected: '4 March 2026',
    });
  });

  it('about a delivery shows its date', () => {
    expect(mailContentOf(someNews('order.delivered')).data).toMatchObject({ date: '4 March 2026' });
  });

  it('shows amounts with as many places as their currency has', () => {
    expect(mailContentOf(someNews('payment.failed', { amount: money(900, 'JPY') })).data).toMatchObject({
      amount: '900 JPY',
    });
  });

  it('shows whether prices include tax', () => {
    expect(mailContentOf(someNews('order.placed', { isTaxIncluded: true })).data).toMatchObject({
      isTaxIncluded: true,
    });
  });

  it('leaves out the parts that an address lacks', () => {
    const address = {
      recipient: 'Bo',
      line1: 'Gata 1',
      city: 'Oslo',
      postalCode: '0150',
      country: 'NO',
    };
    expect(mailContentOf(someNews('order.confirmed', { address })).data).toMatchObject({
      address: ['Bo', 'Gata 1', '0150 Oslo', 'NO'],
    });
    const without = { ...address, postalCode: '' };
    expect(mailContentOf(someNews('order.confirmed', { address: without })).data).toMatchObject({
      address: ['Bo', 'Gata 1', 'Oslo', 'NO'],
    });
  });

  it.each([
    ['order.confirmed', 'Your replacement is being prepared'],
    ['shipment.created', 'Your replacement is on its way'],
  ] as const)('about %s mentions a replacement: %s', (kind, subject) => {
    expect(mailContentOf(someNews(kind)).data).toMatchObject({ isReplacement: false });
    expect(mailContentOf(someNews(kind, { attempt: 2 }))).toMatchObject({
      subject,
      data: { isReplacement: true },
    });
  });

  it('explains why an order was cancelled, with a sentence per reason', () => {
    const reasons = ['customer', 'staff', 'out_of_stock', 'payment_failed', 'timeout', 'something new'];
    const said = reasons.map(
      (reason) => mailContentOf(someNews('order.cancelled', { reason })).data['reason'],
    );
    expect(said).toEqual(reasons.map((): unknown => expect.stringMatching(WORDS)));
    expect(new Set(said).size).toBe(reasons.length);
  });

  it('about an order that the shop cancelled does not say that the customer asked for it', () => {
    const why = (reason: string) => mailContentOf(someNews('order.cancelled', { reason })).data['reason'];
    expect(why('customer')).toContain('You asked');
    expect(why('staff')).not.toContain('You');
  });

  it('about a refund shows amount and reason, but not which member of staff decided it', () => {
    const { data } = mailContentOf(someNews('order.refunded'));
    expect(data).toMatchObject({ amount: '5.00 EUR', reason: 'Reason: A scratch', isOneOfSeveral: false });
    expect(JSON.stringify(data)).not.toContain(STAFF_ID);
    const second = mailContentOf(someNews('order.refunded', { total: money(750, 'EUR') }));
    expect(second.data).toMatchObject({ amount: '5.00 EUR', total: '7.50 EUR', isOneOfSeveral: true });
  });

  it('about a refund says whether it is a part of what the order cost, if that is known', () => {
    const isPartial = (orderTotal?: number) =>
      mailContentOf(
        someNews('order.refunded', orderTotal === undefined ? {} : { orderTotal: money(orderTotal, 'EUR') }),
      ).data['isPartial'];
    expect([isPartial(), isPartial(500), isPartial(501)]).toEqual([false, false, true]);
  });

  it('is written in the language of its recipient', () => {
    const { locale, subject, data } = mailContentOf(someNews('order.placed'), 'de');
    expect([locale, subject]).toEqual(['de', 'Wir haben Ihre Bestellung erhalten']);
    expect(data).toMatchObject({ date: '1. März 2026', total: '1.099,43 EUR' });
    expect(mailContentOf(someNews('user.password_reset_requested'), 'de').data['until']).toBe(
      '1. März 2026 um 12:30 Uhr (UTC)',
    );
  });

  it('explains why an amount was refunded, with a sentence per reason', () => {
    const reasons = ['lost', 'returned', 'overdue', 'refund_failed', 'cancelled'];
    const said = reasons.map(
      (reason) => mailContentOf(someNews('order.refunded', { reason })).data['reason'],
    );
    expect(said).toEqual(reasons.map((): unknown => expect.stringMatching(WORDS)));
    expect(new Set(said).size).toBe(reasons.length);
  });

  it('explains why a payment was refused, with a sentence per reason', () => {
    const reasons = ['card_declined', 'insufficient_funds', 'expired_card', 'something_new'];
    const said = reasons.map(
      (reason) => mailContentOf(someNews('payment.failed', { reason })).data['reason'],
    );
    expect(said).toEqual(reasons.map((): unknown => expect.stringMatching(WORDS)));
    expect(new Set(said).size).toBe(reasons.length);
  });
});
