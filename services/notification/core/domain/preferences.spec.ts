import { describe, expect, it } from 'vitest';
import { MAIL_KINDS } from './mail.ts';
import { reasonToHold } from './admission.ts';
import { categoryOf } from './kinds.ts';
import {
  changed,
  choicesOf,
  initialPreferences,
  isDaily,
  isOn,
  unsubscribed,
  type Preferences,
  type PreferencesInput,
} from './preferences.ts';
import type { Suppression } from './suppression.ts';

const USER = '018f4e7a-7777-7000-8000-000000000001';
const INITIAL = initialPreferences(USER);
const INPUT: PreferencesInput = { locale: 'de', timeZone: 'Europe/Berlin', choices: [], pushTokens: [] };
const daily = (kind: string) => ({
  kind,
  channel: 'email' as const,
  isOn: true,
  frequency: 'daily' as const,
});
const off = (kind: string) => ({ kind, channel: 'email' as const, isOn: false });

const after = (input: Partial<PreferencesInput>, before: Preferences = INITIAL): Preferences => {
  const result = changed(before, { ...INPUT, ...input });
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};
const refusal = (input: Partial<PreferencesInput>) => {
  const result = changed(INITIAL, { ...INPUT, ...input });
  return result.ok ? undefined : result.error.code;
};

describe('preferences', () => {
  it('allow mails about accounts and orders at first, and no advertising without consent', () => {
    const on = MAIL_KINDS.filter((kind) => isOn(INITIAL, kind, 'email'));
    expect(MAIL_KINDS.filter((kind) => !on.includes(kind))).toEqual(['review.requested', 'cart.abandoned']);
    expect(choicesOf(INITIAL).filter(({ channel, isOn: is }) => channel !== 'email' && is)).toEqual([]);
  });

  it.each(['user.password_reset_requested', 'order.placed', 'payment.failed', 'shipment.lost'])(
    'cannot turn off %s',
    (kind) => {
      expect(refusal({ choices: [off(kind)] })).toBe('CANNOT_OPT_OUT');
    },
  );

  it.each([
    ['UNKNOWN_KIND', { choices: [off('order.unknown')] }],
    ['UNKNOWN_KIND', { choices: [{ ...off('order.placed'), channel: 'sms' as const }] }],
    ['UNKNOWN_KIND', { choices: [off('alerts.digest')] }],
    ['CANNOT_WAIT', { choices: [daily('order.placed')] }],
    ['CANNOT_WAIT', { choices: [daily('order.delivered')] }],
    ['CANNOT_WAIT', { choices: [daily('cart.abandoned')] }],
    ['CANNOT_WAIT', { choices: [{ ...daily('stock.available'), channel: 'push' as const }] }],
    ['UNKNOWN_TIME_ZONE', { timeZone: 'Europe/Atlantis' }],
  ])('are refused as %s', (code, input) => {
    expect(refusal(input)).toBe(code);
  });

  it('replace what was chosen before', () => {
    const first = after({ choices: [off('order.delivered')], quietHours: { from: '22:00', to: '07:00' } });
    expect([first.version, isOn(first, 'order.delivered', 'email')]).toEqual([1, false]);
    const second = after({}, first);
    expect([second.version, isOn(second, 'order.delivered', 'email')]).toEqual([2, true]);
    expect(second.quietHours).toBeUndefined();
  });

  it('keep a phone number confirmed as long as it is the same', () => {
    const phone = { number: '+491701234567', isConfirmed: true };
    const phoneAfter = (phoneNumber?: string) => after({ phoneNumber }, { ...INITIAL, phone }).phone;
    expect(phoneAfter('+491701234567')).toEqual(phone);
    expect(phoneAfter('+491701234568')).toEqual({ number: '+491701234568', isConfirmed: false });
    expect(phoneAfter()).toBeUndefined();
  });

  it('let mails about watched products wait for a digest, and no others', () => {
    const waiting = after({ choices: [daily('price.dropped')] });
    const shown = choicesOf(waiting).filter(({ frequency }) => frequency !== undefined);
    expect(shown).toMatchObject([
      { kind: 'stock.available', channel: 'email', frequency: 'immediate' },
      { kind: 'price.dropped', channel: 'email', frequency: 'daily' },
    ]);
    expect(isDaily(after({}, waiting), 'price.dropped')).toBe(false);
    expect(choicesOf(waiting).some(({ kind }) => kind === 'alerts.digest')).toBe(false);
  });

  it('lose all kinds that a digest can hold by one click in one', () => {
    const next = unsubscribed(INITIAL, 'alerts.digest');
    const lost = MAIL_KINDS.filter((kind) => isOn(INITIAL, kind, 'email') && !isOn(next, kind, 'email'));
    expect(lost).toEqual(['stock.available', 'price.dropped', 'alerts.digest']);
    expect(unsubscribed(next, 'alerts.digest')).toBe(next);
    const half = unsubscribed(INITIAL, 'price.dropped');
    expect(isOn(half, 'alerts.digest', 'email')).toBe(true);
  });

  it('lose a kind by one click, and no other', () => {
    const consenting = after({
      choices: [{ kind: 'cart.abandoned', channel: 'email', isOn: true }],
    });
    const next = unsubscribed(consenting, 'cart.abandoned');
    expect(isOn(next, 'cart.abandoned', 'email')).toBe(false);
    expect(isOn(next, 'stock.available', 'email')).toBe(true);
    expect(unsubscribed(next, 'cart.abandoned')).toBe(next);
    expect(unsubscribed(next, 'order.placed')).toBe(next);
  });
});

describe('a message that is about to be sent', () => {
  const suppression: Suppression = {
    id: USER,
    version: 1,
    email: 'ada@example.com',
    reason: 'hard_bounce',
    since: '2026-03-01T12:00:00.000Z',
  };

  it('is held if its address is suppressed, unless it is about the account', () => {
    for (const kind of MAIL_KINDS)
      expect(reasonToHold(kind, 'email', { preferences: undefined, suppression })).toBe(
        categoryOf(kind) === 'security' ? undefined : 'hard_bounce',
      );
  });

  it('is held if its recipient has turned it off meanwhile', () => {
    const preferences = unsubscribed(INITIAL, 'stock.available');
    const held = MAIL_KINDS.filter(
      (kind) => reasonToHold(kind, 'email', { preferences, suppression: undefined }) === 'opted out',
    );
    expect(held).toEqual(['review.requested', 'cart.abandoned', 'stock.available']);
  });
});
