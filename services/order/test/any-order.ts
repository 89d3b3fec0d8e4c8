import fc from 'fast-check';
import { DAY } from '#kernel/clock.ts';
import { fold } from '#kernel/process.ts';
import type { OrderCommand } from '../core/domain/commands.ts';
import { decide } from '../core/domain/decide.ts';
import type { OrderEvent } from '../core/domain/events.ts';
import { evolve } from '../core/domain/evolve.ts';
import type { Order } from '../core/domain/order.ts';
import {
  aLine,
  AUTHORIZED,
  CANCEL,
  CUSTOMER,
  CAPTURED,
  DISPATCHED,
  ELSEWHERE,
  HOLD,
  moved,
  NOW,
  READDRESS,
  readdressed,
  placed,
  refund,
  refunded,
  refundFailed,
  refundLines,
  RELEASE,
  RESERVED,
  RESHIP,
  resolve,
  SHIP,
} from './order.mother.ts';

const LINE = aLine();

/** Commands that reach most states of an order. */
export const someCommands = fc.array(
  fc.constantFrom<OrderCommand>(
    RESERVED,
    AUTHORIZED,
    CAPTURED,
    DISPATCHED,
    CANCEL,
    RESHIP,
    moved('in_transit'),
    moved('delivered'),
    moved('lost'),
    moved('returned'),
    { type: 'stock-reserved', attempt: 2 },
    { type: 'out-of-stock', attempt: 1 },
    { type: 'payment-failed', reason: 'declined' },
    { type: 'parcel-cancelled', attempt: 1 },
    HOLD,
    RELEASE,
    SHIP,
    READDRESS,
    { ...READDRESS, address: { ...ELSEWHERE, line1: 'Road 3' } },
    readdressed(1),
    readdressed(2),
    { type: 'parcel-held', instruction: 1 },
    { type: 'parcel-held', instruction: 2 },
    { type: 'time-is-up', waitedIn: 'pending', attempt: 1 },
    { type: 'time-is-up', waitedIn: 'confirmed', attempt: 1 },
    refund(2_000, 'a'),
    refund(2_000, 'b'),
    refundLines('c', [{ variantId: LINE.variantId, quantity: 1 }], true),
    refunded(2_000, 'a'),
    refunded(1_785, 'c'),
    refundFailed(1_785, 'c'),
    refundFailed(2_000, 'a'),
    resolve('refund', 'case-1', true),
    resolve('dismiss', 'case-1'),
    resolve('refund', 'case-2'),
    ...['x', 'y'].flatMap((returnId) => {
      const about = { returnId, number: returnId, actor: CUSTOMER };
      const one = { ...about, lines: [{ variantId: LINE.variantId, quantity: 1 }] };
      return [
        { ...one, type: 'hold-units', windowMs: DAY },
        { ...one, type: 'refund-return', shipping: false, reason: 'return' },
        { ...about, type: 'follow-return', state: 'cancelled', lines: [] },
        {
          ...about,
          type: 'refund-difference',
          exchangeId: `z${returnId}`,
          lines: [{ variantId: LINE.variantId, quantity: 0, amountMinor: 300 }],
        },
        refunded(300, `exchange-z${returnId}`),
        refunded(1_190, `return-${returnId}`),
        refundFailed(1_190, `return-${returnId}`),
      ] as const;
    }),
  ),
  { maxLength: 30 },
);

/** Carries out the commands that an order accepts. */
export const happen = (some: readonly OrderCommand[]): { history: OrderEvent[]; order: Order } => {
  const history = [placed({ lines: [LINE] })];
  let order = evolve(undefined, placed({ lines: [LINE] }));
  for (const command of some) {
    const decision = decide(command, order, NOW);
    if (!decision.ok) continue;
    history.push(...decision.value);
    order = fold<Order, OrderEvent>({ evolve }, decision.value, order);
  }
  return { history, order };
};
