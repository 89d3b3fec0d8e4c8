import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  MOST_VIEWS,
  NO_SUCH_VIEW,
  TOO_MANY_VIEWS,
  type NoSuchView,
  type SavedView,
  type TooManyViews,
} from '../domain/saved-view.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** Creates the view, or replaces it if it is the owner's. A view of another owner is not revealed. */
export const makeSaveView =
  (unitOfWork: UnitOfWork<UserTx>) =>
  (view: SavedView): Promise<Result<SavedView, NoSuchView | TooManyViews>> =>
    unitOfWork.run(async ({ views }) => {
      const own = await views.lockOwn(view.ownerId);
      const isNew = !own.some(({ viewId }) => viewId === view.viewId);
      if (isNew && (await views.find(view.viewId))) return NO_SUCH_VIEW;
      if (isNew && own.length >= MOST_VIEWS) return TOO_MANY_VIEWS;
      await views.save(view);
      return ok(view);
    });

/** Removes a view of one’s own; admins also remove what others share. */
export const makeRemoveView =
  (unitOfWork: UnitOfWork<UserTx>) =>
  (
    viewId: string,
    by: { readonly userId: string; readonly isAdmin: boolean },
  ): Promise<Result<undefined, NoSuchView>> =>
    unitOfWork.run(async ({ views }) => {
      const view = await views.find(viewId);
      const may = view && (view.ownerId === by.userId || (by.isAdmin && view.isShared));
      if (!may) return NO_SUCH_VIEW;
      await views.remove(viewId);
      return ok(undefined);
    });
