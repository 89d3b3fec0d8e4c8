import { describe, expect, it } from 'vitest';
import { after } from '#kernel/clock.ts';
import { GRACE_MS, isForgotten, isVisible, newAsset, ready, rejected, type Asset } from './asset.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const uploaded = (purpose: Asset['purpose'] = 'review'): Asset =>
  ready(newAsset('m-1', { ownerId: 'u-1', purpose }, NOW));

describe('media', () => {
  it('is public if it is of a product, or once something refers to it', () => {
    expect(isVisible(uploaded('product'))).toBe(true);
    expect(isVisible(uploaded())).toBe(false);
    expect(isVisible({ ...uploaded(), references: ['review:1'] })).toBe(true);
    expect(isVisible(rejected(uploaded('product')))).toBe(false);
  });

  it('is forgotten a day after the last reference', () => {
    expect(isForgotten(uploaded(), after(NOW, GRACE_MS - 1))).toBe(false);
    expect(isForgotten(uploaded(), after(NOW, GRACE_MS))).toBe(true);
    const { idleSince: _, ...referred } = uploaded();
    expect(isForgotten(referred, after(NOW, 99 * GRACE_MS))).toBe(false);
  });

  it('of a product stays until staff deletes it, if it was ever complete', () => {
    const later = after(NOW, 99 * GRACE_MS);
    expect(isForgotten(uploaded('product'), later)).toBe(false);
    expect(isForgotten(newAsset('m-1', { ownerId: 'u-1', purpose: 'product' }, NOW), later)).toBe(true);
  });
});
