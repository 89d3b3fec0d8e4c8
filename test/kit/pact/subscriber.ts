import type { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { openToolbox, type TestOptions, type TestToolbox } from '../toolbox.ts';

export interface Subscriber {
  readonly toolbox: TestToolbox;
  readonly database: MemoryDatabase;
  /** Hands the event to the consumer that takes it; throws when it is parked, or when none takes it. */
  hear(event: EventEnvelope): Promise<void>;
  /** All that the service does at intervals. */
  sweep(): Promise<void>;
}

/** A service in memory, of which only the consumers are asked. */
export const openSubscriber = async (
  module: ServiceModule,
  options: TestOptions = {},
): Promise<Subscriber> => {
  const toolbox = await openToolbox('memory', module, options);
  if (toolbox.store.kind !== 'memory') throw new Error('not in memory');
  const { consumers = [], sweeps = [] } = await module.compose(toolbox);
  return {
    toolbox,
    database: toolbox.store.database,
    sweep: async () => {
      for (const { sweep } of sweeps) await sweep(toolbox.clock.now());
    },
    hear: async (event) => {
      const takers = consumers.filter(({ topics }) => topics.includes(event.event_type));
      if (takers.length === 0) throw new Error(`nobody takes ${event.event_type}`);
      for (const taker of takers) await taker.handle([event]);
      const [parked] = await toolbox.stores.deadLetters.list(1);
      if (parked) throw new Error(`parked: ${parked.error}`);
    },
  };
};
