import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { COSTLY_RUNS } from '#test/kit/runs.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { SECOND } from '#kernel/clock.ts';
import { TEST_CARDS } from '../adapters/mock-gateway/test-cards.ts';
import { APPROVES, openRig, orderCancelled, orderPlaced, type Rig } from './payment.rig.ts';

/** Steps that may happen in any order and any number of times. */
type Step = 'placed' | 'cancelled' | 'capture' | 'refund' | 'work' | 'crash' | 'wait';

/** Often starts with a typical sequence, to get beyond the first refusal. */
const steps = fc
  .tuple(
    fc.constantFrom<Step[]>(
      [],
      ['placed', 'work'],
      ['placed', 'work', 'capture'],
      ['placed', 'work', 'capture', 'work'],
    ),
    fc.array(fc.constantFrom<Step>('placed', 'cancelled', 'capture', 'refund', 'work', 'crash', 'wait'), {
      minLength: 2,
      maxLength: 10,
    }),
  )
  .map(([start, rest]) => [...start, ...rest]);
/** Not the card that refuses refunds: its cases are for staff. */
const cards = TEST_CARDS.filter(({ manner }) => !manner.refusesRefund).map(({ number }) => number);
const card = fc.oneof(fc.constant(APPROVES), fc.constantFrom(...cards));

/** The gateway is called, and the process dies before it records the responses. */
const crash = async ({ toolbox, gatewayTasks }: Rig): Promise<void> => {
  for (const handler of gatewayTasks) {
    const { clock, stores } = toolbox;
    for (const task of await stores.tasks.claim(handler.kind, clock.now(), clock.now(), 10))
      await handler.perform(task).catch(() => undefined);
  }
};

const play = async (rig: Rig, history: readonly Step[], number: string): Promise<string> => {
  const orderId = systemIds.next();
  const placed = orderPlaced({ orderId, token: await rig.token(number) });
  const cancelled = orderCancelled(orderId);
  const again = (event: EventEnvelope): EventEnvelope => ({ ...event, event_id: systemIds.next() });
  const act: Readonly<Record<Step, () => Promise<unknown>>> = {
    placed: () => rig.hear(again(placed)),
    cancelled: () => rig.hear(again(cancelled)),
    capture: () => rig.command.capture(orderId),
    refund: () =>
      rig.command.refund({
        orderId,
        key: 'r',
        amount: { minor: 1_000, currency: 'EUR' },
        reason: 'returned',
      }),
    work: () => rig.work(),
    crash: () => crash(rig),
    wait: async () => {
      rig.toolbox.clock.advance(SECOND);
      await Promise.resolve();
    },
  };
  for (const step of history) await act[step]();
  for (let round = 0; round < 12; round += 1) {
    rig.toolbox.clock.advance(SECOND);
    await rig.work();
  }
  return orderId;
};

/** The gateway's view, the source of truth about the money. */
const moneyTaken = async (rig: Rig, orderId: string): Promise<number> => {
  const payment = await rig.paymentOf(orderId);
  const capture = await rig.gateway.find(`${orderId}:capture`);
  if (capture?.status !== 'approved' || !payment) return 0;
  let left = payment.amount.minor;
  for (const { key, minor } of payment.refunds)
    if ((await rig.gateway.find(`${orderId}:refund:${key}`))?.status === 'approved') left -= minor;
  return left;
};

/** Money that is neither captured nor released. */
const isHeld = async ({ gateway }: Rig, orderId: string): Promise<boolean> => {
  const is = async (step: string): Promise<boolean> =>
    (await gateway.find(`${orderId}:${step}`))?.status === 'approved';
  return (await is('authorize')) && !(await is('void')) && !(await is('capture'));
};

describe('whatever happens, in whichever order, however often', () => {
  it('a payment settles, its ledger matches the gateway, and a cancelled order costs nothing', async () => {
    const rig = await openRig('memory');
    await fc.assert(
      fc.asyncProperty(steps, card, async (history, number) => {
        const orderId = await play(rig, history, number);
        const payment = await rig.paymentOf(orderId);
        const taken = await moneyTaken(rig, orderId);
        const books = payment ? await rig.queries.ledger(payment.paymentId) : [];
        const booked = books
          .flatMap(({ entries }) => entries)
          .filter(({ account }) => account === 'gateway_clearing')
          .reduce((total, { debit, credit }) => total + debit - credit, 0);
        expect(booked).toBe(taken);
        expect(['pending', 'cancelling', 'capturing', 'voiding']).not.toContain(payment?.status);
        expect(await rig.toolbox.stores.tasks.stuck(0, 10)).toEqual([]);
        if (!history.includes('cancelled')) return;
        expect(taken).toBe(0);
        expect(await isHeld(rig, orderId)).toBe(false);
      }),
      { numRuns: COSTLY_RUNS },
    );
  });
});
