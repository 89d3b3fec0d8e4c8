import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY, HOUR } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { makePrintLabel, makePrintLabels } from '../core/application/print-label.ts';
import {
  addressChangeRequested,
  cancelRequested,
  CUSTOMER,
  DELAY_MS,
  openRig,
  orderCancelled,
  orderConfirmed,
  orderHeld,
  orderReleased,
  paymentSuccessful,
  STOCK_LINE,
} from './shipping.rig.ts';

describe.each(STORES)('the parcel of an order on %s', (store) => {
  const rig = forEachTest(() => openRig(store));
  let orderId: string;

  const statuses = async (): Promise<string[]> =>
    ((await rig.consignmentOf(orderId))?.shipments ?? []).map(({ status }) => status);
  const types = async (): Promise<string[]> => (await rig.announced()).map(({ type }) => type);
  const release = (...parts: Parameters<typeof orderConfirmed>[1][]): Promise<void> =>
    rig.hear(orderConfirmed(orderId, ...parts), paymentSuccessful(orderId));
  const dispatch = async (...parts: Parameters<typeof orderConfirmed>[1][]): Promise<void> => {
    await release(...parts);
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.work();
  };

  beforeEach(() => {
    orderId = systemIds.next();
  });

  it('is dispatched after the delay when the order is confirmed and paid', async () => {
    await release();
    expect((await rig.work()).done).toEqual([]);
    expect(await statuses()).toEqual(['scheduled']);
    rig.toolbox.clock.advance(DELAY_MS);
    expect((await rig.work()).done).toEqual([`${orderId}:1:dispatch`]);
    const [shipment] = (await rig.consignmentOf(orderId))?.shipments ?? [];
    expect(await rig.announced()).toEqual([
      {
        type: 'shipment.created',
        payload: {
          order_id: orderId,
          attempt: 1,
          customer: CUSTOMER,
          shipment_id: shipment?.shipmentId,
          carrier: 'DHL',
          service: 'Express',
          tracking_number: shipment?.label?.trackingNumber,
          items: [STOCK_LINE],
          estimated_delivery: '2026-03-02',
          created_at: rig.toolbox.clock.now().toISOString(),
        },
      },
    ]);
    expect(shipment?.label?.trackingNumber).toMatch(/^JJD\d{18}$/);
  });

  it('is dispatched if the payment arrives first', async () => {
    await rig.hear(paymentSuccessful(orderId));
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.hear(orderConfirmed(orderId));
    expect((await rig.work()).done).toEqual([]);
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.work();
    expect(await statuses()).toEqual(['dispatched']);
  });

  it('has a label for the corrected address, unless the correction comes too late', async () => {
    await release();
    await rig.hear(addressChangeRequested(orderId));
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.work();
    await rig.hear(addressChangeRequested(orderId, 2, 'Street 3'));
    expect(await types()).toEqual(['shipment.readdressed', 'shipment.created']);
    expect((await rig.announced()).at(-1)?.payload).toMatchObject({ correction: 1 });
    const [shipment] = (await rig.consignmentOf(orderId))?.shipments ?? [];
    const [parcel] = await rig.carrierStore.find([shipment?.label?.trackingNumber ?? '']);
    expect(parcel?.address).toMatchObject({ line1: 'Street 2' });
  });

  it('waits for the payment', async () => {
    await rig.hear(orderConfirmed(orderId));
    rig.toolbox.clock.advance(DELAY_MS);
    expect((await rig.work()).done).toEqual([]);
    expect(await statuses()).toEqual(['waiting']);
  });

  it('is dispatched once, however often the events are delivered', async () => {
    const [confirmed, paid] = [orderConfirmed(orderId), paymentSuccessful(orderId)];
    await rig.hear(confirmed, paid, confirmed);
    await rig.hear({ ...paid, event_id: systemIds.next() }, { ...confirmed, event_id: systemIds.next() });
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.work();
    await rig.hear({ ...confirmed, event_id: systemIds.next() });
    expect(await types()).toEqual(['shipment.created']);
  });

  it('is published with the order as key, and with the event that caused it', async () => {
    const paid = paymentSuccessful(orderId);
    await rig.hear(orderConfirmed(orderId), paid);
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.work();
    expect(await rig.toolbox.announced()).toMatchObject([
      { key: orderId, correlation_id: paid.correlation_id, causation_id: paid.event_id },
    ]);
  });

  it('is stopped by a cancel request in time, which is published', async () => {
    await release();
    await rig.hear(cancelRequested(orderId));
    rig.toolbox.clock.advance(DELAY_MS);
    expect((await rig.work()).done).toEqual([]);
    expect(await rig.announced()).toEqual([
      {
        type: 'shipment.cancelled',
        payload: { order_id: orderId, attempt: 1, cancelled_at: expect.any(String) },
      },
    ]);
  });

  it('is stopped by a cancel request that arrives before anything else', async () => {
    await rig.hear(cancelRequested(orderId));
    await dispatch();
    expect(await types()).toEqual(['shipment.cancelled']);
    expect(await statuses()).toEqual(['cancelled']);
  });

  it('is published as stopped only once', async () => {
    await rig.hear(cancelRequested(orderId), cancelRequested(orderId));
    await rig.hear(cancelRequested(orderId));
    expect(await types()).toEqual(['shipment.cancelled']);
  });

  it('cannot be stopped once the label may have been bought', async () => {
    await dispatch();
    await rig.hear(cancelRequested(orderId));
    expect(await types()).toEqual(['shipment.created']);
    expect(await statuses()).toEqual(['dispatched']);
  });

  it('is stopped without an event when the whole order is cancelled', async () => {
    await release();
    await rig.hear(orderCancelled(orderId));
    rig.toolbox.clock.advance(DELAY_MS);
    expect((await rig.work()).done).toEqual([]);
    expect(await rig.announced()).toEqual([]);
    expect(await statuses()).toEqual(['cancelled']);
  });

  it('stays stopped when the cancelled order is confirmed and paid later', async () => {
    await rig.hear(orderCancelled(orderId));
    await dispatch();
    expect(await rig.announced()).toEqual([]);
  });

  it('gets its label voided if the order was cancelled before the label arrived', async () => {
    await release();
    rig.toolbox.clock.advance(DELAY_MS);
    const { clock, stores } = rig.toolbox;
    const { dispatch: dispatching } = rig;
    const [task] = await stores.tasks.claim(dispatching.kind, clock.now(), clock.now(), 1);
    if (!task) throw new Error('nothing to do');
    // The label is bought, and the process dies before it records that.
    const { label } = await dispatching.perform(task);
    expect(await statuses()).toEqual(['labelling']);
    await rig.hear(cancelRequested(orderId), orderCancelled(orderId));
    expect(await rig.announced()).toEqual([]);
    await rig.work();
    expect(await statuses()).toEqual(['cancelled']);
    expect(await rig.carriers.get('dhl')?.print(label?.trackingNumber ?? '')).toBeUndefined();
    expect(await rig.announced()).toEqual([]);
  });

  it('has one label however often the carrier is called', async () => {
    await release();
    rig.toolbox.clock.advance(DELAY_MS);
    const { clock, stores } = rig.toolbox;
    const { dispatch: dispatching } = rig;
    const [task] = await stores.tasks.claim(dispatching.kind, clock.now(), clock.now(), 1);
    if (!task) throw new Error('nothing to do');
    const first = await dispatching.perform(task);
    clock.advance(HOUR);
    expect(await dispatching.perform(task)).toEqual(first);
    await rig.work();
    expect((await rig.consignmentOf(orderId))?.shipments[0]?.label).toEqual(first.label);
    expect(await types()).toEqual(['shipment.created']);
  });

  it('is reported as a stuck task if there is no such carrier', async () => {
    await dispatch({ optionId: 'pigeon:post' });
    expect(await statuses()).toEqual(['labelling']);
    expect(await rig.toolbox.stores.tasks.stuck(1, 10)).toMatchObject([{ key: `${orderId}:1:dispatch` }]);
  });

  it('gets a second one when a replacement is confirmed, without a second payment', async () => {
    await dispatch();
    await rig.hear(orderConfirmed(orderId, { attempt: 2 }));
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.work();
    expect(await statuses()).toEqual(['dispatched', 'dispatched']);
    const [first, second] = (await rig.consignmentOf(orderId))?.shipments ?? [];
    expect(second?.label?.trackingNumber).not.toBe(first?.label?.trackingNumber);
    expect((await rig.announced())[1]).toMatchObject({ type: 'shipment.created', payload: { attempt: 2 } });
  });

  it('has a printable label once it is dispatched', async () => {
    const print = makePrintLabel(rig.queries, rig.carriers);
    expect(await print(orderId)).toMatchObject({ error: { code: 'LABEL_NOT_FOUND' } });
    await dispatch();
    expect(await print(orderId)).toMatchObject({ value: { type: 'application/pdf' } });
    await rig.hear(orderConfirmed(orderId, { attempt: 2, optionId: 'ups:standard' }));
    expect(await print(orderId)).toMatchObject({ value: { type: 'application/pdf' } });
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.work();
    expect(await print(orderId)).toMatchObject({ value: { type: 'application/zpl' } });
    expect(await print(orderId, 1)).toMatchObject({ value: { type: 'application/pdf' } });
    expect(await print(orderId, 3)).toMatchObject({ error: { code: 'LABEL_NOT_FOUND' } });
  });

  it('is left out of a file of labels while it has none, and when it is for another printer', async () => {
    const printLabels = makePrintLabels(makePrintLabel(rig.queries, rig.carriers));
    expect(await printLabels([orderId])).toEqual({ pdfs: [], leftOut: [{ orderId, reason: 'no-label' }] });
    await dispatch();
    const printed = orderId;
    orderId = systemIds.next();
    await dispatch({ optionId: 'ups:standard' });
    const { pdfs, leftOut } = await printLabels([orderId, printed, orderId]);
    expect(pdfs).toHaveLength(1);
    expect(leftOut).toEqual([{ orderId, reason: 'not-pdf' }]);
  });

  it('waits while it is on hold, and is dispatched after its release', async () => {
    await release();
    await rig.hear(orderHeld(orderId));
    rig.toolbox.clock.advance(10 * DELAY_MS);
    expect((await rig.work()).done).toEqual([]);
    await rig.hear(orderReleased(orderId, 2, 'scheduled'));
    expect((await rig.work()).done).toEqual([]);
    rig.toolbox.clock.advance(DELAY_MS);
    expect((await rig.work()).done).toEqual([`${orderId}:1:dispatch:2`]);
    expect(await types()).toEqual(['shipment.held', 'shipment.created']);
  });

  it('is dispatched at once if staff say so, also if that comes before the payment', async () => {
    await release();
    await rig.hear(orderReleased(orderId, 1, 'now'));
    expect((await rig.work()).done).toEqual([`${orderId}:1:dispatch:1`]);
    orderId = systemIds.next();
    await rig.hear(orderReleased(orderId, 1, 'now'));
    await release();
    expect((await rig.work()).done).toEqual([`${orderId}:1:dispatch:1`]);
    rig.toolbox.clock.advance(DELAY_MS);
    expect((await rig.work()).done).toEqual([]);
    expect(await types()).toEqual(['shipment.created', 'shipment.created']);
  });

  it('is held before its payment, and after a later release no longer', async () => {
    await rig.hear(orderHeld(orderId));
    await release();
    rig.toolbox.clock.advance(DELAY_MS);
    expect([(await rig.work()).done, await statuses()]).toEqual([[], ['scheduled']]);
    await rig.hear(orderReleased(orderId, 2, 'now'), orderHeld(orderId, 1));
    expect((await rig.work()).done).toEqual([`${orderId}:1:dispatch:2`]);
  });

  it('is dispatched if the hold comes while its label is bought', async () => {
    await dispatch();
    await rig.hear(orderHeld(orderId));
    expect(await types()).toEqual(['shipment.created']);
  });

  it('is tracked until delivery, each step published once', async () => {
    await dispatch();
    for (let day = 0; day < 4; day += 1) {
      rig.toolbox.clock.advance(DAY / 2);
      await rig.poll();
      await rig.poll();
    }
    expect(await statuses()).toEqual(['delivered']);
    const [, ...news] = await rig.announced();
    expect(news).toMatchObject(
      ['in_transit', 'out_for_delivery', 'delivered'].map((status) => ({
        type: 'shipment.status_updated',
        payload: { order_id: orderId, attempt: 1, status },
      })),
    );
  });

  it('is published step by step, in order, after a long pause in polling', async () => {
    await dispatch();
    rig.toolbox.clock.advance(30 * DAY);
    await rig.poll();
    const news = (await rig.announced()).slice(1).map(({ payload }) => payload);
    expect(news.map((payload) => 'status' in payload && payload.status)).toEqual([
      'in_transit',
      'out_for_delivery',
      'delivered',
    ]);
  });

  it.each([
    ['LOSE', ['in_transit', 'lost']],
    ['RETURN', ['in_transit', 'out_for_delivery', 'returned']],
  ])('is lost or returned if the address says %s', async (line2, expected) => {
    await dispatch({ address: { line2 } });
    rig.toolbox.clock.advance(30 * DAY);
    await rig.poll();
    const [shipment] = (await rig.consignmentOf(orderId))?.shipments ?? [];
    expect(shipment?.history.map(({ status }) => status)).toEqual(expected);
  });

  it('is tracked among hundreds of others', async () => {
    const orders = Array.from({ length: 230 }, () => systemIds.next());
    await rig.hear(...orders.flatMap((id) => [orderConfirmed(id), paymentSuccessful(id)]));
    rig.toolbox.clock.advance(DELAY_MS);
    expect((await rig.work()).done).toHaveLength(230);
    rig.toolbox.clock.advance(30 * DAY);
    await rig.poll();
    const delivered = (await rig.announced()).filter(
      ({ payload }) => 'status' in payload && payload.status === 'delivered',
    );
    expect(delivered).toHaveLength(230);
  });
});
