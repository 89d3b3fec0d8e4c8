import type { AdminOptions } from '../http/admin-app.ts';
import { STUCK_AFTER, type RunningService } from './host.ts';

const MOST = 1_000;

/** The operators' view of the services in this process. */
export const operationsOf = (
  services: readonly RunningService[],
  metrics: () => Promise<string>,
): Omit<AdminOptions, 'isAllowed'> => ({
  metrics,
  troubles: () =>
    Promise.all(
      services.map(async ({ name, stores }) => ({
        service: name,
        dead: (await stores.deadLetters.list(MOST)).map(({ consumer, envelope, error, parkedAt }) => ({
          consumer,
          event_id: envelope.event_id,
          event_type: envelope.event_type,
          error,
          parked_at: parkedAt.toISOString(),
        })),
        stuck: (await stores.tasks.stuck(STUCK_AFTER, MOST)).map(({ key, kind, attempts, error = '' }) => ({
          key,
          kind,
          attempts,
          error,
        })),
      })),
    ),
  redrive: async (consumer, eventId) => {
    for (const service of services) {
      const redelivery = await service.redeliver(consumer, eventId);
      if (redelivery.outcome !== 'unknown') return redelivery;
    }
    return { outcome: 'unknown' };
  },
  hasten: async () => {
    const hastened = await Promise.all(services.map((service) => service.hasten()));
    return hastened.reduce((sum, tasks) => sum + tasks, 0);
  },
});
