import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY } from '#kernel/clock.ts';
import type { Change } from '#kernel/process.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { STORES } from '#test/kit/toolbox.ts';
import type { Consignment, Shipment } from '../core/domain/consignment.ts';
import type { ShippingEvent } from '../core/domain/events.ts';
import { LABEL, PARCEL, report } from './consignment.mother.ts';
import { openRig } from './shipping.rig.ts';

const aShipment = (changes: Partial<Shipment> = {}): Shipment => ({
  shipmentId: systemIds.next(),
  attempt: 1,
  status: 'waiting',
  handling: 'held',
  instruction: 3,
  correction: 2,
  address: undefined,
  parcel: PARCEL,
  label: undefined,
  history: [],
  ...changes,
});

let serial = 0;
const dispatched = (changes: Partial<Shipment> = {}): Shipment => {
  serial += 1;
  return aShipment({ status: 'dispatched', label: { ...LABEL, trackingNumber: `JJD${serial}` }, ...changes });
};

const aConsignment = (changes: Partial<Consignment> = {}): Consignment => ({
  orderId: systemIds.next(),
  isPaid: false,
  isCancelled: false,
  shipments: [aShipment()],
  ...changes,
});

const byShipment = (consignments: readonly Consignment[]): Consignment[] =>
  consignments.toSorted((a, b) =>
    (a.shipments[0]?.shipmentId ?? '') < (b.shipments[0]?.shipmentId ?? '') ? -1 : 1,
  );

/** The consignment after `events`, the last of which made it `version`. */
const changed = (state: Consignment, version = 1, events = 1): Change<Consignment, ShippingEvent> => ({
  id: state.orderId,
  state,
  version,
  events: Array<ShippingEvent>(events).fill({ type: 'paid', at: LABEL.boughtAt }),
});

