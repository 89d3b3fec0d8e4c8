import { describe, expect, it } from 'vitest';
import { after, ManualClock, MINUTE, SECOND } from './clock.ts';
import { causeOf, isEvent, type EventEnvelope } from './events.ts';

const START = new Date('2026-03-01T12:00:00Z');

describe('a clock for tests', () => {
  it('stands still until it is moved', () => {
    const clock = new ManualClock(START);
    expect(clock.now()).toEqual(START);
    clock.advance(MINUTE);
    expect(clock.now()).toEqual(after(START, MINUTE));
    clock.advance(-2 * MINUTE);
    expect(clock.now()).toEqual(after(START, -60 * SECOND));
  });

  it('cannot be moved by changing the date it returned', () => {
    const clock = new ManualClock(START);
    clock.now().setFullYear(1999);
    expect(clock.now()).toEqual(START);
  });
});

describe('an event', () => {
  const envelope: EventEnvelope<'product.deleted'> = {
    event_id: 'e-1',
    event_type: 'product.deleted',
    event_version: '1.0',
    timestamp: START.toISOString(),
    correlation_id: 'c-1',
    causation_id: 'r-1',
    aggregate_id: 'p-1',
    aggregate_version: 2,
    key: 'p-1',
    payload: { product_id: 'p-1', version: 2, deleted_at: START.toISOString() },
  };

  it('is recognised by its type', () => {
    expect(isEvent('product.deleted', envelope)).toBe(true);
    expect(isEvent('product.created', envelope)).toBe(false);
  });

  it('is the cause of later events, with the same correlation id', () => {
    expect(causeOf(envelope)).toStrictEqual({ correlationId: 'c-1', causationId: 'e-1' });
    expect(causeOf({ ...envelope, traceparent: '00-1-2-01' })).toMatchObject({ traceparent: '00-1-2-01' });
  });
});
