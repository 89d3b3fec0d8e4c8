import { z } from 'zod';
import type { components } from '#openapi/generated/gateway.ts';
import type { ServiceState } from '../states.ts';
import type { Answer } from './ask-services.ts';

type Overview = components['schemas']['OperationsOverview'];

/** The longest that a service is waited for, each of the two times that it may be asked. */
export const OVERVIEW_MS = 1_000;

/** What to ask each service. */
export const waitingIn = (services: readonly Pick<ServiceState, 'service'>[]): ReadonlyMap<string, string> =>
  new Map(services.map(({ service }) => [service, `/api/v1/operations/${service}`]));

/** Those that are ready but have not responded. The first request that a service gets takes it longer than all later ones. */
export const lateAmong = (
  states: readonly ServiceState[],
  answers: ReadonlyMap<string, Answer>,
): readonly ServiceState[] =>
  states.filter(({ service, isReady }) => isReady && answers.get(service)?.outcome === 'missing');

/** As in `operations.yaml`. */
const Service = z.object({
  outbox_events: z.number(),
  oldest_event_at: z.string().optional(),
  consumers: z.array(z.object({ consumer: z.string(), lag: z.number() })),
  dead_letters: z.number(),
  failing_tasks: z.number(),
});

/** What waits in each service; a service that did not respond has its name and state only. */
export const overviewOf = (
  states: readonly ServiceState[],
  answers: ReadonlyMap<string, Answer>,
): Overview => {
  const services = states.map(({ service, isReady }) => {
    const answer = answers.get(service);
    const waiting = Service.safeParse(answer?.outcome === 'answered' ? answer.body : undefined);
    if (!waiting.success) return { service, ready: isReady };
    const { oldest_event_at: oldest, ...counts } = waiting.data;
    const operations = { ...counts, ...(oldest === undefined ? {} : { oldest_event_at: oldest }) };
    return { service, ready: isReady, operations };
  });
  return {
    services,
    missing: services.flatMap((one) => ('operations' in one ? [] : [one.service])),
  };
};
