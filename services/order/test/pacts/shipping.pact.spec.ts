import { describe, expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, day, eachLike, integer, number, oneOf, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpReturnLabels, httpShippingQuotes } from '../../adapters/clients/upstreams.http.ts';
import { AUTHORIZED, CANCEL, CAPTURED, DISPATCHED, HOLD, READDRESS, RESERVED } from '../order.mother.ts';
import { ORDER, orderAfter, PAYMENT_OR_PARCEL as PARCEL } from './orders.rig.ts';

const ADDRESS = { recipient: 'Sam', line1: 'Road 1', city: 'Berlin', postal_code: '10115', country: 'DE' };
const about = { order_id: uuid(ORDER), attempt: integer(1) };

describeContract('order', 'shipping', (contract) => {
  describe('quotes', () => {
    const askingFor = (country: string) =>
      ({
        method: 'POST',
        path: '/internal/v1/shipping-quotes',
        scope: 'quotes:read',
        body: { address: { country, postal_code: '10115' }, item_count: 2, currency: 'EUR' },
      }) as const;

    it('carriers, times and prices', () =>
      contract.asks(
        {
          given: 'carriers go to Germany',
          asking: 'what a parcel costs',
          request: askingFor('DE'),
          response: {
            status: 200,
            body: {
              items: eachLike({
                option_id: string('dhl:express'),
                carrier: string('DHL'),
                service: string('Express'),
                price: number(12.9),
                currency: currency(),
                estimated_delivery: day('2026-03-03'),
              }),
            },
          },
        },
        async (client) => {
          expect(await httpShippingQuotes(client).quote(ADDRESS, 2, 'EUR')).toEqual([
            {
              optionId: 'dhl:express',
              carrier: 'DHL',
              service: 'Express',
              price: { minor: 1_290, currency: 'EUR' },
              estimatedDelivery: '2026-03-03',
            },
          ]);
        },
      ));

    it('no options where no carrier delivers', () =>
      contract.asks(
        {
          given: 'no carrier goes to Antarctica',
          asking: 'what a parcel to Antarctica costs',
          request: askingFor('AQ'),
          response: { status: 200, body: { items: [] } },
        },
        async (client) => {
          const address = { ...ADDRESS, country: 'AQ' };
          expect(await httpShippingQuotes(client).quote(address, 2, 'EUR')).toEqual([]);
        },
      ));
  });

  it('the label of a return', () =>
    contract.asks(
      {
        given: 'carriers go to Germany',
        asking: 'the label of a return',
        request: {
          method: 'POST',
          path: '/internal/v1/return-labels',
          scope: 'return-labels:print',
          body: {
            return_id: ORDER,
            reference: 'J6SW-3T35-R1',
            option_id: 'dhl:express',
            from: ADDRESS,
            to: ['Kettle shop', 'Road 1'],
            item_count: 1,
          },
        },
        response: { status: 200, body: { pdf: string('JVBERi0xLjcK') } },
      },
      async (client) => {
        const pdf = await httpReturnLabels(client).print({
          returnId: ORDER,
          number: 'J6SW-3T35-R1',
          optionId: 'dhl:express',
          from: ADDRESS,
          to: ['Kettle shop', 'Road 1'],
          itemCount: 1,
        });
        expect(Buffer.from(pdf ?? []).toString()).toMatch(/^%PDF-/);
      },
    ));

  it('which parcel was dispatched and how to track it', () =>
    contract.hears(
      'shipment.created',
      {
        ...about,
        shipment_id: uuid(PARCEL),
        carrier: string('DHL'),
        tracking_number: string('JD014'),
        estimated_delivery: day('2026-03-03'),
      },
      async (event) => {
        expect(await orderAfter(event, RESERVED, AUTHORIZED, CAPTURED)).toMatchObject({
          status: 'shipped',
          parcels: [
            {
              shipmentId: PARCEL,
              carrier: 'DHL',
              trackingNumber: 'JD014',
              estimatedDelivery: '2026-03-03',
            },
          ],
        });
      },
    ));

  it('that a parcel is held', () =>
    contract.hears('shipment.held', { ...about, instruction: integer(1) }, async (event) => {
      expect(await orderAfter(event, RESERVED, AUTHORIZED, HOLD)).toMatchObject({
        hold: { isEffective: true },
      });
    }));

  it('that a parcel goes to another address', () =>
    contract.hears('shipment.readdressed', { ...about, correction: integer(1) }, async (event) => {
      expect(await orderAfter(event, RESERVED, AUTHORIZED, READDRESS)).toMatchObject({
        address: { line1: 'Road 2' },
      });
    }));

  it('that a parcel was stopped, to cancel the order', () =>
    contract.hears('shipment.cancelled', about, async (event) => {
      expect(await orderAfter(event, RESERVED, AUTHORIZED, CANCEL)).toMatchObject({ status: 'cancelled' });
    }));

  it('the tracking status of a parcel', () =>
    contract.hears(
      'shipment.status_updated',
      {
        ...about,
        status: oneOf('lost', 'in_transit', 'out_for_delivery', 'delivered', 'returned'),
        description: string('The parcel cannot be found'),
      },
      async (event) => {
        const order = await orderAfter(event, RESERVED, AUTHORIZED, CAPTURED, DISPATCHED);
        expect(order).toMatchObject({ status: 'lost', cases: [{ kind: 'lost', state: 'open' }] });
        expect(order?.timeline.map(({ detail }) => detail)).toContain('The parcel cannot be found');
      },
    ));
});
