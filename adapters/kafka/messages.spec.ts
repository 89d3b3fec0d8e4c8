import { describe, expect, it } from 'vitest';
import { isUuid } from '#kernel/ids.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import { checkEvent } from '../events/schemas.ts';
import { KEPT_BYTES } from '../events/unreadable.ts';
import type { Incoming } from './kafka-client.ts';
import { inPortions, toEnvelope, toMessage } from './messages.ts';

describe('an event as a message', () => {
  const event = {
    ...goneEnvelope(3),
    traceparent: '00-11111111111111111111111111111111-2222222222222222-01',
  };

  it('has the topic of its type, its key, and its cause in headers', () => {
    expect(toMessage('test.', event)).toMatchObject({
      topic: 'test.product.deleted',
      key: event.key,
      headers: {
        correlation_id: event.correlation_id,
        causation_id: event.causation_id,
        traceparent: event.traceparent,
      },
    });
    expect(toMessage('', goneEnvelope()).headers).not.toHaveProperty('traceparent');
  });

  const incoming = (value: string | Uint8Array, topic = 'test.product.deleted'): Incoming => ({
    topic,
    partition: 2,
    offset: 17n,
    value: typeof value === 'string' ? Buffer.from(value) : value,
  });

  it('is read back unchanged, with fields added by a newer version', () => {
    const newer = { ...event, payload: { ...event.payload, added: [1] } };
    expect(toEnvelope('test.', incoming(toMessage('test.', newer).value))).toEqual(newer);
  });

  it.each([
    ['', 'not JSON'],
    ['text', 'not JSON'],
    [Buffer.from([0xff, 0xfe, 0x00]), 'not JSON'],
    ['null', 'not an event’s envelope'],
    ['[]', 'not an event’s envelope'],
    ['{}', 'not an event’s envelope'],
    [JSON.stringify({ ...event, key: undefined }), 'not an event’s envelope'],
    [JSON.stringify({ ...event, event_id: 'x' }), 'not an event’s envelope'],
    [JSON.stringify({ ...event, event_type: 'product.viewed' }), 'an event of the topic product.viewed'],
  ])('is not %j, whose offset and bytes are kept', (value, why) => {
    const wrapped = toEnvelope('test.', incoming(value));
    expect(isUuid(wrapped.event_id)).toBe(true);
    expect(wrapped).toMatchObject({ event_type: 'product.deleted', event_version: 'unreadable' });
    expect(wrapped.payload).toEqual({
      why,
      topic: 'test.product.deleted',
      partition: 2,
      offset: '17',
      bytes: Buffer.from(value).length,
      base64: Buffer.from(value).toString('base64'),
    });
    expect(() => checkEvent(wrapped)).toThrow(`${why} (test.product.deleted/2/17)`);
  });

  it('is identified by its offset and bytes, of which a limited number is kept', () => {
    const large = Buffer.alloc(2 * KEPT_BYTES, 'x');
    const wrapped = toEnvelope('test.', incoming(large));
    expect(wrapped.payload).toMatchObject({ bytes: 2 * KEPT_BYTES });
    expect(JSON.stringify(wrapped).length).toBeLessThan(1.5 * KEPT_BYTES);
    expect(toEnvelope('test.', incoming(large)).event_id).toBe(wrapped.event_id);
    expect(toEnvelope('test.', { ...incoming(large), offset: 18n }).event_id).not.toBe(wrapped.event_id);
    expect(toEnvelope('test.', incoming('other')).event_id).not.toBe(wrapped.event_id);
  });
});

describe('messages in portions', () => {
  const message = (key: string, bytes: number) => ({
    topic: 't',
    key,
    value: 'x'.repeat(bytes),
    headers: {},
  });

  it('keep their order, and fit into one request to the broker', () => {
    const sizes = [200_000, 200_000, 200_000, 900_000, 1, 1];
    const portions = inPortions(sizes.map((bytes, index) => message(String(index), bytes)));
    expect(portions.map((portion) => portion.map(({ key }) => key))).toEqual([
      ['0', '1'],
      ['2'],
      ['3'],
      ['4', '5'],
    ]);
  });

  it('do not exist without messages', () => {
    expect(inPortions([])).toEqual([]);
  });
});
