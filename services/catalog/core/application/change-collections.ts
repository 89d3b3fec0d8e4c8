import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  checkCollection,
  MOST_COLLECTIONS,
  type Collection,
  type CollectionDraft,
  type InvalidCollection,
} from '../domain/collection.ts';
import { bySlug, slugOf, slugsFrom } from '../domain/slug.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import { currentOf } from './current.ts';
import { findByKey } from './find-by-key.ts';
import type { TellOfPicture } from './tell-of-pictures.ts';

type Refused = InvalidCollection | Refusal<'SLUG_TAKEN'>;
type NotCurrent = Refusal<'COLLECTION_NOT_FOUND' | 'PRECONDITION_FAILED'>;
type Collections = CatalogTx['collections'];

const SLUG_TAKEN = refuse('SLUG_TAKEN', 'Another collection has this slug.');

export const makeCreateCollection =
  (unitOfWork: UnitOfWork<CatalogTx>, ids: Ids, clock: Clock, tellOfPicture: TellOfPicture) =>
  (draft: CollectionDraft, key?: IdempotencyKey): Promise<Result<Collection, Refused | IdempotencyRefusal>> =>
    once(
      unitOfWork,
      key,
      (kept) => kept as Collection, // only this use case stores outcomes under its keys
      async (tx): Promise<Result<Collection, Refused>> => {
        const { collections } = tx;
        const checked = checkCollection(draft);
        if (!checked.ok) return checked;
        if ((await collections.count()) >= MOST_COLLECTIONS)
          return refuse('INVALID_COLLECTION', `A shop has at most ${MOST_COLLECTIONS} collections.`);
        if (draft.slug !== undefined && (await collections.byName(bySlug(draft.slug)))) return SLUG_TAKEN;
        const slug = draft.slug ?? (await freeSlug(collections, slugOf(draft.name, 'collection')));
        const now = clock.now().toISOString();
        const collection = { ...draft, slug, id: ids.next(), version: 1, createdAt: now, updatedAt: now };
        await collections.save(collection, [bySlug(slug)]);
        await tellOfPicture(tx, undefined, collection);
        return ok(collection);
      },
    );

const freeSlug = async (collections: Collections, wanted: string): Promise<string> => {
  for (const slug of slugsFrom(wanted)) if (!(await collections.byName(bySlug(slug)))) return slug;
  return wanted;
};

export interface UpdateCollection {
  /** Its ID or slug. */
  readonly key: string;
  /** The version that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  readonly draft: CollectionDraft;
}

export const makeUpdateCollection =
  (unitOfWork: UnitOfWork<CatalogTx>, clock: Clock, tellOfPicture: TellOfPicture) =>
  ({ key, basedOn, draft }: UpdateCollection): Promise<Result<Collection, NotCurrent | Refused>> =>
    unitOfWork.run(async (tx) => {
      const { collections } = tx;
      const checked = checkCollection(draft);
      if (!checked.ok) return checked;
      const current = await findCurrent(collections, key, basedOn);
      if (!current.ok) return current;
      const { id, version, createdAt } = current.value;
      const slug = draft.slug ?? current.value.slug;
      const owner = await collections.byName(bySlug(slug));
      if (owner && owner.id !== id) return SLUG_TAKEN;
      const updatedAt = clock.now().toISOString();
      const collection = { ...draft, slug, id, version: version + 1, createdAt, updatedAt };
      await collections.save(collection, [bySlug(slug)]);
      await tellOfPicture(tx, current.value, collection);
      return ok(collection);
    });

export const makeDeleteCollection =
  (unitOfWork: UnitOfWork<CatalogTx>, tellOfPicture: TellOfPicture) =>
  (key: string, basedOn: number | undefined): Promise<Result<undefined, NotCurrent>> =>
    unitOfWork.run(async (tx) => {
      const current = await findCurrent(tx.collections, key, basedOn);
      if (!current.ok) return current;
      await tx.collections.remove(current.value);
      await tellOfPicture(tx, current.value, undefined);
      return ok(undefined);
    });

const NO_COLLECTION = refuse('COLLECTION_NOT_FOUND', 'There is no such collection.');

const findCurrent = async (
  collections: Collections,
  key: string,
  basedOn: number | undefined,
): Promise<Result<Collection, NotCurrent>> =>
  currentOf(await findByKey(collections, key), ({ version }) => version, {
    what: 'collection',
    missing: NO_COLLECTION,
    basedOn,
  });
