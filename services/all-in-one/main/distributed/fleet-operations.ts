import { z } from 'zod';
import type { AdminOptions, Trouble } from '#adapters/http/admin-app.ts';
import type { AdminClient } from '#adapters/http/admin-client.ts';

const Redelivered = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('unknown') }),
  z.object({ outcome: z.literal('delivered') }),
  z.object({ outcome: z.literal('parked'), error: z.string() }),
]);

const PAUSE_MS = 100;
/** The lag is up to a second old, so it must stay at zero for longer than that. */
const QUIET_LOOKS = 15;

/** Operations on all processes, through the admin server of each. */
export const fleetOperations = (
  clients: readonly AdminClient[],
): Omit<AdminOptions, 'isAllowed' | 'catalog'> & { settled(): Promise<void> } => {
  const texts = async (path: string): Promise<readonly string[]> =>
    Promise.all(clients.map(async (ask) => String((await ask('GET', path)).body)));
  return {
    troubles: async () => (await Promise.all(clients.map((ask) => ask('GET', '/troubles')))).flatMap(({ body }) => body as readonly Trouble[]), // prettier-ignore
    metrics: async () => (await texts('/metrics')).join('\n'),
    redrive: async (consumer, eventId) => {
      for (const ask of clients) {
        const { body } = await ask('POST', `/redrive/${consumer}/${eventId}`);
        const redelivery = Redelivered.parse(body);
        if (redelivery.outcome !== 'unknown') return redelivery;
      }
      return { outcome: 'unknown' };
    },
    hasten: async () => {
      const answers = await Promise.all(clients.map((ask) => ask('POST', '/hasten')));
      return answers.reduce((sum, { body }) => sum + z.object({ tasks: z.int() }).parse(body).tasks, 0);
    },
    settled: async () => {
      const waiting = /^(?:outbox_events|consumer_lag)(?:\{[^}]*\})? (?<count>[\d.]+)$/gm;
      for (let quiet = 0; quiet < QUIET_LOOKS;) {
        const counts = (await texts('/metrics')).flatMap((text) =>
          [...text.matchAll(waiting)].map(({ groups }) => Number(groups?.['count'])),
        );
        quiet = counts.length > 0 && counts.every((count) => count === 0) ? quiet + 1 : 0;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    },
  };
};
