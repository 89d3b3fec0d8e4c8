import type { EventEnvelope } from '#kernel/events.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import { makeEventHandlers } from '../../adapters/messaging/consumer.ts';
import { memoryWarehouse } from '../../adapters/memory/memory-warehouse.ts';
import type { Fact } from '../../core/domain/fact.ts';

/** What the warehouse gets of an event. */
export const factOf = async (event: EventEnvelope): Promise<Fact | undefined> => {
  const kept: Fact[] = [];
  const handlers = makeEventHandlers({
    ...memoryWarehouse(),
    append: (facts) => Promise.resolve(void kept.push(...facts)),
  });
  const handle = handlers[event.event_type] as
    ((tx: BaseTx, events: readonly EventEnvelope[]) => Promise<void>) | undefined;
  await handle?.({} as BaseTx, [event]);
  return kept[0];
};
