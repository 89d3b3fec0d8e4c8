import { expect, it } from 'vitest';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { EventForwarder } from '../../main/event-forwarder.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, number, string, uuid } from '#test/kit/pact/matchers.ts';
import { completed } from '#test/kit/sample.ts';
import { ID, VARIANT } from './changes.rig.ts';
import { isOverseen } from './staff.rig.ts';

const logger = makeLogger({ service: 'gateway', level: 'silent' });
const EVENTS: readonly EventType[] = [
  'product.created',
  'product.updated',
  'product.deleted',
  'product.viewed',
  'inventory.availability_changed',
  'cart.item_added',
  'order.placed',
];
const PATH = '/internal/v1/events';

describeContract('gateway', 'recommendation', (contract) => {
  isOverseen(contract, 'recommendation');

  it('to recommend products', () =>
    contract.asks(
      {
        given: 'products are on sale',
        asking: 'for popular products',
        request: {
          method: 'GET',
          path: '/api/v1/recommendations',
          query: { list: 'popular', limit: '3' },
          role: 'customer',
        },
        response: {
          status: 200,
          body: {
            list_id: uuid(ID),
            list: 'popular',
            strategy: string('popular'),
            bucket: integer(42),
            items: eachLike({
              product_id: uuid(VARIANT),
              position: integer(1),
              reason: { code: string('popular') },
              propensity: number(1),
            }),
          },
        },
      },
      async (_, url) => {
        const answer = await fetch(`${url}/api/v1/recommendations?list=popular&limit=3`, {
          headers: { authorization: 'Bearer role:customer' },
        });
        expect(answer.status).toBe(200);
      },
    ));

  it('to refuse a list that needs a product', () =>
    contract.asks(
      {
        asking: 'for products that are similar to none',
        request: { method: 'GET', path: '/api/v1/recommendations', query: { list: 'similar' }, role: 'customer' },
        response: { status: 422, body: { code: 'PRODUCT_REQUIRED' } },
      },
      async (_, url) => {
        const answer = await fetch(`${url}/api/v1/recommendations?list=similar`, {
          headers: { authorization: 'Bearer role:customer' },
        });
        expect(answer.status).toBe(422);
      },
    )); // prettier-ignore

  it.each([...EVENTS, 'user.forgotten'] as const)('to take an event: %s', async (type) => {
    const event: EventEnvelope = completed(type, { event_id: ID, timestamp: '2026-03-01T10:15:00Z' });
    let sent: object = {};
    const bus = new InProcessBus(noJournal, logger);
    const probe = new EventForwarder(bus, async ({ body }) => ({ status: 204, body: (sent = Object(body)) }), logger); // prettier-ignore
    await bus.start();
    atEnd(() => bus.stop());
    probe.up();
    await bus.publish([event]);
    for (const consumer of ['recommendation', 'recommendation.erasures']) await bus.caughtUp(consumer);
    await contract.asks(
      {
        asking: `to take ${type}`,
        request: { method: 'POST', path: PATH, scope: 'events:write', body: sent },
        response: { status: 204 },
      },
      async (client) => {
        const other = new InProcessBus(noJournal, logger);
        const forwarder = new EventForwarder(other, client, logger);
        await other.start();
        atEnd(() => other.stop());
        forwarder.up();
        await other.publish([{ ...event, event_id: ID, correlation_id: systemIds.next() }]);
        for (const consumer of ['recommendation', 'recommendation.erasures']) await other.caughtUp(consumer);
      },
    );
  });
});
