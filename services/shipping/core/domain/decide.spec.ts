import { describe, expect, it } from 'vitest';
import {
  after,
  askCancel,
  begin,
  CANCEL_ORDER,
  confirm,
  ELSEWHERE,
  eventsAfter,
  instruct,
  LABEL,
  labelled,
  NOW,
  ORDER,
  PARCEL,
  PAY,
  readdress,
  report,
  tracked,
} from '../../test/consignment.mother.ts';
import type { Command } from './commands.ts';
import { evolve, unknown } from './evolve.ts';

const given = (...history: readonly Command[]) => {
  return {
    status: after(...history).shipments[0]?.status,
    when: (command: Command) => eventsAfter(history, command).map(({ type }) => type),
  };
};

/** Histories that lead to each state of the first parcel. */
const STATES = {
  unknown: [],
  waiting: [confirm()],
  scheduled: [confirm(), PAY],
  labelling: [confirm(), PAY, begin()],
  dispatched: [confirm(), PAY, begin(), labelled()],
  cancelled: [confirm(), askCancel()],
  tombstone: [askCancel()],
  delivered: [confirm(), PAY, begin(), labelled(), tracked('in_transit', 'out_for_delivery', 'delivered')],
} as const satisfies Record<string, readonly Command[]>;

const table = (
  command: Command,
  expected: Readonly<Record<keyof typeof STATES, readonly string[]>>,
): void => {
  it.each(Object.entries(expected))('given %s → %j', (state, then) => {
    expect(given(...STATES[state as keyof typeof STATES]).when(command)).toStrictEqual(then);
  });
};

describe('a confirmed order', () => {
  table(confirm(), {
    unknown: ['confirmed'],
    waiting: [],
    scheduled: [],
    labelling: [],
    dispatched: [],
    cancelled: [],
    tombstone: ['confirmed'],
    delivered: [],
  });

  it('is scheduled at once if it is paid already', () => {
    expect(given(PAY).when(confirm())).toEqual(['confirmed', 'scheduled']);
    expect(given(...STATES.delivered).when(confirm(2))).toEqual(['confirmed', 'scheduled']);
  });

  it('stays cancelled if that came first, but its contents are then known', () => {
    const [shipment] = after(askCancel(), PAY, confirm()).shipments;
    expect(shipment).toMatchObject({ status: 'cancelled', parcel: PARCEL });
  });

  it('has no effect on a cancelled order', () => {
    expect(given(CANCEL_ORDER).when(confirm())).toEqual([]);
  });
});

describe('a corrected address', () => {
  table(readdress(), {
    unknown: ['readdressed'],
    waiting: ['readdressed'],
    scheduled: ['readdressed'],
    labelling: [],
    dispatched: [],
    cancelled: [],
    tombstone: [],
    delivered: [],
  });

  const addressAfter = (...history: readonly Command[]) => after(...history).shipments[0]?.parcel?.address;

  it('is that of the parcel, whichever event arrived first', () => {
    expect(addressAfter(confirm(), readdress())).toEqual(ELSEWHERE);
    expect(addressAfter(readdress(), confirm(), PAY)).toEqual(ELSEWHERE);
  });

  it('is the last one, in whatever order they arrive', () => {
    const other = { ...ELSEWHERE, line1: 'Street 3' };
    expect(addressAfter(confirm(), readdress(2, other), readdress(1))).toEqual(other);
  });

  it('is not kept of an order that sends nothing', () => {
    expect(given(CANCEL_ORDER).when(readdress())).toEqual([]);
    expect(after(readdress(), CANCEL_ORDER).shipments[0]).toMatchObject({ address: undefined });
  });
});

describe('a payment', () => {
  table(PAY, {
    unknown: ['paid'],
    waiting: ['paid', 'scheduled'],
    scheduled: [],
    labelling: [],
    dispatched: [],
    cancelled: ['paid'],
    tombstone: ['paid'],
    delivered: [],
  });
});

describe('a request to cancel', () => {
  table(askCancel(), {
    unknown: ['called_off'],
    waiting: ['called_off'],
    scheduled: ['called_off'],
    labelling: [],
    dispatched: [],
    cancelled: [],
    tombstone: [],
    delivered: [],
  });

  it('affects its own parcel only', () => {
    const consignment = after(...STATES.delivered, confirm(2), askCancel(2));
    expect(consignment.shipments.map(({ status }) => status)).toEqual(['delivered', 'cancelled']);
  });
});

