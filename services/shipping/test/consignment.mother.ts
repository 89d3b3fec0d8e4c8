import type { Command } from '../core/domain/commands.ts';
import type { Address, Handling, CarrierStatus, Label, Parcel, Tracked } from '../core/domain/consignment.ts';
import { MINUTE } from '#kernel/clock.ts';
import { playing } from '#test/kit/process.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeShippingProcess } from '../core/domain/process.ts';

export const NOW = new Date('2026-03-01T12:00:00Z');
export const ORDER = '00000000-0000-7000-8000-000000000001';

export const PARCEL: Parcel = {
  customer: { userId: '00000000-0000-7000-8000-000000000002', email: 'ada@example.com', name: 'Ada' },
  items: [
    {
      productId: '00000000-0000-7000-8000-000000000003',
      variantId: '00000000-0000-7000-8000-000000000004',
      quantity: 2,
    },
  ],
  optionId: 'dhl:express',
  carrier: 'DHL',
  service: 'Express',
  address: { recipient: 'Ada', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
};

export const LABEL: Label = { trackingNumber: 'JJD1', estimatedDelivery: '2026-03-02', boughtAt: NOW };

const idOf = (attempt: number): string => `00000000-0000-7000-8000-00000000010${attempt}`;

export const confirm = (attempt = 1): Command => ({
  type: 'confirm',
  attempt,
  shipmentId: idOf(attempt),
  parcel: PARCEL,
});
export const PAY: Command = { type: 'pay' };
export const askCancel = (attempt = 1): Command => ({
  type: 'request_cancel',
  attempt,
  shipmentId: idOf(attempt),
});
export const instruct = (handling: Handling, instruction = 1, attempt = 1): Command => ({
  type: 'instruct',
  attempt,
  shipmentId: idOf(attempt),
  handling,
  instruction,
});
export const ELSEWHERE: Address = { ...PARCEL.address, line1: 'Street 2' };
export const readdress = (correction = 1, address = ELSEWHERE, attempt = 1): Command => ({
  type: 'readdress',
  attempt,
  shipmentId: idOf(attempt),
  address,
  correction,
});
export const CANCEL_ORDER: Command = { type: 'cancel_order' };
export const begin = (attempt = 1): Command => ({ type: 'begin', attempt });
export const labelled = (attempt = 1): Command => ({ type: 'labelled', attempt, label: LABEL });

export const report = (status: CarrierStatus): Tracked => ({ status, description: status, occurredAt: NOW });
export const tracked = (...statuses: readonly CarrierStatus[]): Command => ({
  type: 'tracked',
  attempt: 1,
  updates: statuses.map(report),
});

const DELAY_MS = 30 * MINUTE;
export const shippingProcess = makeShippingProcess(DELAY_MS);

export const { after, eventsAfter, reactions } = playing(shippingProcess, toWire, { id: ORDER, now: NOW });
