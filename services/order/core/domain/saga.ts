import { after } from '#kernel/clock.ts';
import { openCases } from './cases.ts';
import type { OrderEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Order } from './order.ts';
import { isFinal, timerKey, waitOf, type Waiting } from './order-state.ts';
import type { Patience } from './tasks.ts';

/** Who has to move an order on, and to do what. */
export type WaitsFor =
  | { readonly who: 'inventory'; readonly what: 'reserve' }
  | { readonly who: 'payment'; readonly what: 'authorize' | 'capture' | 'refund' }
  | { readonly who: 'shipping'; readonly what: 'dispatch' | 'deliver' | 'stop' }
  | { readonly who: 'staff'; readonly what: 'decide' };

export type SagaWait = WaitsFor & {
  /** RFC 3339. */
  readonly since: string;
  /** When the shop stops waiting and goes on by itself; absent where it waits for ever. */
  readonly until?: string | undefined;
  /** The case, or the key of the refund. */
  readonly about?: string | undefined;
};

export interface Saga {
  readonly isFinal: boolean;
  readonly waits: readonly SagaWait[];
}

/** What an order waits for, and since when, which its history tells. */
export const sagaOf = (order: Order, history: readonly OrderEvent[], patience: Patience): Saga => {
  const asked = order.refunds.filter(({ status }) => status === 'asked');
  return {
    isFinal: isFinal(order),
    waits: [
      ...waitsForUpstreams(order, history, patience),
      ...asked.map(({ refundKey }): SagaWait => ({
        who: 'payment',
        what: 'refund',
        since: timeOf(history, (event) => isRequestOf(event, refundKey)) ?? order.updatedAt,
        about: refundKey,
      })),
      ...openCases(order).map(({ caseId, openedAt }): SagaWait => ({
        who: 'staff',
        what: 'decide',
        since: openedAt,
        about: caseId,
      })),
    ],
  };
};

const isRequestOf = (event: OrderEvent, refundKey: string): boolean =>
  event.type === 'refund-requested' && event.refund.refundKey === refundKey;

const timeOf = (history: readonly OrderEvent[], is: (event: OrderEvent) => boolean): string | undefined =>
  history.findLast(is)?.at;

/** When the current wait began: with the event after which its timer was set. */
const waitingSince = (history: readonly OrderEvent[]): string | undefined => {
  let order: Order | undefined;
  let [key, since]: (string | undefined)[] = [];
  for (const event of history) {
    order = evolve(order, event);
    const wait = waitOf(order);
    const current = wait && timerKey(order, wait);
    if (current !== key) [key, since] = [current, event.at];
  }
  return since;
};

const waitsForUpstreams = (
  order: Order,
  history: readonly OrderEvent[],
  patience: Patience,
): readonly SagaWait[] => {
  const wait = waitOf(order);
  if (!wait) return [];
  const since = waitingSince(history) ?? order.updatedAt;
  const until = after(new Date(since), patience[wait.waitedIn]).toISOString();
  return WAITED_FOR[wait.waitedIn](order).map((one) => ({ ...one, since, until }));
};

const WAITED_FOR: Readonly<Record<Waiting, (order: Order) => readonly WaitsFor[]>> = {
  pending: ({ isReserved, payment }) => [
    ...(isReserved ? [] : [{ who: 'inventory', what: 'reserve' } as const]),
    ...(payment.status === 'pending' ? [{ who: 'payment', what: 'authorize' } as const] : []),
  ],
  confirmed: ({ payment }) => [
    ...(payment.status === 'captured' ? [] : [{ who: 'payment', what: 'capture' } as const]),
    { who: 'shipping', what: 'dispatch' },
  ],
  cancelling: () => [{ who: 'shipping', what: 'stop' }],
  shipped: () => [{ who: 'shipping', what: 'deliver' }],
  replacement: ({ isReserved }) => [
    isReserved ? { who: 'shipping', what: 'dispatch' } : { who: 'inventory', what: 'reserve' },
  ],
};
