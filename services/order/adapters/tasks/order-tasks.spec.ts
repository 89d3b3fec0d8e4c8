import { currentCause } from '#adapters/context/cause.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import { err, ok } from '#kernel/result.ts';
import type { Task } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { memoryOrderTx } from '#order/adapters/memory/order-tx.memory.ts';
import { order as module } from '#order/main/module.ts';
import {
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  DISPATCHED,
  historyOf,
  orderOf,
  placed,
  refund,
  RESERVED,
} from '#order/test/order.mother.ts';
import { record } from '#order/test/recording.ts';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { makeRunOrders, type RunOrders } from '../../core/application/run-orders.ts';
import type { OrderCommand } from '../../core/domain/commands.ts';
import { PATIENCE } from '../../core/domain/tasks.ts';
import type { OrderTx } from '../../core/ports/order-tx.ts';
import type { PaymentCommands } from '../../core/ports/upstreams.ts';
import { toWire } from '../messaging/integration-events.ts';
import { makeCaptureTask, makeRefundTask, makeTimerTask } from './order-tasks.ts';

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
  const ask = (command: unknown) => {
    asked.push(command);
    return Promise.resolve(answer);
  };
  return { asked, commands: { capture: ask, refund: ask } satisfies PaymentCommands };
};

describe('forwarding a capture to payment', () => {
  it('is done when payment accepts it', async () => {
    const { asked, commands } = payments(ok(undefined));
    await makeCaptureTask(commands).perform(task({ orderId: 'o1' }));
    expect(asked).toEqual(['o1']);
  });

  it('is done when payment reports that the payment has ended', async () => {
    const { commands } = payments(err({ code: 'PAYMENT_CANCELLED', detail: '' }));
    await expect(makeCaptureTask(commands).perform(task({ orderId: 'o1' }))).resolves.toBeUndefined();
  });

  it('is repeated after an unexpected refusal', async () => {
    const { commands } = payments(err({ code: 'PAYMENT_NOT_FOUND', detail: '' }));
    await expect(makeCaptureTask(commands).perform(task({ orderId: 'o1' }))).rejects.toThrow(
      'PAYMENT_NOT_FOUND',
    );
  });
});

describe('the tasks of an order', () => {
  const toolbox = forEachTest(() => openToolbox('memory', module));
  let unitOfWork: UnitOfWork<OrderTx>;
  let run: RunOrders;

  beforeEach(() => {
    const { store } = toolbox;
    if (store.kind !== 'memory') throw new Error('memory was asked for');
    run = makeRunOrders(toolbox.clock, toWire, PATIENCE, currentCause);
    unitOfWork = memoryUnitOfWork(toolbox, store.database, memoryOrderTx());
  });

  /** An order after the commands. */
  const place = async (...commands: readonly OrderCommand[]): Promise<string> => {
    const history = historyOf(placed(), ...commands);
    await unitOfWork.run((tx) => record(tx, undefined, history));
    return orderOf(history).orderId;
  };
  const orderAt = async (orderId: string) =>
    (await unitOfWork.run((tx) => tx.orders.find([orderId]))).get(orderId)?.state;

  /** Sets payment's response to the refund of an order. */
  const refundAnswered = async (
    orderId: string,
    answer: Awaited<ReturnType<PaymentCommands['refund']>>,
  ): Promise<unknown[]> => {
    const { asked, commands } = payments(answer);
    const refunds = makeRefundTask(commands, run);
    const one = task({ orderId, refundKey: 'r1', amountMinor: 100, currency: 'EUR', reason: 'goodwill' });
    const outcome = await refunds.perform(one);
    await unitOfWork.run((tx) => refunds.settle(tx, [{ task: one, outcome }]));
    return asked;
  };

  describe('a refund', () => {
    const BOUGHT = [RESERVED, AUTHORIZED, CAPTURED, DISPATCHED] as const;

    it('is forwarded to payment, which publishes the outcome', async () => {
      const orderId = await place(...BOUGHT, refund(100));
      expect(await refundAnswered(orderId, ok(undefined))).toMatchObject([{ orderId, amountMinor: 100 }]);
      expect(await orderAt(orderId)).toMatchObject({ refunds: [{ status: 'asked' }], cases: [] });
      await refundAnswered(orderId, err({ code: 'REFUND_REFUSED', detail: '' }));
      expect(await orderAt(orderId)).toMatchObject({ refunds: [{ status: 'asked' }], cases: [] });
    });

    it.each(['AMOUNT_TOO_HIGH', 'NOTHING_CAPTURED', 'PAYMENT_NOT_FOUND', 'REFUND_KEY_REUSED'])(
      'that payment refuses with %s becomes a case: a retry would change nothing',
      async (code) => {
        const orderId = await place(...BOUGHT, refund(100));
        await refundAnswered(orderId, err({ code, detail: '' }));
        expect(await orderAt(orderId)).toMatchObject({
          refunds: [{ status: 'failed' }],
          cases: [{ kind: 'refund_failed', state: 'open' }],
        });
      },
    );

    it('is settled if the order was cancelled and fully refunded meanwhile', async () => {
      const stopped = [CANCEL, { type: 'parcel-cancelled', attempt: 1 }] as const;
      const orderId = await place(RESERVED, AUTHORIZED, CAPTURED, refund(100), ...stopped);
      await refundAnswered(orderId, err({ code: 'AMOUNT_TOO_HIGH', detail: '' }));
      expect(await orderAt(orderId)).toMatchObject({ refunds: [{ status: 'dropped' }], cases: [] });
    });
  });

  describe('a timer', () => {
    /** Fires the timers of the orders together. */
    const goOff = async (waitedIn: string, ...orderIds: readonly string[]): Promise<void> => {
      const timer = makeTimerTask(run);
      const done = orderIds.map((orderId) => ({
        task: task({ orderId, waitedIn, attempt: 1 }),
        outcome: undefined,
      }));
      for (const one of done) await timer.perform(one.task);
      await unitOfWork.run((tx) => timer.settle(tx, done));
    };

    it('cancels orders that have waited too long, each once', async () => {
      const [first, second] = [await place(), await place()];
      toolbox.clock.advance(15 * MINUTE);
      await goOff('pending', first, second, first);
      const cancelled = (await toolbox.announced()).filter(
        ({ event_type }) => event_type === 'order.cancelled',
      );
      expect(cancelled.map(({ aggregate_id }) => aggregate_id)).toEqual([first, second]);
      expect(cancelled[0]).toMatchObject({ correlation_id: 'c', payload: { reason: 'timeout' } });
    });

    it('has no effect on an order that has moved on or never existed', async () => {
      const orderId = await place();
      await goOff('shipped', orderId, '01900000-0000-7000-8000-0000000000ff');
      expect((await toolbox.announced()).map(({ event_type }) => event_type)).toEqual(['order.placed']);
    });
  });
});
