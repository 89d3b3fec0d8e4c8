import { describe, expect, it } from 'vitest';
import { reactionTo } from '#kernel/process.ts';
import {
  after,
  askCancel,
  begin,
  CANCEL_ORDER,
  confirm,
  LABEL,
  labelled,
  NOW,
  ORDER,
  PARCEL,
  PAY,
  reactions,
  shippingProcess,
  tracked,
} from '../../test/consignment.mother.ts';
import type { Command } from './commands.ts';
import { carrierIdOf, itemCountOf } from './consignment.ts';

const AT = NOW.toISOString();
const SHIPMENT = '00000000-0000-7000-8000-000000000101';
const LABELLING = [confirm(), PAY, begin()];

const given = (...history: readonly Command[]) => ({
  /** Consequences of each event of the command. */
  when: (command: Command) => reactions(history, command),
});

describe('a paid parcel', () => {
  const dispatch = {
    schedule: [
      {
        key: `${ORDER}:1:dispatch`,
        kind: 'shipping.dispatch',
        payload: { orderId: ORDER, attempt: 1 },
        runAt: new Date('2026-03-01T12:30:00Z'),
      },
    ],
  };

  it('is dispatched after the delay, whichever event arrived first', () => {
    expect(given(confirm()).when(PAY)).toStrictEqual([{}, dispatch]);
    expect(given(PAY).when(confirm())).toStrictEqual([{}, dispatch]);
  });
});

describe('a stopped parcel', () => {
  const cancelled = {
    publish: {
      type: 'shipment.cancelled',
      aggregateId: SHIPMENT,
      aggregateVersion: 2,
      key: ORDER,
      payload: { order_id: ORDER, attempt: 1, cancelled_at: AT },
    },
  };

  it('is published if it was requested', () => {
    expect(given(confirm()).when(askCancel())).toStrictEqual([cancelled]);
  });

  it('is no longer dispatched', () => {
    expect(given(confirm(), PAY).when(askCancel())).toMatchObject([
      { ...cancelled, publish: { aggregateVersion: 4 }, cancel: [`${ORDER}:1:dispatch`] },
    ]);
  });

  it('is published even if its order was unknown before', () => {
    const [followed] = given().when(askCancel());
    expect(followed?.publish).toMatchObject({ type: 'shipment.cancelled', payload: { attempt: 1 } });
    expect(followed?.cancel).toBeUndefined();
  });

  it('is not published if its whole order is cancelled', () => {
    expect(given(confirm()).when(CANCEL_ORDER)).toStrictEqual([{}, {}]);
    expect(given(confirm(), PAY).when(CANCEL_ORDER)).toStrictEqual([{}, { cancel: [`${ORDER}:1:dispatch`] }]);
  });
});

describe('a label', () => {
  it('is bought once: nothing follows until it exists', () => {
    expect(given(confirm(), PAY).when(begin())).toStrictEqual([{}]);
  });

  it('is published with everything needed to track the parcel', () => {
    expect(given(...LABELLING).when(labelled())).toEqual([
      {
        publish: {
          type: 'shipment.created',
          aggregateId: SHIPMENT,
          aggregateVersion: 5,
          key: ORDER,
          payload: {
            order_id: ORDER,
            attempt: 1,
            customer: { user_id: PARCEL.customer.userId, email: 'ada@example.com', name: 'Ada' },
            shipment_id: SHIPMENT,
            carrier: 'DHL',
            service: 'Express',
            tracking_number: LABEL.trackingNumber,
            items: [
              {
                product_id: PARCEL.items[0]?.productId,
                variant_id: PARCEL.items[0]?.variantId,
                quantity: 2,
              },
            ],
            estimated_delivery: '2026-03-02',
            created_at: AT,
          },
        },
      },
    ]);
  });

  it('is voided at its carrier if the order was cancelled meanwhile', () => {
    expect(given(...LABELLING, CANCEL_ORDER).when(labelled())).toStrictEqual([
      {
        schedule: [
          {
            key: `${ORDER}:1:void`,
            kind: 'shipping.void_label',
            payload: { carrierId: 'dhl', trackingNumber: LABEL.trackingNumber },
          },
        ],
      },
    ]);
  });

  it('cannot exist without a parcel', () => {
    const event = { type: 'dispatched', attempt: 1, label: LABEL, at: NOW } as const;
    for (const consignment of [after(askCancel()), after()]) {
      const step = { before: consignment, after: consignment, event, version: 1 };
      expect(() => reactionTo(shippingProcess, step)).toThrow('no parcel 1');
    }
  });
});

describe('reports on a parcel', () => {
  it('are published as the carrier reports them', () => {
    expect(given(...LABELLING, labelled()).when(tracked('in_transit'))).toEqual([
      {
        publish: {
          type: 'shipment.status_updated',
          aggregateId: SHIPMENT,
          aggregateVersion: 6,
          key: ORDER,
          payload: {
            order_id: ORDER,
            attempt: 1,
            shipment_id: SHIPMENT,
            status: 'in_transit',
            description: 'in_transit',
            occurred_at: AT,
          },
        },
      },
    ]);
  });
});

describe('a parcel', () => {
  it('counts its items, and gets its carrier from the chosen option', () => {
    const [item] = PARCEL.items;
    expect(itemCountOf({ ...PARCEL, items: item ? [item, { ...item, quantity: 3 }] : [] })).toBe(5);
    expect(carrierIdOf('dhl:express')).toBe('dhl');
  });
});
