import { expect, it } from 'vitest';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { Contract } from '#test/kit/pact/contract.ts';
import { moment } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { memoryWebhookQueries, memoryWebhooks } from '../../adapters/memory/memory-webhooks.ts';
import { newEndpoint } from '../../core/domain/webhook-endpoint.ts';
import type { WebhookEvent } from '../../core/domain/webhook-events.ts';
import { notification } from '../../main/module.ts';

const ENDPOINT = '0190a000-0000-7000-8000-00000000000a';
const AT = '2026-03-01T12:00:00.000Z';

/** Tests that events reach an endpoint, whatever their payloads are. */
export const passesOn = (contract: Contract, ...types: readonly WebhookEvent[]): void => {
  it.each(types)('%s, to pass it on to a webhook endpoint', (type) =>
    contract.hears(
      type,
      {},
      async (event) => {
        const { toolbox, database, hear } = await openSubscriber(notification);
        const content = { url: 'https://a.example/', description: '', eventTypes: [type] };
        const endpoint = newEndpoint(ENDPOINT, content, '', toolbox.clock.now());
        const unitOfWork = memoryUnitOfWork(toolbox, database, (tx) => ({ webhooks: memoryWebhooks(tx) }));
        await unitOfWork.run(({ webhooks }) => webhooks.endpoints.save(endpoint));
        await hear(event);
        const key = { endpointId: ENDPOINT, eventId: event.event_id };
        const delivery = await memoryWebhookQueries(database).deliveries.find(key);
        expect(JSON.parse(delivery?.body ?? '{}')).toEqual({ type, timestamp: AT, data: event.payload });
      },
      { timestamp: moment(AT) },
    ),
  );
};
