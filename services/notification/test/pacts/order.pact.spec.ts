import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, eachLike, integer, moment, number, regex, string } from '#test/kit/pact/matchers.ts';
import { about, mailTaskAfter, ORDER, toAda } from './mails.rig.ts';
import { passesOn } from './webhooks.rig.ts';

const items = eachLike({ name: string('Kettle (Red)'), quantity: integer(2), price: number(10) });
const sent = { carrier: string('DHL'), service: string('Express') };
const shipping_address = {
  recipient: string('Ada Lovelace'),
  line1: string('Street 1'),
  city: string('Berlin'),
  postal_code: string('10115'),
  country: regex('^[A-Z]{2}$', 'DE'),
};
const total = { total_amount: number(29.75), currency: currency() };

const written = {
  lines: [{ name: 'Kettle (Red)', quantity: 2, amount: '20.00 EUR' }],
  service: 'DHL Express',
  total: '29.75 EUR',
  address: ['Ada Lovelace', 'Street 1', '10115 Berlin', 'DE'],
};

describeContract('notification', 'order', (contract) => {
  passesOn(
    contract,
    'order.shipped',
    'order.case_opened',
    'order.case_resolved',
    'order.refund_settled',
    'return.cancelled',
  );

  it('what was ordered, to say that it has come in', () =>
    contract.hears(
      'order.placed',
      {
        ...about,
        ...total,
        items,
        shipping: { ...sent, price: number(5) },
        shipping_address,
        subtotal: number(20),
        tax_total: number(4.75),
        placed_at: moment('2026-03-01T12:00:00.000Z'),
        order_token: string('the-token'),
      },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          orderId: ORDER,
          to: toAda,
          data: {
            ...written,
            orderToken: 'the-token',
            date: '1 March 2026',
            subtotal: '20.00 EUR',
            shipping: '5.00 EUR',
            tax: '4.75 EUR',
          },
        });
      },
    ));

  it('what is confirmed, and whether it is a replacement', () =>
    contract.hears(
      'order.confirmed',
      {
        ...about,
        ...total,
        attempt: integer(1),
        items,
        shipping: sent,
        shipping_address,
        order_token: string('the-token'),
      },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          orderId: ORDER,
          to: toAda,
          data: { ...written, isReplacement: false },
        });
      },
    ));

  it('what was cancelled and why', () =>
    contract.hears(
      'order.cancelled',
      { ...about, ...total, reason: string('out_of_stock') },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          orderId: ORDER,
          to: toAda,
          data: { total: '29.75 EUR', reason: expect.stringContaining('in stock') },
        });
      },
    ));

  it('where an order goes instead', () =>
    contract.hears(
      'order.address_changed',
      { ...about, shipping_address, order_token: string('the-token') },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          orderId: ORDER,
          to: toAda,
          data: { address: written.address, orderToken: 'the-token' },
        });
      },
    ));

  it('what was delivered and when', () =>
    contract.hears(
      'order.delivered',
      { ...about, delivered_at: moment('2026-03-04T09:30:00.000Z') },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          orderId: ORDER,
          to: toAda,
          data: { date: '4 March 2026' },
        });
      },
    ));

  const returned = {
    ...about,
    return_number: string('J6SW-3T35-R1'),
    lines: eachLike({ name: string('Kettle (Red)'), quantity: integer(1) }),
    order_token: string('the-token'),
  };
  const toSender = {
    orderId: ORDER,
    to: toAda,
    data: {
      returnNumber: 'J6SW-3T35-R1',
      returned: [{ name: 'Kettle (Red)', quantity: 1 }],
      orderToken: 'the-token',
    },
  };

  it.each(['return.requested', 'return.received', 'return.exchanged'] as const)(
    '%s: which goods, to say so',
    (type) =>
      contract.hears(type, returned, async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject(toSender);
      }),
  );

  it('return.approved: where to send the goods', () =>
    contract.hears(
      'return.approved',
      { ...returned, return_address: string('Kettle shop\nRoad 1'), instructions: string('In its box') },
      async (event) => {
        const data = { ...toSender.data, address: ['Kettle shop', 'Road 1'], instructions: 'In its box' };
        expect(await mailTaskAfter(event)).toMatchObject({ ...toSender, data });
      },
    ));

  it('return.rejected: why', () =>
    contract.hears('return.rejected', { ...returned, reason: string('It was used.') }, async (event) => {
      const data = { ...toSender.data, reason: 'It was used.' };
      expect(await mailTaskAfter(event)).toMatchObject({ ...toSender, data });
    }));

  it('return.payment_requested: how much, and until when', () =>
    contract.hears(
      'return.payment_requested',
      {
        ...returned,
        amount: number(2.98),
        currency: currency(),
        valid_until: string('2026-03-15T12:00:00.000Z'),
      },
      async (event) => {
        const data = { ...toSender.data, amount: '2.98 EUR', until: '15 March 2026 at 12:00 UTC' };
        expect(await mailTaskAfter(event)).toMatchObject({ ...toSender, data });
      },
    ));

  it('return.refunded: how much', () =>
    contract.hears(
      'return.refunded',
      { ...returned, amount: number(11.9), currency: currency() },
      async (event) => {
        const data = { ...toSender.data, amount: '11.90 EUR' };
        expect(await mailTaskAfter(event)).toMatchObject({ ...toSender, data });
      },
    ));

  it('what was refunded and why', () =>
    contract.hears(
      'order.refunded',
      {
        ...about,
        amount: number(5),
        refunded_total: number(7.5),
        currency: currency(),
        reason: string('lost'),
      },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          orderId: ORDER,
          to: toAda,
          data: { amount: '5.00 EUR', total: '7.50 EUR', reason: 'The parcel was lost.' },
        });
      },
    ));
});
