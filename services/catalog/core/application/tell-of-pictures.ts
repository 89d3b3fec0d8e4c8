import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { pagePictured, type PageKind, type PicturedPage, type Publication } from '../domain/events.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';

/**
 * Publishes which picture a page shows if a change concerns that, so that the media service keeps it; in the unit of the change.
 * `before` is absent for a new page, `after` for one that is deleted.
 */
export type TellOfPicture = (
  tx: Pick<CatalogTx, 'outbox'>,
  before: PicturedPage | undefined,
  after: PicturedPage | undefined,
) => Promise<void>;

export const makeTellOfPicture =
  (kind: PageKind, toWire: ToWire<Publication>): TellOfPicture =>
  async ({ outbox }, before, after) => {
    const page = after ?? (before && { id: before.id, version: before.version + 1 });
    if (page && before?.picture?.url !== after?.picture?.url)
      await outbox.add(toWire(pagePictured(kind, page)));
  };

/** Publishes again which pages show pictures, because an earlier release did not. Consumers know the newest version. */
export const makeTellAgain =
  (
    unitOfWork: UnitOfWork<Pick<CatalogTx, 'outbox'>>,
    pages: Readonly<Record<PageKind, { all(): Promise<readonly PicturedPage[]> }>>,
    toWire: ToWire<Publication>,
  ) =>
  async (): Promise<void> => {
    for (const kind of ['category', 'collection'] as const) {
      const pictured = (await pages[kind].all()).filter(({ picture }) => picture !== undefined);
      for (const page of pictured)
        await unitOfWork.run(({ outbox }) => outbox.add(toWire(pagePictured(kind, page))));
    }
  };
