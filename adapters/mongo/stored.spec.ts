import { describe, expect, it } from 'vitest';
import { after, DAY } from '#kernel/clock.ts';
import { START } from '#test/kit/toolbox.ts';
import { afterUnit, isOver, withoutEvents, withoutExpired, type Riders, type Stored } from './stored.ts';

const NONE: Riders = { events: [], keys: [], claims: [] };
const event = (id: string, at: number) => ({ id, at, envelope: '{}' });
const kept = (key: string, days: number) => ({
  key,
  fingerprint: 'f',
  outcome: 'null',
  at: after(START, days * DAY),
});
const saved = (riders: Partial<Riders> = {}, before?: Stored): Stored =>
  afterUnit(before, { id: 'a', body: { name: 'x' }, unique: ['S-1', 'S-2'] }, { ...NONE, ...riders });
const removed = (before: Stored | undefined, riders: Partial<Riders> = {}): Stored =>
  afterUnit(before, { id: 'a', body: undefined }, { ...NONE, ...riders });

describe('a document', () => {
  it('counts every write, and keeps the pending events of earlier units', () => {
    const first = saved({ events: [event('e1', 10)] });
    const second = saved({ events: [event('e2', 20)] }, first);
    expect([first.revision, second.revision]).toEqual([1, 2]);
    expect(second).toMatchObject({ pending: [{ id: 'e1' }, { id: 'e2' }], pendingFrom: 10, pendingCount: 2 });
  });

  it('is not found by the relay without pending events', () => {
    expect(saved()).toMatchObject({ pendingFrom: undefined, pendingCount: undefined });
  });

  it('frees its unique values when it is removed, and gets its id instead, since two without any would conflict', () => {
    const before = saved();
    expect([before.unique, removed(before).unique]).toEqual([['S-1', 'S-2'], ['a']]);
    expect(afterUnit(undefined, { id: 'b', body: {} }, NONE).unique).toEqual(['b']);
  });

  it('is created once per key, or per event that caused it', () => {
    const claims = [{ key: 'mail e1', at: START }];
    expect(saved({ keys: [kept('k', 0)], claims }).once).toBe('k');
    expect(saved({ claims }).once).toBe('mail e1');
    expect(saved().once).toBe('a');
    expect(saved({ keys: [kept('k', 0)] }, saved()).once).toBe('a');
  });

  it('can be deleted once it has no body and nothing pending', () => {
    const tombstone = removed(saved(), { events: [event('e1', 10)] });
    expect([isOver(saved()), isOver(tombstone)]).toEqual([false, false]);
    expect(isOver(withoutEvents(tombstone, new Set(['e1'])))).toBe(true);
  });

  it('forgets keys after a day and claims after a month, and can then be created again', () => {
    const stored = saved({ keys: [kept('k', 0), kept('later', 1)], claims: [{ key: 'c', at: START }] });
    expect(stored.sweepAt).toEqual(after(START, DAY));
    expect(withoutExpired(stored, after(START, DAY - 1))).toBe(stored);
    const swept = withoutExpired(stored, after(START, DAY));
    expect(swept).toMatchObject({ keys: [{ key: 'later' }], claims: [{ key: 'c' }], once: 'a' });
    expect(withoutExpired(swept, after(START, 30 * DAY))).toMatchObject({ keys: [], claims: [] });
  });
});
