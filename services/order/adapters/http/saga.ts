import { masked } from '#adapters/service/masked.ts';
import type { components } from '#openapi/generated/order.ts';
import type { OrderEvent } from '../../core/domain/events.ts';
import { sagaOf } from '../../core/domain/saga.ts';
import type { Patience } from '../../core/domain/tasks.ts';
import type { VersionedOrder } from '../../core/ports/order-tx.ts';
import { fromActor } from './mapping.ts';

type Schemas = components['schemas'];

const SHOWN = 200;
const STAFF = { isStaff: true };

/** An order without its people, as operators see it. */
export const fromSaga = (
  { state: order, version }: VersionedOrder,
  history: readonly OrderEvent[],
  patience: Patience,
): Schemas['Saga'] => {
  const { isFinal, waits } = sagaOf(order, history, patience);
  return {
    order_id: order.orderId,
    number: order.number,
    status: order.status,
    version,
    final: isFinal,
    waits: waits.map(({ who, what, since, until, about }) => ({
      who,
      what,
      since,
      ...(until === undefined ? {} : { until }),
      ...(about === undefined ? {} : { about }),
    })),
    events: history.map((event, index) => fromEvent(event, index + 1)).slice(-SHOWN),
  };
};

const fromEvent = (
  { type, at, actor = { kind: 'system' }, correlationId, ...data }: OrderEvent,
  version: number,
): Schemas['Saga']['events'][number] => ({
  version,
  type,
  at,
  actor: fromActor(actor, STAFF),
  ...(correlationId === undefined ? {} : { correlation_id: correlationId }),
  data: masked(data) as Record<string, unknown>,
});
