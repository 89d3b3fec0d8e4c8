import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { ManualClock } from '#kernel/clock.ts';
import type { EventPayloads } from '#kernel/events.ts';
import { newEventAbout } from '#test/kit/events.ts';
import { START } from '#test/kit/start.ts';
import { makeSeal } from './envelope.ts';
import { InvalidEvent } from './schemas.ts';

const seal = makeSeal(systemIds, new ManualClock(START));
const PLACED = {
  ...newEventAbout(systemIds.next(), 'order.placed').payload,
  payment_token: 'tok_1',
};
const sealed = (payload: EventPayloads['order.placed']) =>
  seal({ type: 'order.placed', aggregateId: systemIds.next(), aggregateVersion: 1, payload });

describe('an event', () => {
  it('gets the oldest version that has all its fields, which most consumers can read', () => {
    expect(sealed(PLACED).event_version).toBe('1.0');
    expect(sealed({ ...PLACED, company: 'ACME' }).event_version).toBe('2.0');
    const { payment_token: _, ...free } = PLACED;
    expect(sealed(free).event_version).toBe('2.0');
  });

  it('is refused if no version has all its fields', () => {
    expect(() => sealed({ ...PLACED, total_amount: -1 })).toThrow(InvalidEvent);
    expect(() => sealed(JSON.parse('{}') as typeof PLACED)).toThrow(InvalidEvent);
  });
});
