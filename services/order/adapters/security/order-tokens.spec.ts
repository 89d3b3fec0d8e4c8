import { describe, expect, it } from 'vitest';
import { DAY, ManualClock } from '#kernel/clock.ts';
import { makeOrderTokens } from './order-tokens.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const ORDER = { orderId: '01900000-0000-7000-8000-00000000000a', placedAt: NOW.toISOString() };
const OTHER = { ...ORDER, orderId: '01900000-0000-7000-8000-00000000000b' };

describe('the token of an order', () => {
  const clock = new ManualClock(NOW);
  const tokens = makeOrderTokens('a key', clock);

  it('gives access to this order, and is the same each time', () => {
    expect(tokens.read(tokens.issue(ORDER))).toBe(ORDER.orderId);
    expect(tokens.issue(ORDER)).toBe(tokens.issue(ORDER));
  });

  it('expires after 180 days', () => {
    const later = new ManualClock(new Date(NOW.getTime() + 180 * DAY - 1));
    const patient = makeOrderTokens('a key', later);
    expect(patient.read(tokens.issue(ORDER))).toBe(ORDER.orderId);
    later.advance(1);
    expect(patient.read(tokens.issue(ORDER))).toBeUndefined();
  });

  it('is revoked by another key', () => {
    expect(makeOrderTokens('another key', clock).read(tokens.issue(ORDER))).toBeUndefined();
  });

  it('cannot be forged', () => {
    const [id = '', expiry = '', signature = ''] = tokens.issue(ORDER).split('.');
    for (const token of [
      tokens.issue(OTHER).replace(OTHER.orderId, id),
      `${id}.${Number(expiry) + 1}.${signature}`,
      `${id}.0${expiry}.${signature}`,
      `${id}.${expiry}.${signature.slice(0, -1)}`,
      `${id}.${expiry}.${signature}.`,
      `${id}.${expiry}`,
      `${id}.x.${signature}`,
      '',
    ])
      expect(tokens.read(token), token).toBeUndefined();
  });
});
