import { describe, expect, it } from 'vitest';
import { after, DAY, HOUR, MINUTE, SECOND } from '#kernel/clock.ts';
import {
  afterAttempt,
  deliveryTo,
  givenUp,
  LOGGED_ATTEMPTS,
  outcomeOf,
  pauseAfter,
  PAUSES_MS,
  replayed,
  waitAfter,
  type Answer,
  type Outcome,
  type WebhookDelivery,
} from './webhook-delivery.ts';
import {
  changeEndpoint,
  checkUrl,
  newEndpoint,
  observe,
  rotateSecret,
  signingSecrets,
  wants,
  type WebhookEndpoint,
} from './webhook-endpoint.ts';
import { bodyOf } from './webhook-events.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const at = (ms: number): Date => after(NOW, ms);
const answered = (status: number, retryAfterMs?: number): Answer => ({
  kind: 'answered',
  status,
  text: '',
  retryAfterMs,
});
const message = { eventId: 'e', type: 'order.confirmed', timestamp: NOW.toISOString(), data: {} } as const;
const delivery = deliveryTo('a', message, NOW);
const attempt = { at: NOW.toISOString(), durationMs: 1 };
const after1 = (answer: Answer, before = delivery, random = 0.5): WebhookDelivery =>
  afterAttempt(before, { answer, attempt }, NOW, random);

describe('the URL of an endpoint', () => {
  const rules = { isHttpAllowed: false, isHostAllowed: (host: string) => host !== 'localhost' };

  it('is kept in its normal form', () => {
    expect(checkUrl('HTTPS://Shop.Example/hook?a=1', rules)).toEqual({
      ok: true,
      value: 'https://shop.example/hook?a=1',
    });
  });

  it.each([
    '/hook',
    'shop.example',
    'http://shop.example',
    'ftp://shop.example',
    'file:///etc/passwd',
    'https://ada@shop.example',
    'https://:secret@shop.example',
    'https://shop.example/#part',
    'https://localhost:3000/',
    `https://shop.example/${'x'.repeat(2_000)}`,
    `https://shop.example/${'ü'.repeat(700)}`,
  ])('is refused: %s', (url) => {
    expect(checkUrl(url, rules)).toMatchObject({ ok: false, error: { code: 'INVALID_WEBHOOK_URL' } });
  });

  it('may be without TLS where that is allowed', () => {
    const lax = { isHttpAllowed: true, isHostAllowed: () => true };
    expect(checkUrl('http://localhost:3000/', lax).ok).toBe(true);
    expect(checkUrl('ftp://localhost/', lax).ok).toBe(false);
  });
});

describe('the body of a webhook', () => {
  it('has the type, time and public data of the event, and no token of a card', () => {
    const data = { order_id: 'o', payment_token: 'tok_1' };
    expect(JSON.parse(bodyOf({ ...message, data }))).toEqual({
      type: 'order.confirmed',
      timestamp: '2026-03-01T12:00:00.000Z',
      data: { order_id: 'o' },
    });
  });
});

describe('a response', () => {
  it.each<[Outcome, readonly number[]]>([
    ['delivered', [200, 202, 204, 299]],
    ['gone', [410]],
    ['refused', [301, 302, 307, 308, 304, 400, 401, 403, 404, 405, 413, 422, 451]],
    ['failed', [408, 409, 425, 429, 500, 502, 503, 504, 599]],
  ])('is %s: %j', (outcome, statuses) => {
    for (const status of statuses) expect([status, outcomeOf(answered(status))]).toEqual([status, outcome]);
  });

  it('that does not come may come later, but not from a forbidden address', () => {
    expect(outcomeOf({ kind: 'unreachable', error: 'ECONNREFUSED' })).toBe('failed');
    expect(outcomeOf({ kind: 'forbidden', error: 'private' })).toBe('refused');
  });
});

describe('the pause before the next attempt', () => {
  it('is random up to twice its mean, and the means make three days', () => {
    expect(pauseAfter(1, 0)).toBe(0);
    expect(pauseAfter(1, 0.5)).toBe(5 * SECOND);
    expect(pauseAfter(2, 0.9)).toBe(9 * MINUTE);
    const days = PAUSES_MS.reduce((sum, ms) => sum + ms, 0) / DAY;
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(3.5);
  });

  it('ends after ten attempts', () => {
    expect(pauseAfter(9, 0.5)).toBe(24 * HOUR);
    expect(pauseAfter(10, 0.5)).toBeUndefined();
  });

  it('is at least what the endpoint asks for, within a day', () => {
    expect(pauseAfter(1, 0.5, HOUR)).toBe(HOUR);
    expect(pauseAfter(2, 0.5, SECOND)).toBe(5 * MINUTE);
    expect(pauseAfter(1, 0.5, 365 * DAY)).toBe(DAY);
  });
});

