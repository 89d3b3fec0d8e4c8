import { hasRole, isStaff, type Principal } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/user.ts';
import type { makeRemoveView, makeSaveView } from '../../core/application/saved-views.ts';
import type { SavedView } from '../../core/domain/saved-view.ts';
import type { ViewQueries } from '../../core/ports/user-queries.ts';
import type { UserCode } from './errors.ts';

export interface ViewUseCases {
  readonly views: ViewQueries;
  readonly saveView: ReturnType<typeof makeSaveView>;
  readonly removeView: ReturnType<typeof makeRemoveView>;
}

type ViewOperations = Pick<operations, 'listViews' | 'saveView' | 'removeView'>;

/** The caller's ID, if they are staff. */
const staffId = (principal: Principal): Result<string, Refusal<'FORBIDDEN'>> =>
  principal.kind === 'user' && isStaff(principal)
    ? ok(principal.userId)
    : refuse('FORBIDDEN', 'Only staff have views.');

const fromView = (view: SavedView, caller: string): components['schemas']['SavedView'] => ({
  view_id: view.viewId,
  list: view.list,
  name: view.name,
  query: view.query,
  is_shared: view.isShared,
  is_own: view.ownerId === caller,
});

export const makeViewHandlers = (useCases: ViewUseCases): Handlers<ViewOperations, UserCode> => ({
  listViews: async ({ query: { list }, principal }) => {
    const caller = staffId(principal);
    if (!caller.ok) return caller;
    const views = await useCases.views.visibleTo(caller.value, list);
    return { status: 200, body: { items: views.map((view) => fromView(view, caller.value)) } };
  },
  saveView: async ({ path, body: { is_shared: isShared, ...view }, principal }) => {
    const caller = staffId(principal);
    if (!caller.ok) return caller;
    const saved = await useCases.saveView({ ...view, viewId: path.view_id, ownerId: caller.value, isShared });
    return saved.ok ? { status: 200, body: fromView(saved.value, caller.value) } : saved;
  },
  removeView: async ({ path, principal }) => {
    const caller = staffId(principal);
    if (!caller.ok) return caller;
    const by = { userId: caller.value, isAdmin: hasRole(principal, 'admin') };
    const removed = await useCases.removeView(path.view_id, by);
    return removed.ok ? { status: 204 } : removed;
  },
});
