import { expect, it } from 'vitest';
import { actsIn, auditedOperations, operationsIn } from '#test/kit/audit.ts';
import { notification } from '../main/module.ts';
import { Storage, storage } from '../main/storage.ts';
import { Container } from 'inversify';
import { anEvent } from './event.mother.ts';
import { openReceiver, PATH, webhooksForEachTest } from './webhooks.rig.ts';

const shop = webhooksForEachTest();

it('What staff do to endpoints, messages and addresses is in the audit trail, without secrets and recipients.', async () => {
  const receiver = await openReceiver();
  const { id } = await shop.create(receiver.url);
  await shop.as('PATCH', `${PATH}/${id}`, { body: { event_types: ['order.cancelled'] } });
  await shop.as('POST', `${PATH}/${id}/secret-rotation`);
  const { body: tested } = await shop.as('POST', `${PATH}/${id}/test`);
  await shop.work();
  await shop.as('POST', `${PATH}/${id}/deliveries/${String(tested.delivery_id)}/replay`);
  const { body: begun } = await shop.as('POST', `${PATH}/${id}/recover`, {
    body: { since: '2026-03-01T00:00:00Z' },
  });
  await shop.as('DELETE', `${PATH}/${id}`);

  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(shop.toolbox));
  const email = 'ada@example.com';
  const since = shop.toolbox.clock.now().toISOString();
  await container
    .get(Storage.UnitOfWork)
    .run((tx) => tx.suppressions.add({ email, reason: 'complaint', since }));
  await shop.as('DELETE', `/api/v1/notifications/suppressions/${email}`);
  const placed = anEvent('order.placed');
  for (const consumer of shop.consumers)
    if (consumer.consumer === 'notification') await consumer.handle([placed]);
  const { body: found } = await shop.as('GET', '/api/v1/notifications');
  await shop.as('POST', `/api/v1/notifications/${String(found.items[0].notification_id)}/resend`);

  expect(await operationsIn(shop.toolbox)).toEqual(auditedOperations(notification));
  const acts = await actsIn(shop.toolbox);
  expect(acts[0]).toMatchObject({
    did: 'createWebhookEndpoint: webhook_endpoint',
    after: { host: new URL(receiver.url).host, eventTypes: ['order.confirmed'], secrets: 1 },
  });
  expect(acts[1]).toMatchObject({
    before: { eventTypes: ['order.confirmed'] },
    after: { eventTypes: ['order.cancelled'] },
  });
  expect(acts.filter(({ did }) => did.startsWith('recover'))).toMatchObject([
    {
      did: 'recoverWebhookDeliveries: webhook_endpoint',
      after: { recovery: { startedAt: begun.started_at } },
    },
  ]);
  const text = JSON.stringify(await shop.toolbox.audited());
  for (const secret of ['/hook', 'sealed', 'whsec', 'Ada']) expect(text).not.toContain(secret);
});