describe('a cancelled order', () => {
  table(CANCEL_ORDER, {
    unknown: ['order_cancelled'],
    waiting: ['order_cancelled', 'called_off'],
    scheduled: ['order_cancelled', 'called_off'],
    labelling: ['order_cancelled'],
    dispatched: ['order_cancelled'],
    cancelled: ['order_cancelled'],
    tombstone: ['order_cancelled'],
    delivered: ['order_cancelled'],
  });

  it('is cancelled once', () => {
    expect(given(CANCEL_ORDER).when(CANCEL_ORDER)).toEqual([]);
  });
});

describe('a due dispatch', () => {
  table(begin(), {
    unknown: [],
    waiting: [],
    scheduled: ['labelling_begun'],
    labelling: [],
    dispatched: [],
    cancelled: [],
    tombstone: [],
    delivered: [],
  });
});

describe('a label', () => {
  table(labelled(), {
    unknown: [],
    waiting: [],
    scheduled: [],
    labelling: ['dispatched'],
    dispatched: [],
    cancelled: [],
    tombstone: [],
    delivered: [],
  });

  it('is voided if the order was cancelled meanwhile', () => {
    const history = [...STATES.labelling, CANCEL_ORDER];
    expect(given(...history).when(labelled())).toEqual(['label_discarded']);
    expect(given(...history, labelled()).status).toBe('cancelled');
    expect(given(...history, labelled()).when(labelled())).toEqual([]);
  });
});

describe('a carrier’s reports', () => {
  table(tracked('in_transit'), {
    unknown: [],
    waiting: [],
    scheduled: [],
    labelling: [],
    dispatched: ['moved'],
    cancelled: [],
    tombstone: [],
    delivered: [],
  });

  it('count once each', () => {
    const history = [...STATES.dispatched, tracked('in_transit')];
    expect(given(...history).when(tracked('in_transit', 'out_for_delivery'))).toEqual(['moved']);
    expect(given(...STATES.dispatched).when(tracked('in_transit', 'in_transit'))).toEqual(['moved']);
  });

  it('end with the journey', () => {
    expect(given(...STATES.dispatched).when(tracked('lost', 'delivered'))).toEqual(['moved']);
  });
});

describe('a consignment', () => {
  it.each(['waiting', 'scheduled', 'labelling', 'dispatched', 'cancelled', 'delivered'] as const)(
    'can be %s',
    (status) => {
      expect(given(...STATES[status]).status).toBe(status);
    },
  );

  it('tracks its parcels in sequence, in whatever order they arrive', () => {
    const attemptsOf = (...history: readonly Command[]): number[] =>
      after(...history).shipments.map(({ attempt }) => attempt);
    expect(attemptsOf(askCancel(2), confirm(1))).toEqual([1, 2]);
    expect(attemptsOf(confirm(1), confirm(2), askCancel(1))).toEqual([1, 2]);
  });

  it('stores the carrier’s reports on a parcel, and its label', () => {
    const [shipment] = after(...STATES.dispatched, tracked('in_transit', 'lost')).shipments;
    expect(shipment).toMatchObject({ label: LABEL, history: [report('in_transit'), report('lost')] });
    expect(after(confirm()).shipments[0]?.history).toEqual([]);
  });

  it('accepts parcels before anything happens to them', () => {
    const event = { type: 'dispatched', attempt: 1, label: LABEL, at: NOW } as const;
    expect(() => evolve(unknown(ORDER), event)).toThrow('no shipment');
  });
});

describe('an instruction of staff', () => {
  table(instruct('held'), {
    unknown: ['instructed'],
    waiting: ['instructed'],
    scheduled: ['instructed'],
    labelling: [],
    dispatched: [],
    cancelled: [],
    tombstone: [],
    delivered: [],
  });

  it('to hold keeps the parcel from being dispatched until it is released', () => {
    const held = [confirm(), PAY, instruct('held')];
    expect(given(...held).when(begin())).toEqual([]);
    expect(given(...held, instruct('scheduled', 2)).when(begin())).toEqual(['labelling_begun']);
    expect(given(...held).when(askCancel())).toEqual(['called_off']);
  });

  it('may come before the order and its payment', () => {
    expect(given(instruct('held'), PAY).when(confirm())).toEqual(['confirmed', 'scheduled']);
    expect(given(instruct('held'), confirm()).when(PAY)).toEqual(['paid', 'scheduled']);
    expect(given(instruct('held')).when(PAY)).toEqual(['paid']);
    expect(given(instruct('held'), confirm(), PAY).when(begin())).toEqual([]);
  });

  it('has no effect after a later one', () => {
    expect(given(confirm(), PAY, instruct('scheduled', 2)).when(instruct('held', 1))).toEqual([]);
  });
});
