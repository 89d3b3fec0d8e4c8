import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openService, type RunningService } from '#adapters/service/host.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { until } from '#test/kit/conditions.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { makeSend } from '#test/kit/http.ts';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { memoryOrderTx } from '../adapters/memory/order-tx.memory.ts';
import { postgresOrderTx } from '../adapters/postgres/order-tx.postgres.ts';
import type { OrderTx } from '../core/ports/order-tx.ts';
import { order as module } from '../main/module.ts';
import { aPlaced, placed } from './order.mother.ts';
import { record } from './recording.ts';

const nobody = (): void => undefined;

/** The order service with its real bus and store; only the order of the event is missing at first. */
describe.each(STORES)('a dead letter of the order service on %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, module));
  let service: RunningService;
  let event: EventEnvelope;
  const order = placed();
  const orderId = order.type === 'placed' ? order.orderId : '';
  const { userId = '' } = order.type === 'placed' ? order.placed.customer : aPlaced().customer;

  const unitOfWork = (): UnitOfWork<OrderTx> =>
    toolbox.store.kind === 'memory'
      ? memoryUnitOfWork(toolbox, toolbox.store.database, memoryOrderTx())
      : sqlUnitOfWork(toolbox, toolbox.store, postgresOrderTx());

  const letters = () => service.stores.deadLetters.list(10);
  const paymentOf = async (): Promise<unknown> => {
    const send = makeSend(`http://127.0.0.1:${service.port}`);
    const answer = await send('GET', `/api/v1/orders/${orderId}`, { token: await toolbox.tokenOf(userId) });
    return answer.body.payment;
  };

  beforeEach(async () => {
    service = await openService(module, {
      toolbox,
      host: '127.0.0.1',
      port: 0,
      validateResponses: true,
      isAlone: true,
      onWake: nobody,
    });
    await toolbox.bus.start();
    await service.start();
    event = eventAbout(orderId, 'payment.authorized', { brand: 'visa', last4: '4242' });
  });

  afterEach(async () => {
    await service.stop();
    await toolbox.bus.stop();
  });

  it('is parked, parked again until the cause is fixed, and then delivered, once', async () => {
    await toolbox.bus.publish([event]);
    await until(async () => (await letters()).length === 1);
    const [letter] = await letters();
    expect(letter).toMatchObject({ consumer: 'order', envelope: { event_id: event.event_id } });
    expect(letter?.error).toContain('does not exist');

    expect(await service.redeliver('order', event.event_id)).toEqual({
      outcome: 'parked',
      error: letter?.error,
    });
    expect(await letters()).toHaveLength(1);

    await unitOfWork().run((tx) => record(tx, undefined, [order]));
    expect(await service.redeliver('order', event.event_id)).toEqual({ outcome: 'delivered' });
    expect(await letters()).toEqual([]);
    expect(await paymentOf()).toEqual({ status: 'authorized', brand: 'visa', last4: '4242' });

    expect(await service.redeliver('order', event.event_id)).toEqual({ outcome: 'unknown' });
    expect(await service.redeliver('order', 'no event')).toEqual({ outcome: 'unknown' });
    expect(await service.redeliver('cart', event.event_id)).toEqual({ outcome: 'unknown' });
  });
});
