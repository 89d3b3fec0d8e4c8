import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { COSTLY_RUNS } from '#test/kit/runs.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import {
  cancelRequested,
  DELAY_MS,
  openRig,
  orderCancelled,
  orderConfirmed,
  paymentSuccessful,
  type Rig,
} from './shipping.rig.ts';

/** Steps that may happen in any order and any number of times. */
type Step = 'confirmed' | 'paid' | 'request' | 'cancelled' | 'wait' | 'work' | 'crash' | 'poll';

const steps = fc
  .tuple(
    fc.constantFrom<Step[]>([], ['confirmed', 'paid'], ['paid', 'confirmed', 'wait']),
    fc.array(
      fc.constantFrom<Step>('confirmed', 'paid', 'request', 'cancelled', 'wait', 'work', 'crash', 'poll'),
      { minLength: 2, maxLength: 10 },
    ),
  )
  .map(([start, rest]) => [...start, ...rest]);

/** The label is bought, and the process dies before it records that. */
const crash = async ({ toolbox: { clock, stores }, dispatch }: Rig): Promise<void> => {
  for (const task of await stores.tasks.claim(dispatch.kind, clock.now(), clock.now(), 10))
    await dispatch.perform(task);
};

const play = async (rig: Rig, history: readonly Step[]): Promise<string> => {
  const orderId = systemIds.next();
  const hear = (event: EventEnvelope) => () => rig.hear({ ...event, event_id: systemIds.next() });
  const act: Readonly<Record<Step, () => Promise<void>>> = {
    confirmed: hear(orderConfirmed(orderId)),
    paid: hear(paymentSuccessful(orderId)),
    request: hear(cancelRequested(orderId)),
    cancelled: hear(orderCancelled(orderId)),
    wait: async () => {
      rig.toolbox.clock.advance(DELAY_MS);
      await Promise.resolve();
    },
    work: async () => {
      await rig.work();
    },
    crash: () => crash(rig),
    poll: () => rig.poll(),
  };
  for (const step of history) await act[step]();
  rig.toolbox.clock.advance(DELAY_MS);
  await rig.work();
  return orderId;
};

describe('whatever happens, in whichever order, however often', () => {
  it('a parcel is either sent or cancelled, never both, and its label stays valid only if it is sent', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const rig = await openRig('memory');
        const orderId = await play(rig, history);
        const told = (await rig.announced())
          .map(({ type }) => type)
          .filter((type) => type !== 'shipment.status_updated');
        expect(told.length).toBeLessThanOrEqual(1);

        const [shipment] = (await rig.consignmentOf(orderId))?.shipments ?? [];
        const isReleased = history.includes('confirmed') && history.includes('paid');
        const isStopped = history.includes('request') || history.includes('cancelled');
        expect(shipment?.status).not.toBe('labelling');
        if (history.includes('request'))
          expect(told.length + Number(history.includes('cancelled'))).toBeGreaterThan(0);
        if (isReleased && !isStopped) expect(told).toEqual(['shipment.created']);
        if (!isReleased) expect(told).not.toContain('shipment.created');

        const isSent = told.includes('shipment.created');
        expect(shipment?.label !== undefined).toBe(isSent);
        if (isSent) {
          const printed = await rig.carriers.get('dhl')?.print(shipment?.label?.trackingNumber ?? '');
          expect(printed).toBeDefined();
        }
        expect(await rig.toolbox.stores.tasks.stuck(0, 10)).toEqual([]);
        rig.toolbox.clock.advance(30 * DAY);
        await rig.poll();
        expect(await rig.queries.underWay('dhl', 10)).toEqual([]);
      }),
      { numRuns: COSTLY_RUNS },
    );
  });
});
