import { describe, expect, it } from '@jest/globals';
import { goneEnvelope } from '#test/kit/events.ts';
import { inPortions, toEnvelope, toMessage } from './messages.ts';

describe('an event as a message', () => {
  const event = {
    ...goneEnvelope(3),
    traceparent: '00-11111111111111111111111111111111-2222222222222222-01',
  };

  it('goes to the topic of its type under its key, and shows its cause in headers', () => {
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

  it('comes back as it was, with what a newer version has added', () => {
    const newer = { ...event, payload: { ...event.payload, added: [1] } };
    expect(toEnvelope(toMessage('', newer).value)).toEqual(newer);
  });

  it.each(['', 'text', 'null', '[]', '{}', JSON.stringify({ ...event, key: undefined })])(
    'is not %j',
    (value) => {
      expect(toEnvelope(value)).toBeUndefined();
    },
  );
});

describe('messages in portions', () => {
  const message = (key: string, bytes: number) => ({
    topic: 't',
    key,
    value: 'x'.repeat(bytes),
    headers: {},
  });

  it('keep their order, and are as many as a broker takes at once', () => {
    const sizes = [200_000, 200_000, 200_000, 900_000, 1, 1];
    const portions = inPortions(sizes.map((bytes, index) => message(String(index), bytes)));
    expect(portions.map((portion) => portion.map(({ key }) => key))).toEqual([
      ['0', '1'],
      ['2'],
      ['3'],
      ['4', '5'],
    ]);
  });

  it('are none when there are none', () => {
    expect(inPortions([])).toEqual([]);
  });
});