describe.each(STORES)('consignments in %s', (store) => {
  const rig = forEachTest(() => openRig(store));
  const save = (...consignments: readonly Consignment[]): Promise<void> =>
    rig.unitOfWork.run((tx) => tx.consignments.save(...consignments.map((one) => changed(one))));

  it('stores consignments with all their fields', async () => {
    const full = aConsignment({
      isPaid: true,
      isCancelled: true,
      shipments: [
        dispatched({ status: 'lost', history: [report('in_transit'), report('lost')] }),
        dispatched({ attempt: 2 }),
      ],
    });
    const tombstone = aConsignment({ shipments: [aShipment({ status: 'cancelled', parcel: undefined })] });
    const early = aConsignment({ shipments: [aShipment({ parcel: undefined, address: PARCEL.address })] });
    const bare = aConsignment({ shipments: [] });
    await save(full, tombstone, early, bare);
    const found = await rig.unitOfWork.run((tx) =>
      tx.consignments.find(
        [full, tombstone, early, bare].map(({ orderId }) => orderId).concat(systemIds.next()),
      ),
    );
    expect(new Map(found)).toEqual(
      new Map([full, tombstone, early, bare].map((state) => [state.orderId, { state, version: 1 }])),
    );
    expect(await rig.queries.ofOrder(full.orderId)).toEqual(full);
    expect(await rig.queries.ofOrder(systemIds.next())).toBeUndefined();
  });

  it('replaces the version that was loaded', async () => {
    const before = aConsignment();
    await save(before);
    const [shipment = aShipment()] = before.shipments;
    const paid: Consignment = {
      ...before,
      isPaid: true,
      shipments: [{ ...shipment, status: 'scheduled' }, aShipment({ attempt: 2 })],
    };
    const replace = (version: number, events: number): Promise<void> =>
      rig.unitOfWork.run((tx) =>
        tx.consignments.save(changed(paid, version, events), changed(aConsignment())),
      );
    await expect(replace(3, 1)).rejects.toThrow(VersionConflict);
    expect(await rig.queries.ofOrder(before.orderId)).toEqual(before);
    await replace(3, 2);
    expect(await rig.queries.ofOrder(before.orderId)).toEqual(paid);
  });

  it('reads inside a unit what the unit has saved', async () => {
    const consignment = aConsignment();
    const found = await rig.unitOfWork.run(async (tx) => {
      await tx.consignments.save(changed(consignment));
      return tx.consignments.find([consignment.orderId]);
    });
    expect(found.get(consignment.orderId)).toEqual({ state: consignment, version: 1 });
  });

  it('has one consignment per order', async () => {
    const consignment = aConsignment();
    await save(consignment);
    const second = aConsignment({ orderId: consignment.orderId });
    // Without loading first, like a unit that has just found none.
    await expect(rig.unitOfWork.run((tx) => tx.consignments.save(changed(second)))).rejects.toThrow(
      VersionConflict,
    );
    expect(await rig.queries.ofOrder(consignment.orderId)).toEqual(consignment);
  });

  it('discards what a failed unit has saved', async () => {
    const consignment = aConsignment();
    const broken = rig.unitOfWork.run(async (tx) => {
      await tx.consignments.save(changed(consignment));
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect(await rig.queries.ofOrder(consignment.orderId)).toBeUndefined();
  });

  it('lists a carrier’s parcels under way, page by page', async () => {
    const shipments = [
      dispatched(),
      dispatched({ status: 'in_transit', history: [report('in_transit')] }),
      dispatched({ status: 'out_for_delivery', history: [report('in_transit'), report('out_for_delivery')] }),
    ];
    const others = [
      aShipment({ status: 'labelling' }),
      dispatched({ status: 'delivered' }),
      dispatched({ parcel: { ...PARCEL, optionId: 'ups:saver' } }),
    ];
    const consignments = [...shipments, ...others].map((one) => aConsignment({ shipments: [one] }));
    await save(...consignments);
    const first = await rig.queries.underWay('dhl', 2);
    const second = await rig.queries.underWay('dhl', 2, first.at(-1)?.shipmentId);
    expect([...first, ...second]).toEqual(
      byShipment(consignments.slice(0, 3)).map(({ orderId, shipments: [shipment] }) => ({
        shipmentId: shipment?.shipmentId,
        orderId,
        attempt: 1,
        trackingNumber: shipment?.label?.trackingNumber,
        known: shipment?.history.length,
      })),
    );
  });

  describe('what is known about a recipient', () => {
    const userId = PARCEL.customer.userId;

    it('is read parcel by parcel, and stays after an erasure while claims can be made', async () => {
      const [sent, ended] = [dispatched(), dispatched({ status: 'delivered' })];
      await save(aConsignment({ shipments: [sent] }), aConsignment({ shipments: [ended] }));
      const { items, next } = await rig.personalData.read({ userId }, undefined);
      expect([items.length, next]).toEqual([2, undefined]);
      for (const { shipmentId } of [sent, ended]) {
        const data = expect.objectContaining({ shipmentId, address: PARCEL.address }) as unknown;
        expect(items).toContainEqual({ kind: 'shipment', data });
      }
      expect(await rig.personalData.erase({ userId })).toMatchObject({
        isDone: true,
        kept: [
          { kind: 'shipments', count: 1, reason: 'open_order' },
          { kind: 'shipments', count: 1, reason: 'claims' },
        ],
      });
    });

    it('is forgotten 180 days after the parcel was created, if it has ended', async () => {
      const [sent, ended] = [dispatched(), dispatched({ status: 'delivered' })];
      const order = aConsignment({ shipments: [ended] });
      await save(aConsignment({ shipments: [sent] }), order);
      const { clock } = rig.toolbox;
      clock.advance(Date.now() + 179 * DAY - clock.now().getTime());
      await rig.forgetPeople();
      expect(await rig.queries.ofUser(userId, 9)).toHaveLength(2);
      clock.advance(2 * DAY);
      await rig.forgetPeople();
      expect(await rig.queries.ofUser(userId, 9)).toMatchObject([{ shipmentId: sent.shipmentId }]);
      const [forgotten] = (await rig.queries.ofOrder(order.orderId))?.shipments ?? [];
      expect(JSON.stringify(forgotten?.parcel)).not.toMatch(/Ada|Street|Berlin/);
      expect(forgotten).toMatchObject({ status: 'delivered', parcel: { address: { country: 'DE' } } });
      expect(await rig.personalData.erase({ userId })).toMatchObject({ kept: [{ reason: 'open_order' }] });
    });
  });
});
