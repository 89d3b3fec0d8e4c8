import { countsOf, type PersonalData } from '#kernel/personal-data.ts';
import { leave } from '../domain/library.ts';
import { changeLibrary } from './libraries.ts';
import { removeAsset } from './records.ts';
import { incomingOf, type MediaTools } from './tools.ts';

/** Media on a page of an export. */
const PAGE = 100;
/** Media that one call erases, each in a unit of its own. */
const AT_ONCE = 50;

/** What users have uploaded for themselves. What staff have uploaded for the shop stays with it. */
export const makePersonalData = ({ unitOfWork, queries, blobs, clock }: MediaTools): PersonalData => {
  const idsOf = async (userId: string): Promise<readonly string[]> =>
    Object.keys((await queries.libraries.byName(userId))?.entries ?? {}).sort();

  const erase = async (id: string, userId: string): Promise<void> => {
    await blobs.remove([incomingOf(id)]);
    await unitOfWork.run(async (tx) => {
      const asset = await tx.assets.find(id);
      if (asset) return removeAsset(tx, asset, clock.now());
      return changeLibrary(tx, userId, (library) => leave(library, id)); // an upload that was never stored
    });
  };

  const forget = (userId: string): Promise<void> =>
    unitOfWork.run(async ({ libraries, holders }) => {
      const [library, holder] = [await libraries.byName(userId), await holders.find(userId)];
      if (library) await libraries.remove(library);
      if (holder) await holders.remove(holder);
    });

  return {
    read: async ({ userId }, cursor = '') => {
      const ids = (await idsOf(userId)).filter((id) => id > cursor);
      const page = ids.slice(0, PAGE);
      const found = await Promise.all(page.map((id) => queries.assets.find(id)));
      const items = found.flatMap((asset) => {
        if (!asset) return [];
        const { id: mediaId, purpose, status, sha256, createdAt } = asset;
        return [{ kind: 'media', data: { mediaId, purpose, status, sha256, createdAt } }];
      });
      return { items, next: ids.length > PAGE ? page.at(-1) : undefined };
    },
    erase: async ({ userId }) => {
      const ids = await idsOf(userId);
      const now = ids.slice(0, AT_ONCE);
      for (const id of now) await erase(id, userId);
      const isDone = now.length === ids.length;
      if (isDone) await forget(userId);
      return { isDone, erased: countsOf({ kind: 'media', count: now.length }), kept: [] };
    },
  };
};
