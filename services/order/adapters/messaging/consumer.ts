import { commandHandlers, type CommandTable } from '#adapters/messaging/command-handlers.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import { moneyOf } from '#kernel/money.ts';
import type { Addressed } from '#kernel/process.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { RunOrders } from '../../core/application/run-orders.ts';
import type { OrderCommand } from '../../core/domain/commands.ts';
import type { OrderTx } from '../../core/ports/order-tx.ts';
import { proofHandlers } from './proofs.ts';

/** Maps upstream events to commands. */
export const COMMANDS: CommandTable<OrderCommand> = {
  'inventory.reserved': ({ payload: { attempt } }) => ({ type: 'stock-reserved', attempt }),
  'inventory.out_of_stock': ({ payload: { attempt } }) => ({ type: 'out-of-stock', attempt }),
  'payment.authorized': ({ payload: { brand, last4 } }) => ({ type: 'payment-authorized', brand, last4 }),
  'payment.successful': () => ({ type: 'payment-captured' }),
  'payment.failed': ({ payload: { reason } }) => ({ type: 'payment-failed', reason }),
  'payment.refunded': ({ payload: { amount, currency, refunded_total, refund_id } }) => ({
    type: 'payment-refunded',
    amountMinor: moneyOf(amount, currency).minor,
    totalMinor: moneyOf(refunded_total, currency).minor,
    refundKey: refund_id,
  }),
  'payment.refund_failed': ({ payload: { refund_id, amount, currency, reason } }) => ({
    type: 'refund-failed',
    refundKey: refund_id,
    amountMinor: moneyOf(amount, currency).minor,
    reason,
  }),
  'shipment.created': ({ payload }) => ({
    type: 'parcel-dispatched',
    attempt: payload.attempt,
    correction: payload.correction,
    parcel: {
      shipmentId: payload.shipment_id,
      carrier: payload.carrier,
      trackingNumber: payload.tracking_number,
      estimatedDelivery: payload.estimated_delivery,
    },
  }),
  'shipment.cancelled': ({ payload: { attempt } }) => ({ type: 'parcel-cancelled', attempt }),
  'shipment.held': ({ payload: { instruction } }) => ({ type: 'parcel-held', instruction }),
  'shipment.readdressed': ({ payload: { correction } }) => ({ type: 'parcel-readdressed', correction }),
  'shipment.status_updated': ({ payload: { attempt, status, description } }) => ({
    type: 'parcel-moved',
    attempt,
    status,
    detail: description,
  }),
};

export const makeOrderConsumer = (
  toolbox: Pick<Toolbox, 'logger' | 'metrics'>,
  unitOfWork: UnitOfWork<OrderTx>,
  run: RunOrders,
): Subscription =>
  makeConsumer(toolbox, unitOfWork, 'order', {
    ...commandHandlers(runOfExisting(run), COMMANDS),
    ...proofHandlers,
  });

/** An event about a missing order fails, so that it is parked: the order may be restored. */
const runOfExisting =
  (run: RunOrders) =>
  async (tx: OrderTx, commands: readonly Addressed<OrderCommand>[]): Promise<void> => {
    const outcomes = await run(tx, commands);
    for (const [index, { id, command }] of commands.entries()) {
      const outcome = outcomes[index];
      if (outcome && !outcome.ok && outcome.error.code === 'ORDER_NOT_FOUND')
        throw new Error(`${command.type} is about order ${id}, which does not exist`);
    }
  };
