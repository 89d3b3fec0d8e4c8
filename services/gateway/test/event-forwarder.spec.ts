import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Call, ServiceClient } from '#adapters/http/client.ts';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { until } from '#test/kit/conditions.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { isEvent, type EventEnvelope, type EventType } from '#kernel/events.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { completed } from '#test/kit/sample.ts';
import { EventForwarder } from '../main/event-forwarder.ts';

const logger = makeLogger({ service: 'test', level: 'silent' });

const sampleEvent = (type: EventType): EventEnvelope => completed(type, { event_id: systemIds.next() });

const Sent = z.object({
  events: z.array(z.object({ event_type: z.string(), payload: z.record(z.string(), z.unknown()) })),
});

describe('events for the recommendation service', () => {
  let calls: Call[];
  let status: number;
  let forwarder: EventForwarder;
  const client: ServiceClient = async (call) => {
    calls.push(call);
    if (status >= 500) throw new Error('away');
    return { status, body: undefined };
  };
  let bus: InProcessBus;
  beforeEach(async () => {
    calls = [];
    status = 204;
    bus = new InProcessBus(noJournal, logger);
    forwarder = new EventForwarder(bus, client, logger);
    await bus.start();
    atEnd(() => bus.stop());
  });
  const sent = () => calls.flatMap(({ body }) => Sent.parse(body).events);

  it('are handed over in batches, in order', async () => {
    forwarder.up();
    const events = Array.from({ length: 3 }, () => sampleEvent('inventory.availability_changed'));
    await bus.publish(events);
    await until(() => sent().length === 3);
    expect(calls[0]).toMatchObject({ method: 'POST', path: '/internal/v1/events', scope: 'events:write' });
    expect(sent().map(({ payload }) => payload)).toEqual(events.map(({ payload }) => payload));
  });

  it('contain only the customer, products and time of an order', async () => {
    forwarder.up();
    const order = sampleEvent('order.placed');
    await bus.publish([order]);
    await until(() => calls.length === 1);
    if (!isEvent('order.placed', order)) throw new Error('no order');
    const { order_id, customer, items, placed_at } = order.payload;
    expect(sent()[0]?.payload).toEqual({
      order_id,
      customer: { user_id: customer.user_id },
      items: items.map(({ product_id }) => ({ product_id })),
      placed_at,
    });
  });

  it('wait while it is away, and hold up nobody else', async () => {
    await bus.publish([sampleEvent('cart.item_added'), sampleEvent('product.deleted')]);
    await bus.caughtUp('recommendation');
    expect(calls).toEqual([]);
    status = 503;
    forwarder.up();
    await until(() => calls.length === 1);
    status = 204;
    await bus.publish([sampleEvent('product.updated')]);
    await until(() => sent().some(({ event_type }) => event_type === 'product.updated'));
    expect(calls.slice(1).flatMap(({ body }) => Sent.parse(body).events.map((one) => one.event_type))).toEqual([
      'cart.item_added',
      'product.deleted',
      'product.updated',
    ]); // prettier-ignore
  });

  it('of erased users are never lost: they count as handled only when they are', async () => {
    await bus.publish([sampleEvent('user.forgotten')]);
    await bus.caughtUp('recommendation');
    expect(bus.lag('recommendation.erasures')).toBe(1);
    forwarder.up();
    await bus.caughtUp('recommendation.erasures');
    expect(Object.keys(sent()[0]?.payload ?? {})).toEqual(['user_id']);
  });

  it('are not kept for a service that will not come', async () => {
    await bus.publish([sampleEvent('user.forgotten')]);
    forwarder.gone();
    await bus.caughtUp('recommendation.erasures');
    await bus.publish([sampleEvent('product.deleted')]);
    await bus.caughtUp('recommendation');
    forwarder.up();
    await bus.caughtUp('recommendation');
    expect(calls).toEqual([]);
  });
});
