import { makeConsumer } from '#adapters/service/parts.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import { causeOf, type EventEnvelope } from '#kernel/events.ts';
import { moneyOf } from '#kernel/money.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { CarryOut, Instruction } from '../../core/application/carry-out.ts';
import type { PaymentTx } from '../../core/ports/payment-tx.ts';

/** Orders that were placed are paid for, orders that were cancelled are not; in whichever order one hears of it. */
export const makePaymentConsumer = (
  toolbox: Pick<Toolbox, 'logger' | 'metrics' | 'ids'>,
  unitOfWork: UnitOfWork<PaymentTx>,
  carryOut: CarryOut,
): Subscription => {
  const toOpen = (event: EventEnvelope<'order.placed'>): Instruction => {
    const { order_id: orderId, customer, total_amount, currency, payment_token = '' } = event.payload;
    return {
      orderId,
      cause: causeOf(event),
      command: {
        type: 'open',
        orderId,
        paymentId: toolbox.ids.next(),
        customer: { userId: customer.user_id, email: customer.email, name: customer.name },
        amount: moneyOf(total_amount, currency),
        token: payment_token,
      },
    };
  };
  const toCancel = (event: EventEnvelope<'order.cancelled'>): Instruction => {
    const { order_id: orderId } = event.payload;
    return {
      orderId,
      cause: causeOf(event),
      command: { type: 'cancel', orderId, paymentId: toolbox.ids.next() },
    };
  };
  return makeConsumer(toolbox, unitOfWork, 'payment', {
    'order.placed': (tx, events) => carryOut.all(tx, events.map(toOpen)),
    'order.cancelled': (tx, events) => carryOut.all(tx, events.map(toCancel)),
  });
};
