import type { Ids } from '#kernel/ids.ts';
import { recount, shownNow, type Shown } from '../domain/usage.ts';
import type { MediaTx } from '../ports/media-tx.ts';

/** Counts by how many products, categories and collections each content is shown. */
export const makeFollowProducts =
  (ids: Ids) =>
  async (
    { products, usages }: Pick<MediaTx, 'products' | 'usages'>,
    said: readonly Shown[],
    now: Date,
  ): Promise<void> => {
    const changes = new Map<string, number>();
    const add = (contents: readonly string[], by: number): void => {
      for (const sha256 of contents) changes.set(sha256, (changes.get(sha256) ?? 0) + by);
    };
    for (const one of said) {
      const found = await products.find(one.pageId);
      const next = shownNow(found, one);
      if (!next) continue;
      await products.save(next);
      add(found?.contents ?? [], -1);
      add(next.contents, 1);
    }
    for (const [sha256, by] of [...changes].sort()) {
      if (by === 0) continue;
      const found = await usages.byName(sha256);
      await usages.save(recount(found, { id: ids.next(), sha256 }, by, now), [sha256]);
    }
  };
