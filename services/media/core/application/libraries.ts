import { ok, type Result } from '#kernel/result.ts';
import type { Asset } from '../domain/asset.ts';
import {
  begin,
  emptyLibrary,
  enter,
  giveUp,
  roomIn,
  UNLIMITED,
  type Library,
  type Quota,
  type QuotaExceeded,
} from '../domain/library.ts';
import { isOfShop, type Purpose, type SizeLimit } from '../domain/purpose.ts';
import type { MediaTx } from '../ports/media-tx.ts';
import type { MediaTools } from './tools.ts';

/** Media that a user is about to upload. */
export interface Draft {
  readonly ownerId: string;
  readonly purpose: Purpose;
  /** Whether the user may have any amount of media. */
  readonly isUnlimited: boolean;
}

export type Room = SizeLimit<'MEDIA_QUOTA_EXCEEDED'>;

export const ANY_SIZE: Room = roomIn(emptyLibrary('', ''), UNLIMITED);

const save = async ({ libraries }: MediaTx, before: Library, after: Library): Promise<void> => {
  if (after !== before) await libraries.save({ ...after, version: before.version + 1 }, [after.ownerId]);
};

/** Changes the library of a user. Users who were erased have none. */
export const changeLibrary = async (
  tx: MediaTx,
  ownerId: string,
  change: (library: Library) => Library,
): Promise<void> => {
  const found = await tx.libraries.lockByName(ownerId);
  if (found) await save(tx, found, change(found));
};

/** What users have. Media of the shop is in no library. */
export const makeLibraries = ({ unitOfWork, ids, clock, quota: ofCustomers }: MediaTools) => {
  const quotaOf = ({ isUnlimited }: Draft): Quota => (isUnlimited ? UNLIMITED : ofCustomers);

  const decide = async (
    tx: MediaTx,
    ownerId: string,
    decideOn: (library: Library) => Result<Library, QuotaExceeded>,
  ): Promise<Result<Library, QuotaExceeded>> => {
    const found = (await tx.libraries.lockByName(ownerId)) ?? emptyLibrary(ids.next(), ownerId);
    const decided = decideOn(found);
    if (decided.ok) await save(tx, found, decided.value);
    return decided;
  };

  /** For a unit that enters a file after others of the owner: before it locks the content, as all units do. */
  const lockLibrary = async (
    { libraries }: MediaTx,
    { ownerId, purpose }: Pick<Asset, 'ownerId' | 'purpose'>,
  ): Promise<void> => {
    if (!isOfShop(purpose)) await libraries.lockByName(ownerId);
  };

  const enterFile = async (
    tx: MediaTx,
    { id, ownerId, purpose }: Pick<Asset, 'id' | 'ownerId' | 'purpose'>,
    bytes: number,
    quota: Quota,
  ): Promise<Result<unknown, QuotaExceeded>> =>
    isOfShop(purpose) ? ok(undefined) : decide(tx, ownerId, (library) => enter(library, id, bytes, quota));

  return {
    quotaOf,
    lockLibrary,
    enterFile,

    /** Enters a file that a client is going to send to the object storage. */
    announce: async (
      tx: MediaTx,
      draft: Draft,
      id: string,
      bytes: number,
    ): Promise<Result<unknown, QuotaExceeded>> => {
      if (isOfShop(draft.purpose)) return ok(undefined);
      const quota = quotaOf(draft);
      return decide(tx, draft.ownerId, (library) => {
        const begun = begin(library, id, quota, clock.now());
        return begun.ok ? enter(begun.value, id, bytes, quota) : begun;
      });
    },

    /**
     * Lets `work` receive a file if its owner may have one more. Its place is taken before anything is received, so that uploads at
     * once cannot exceed the quota together.
     */
    withPlace: async <T, E>(
      draft: Draft,
      id: string,
      work: (room: Room) => Promise<Result<T, E>>,
    ): Promise<Result<T, E | QuotaExceeded>> => {
      const { ownerId, purpose } = draft;
      if (isOfShop(purpose)) return work(ANY_SIZE);
      const quota = quotaOf(draft);
      const begun = await unitOfWork.run((tx) =>
        decide(tx, ownerId, (library) => begin(library, id, quota, clock.now())),
      );
      if (!begun.ok) return begun;
      let isStored = false;
      try {
        const done = await work(roomIn(begun.value, quota));
        isStored = done.ok;
        return done;
      } finally {
        if (!isStored)
          await unitOfWork.run((tx) => changeLibrary(tx, ownerId, (library) => giveUp(library, id)));
      }
    },
  };
};
