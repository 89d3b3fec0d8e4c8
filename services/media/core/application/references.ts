import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { isForgotten, mayGo, refer, unrefer, type Asset, type InUse } from '../domain/asset.ts';
import { heldNow, type Holding } from '../domain/holder.ts';
import type { MediaTx } from '../ports/media-tx.ts';
import { removeAsset, saveAsset, usageOf } from './records.ts';
import { incomingOf, type MediaTools } from './tools.ts';

type NotFound = Refusal<'MEDIA_NOT_FOUND'>;

export const NO_MEDIA = refuse('MEDIA_NOT_FOUND', 'There is no such media.');

/**
 * Follows what refers to media. Nobody can refer to what others have uploaded, or for another purpose, and what does not exist is
 * ignored: who wrote the reference has asked before.
 */
export const followHolders = async (tx: MediaTx, said: readonly Holding[], now: Date): Promise<void> => {
  for (const holding of said) {
    const { holderId, ownerId, purpose, mediaIds } = holding;
    const found = await tx.holders.find(holderId);
    const next = heldNow(found, holding);
    if (!next) continue;
    await tx.holders.save(next);
    for (const id of new Set([...(found?.mediaIds ?? []), ...mediaIds])) {
      const asset = await tx.assets.find(id);
      if (!asset) continue;
      const isOwn = asset.ownerId === ownerId && asset.purpose === purpose;
      const changed = isOwn && mediaIds.includes(id) ? refer(asset, holding) : unrefer(asset, holderId, now);
      if (changed !== asset) await saveAsset(tx, asset, changed, now);
    }
  }
};

/** @param mayDelete whether the caller may delete this media; to others it does not exist */
export const makeDelete =
  ({ unitOfWork, clock, blobs }: MediaTools) =>
  async (
    mediaId: string,
    mayDelete: (asset: Asset) => boolean,
  ): Promise<Result<undefined, NotFound | InUse>> => {
    const gone = await unitOfWork.run(async (tx) => {
      const asset = await tx.assets.find(mediaId);
      if (!asset || !mayDelete(asset)) return NO_MEDIA;
      const may = mayGo(asset, await usageOf(tx, asset));
      if (may.ok) await removeAsset(tx, asset, clock.now());
      return may.ok ? ok(asset) : may;
    });
    if (!gone.ok) return gone;
    if (gone.value.announced) await blobs.remove([incomingOf(mediaId)]);
    return ok(undefined);
  };

const PAGE = 500;

/** Removes media to which nothing has referred for long enough, and uploads that were never completed. */
export const makeSweepForgotten =
  ({ unitOfWork, queries, blobs, productGraceMs }: MediaTools) =>
  async (now: Date): Promise<void> => {
    let after: string | undefined;
    for (;;) {
      const page = await queries.assets.page({ limit: PAGE, after });
      for (const found of page) {
        if (!isForgotten(found, undefined, productGraceMs, now)) continue;
        const { id, announced } = found;
        if (announced) await blobs.remove([incomingOf(id)]);
        await unitOfWork.run(async (tx) => {
          const asset = await tx.assets.find(id);
          if (asset && isForgotten(asset, await usageOf(tx, asset), productGraceMs, now))
            await removeAsset(tx, asset, now);
        });
      }
      if (page.length < PAGE) return;
      after = page.at(-1)?.id;
    }
  };
