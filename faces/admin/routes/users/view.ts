import type { Schemas } from '../../api.ts';
import { defined, oneOf, textOf, uuidOf } from '../../shared/search-params.ts';

export type Role = Schemas['Role'];
export type Status = NonNullable<Schemas['Profile']['status']>;

export const STATUSES = ['active', 'deactivated'] as const satisfies readonly Status[];

/** All roles but that of customers. */
export const STAFF_ROLES = [
  'admin',
  'order_manager',
  'catalog_manager',
  'inventory_manager',
  'moderator',
  'operator',
] as const satisfies readonly Role[];

export type StaffRole = (typeof STAFF_ROLES)[number];

export const staffRolesOf = (roles: readonly string[]): readonly StaffRole[] =>
  STAFF_ROLES.filter((role) => roles.includes(role));

/** The roles of an account that gets those of staff; an account without any is a customer's. */
export const rolesWith = (roles: readonly string[], chosen: readonly StaffRole[]): Role[] =>
  roles.includes('customer') || chosen.length === 0 ? ['customer', ...chosen] : [...chosen];

/** What the list of customers shows, as it is in the URL. */
export interface CustomersView {
  /** Beginnings of names or of the e-mail address. */
  readonly q?: string | undefined;
  readonly status?: Status | undefined;
  readonly after?: string | undefined;
  /** An erasure whose report is shown. */
  readonly erasure?: string | undefined;
}

export const parseCustomersView = (search: Record<string, unknown>): CustomersView =>
  defined({
    q: textOf(search['q'], 300),
    status: oneOf(STATUSES, search['status']),
    after: textOf(search['after'], 3_000),
    erasure: uuidOf(search['erasure']),
  });

/** What the list of staff shows, as it is in the URL. */
export interface StaffView {
  readonly q?: string | undefined;
  readonly role?: StaffRole | undefined;
  readonly status?: Status | undefined;
}

export const parseStaffView = (search: Record<string, unknown>): StaffView =>
  defined({
    q: textOf(search['q'], 300),
    role: oneOf(STAFF_ROLES, search['role']),
    status: oneOf(STATUSES, search['status']),
  });
