import { describe, expect, it } from 'vitest';
import { someCommands, happen } from '#order/test/any-order.ts';
import {
  AT,
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  DISPATCHED,
  historyOf,
  moved,
  NOW,
  orderOf,
  placed,
  refund,
  RESERVED,
  RESHIP,
} from '#order/test/order.mother.ts';
import fc from 'fast-check';
import { after, HOUR, MINUTE } from '#kernel/clock.ts';
import type { OrderCommand } from './commands.ts';
import type { OrderEvent } from './events.ts';
import { sagaOf, type Saga } from './saga.ts';
import { PATIENCE } from './tasks.ts';

/** An event per minute. */
const inTime = (history: readonly OrderEvent[]): readonly OrderEvent[] =>
  history.map((event, index) => ({ ...event, at: after(NOW, index * MINUTE).toISOString() }));

const sagaAfter = (...commands: readonly OrderCommand[]): Saga => {
  const history = inTime(historyOf(placed(), ...commands));
  return sagaOf(orderOf(history), history, PATIENCE);
};

const waits = (...commands: readonly OrderCommand[]): readonly string[] =>
  sagaAfter(...commands).waits.map(({ who, what }) => `${who}: ${what}`);

describe('the saga of an order', () => {
  it('waits for those who have not responded yet', () => {
    expect(waits()).toEqual(['inventory: reserve', 'payment: authorize']);
    expect(waits(RESERVED)).toEqual(['payment: authorize']);
    expect(waits(RESERVED, AUTHORIZED)).toEqual(['payment: capture', 'shipping: dispatch']);
    expect(waits(RESERVED, AUTHORIZED, CAPTURED)).toEqual(['shipping: dispatch']);
    expect(waits(RESERVED, AUTHORIZED, CAPTURED, CANCEL)).toEqual(['shipping: stop']);
    expect(waits(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED)).toEqual(['shipping: deliver']);
  });

  it('waits for staff while a case is open, and for a replacement afterwards', () => {
    const lost = [RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('lost')];
    expect(waits(...lost)).toEqual(['staff: decide']);
    expect(waits(...lost, RESHIP)).toEqual(['inventory: reserve']);
  });

  it('waits for each refund that was requested', () => {
    const { waits } = sagaAfter(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, refund(500));
    expect(waits).toContainEqual(
      expect.objectContaining({ who: 'payment', what: 'refund', about: expect.any(String) }),
    );
  });

  it('has waited since the step began, not since the last event, and stops at its timer', () => {
    expect(sagaAfter(RESERVED).waits).toEqual([
      { who: 'payment', what: 'authorize', since: AT, until: after(NOW, 15 * MINUTE).toISOString() },
    ]);
    const [capture] = sagaAfter(RESERVED, AUTHORIZED).waits;
    const confirmedAt = after(NOW, 3 * MINUTE); // placed, reserved, authorised, confirmed
    expect(capture).toMatchObject({
      since: confirmedAt.toISOString(),
      until: after(confirmedAt, 24 * HOUR).toISOString(),
    });
  });

  it('waits for something unless the order has ended, whatever happened', () => {
    fc.assert(
      fc.property(someCommands, (commands) => {
        const { history, order } = happen(commands);
        const { isFinal, waits } = sagaOf(order, history, PATIENCE);
        expect(isFinal || waits.length > 0).toBe(true);
      }),
    );
  });
});