describe('the wait for a busy endpoint', () => {
  it('is random, and grows to five minutes', () => {
    expect([0, 1, 2].map((waits) => waitAfter(waits, 0.5))).toEqual([500, SECOND, 2 * SECOND]);
    expect(waitAfter(1_000, 0.9)).toBe(4.5 * MINUTE);
  });
});

describe('a delivery', () => {
  it('is settled by a response that a repetition would not change', () => {
    expect(after1(answered(204))).toMatchObject({
      status: 'delivered',
      tries: 1,
      version: 2,
      attempts: [attempt],
    });
    for (const status of [302, 404, 410]) expect(after1(answered(status)).status).toBe('failed');
    expect(after1(answered(204)).nextAt).toBeUndefined();
  });

  it('is due again after a failure that may pass', () => {
    expect(after1(answered(503))).toMatchObject({ status: 'pending', nextAt: at(5 * SECOND), version: 2 });
    expect(after1(answered(429, MINUTE)).nextAt).toEqual(at(MINUTE));
  });

  it('fails with the last attempt, and can be replayed with all of them', () => {
    const worn = { ...delivery, tries: 9, version: 10, attempts: Array.from({ length: 20 }, () => attempt) };
    const failed = after1(answered(503), worn);
    expect(failed).toMatchObject({ status: 'failed', tries: 10 });
    expect(failed.attempts).toHaveLength(LOGGED_ATTEMPTS);
    expect(replayed(failed, at(DAY))).toMatchObject({
      status: 'pending',
      tries: 0,
      nextAt: at(DAY),
      version: 12,
      body: delivery.body,
    });
  });

  it('is given up when its endpoint is disabled', () => {
    expect(givenUp(delivery)).toMatchObject({ status: 'failed', version: 2 });
    expect(givenUp(delivery).nextAt).toBeUndefined();
  });
});

describe('an endpoint', () => {
  const content = { url: 'https://a.example/', description: '', eventTypes: ['order.confirmed'] } as const;
  const endpoint = newEndpoint('a', content, 'first', NOW);
  const see = (outcome: Outcome, ms = 0, before: WebhookEndpoint = endpoint, url = before.url) =>
    observe(before, { outcome, url }, at(ms));
  const failing = see('failed');

  it('wants events of its types while it is enabled', () => {
    expect([wants(endpoint, 'order.confirmed'), wants(endpoint, 'order.placed')]).toEqual([true, false]);
    expect(wants(changeEndpoint(endpoint, { isEnabled: false }, NOW), 'order.confirmed')).toBe(false);
  });

  it('is unchanged by a success', () => {
    expect(see('delivered')).toBe(endpoint);
  });

  it('remembers the first failure since its last success', () => {
    expect(failing).toMatchObject({ failingSince: NOW.toISOString(), edition: 1, version: 2 });
    expect(see('failed', HOUR, failing)).toBe(failing);
    expect(see('delivered', HOUR, failing)).not.toHaveProperty('failingSince');
  });

  it('is disabled when it has failed for a day', () => {
    expect(see('failed', DAY - 1, failing)).toBe(failing);
    expect(see('refused', DAY, failing)).toMatchObject({
      disabled: { by: 'failing', at: at(DAY).toISOString() },
      edition: 2,
    });
  });

  it('is disabled at once when it is gone', () => {
    expect(see('gone')).toMatchObject({ disabled: { by: 'gone' } });
  });

  it('is not judged by what came from its former URL, nor while it is disabled', () => {
    expect(see('gone', 0, endpoint, 'https://old.example/')).toBe(endpoint);
    const disabled = see('gone');
    expect(see('failed', DAY, disabled)).toBe(disabled);
  });

  it('has a new start when it is enabled again or moves', () => {
    const disabled = see('failed', DAY, failing);
    const enabled = changeEndpoint(disabled, { isEnabled: true }, at(2 * DAY));
    expect(enabled).toMatchObject({ edition: 3, version: 4 });
    expect(enabled).not.toHaveProperty('disabled');
    expect(enabled).not.toHaveProperty('failingSince');
    expect(changeEndpoint(failing, { url: 'https://b.example/' }, NOW)).not.toHaveProperty('failingSince');
    expect(changeEndpoint(failing, { description: 'ERP' }, NOW)).toHaveProperty('failingSince');
    expect(changeEndpoint(disabled, { isEnabled: false }, NOW).disabled?.by).toBe('failing');
  });

  it('signs with two secrets for a day after a rotation', () => {
    const rotated = rotateSecret(endpoint, 'second', NOW);
    expect(signingSecrets(endpoint, NOW)).toEqual(['first']);
    expect(signingSecrets(rotated, at(DAY - 1))).toEqual(['second', 'first']);
    expect(signingSecrets(rotated, at(DAY))).toEqual(['second']);
    expect(signingSecrets(rotateSecret(rotated, 'third', at(HOUR)), at(HOUR))).toEqual(['third', 'second']);
  });
});
