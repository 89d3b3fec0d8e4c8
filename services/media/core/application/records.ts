import { isForProducts, isUsed, isVisible, type Asset } from '../domain/asset.ts';
import { recounted, type Content, type Recount } from '../domain/content.ts';
import { leave, markUsed } from '../domain/library.ts';
import type { Usage } from '../domain/usage.ts';
import type { MediaTx } from '../ports/media-tx.ts';
import { changeLibrary } from './libraries.ts';

/** Counts media at its content. Undefined if it has none. */
const count = async (
  { contents }: MediaTx,
  { sha256 }: Asset,
  by: Recount,
  now: Date,
): Promise<Content | undefined> => {
  const found = sha256 === undefined ? undefined : await contents.lockByName(sha256);
  if (!found || (!by.holders && !by.shown)) return found;
  const content = recounted(found, by, now);
  await contents.save(content, [content.sha256]);
  return content;
};

/** Saves changed media with what is known about it elsewhere. Returns its content. */
export const saveAsset = async (
  tx: MediaTx,
  before: Asset,
  after: Asset,
  now: Date,
): Promise<Content | undefined> => {
  await tx.assets.save(after);
  if (isUsed(before) !== isUsed(after))
    await changeLibrary(tx, after.ownerId, (library) => markUsed(library, after.id, isUsed(after)));
  return count(tx, after, { shown: Number(isVisible(after)) - Number(isVisible(before)) }, now);
};

/** Removes media. Its files follow when nothing else has the content. */
export const removeAsset = async (tx: MediaTx, asset: Asset, now: Date): Promise<void> => {
  // The library first, as in uploads.
  await changeLibrary(tx, asset.ownerId, (library) => leave(library, asset.id));
  await count(tx, asset, { holders: -1, shown: -Number(isVisible(asset)) }, now);
  await tx.assets.remove(asset);
};

/** How products use the content of media that they may show. */
export const usageOf = async ({ usages }: MediaTx, asset: Asset): Promise<Usage | undefined> =>
  isForProducts(asset) && asset.sha256 !== undefined ? usages.byName(asset.sha256) : undefined;
