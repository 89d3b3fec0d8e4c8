import type { EventEnvelope } from '#kernel/events.ts';
import { makeEventHandlers } from '../../adapters/messaging/consumer.ts';
import { memoryWarehouse } from '../../adapters/memory/memory-warehouse.ts';
import type { AnalyticsTx } from '../../core/ports/analytics-tx.ts';
import type { Fact } from '../../core/domain/fact.ts';

/** What the warehouse gets of an event. @param pseudonyms by user */
export const factOf = async (
  event: EventEnvelope,
  pseudonyms: ReadonlyMap<string, string> = new Map(),
): Promise<Fact | undefined> => {
  const kept: Fact[] = [];
  const handlers = makeEventHandlers({
    ...memoryWarehouse(),
    append: (facts) => Promise.resolve(void kept.push(...facts)),
  });
  const handle = handlers[event.event_type] as
    ((tx: Pick<AnalyticsTx, 'shoppers'>, events: readonly EventEnvelope[]) => Promise<void>) | undefined;
  const found = (): Promise<ReadonlyMap<string, string>> => Promise.resolve(pseudonyms);
  await handle?.({ shoppers: { known: found, of: found, forget: () => Promise.resolve(false) } }, [event]);
  return kept[0];
};
