import { ok, type Result } from '#kernel/result.ts';
import type { Command } from './commands.ts';
import {
  shipmentOf,
  UNDER_WAY,
  type Consignment,
  type Label,
  type Shipment,
  type Tracked,
} from './consignment.ts';
import type { ShippingEvent } from './events.ts';

/** Decides a command. Commands are idempotent; confirmation and payment may arrive in any order. */
export const decide = (
  command: Command,
  consignment: Consignment,
  now: Date,
): Result<readonly ShippingEvent[], never> => ok(eventsOf(command, consignment, now));

const eventsOf = (command: Command, consignment: Consignment, at: Date): readonly ShippingEvent[] => {
  switch (command.type) {
    case 'confirm':
      return decideConfirm(command, consignment, at);
    case 'pay':
      return decidePay(consignment, at);
    case 'instruct':
      return decideInstruct(command, consignment, at);
    case 'readdress':
      return decideReaddress(command, consignment, at);
    case 'request_cancel':
      return decideRequest(command, consignment, at);
    case 'cancel_order':
      return decideCancelOrder(consignment, at);
    case 'begin': {
      const { status, handling } = shipmentOf(consignment, command.attempt) ?? {};
      return status === 'scheduled' && handling !== 'held'
        ? [{ type: 'labelling_begun', attempt: command.attempt, at }]
        : [];
    }
    case 'labelled':
      return decideLabelled(command.attempt, command.label, consignment, at);
    case 'tracked':
      return decideTracked(shipmentOf(consignment, command.attempt), command.updates, at);
  }
};

const decideConfirm = (
  { attempt, shipmentId, parcel }: Command & { readonly type: 'confirm' },
  consignment: Consignment,
  at: Date,
): readonly ShippingEvent[] => {
  const known = shipmentOf(consignment, attempt);
  if (known?.parcel || consignment.isCancelled) return [];
  const confirmed: ShippingEvent = { type: 'confirmed', attempt, shipmentId, parcel, at };
  const isWaiting = !known || known.status === 'waiting';
  return consignment.isPaid && isWaiting ? [confirmed, { type: 'scheduled', attempt, at }] : [confirmed];
};

const decidePay = (consignment: Consignment, at: Date): readonly ShippingEvent[] => {
  if (consignment.isPaid) return [];
  const waiting = consignment.shipments.filter(({ status, parcel }) => status === 'waiting' && parcel);
  return [
    { type: 'paid', at },
    ...waiting.map(({ attempt }): ShippingEvent => ({ type: 'scheduled', attempt, at })),
  ];
};

const callOff = (shipment: Shipment, wasAsked: boolean, at: Date): readonly ShippingEvent[] => {
  const { shipmentId, attempt, status } = shipment;
  if (!isNotBegun(shipment)) return [];
  return [{ type: 'called_off', shipmentId, attempt, wasAsked, wasScheduled: status === 'scheduled', at }];
};

/** Too late once a label may have been bought: then `shipment.created` is the reply. */
const decideInstruct = (
  { attempt, shipmentId, handling, instruction }: Command & { readonly type: 'instruct' },
  consignment: Consignment,
  at: Date,
): readonly ShippingEvent[] => {
  const known = shipmentOf(consignment, attempt);
  if (known && (instruction <= known.instruction || !isNotBegun(known))) return [];
  return consignment.isCancelled
    ? []
    : [
        {
          type: 'instructed',
          attempt,
          shipmentId: known?.shipmentId ?? shipmentId,
          handling,
          instruction,
          at,
        },
      ];
};

/** Too late once a label may have been bought, as with an instruction. */
const decideReaddress = (
  { attempt, shipmentId, address, correction }: Command & { readonly type: 'readdress' },
  consignment: Consignment,
  at: Date,
): readonly ShippingEvent[] => {
  const known = shipmentOf(consignment, attempt);
  if (consignment.isCancelled || (known && (correction <= known.correction || !isNotBegun(known)))) return [];
  return [
    { type: 'readdressed', attempt, shipmentId: known?.shipmentId ?? shipmentId, address, correction, at },
  ];
};

const isNotBegun = ({ status }: Shipment): boolean => status === 'waiting' || status === 'scheduled';

const decideRequest = (
  { attempt, shipmentId }: Command & { readonly type: 'request_cancel' },
  consignment: Consignment,
  at: Date,
): readonly ShippingEvent[] => {
  const known = shipmentOf(consignment, attempt);
  if (known) return callOff(known, true, at);
  return [{ type: 'called_off', shipmentId, attempt, wasAsked: true, wasScheduled: false, at }];
};

const decideCancelOrder = (consignment: Consignment, at: Date): readonly ShippingEvent[] =>
  consignment.isCancelled
    ? []
    : [
        { type: 'order_cancelled', at },
        ...consignment.shipments.flatMap((shipment) => callOff(shipment, false, at)),
      ];

const decideLabelled = (
  attempt: number,
  label: Label,
  consignment: Consignment,
  at: Date,
): readonly ShippingEvent[] => {
  if (shipmentOf(consignment, attempt)?.status !== 'labelling') return [];
  return [{ type: consignment.isCancelled ? 'label_discarded' : 'dispatched', attempt, label, at }];
};

/** Each status once, in the carrier's order; none after the end of the journey. */
const decideTracked = (
  shipment: Shipment | undefined,
  updates: readonly Tracked[],
  at: Date,
): readonly ShippingEvent[] => {
  if (!shipment) return [];
  const moves: ShippingEvent[] = [];
  const seen = new Set(shipment.history.map(({ status }) => status));
  let { status } = shipment;
  for (const news of updates) {
    if (!UNDER_WAY.includes(status) || seen.has(news.status)) continue;
    moves.push({ type: 'moved', attempt: shipment.attempt, news, at });
    seen.add(news.status);
    ({ status } = news);
  }
  return moves;
};
