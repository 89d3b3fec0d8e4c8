import { expect, it } from 'vitest';
import { eventAbout } from '#test/kit/events.ts';
import { changesOf } from './changes.ts';

const ID = '0190a000-0000-7000-8000-00000000000c';
const VARIANT = '0190a000-0000-7000-8000-00000000000d';
const line = { product_id: ID, variant_id: VARIANT, quantity: 1 };

it.each([
  [eventAbout(ID, 'order.confirmed'), [`order ${ID}`], []],
  [eventAbout(ID, 'order.address_changed'), [`order ${ID}`], []],
  [eventAbout(ID, 'order.case_opened'), [`order ${ID}`, `case ${ID}`], []],
  [eventAbout(ID, 'payment.successful'), [`order ${ID}`], [`order ${ID}`]],
  [
    eventAbout(ID, 'shipment.created', { items: [line] }),
    [`order ${ID}`],
    [`order ${ID}`, `stock ${VARIANT}`],
  ],
  [eventAbout(ID, 'order.cancelled', { items: [line] }), [`order ${ID}`], [`stock ${VARIANT}`]],
  [eventAbout(ID, 'inventory.reserved', { items: [line] }), [`stock ${VARIANT}`], [`order ${ID}`]],
  [eventAbout(ID, 'inventory.low_stock', { sku: 'ABC' }), ['stock ABC'], []],
  [eventAbout(ID, 'return.requested'), [`return ${ID}`], []],
  [eventAbout(ID, 'review.updated'), [`review ${ID}`], []],
  [eventAbout(ID, 'staff.acted', { subject: { kind: 'staff file', id: ID } }), [`order ${ID}`], []],
  [eventAbout(ID, 'staff.acted', { subject: { kind: 'return', id: ID } }), [`return ${ID}`], []],
  [eventAbout(ID, 'staff.acted', { subject: { kind: 'stock', id: 'ABC' } }), ['stock ABC'], []],
  [eventAbout(ID, 'staff.acted', { subject: { kind: 'user', id: ID } }), [], []],
])('$event_type names what staff read again', (event, now, soon) => {
  const changes = changesOf(event);
  const text = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;
  expect([changes.now.map(text), changes.soon.map(text)]).toEqual([now, soon]);
});
