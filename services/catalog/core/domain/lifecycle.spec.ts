import { describe, expect, it } from 'vitest';
import { nextStageChange, isVisible, stageOf, type Lifecycle } from './lifecycle.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 1, hour));
const published = (changes: Partial<Lifecycle> = {}): Lifecycle => ({ status: 'published', ...changes });

describe('a product', () => {
  it('is visible from publish_at until unpublish_at, and in the trash never', () => {
    const product = published({ publishAt: at(9), unpublishAt: at(17) });
    expect([8, 9, 16, 17].map((hour) => stageOf(product, at(hour)))).toEqual([
      'scheduled',
      'published',
      'published',
      'ended',
    ]);
    expect(isVisible(product, at(9))).toBe(true);
    expect(stageOf({ ...product, deletedAt: at(8) }, at(9))).toBe('trash');
  });

  it('is visible without a schedule; a draft is not, whatever its schedule', () => {
    expect(stageOf(published(), at(0))).toBe('published');
    expect(stageOf({ status: 'draft', publishAt: at(9) }, at(10))).toBe('draft');
  });

  it.each<[string, Lifecycle, number, number | undefined]>([
    ['without a schedule', published(), 0, undefined],
    ['as a draft', { status: 'draft', publishAt: at(9) }, 0, undefined],
    ['in the trash', published({ publishAt: at(9), deletedAt: at(0) }), 0, undefined],
    ['before both times', published({ publishAt: at(9), unpublishAt: at(17) }), 8, 9],
    ['when it was published', published({ publishAt: at(9), unpublishAt: at(17) }), 9, 17],
    ['when it was unpublished', published({ publishAt: at(9), unpublishAt: at(17) }), 17, undefined],
  ])('is next due, %s', (_, product, changed, hour) => {
    expect(nextStageChange({ ...product, updatedAt: at(changed) })).toEqual(
      hour === undefined ? hour : at(hour),
    );
  });
});
