import { beforeEach, describe, expect, it } from '@jest/globals';
import { MINUTE } from '#kernel/clock.ts';
import { err, ok } from '#kernel/result.ts';
import type { Task } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { memoryOrderRepository } from '#order/adapters/memory/memory-orders.ts';
import { order as module } from '#order/main/module.ts';
import { placed } from '#order/test/order.mother.ts';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { openToolbox, type TestToolbox } from '#test/kit/toolbox.ts';
import type { PaymentCommands } from '../ports/neighbours.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import { PATIENCE } from '../domain/saga.ts';
import { makeRecord } from './record.ts';
import { makeCaptureTask, makeRefundTask, makeTimerTask } from './tasks.ts';

const record = makeRecord(PATIENCE);

const task = (payload: unknown): Task => ({
  key: 'k',
  kind: 'x',
  payload,
  runAt: new Date(0),
  attempts: 0,
  cause: { correlationId: 'c', causationId: 'c' },
});

const payments = (answer: Awaited<ReturnType<PaymentCommands['capture']>>) => {
  const asked: unknown[] = [];
  const ask = (wish: unknown) => {
    asked.push(wish);
    return Promise.resolve(answer);
  };
  return { asked, commands: { capture: ask, refund: ask } satisfies PaymentCommands };
};

describe('passing orders on to payment', () => {
  it('is done when payment accepts', async () => {
    const { asked, commands } = payments(ok(undefined));
    await makeCaptureTask(commands).perform(task({ orderId: 'o1' }));
    const refund = { orderId: 'o1', refundKey: 'r', amountMinor: 5, currency: 'EUR', reason: 'x' };
    await makeRefundTask(commands).perform(task(refund));
    expect(asked).toEqual(['o1', refund]);
  });

  it('is done when payment says that the order’s payment has ended', async () => {
    const { commands } = payments(err({ code: 'PAYMENT_CANCELLED', detail: '' }));
    await expect(makeCaptureTask(commands).perform(task({ orderId: 'o1' }))).resolves.toBeUndefined();
  });

  it('is done when payment says that the gateway has refused the refund, which an event tells as well', async () => {
    const { commands } = payments(err({ code: 'REFUND_REFUSED', detail: '' }));
    await expect(makeRefundTask(commands).perform(task({}))).resolves.toBeUndefined();
  });

  it('is repeated when payment refuses for a reason that should not be', async () => {
    const { commands } = payments(err({ code: 'PAYMENT_NOT_FOUND', detail: '' }));
    await expect(makeCaptureTask(commands).perform(task({ orderId: 'o1' }))).rejects.toThrow(
      'PAYMENT_NOT_FOUND',
    );
  });
});

describe('an order’s timer', () => {
  let toolbox: TestToolbox;
  let unitOfWork: UnitOfWork<OrderTx>;

  beforeEach(async () => {
    toolbox = await openToolbox('memory', module);
    const { store } = toolbox;
    if (store.kind !== 'memory') throw new Error('memory was asked for');
    unitOfWork = memoryUnitOfWork(toolbox, store.database, (tx) => ({
      orders: memoryOrderRepository(tx, () => undefined),
    }));
  });

  const place = async (): Promise<string> => {
    const event = placed();
    await unitOfWork.run((tx) => record(tx, undefined, [event]));
    return event.type === 'placed' ? event.orderId : '';
  };

  /** Lets the timers of the orders go off together. */
  const goOff = async (waitedIn: string, ...orderIds: readonly string[]): Promise<void> => {
    const timer = makeTimerTask(record, toolbox.clock);
    const done = orderIds.map((orderId) => ({
      task: task({ orderId, waitedIn, attempt: 1 }),
      outcome: undefined,
    }));
    for (const one of done) await timer.perform(one.task);
    await unitOfWork.run((tx) => timer.settle(tx, done));
  };

  it('cancels what has waited too long, each order once', async () => {
    const [first, second] = [await place(), await place()];
    toolbox.clock.advance(15 * MINUTE);
    await goOff('pending', first, second, first);
    const cancelled = (await toolbox.announced()).filter(
      ({ event_type }) => event_type === 'order.cancelled',
    );
    expect(cancelled.map(({ aggregate_id }) => aggregate_id)).toEqual([first, second]);
    expect(cancelled[0]).toMatchObject({ correlation_id: 'c', payload: { reason: 'timeout' } });
  });

  it('means nothing to an order that has moved on, or that never was', async () => {
    const orderId = await place();
    await goOff('shipped', orderId, '01900000-0000-7000-8000-0000000000ff');
    expect((await toolbox.announced()).map(({ event_type }) => event_type)).toEqual(['order.placed']);
  });
});
