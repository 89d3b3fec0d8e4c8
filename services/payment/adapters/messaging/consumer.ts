import { commandHandlers, type CommandTable } from '#adapters/messaging/command-handlers.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import type { Ids } from '#kernel/ids.ts';
import { moneyOf } from '#kernel/money.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { RunPayments } from '../../core/application/run-payments.ts';
import type { Command } from '../../core/domain/commands.ts';
import type { PaymentTx } from '../../core/ports/payment-tx.ts';

/** Opens payments of placed orders and cancels those of cancelled orders; the events may arrive in any order. */
const commands = (ids: Ids): CommandTable<Command> => ({
  'order.placed': ({ payload: { order_id: orderId, customer, total_amount, currency, payment_token } }) => ({
    type: 'open',
    orderId,
    paymentId: ids.next(),
    customer: { userId: customer.user_id, email: customer.email, name: customer.name },
    amount: moneyOf(total_amount, currency),
    token: payment_token ?? '',
  }),
  'order.cancelled': ({ payload: { order_id: orderId } }) => ({
    type: 'cancel',
    orderId,
    paymentId: ids.next(),
  }),
});

export const makePaymentConsumer = (
  toolbox: Pick<Toolbox, 'logger' | 'metrics' | 'ids'>,
  unitOfWork: UnitOfWork<PaymentTx>,
  run: RunPayments,
): Subscription => makeConsumer(toolbox, unitOfWork, 'payment', commandHandlers(run, commands(toolbox.ids)));
