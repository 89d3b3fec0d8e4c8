import { describe, expect, it } from 'vitest';
import { after } from '#kernel/clock.ts';
import { GRACE_MS, isForgotten, isVisible, newAsset, ready, refer, rejected, type Asset } from './asset.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const uploaded = (purpose: Asset['purpose'] = 'review'): Asset =>
  ready(newAsset('m-1', { ownerId: 'u-1', purpose }, NOW));

describe('media', () => {
  it('can be referred to once it is ready, by a hundred others', () => {
    const pending = newAsset('m-1', { ownerId: 'u-1', purpose: 'review' }, NOW);
    expect(refer(pending, 'review:1')).toMatchObject({ ok: false, error: { code: 'MEDIA_NOT_READY' } });
    expect(refer(rejected(pending), 'review:1')).toMatchObject({ ok: false });
    const references = Array.from({ length: 100 }, (_, number) => `review:${number}`);
    const full = { ...uploaded(), references };
    expect(refer(full, 'review:99')).toEqual({ ok: true, value: full });
    expect(refer(full, 'review:100')).toMatchObject({ ok: false, error: { code: 'TOO_MANY_REFERENCES' } });
  });

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
});
