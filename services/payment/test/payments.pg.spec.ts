import { describe, expect, it } from 'vitest';
import { Metrics } from '#adapters/observability/metrics.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { assemble } from '../main/compose.ts';
import type { PaymentTx } from '../core/ports/payment-tx.ts';
import { openRig, orderCancelled, orderPlaced } from './payment.rig.ts';

const ROUNDS = 20;
const NOTED = { type: 'cancel_noted', at: new Date() } as const;

describe('payments with concurrent processes', () => {
  const rig = forEachTest(() => openRig('postgres'));

  it('retries a unit whose payment was changed concurrently', async () => {
    const orderId = systemIds.next();
    await rig.hear(orderPlaced({ orderId, token: await rig.token() }));
    let attempts = 0;
    await rig.unitOfWork.run(async (tx) => {
      const found = (await tx.payments.find([orderId])).get(orderId);
      attempts += 1;
      if (attempts === 1) await rig.command.cancel(orderId);
      if (found)
        await tx.payments.save({ ...found, id: orderId, version: found.version + 1, events: [NOTED] });
    });
    expect(attempts).toBe(2);
    expect((await rig.paymentOf(orderId))?.status).toBe('cancelling');
  });

  it('gives up after repeated conflicts', async () => {
    const orderId = systemIds.next();
    await rig.hear(orderPlaced({ orderId, token: await rig.token() }));
    const change = async ({ payments }: PaymentTx, meanwhile = () => Promise.resolve()): Promise<void> => {
      const found = (await payments.find([orderId])).get(orderId);
      await meanwhile();
      if (found) await payments.save({ ...found, id: orderId, version: found.version + 1, events: [NOTED] });
    };
    const losing = rig.unitOfWork.run((tx) => change(tx, () => rig.unitOfWork.run((other) => change(other))));
    await expect(losing).rejects.toThrow(VersionConflict);
  });

  it('opens one payment, however many processes handle the order', async () => {
    const orders = await Promise.all(
      Array.from({ length: ROUNDS }, async () => ({ orderId: systemIds.next(), token: await rig.token() })),
    );
    const batch = () => orders.map((order) => orderPlaced(order));
    await Promise.all([rig.hear(...batch()), rig.hear(...batch().reverse()), rig.hear(...batch())]);
    await Promise.all([rig.work(), rig.work()]);
    const types = (await rig.announced()).map(({ type }) => type);
    expect(types).toEqual(orders.map(() => 'payment.authorized'));
  });

  it('holds nothing after a cancellation that meets an authorisation', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const orderId = systemIds.next();
      await rig.hear(orderPlaced({ orderId, token: await rig.token() }));
      await Promise.all([rig.work(), rig.hear(orderCancelled(orderId))]);
      await rig.work();
      expect((await rig.paymentOf(orderId))?.status).toBe('voided');
    }
  });

  it('captures nothing after a cancellation that meets a capture', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const orderId = systemIds.next();
      await rig.hear(orderPlaced({ orderId, token: await rig.token() }));
      await rig.work();
      await rig.command.capture(orderId);
      await Promise.all([rig.work(), rig.command.cancel(orderId)]);
      await rig.work();
      const payment = await rig.paymentOf(orderId);
      const entries = (await rig.queries.ledger(payment?.paymentId ?? '')).flatMap(
        (booked) => booked.entries,
      );
      const left = entries
        .filter(({ account }) => account === 'gateway_clearing')
        .reduce((total, { debit, credit }) => total + debit - credit, 0);
      expect(left).toBe(0);
      expect(['voided', 'captured']).toContain(payment?.status);
    }
  });

  it('gets one response per key from the gateway for many callers', async () => {
    const other = assemble({ ...rig.toolbox, metrics: new Metrics('other') }).gateway;
    const amount = { minor: 5_000, currency: 'EUR' };
    for (let round = 0; round < ROUNDS; round += 1) {
      const call = { key: systemIds.next(), token: await rig.token(), amount };
      const [first, second] = await Promise.all([rig.gateway.authorize(call), other.authorize(call)]);
      expect(second).toEqual(first);
      if (first.status !== 'approved') throw new Error(first.status);
      const { authorization } = first;
      const met = await Promise.all([
        rig.gateway.capture({ key: systemIds.next(), authorization, amount }),
        other.void({ key: systemIds.next(), authorization }),
      ]);
      expect(met.map(({ status }) => status).sort()).toEqual(['approved', 'declined']);
    }
  });
});
