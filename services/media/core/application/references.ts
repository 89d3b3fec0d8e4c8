import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { isForgotten, mayGo, refer, unrefer, type Asset, type InUse } from '../domain/asset.ts';
import { letGo } from '../domain/content.ts';
import { heldNow, type Holding } from '../domain/holder.ts';
import type { MediaTx } from '../ports/media-tx.ts';
import { incomingOf, type MediaTools } from './tools.ts';

type NotFound = Refusal<'MEDIA_NOT_FOUND'>;

export const NO_MEDIA = refuse('MEDIA_NOT_FOUND', 'There is no such media.');

/**
 * Follows what refers to media. Nobody can refer to what others have uploaded, and what does not exist is ignored: who wrote the
 * reference has asked before.
 */
export const followHolders = async (
  { assets, holders }: MediaTx,
  said: readonly Holding[],
  now: Date,
): Promise<void> => {
  for (const holding of said) {
    const { holderId, ownerId } = holding;
    const found = await holders.find(holderId);
    const next = heldNow(found, holding);
    if (!next) continue;
    await holders.save(next);
    for (const id of new Set([...(found?.mediaIds ?? []), ...next.mediaIds])) {
      const asset = await assets.find(id);
      if (asset?.ownerId !== ownerId) continue;
      const changed = next.mediaIds.includes(id) ? refer(asset, holderId) : unrefer(asset, holderId, now);
      if (changed !== asset) await assets.save(changed);
    }
  }
};

/** Removes the record of media. Its files follow when nothing else has the content. */
const removed = async ({ assets, contents }: MediaTx, asset: Asset, now: Date): Promise<void> => {
  const content = asset.sha256 === undefined ? undefined : await contents.byName(asset.sha256);
  if (content) await contents.save(letGo(content, now), [content.sha256]);
  await assets.remove(asset);
};

/** @param mayDelete whether the caller may delete media of this owner; to others it does not exist */
export const makeDelete =
  ({ unitOfWork, clock, blobs }: MediaTools) =>
  async (
    mediaId: string,
    mayDelete: (ownerId: string) => boolean,
  ): Promise<Result<undefined, NotFound | InUse>> => {
    const gone = await unitOfWork.run(async (tx) => {
      const asset = await tx.assets.find(mediaId);
      if (!asset || !mayDelete(asset.ownerId)) return NO_MEDIA;
      const may = mayGo(asset);
      if (may.ok) await removed(tx, asset, clock.now());
      return may.ok ? ok(asset) : may;
    });
    if (!gone.ok) return gone;
    if (gone.value.announced) await blobs.remove([incomingOf(mediaId)]);
    return ok(undefined);
  };

const PAGE = 500;

/** Removes media to which nothing has referred for a day, and uploads that were never completed. */
export const makeSweepForgotten =
  ({ unitOfWork, queries, blobs }: MediaTools) =>
  async (now: Date): Promise<void> => {
    let after: string | undefined;
    for (;;) {
      const page = await queries.assets.page({ limit: PAGE, after });
      for (const { id, announced } of page.filter((asset) => isForgotten(asset, now))) {
        if (announced) await blobs.remove([incomingOf(id)]);
        await unitOfWork.run(async (tx) => {
          const asset = await tx.assets.find(id);
          if (asset && isForgotten(asset, now)) await removed(tx, asset, now);
        });
      }
      if (page.length < PAGE) return;
      after = page.at(-1)?.id;
    }
  };
