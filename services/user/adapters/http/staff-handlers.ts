import { isStaff, ROLES, type Principal } from '#adapters/auth/principal.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/user.ts';
import type { makeAssignRoles, makeInviteUser, makeSetActive } from '../../core/application/manage-users.ts';
import { wordsOf } from '../../core/domain/directory.ts';
import { fullName, type User } from '../../core/domain/user.ts';
import type { UserDirectory } from '../../core/ports/user-queries.ts';
import type { UserCode } from './errors.ts';
import { fromUser, refusalOf, toName } from './mapping.ts';

export interface StaffUseCases {
  readonly directory: UserDirectory;
  readonly inviteUser: ReturnType<typeof makeInviteUser>;
  readonly assignRoles: ReturnType<typeof makeAssignRoles>;
  readonly setActive: ReturnType<typeof makeSetActive>;
}

type StaffOperations = Pick<
  operations,
  'listUsers' | 'listColleagues' | 'inviteUser' | 'assignRoles' | 'setStatus'
>;

const STAFF_ROLES = ROLES.filter((role) => role !== 'customer');

const MOST_COLLEAGUES = 20;

const idOf = (principal: Principal): string => (principal.kind === 'user' ? principal.userId : '');

const changed = (user: User) => ({
  status: 200 as const,
  headers: { ETag: etag(user.version) },
  body: fromUser(user),
});

export const makeStaffHandlers = (staff: StaffUseCases): Handlers<StaffOperations, UserCode> => ({
  listUsers: async ({ query: { q = '', role, status, limit = 24, cursor } }) => {
    const isActive = status && status === 'active';
    const page = await staff.directory.page({ words: wordsOf(q), role, isActive, limit, cursor });
    if (!page.ok) return page;
    const { items, next } = page.value;
    return {
      status: 200,
      body: { items: items.map(fromUser), ...(next === undefined ? {} : { next_cursor: next }) },
    };
  },
  listColleagues: async ({ query: { q = '', role }, principal }) => {
    if (!isStaff(principal)) return refuse('FORBIDDEN', 'Only staff have colleagues.');
    const filter = { words: wordsOf(q), isActive: true, limit: MOST_COLLEAGUES };
    const found = new Map<string, string>();
    for (const one of role === undefined ? STAFF_ROLES : (['admin', role] as const)) {
      const page = await staff.directory.page({ ...filter, role: one });
      if (!page.ok) return page;
      for (const member of page.value.items) found.set(member.userId, fullName(member) || member.email);
    }
    const items = [...found].map(([userId, name]) => ({ user_id: userId, name }));
    items.sort((one, other) => one.name.localeCompare(other.name));
    return { status: 200, body: { items: items.slice(0, MOST_COLLEAGUES) } };
  },
  inviteUser: async ({ body: { email, roles, ...names } }) => {
    const invited = await staff.inviteUser({ email, roles, ...toName(names) });
    if (!invited.ok) return refusalOf(invited.error);
    const { userId, version } = invited.value;
    const headers = { ETag: etag(version), Location: `/api/v1/users/${userId}` };
    return { status: 201, headers, body: fromUser(invited.value) };
  },
  assignRoles: async ({ path, body, principal, ifMatch }) => {
    const managed = { userId: path.user_id, basedOn: ifMatch, by: idOf(principal) };
    const assigned = await staff.assignRoles(managed, body.roles);
    return assigned.ok ? changed(assigned.value) : assigned;
  },
  setStatus: async ({ path, body, principal, ifMatch }) => {
    const managed = { userId: path.user_id, basedOn: ifMatch, by: idOf(principal) };
    const set = await staff.setActive(managed, body.status === 'active');
    return set.ok ? changed(set.value) : set;
  },
});
