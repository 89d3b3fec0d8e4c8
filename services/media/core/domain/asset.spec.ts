import { describe, expect, it } from 'vitest';
import { after } from '#kernel/clock.ts';
import {
  GRACE_MS,
  isForgotten,
  isVisible,
  mayGo,
  newAsset,
  ready,
  refer,
  rejected,
  unrefer,
  type Asset,
} from './asset.ts';
import { recount } from './usage.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const WEEK_MS = 7 * GRACE_MS;
const pending = (purpose: Asset['purpose'] = 'review'): Asset =>
  newAsset('m-1', { ownerId: 'u-1', purpose, sha256: '00' }, NOW);
const uploaded = (purpose?: Asset['purpose']): Asset => ready(pending(purpose));
const shown = { holderId: 'r-1', isPublic: true };

describe('media', () => {
  it('is public if it is of a product, or while something shows it to everyone', () => {
    expect(isVisible(uploaded('product'))).toBe(true);
    expect(isVisible(rejected(uploaded('product')))).toBe(false);
    expect(isVisible(uploaded())).toBe(false);
    const hidden = refer(uploaded(), { ...shown, isPublic: false });
    expect(isVisible(hidden)).toBe(false);
    const visible = refer(hidden, shown);
    expect(isVisible(visible)).toBe(true);
    expect(refer(visible, shown)).toBe(visible);
    expect(isVisible(refer(visible, { holderId: 'r-2', isPublic: false }))).toBe(true);
    expect(isVisible(unrefer(visible, 'r-1', NOW))).toBe(false);
  });

  it('is forgotten a day after the last reference', () => {
    expect(isForgotten(uploaded(), undefined, undefined, after(NOW, GRACE_MS - 1))).toBe(false);
    expect(isForgotten(uploaded(), undefined, undefined, after(NOW, GRACE_MS))).toBe(true);
    expect(isForgotten(refer(uploaded(), shown), undefined, undefined, after(NOW, WEEK_MS))).toBe(false);
  });

  it('of a product stays until staff delete it, if it was ever complete', () => {
    const later = after(NOW, 99 * GRACE_MS);
    expect(isForgotten(uploaded('product'), undefined, undefined, later)).toBe(false);
    expect(isForgotten(pending('product'), undefined, undefined, later)).toBe(true);
  });

  it('of a product is forgotten some time after the last product showed it, if that is configured', () => {
    const [at, id] = [after(NOW, WEEK_MS), { id: 'x', sha256: '00' }];
    expect(isForgotten(uploaded('product'), undefined, WEEK_MS, after(at, -1))).toBe(false);
    expect(isForgotten(uploaded('product'), undefined, WEEK_MS, at)).toBe(true);
    const used = recount(undefined, id, 1, NOW);
    expect(isForgotten(uploaded('product'), used, WEEK_MS, at)).toBe(false);
    const unused = recount(used, id, -1, after(NOW, 1));
    expect(isForgotten(uploaded('product'), unused, WEEK_MS, at)).toBe(false);
    expect(isForgotten(uploaded('product'), unused, WEEK_MS, after(at, 1))).toBe(true);
  });

  it('cannot go while something refers to it, or while a product shows its content', () => {
    expect(mayGo(uploaded('product'), recount(undefined, { id: 'x', sha256: '00' }, 1, NOW)).ok).toBe(false);
    expect(mayGo(uploaded('product'), recount(undefined, { id: 'x', sha256: '00' }, 0, NOW)).ok).toBe(true);
    expect(mayGo(refer(uploaded(), shown), undefined).ok).toBe(false);
    expect(mayGo(uploaded(), undefined).ok).toBe(true);
  });
});
