import { expect, it } from 'vitest';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import { eventAbout } from '#test/kit/events.ts';
import { makeEventHandlers } from '../adapters/messaging/consumer.ts';
import { memoryWarehouse } from '../adapters/memory/memory-warehouse.ts';
import type { Fact } from '../core/domain/fact.ts';

const ORDER = '0190a000-0000-7000-8000-000000000001';

/** In each text that the schema of the event allows. */
const PLANTED = 'Planted Person planted@example.com';

const plantedIn = (value: unknown): unknown => {
  if (typeof value === 'string') return /^[0-9A-Z-]{1,36}$|^\d{4}-|^[a-z_]+$/i.test(value) ? value : PLANTED;
  if (Array.isArray(value)) return value.map(plantedIn);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plantedIn(of)]));
  return value;
};

it('no name, address, token or user of an event reaches the warehouse', async () => {
  const kept: Fact[] = [];
  const handlers = makeEventHandlers({
    ...memoryWarehouse(),
    append: (facts) => Promise.resolve(void kept.push(...facts)),
  });
  const customer = { user_id: '0190a000-0000-7000-8000-0000000000ff', email: PLANTED, name: PLANTED };
  const types = Object.keys(handlers).filter((type): type is EventType => type in handlers);
  for (const type of types) {
    const event = eventAbout(ORDER, type, type === 'order.placed' ? { total_amount: 10 } : {});
    const payload = {
      ...(plantedIn(event.payload) as object),
      ...('customer' in event.payload && { customer }),
    };
    const handle = handlers[type] as (tx: BaseTx, events: readonly EventEnvelope[]) => Promise<void>;
    await handle({} as BaseTx, [{ ...event, payload } as EventEnvelope]);
  }
  expect(kept).toHaveLength(types.length);
  expect(JSON.stringify(kept)).not.toMatch(/planted|0000000000ff/i);
});
