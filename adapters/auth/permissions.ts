import type { Role } from './principal.ts';

/** `<service>:read` or `<service>:write`, for the operations of its OpenAPI file that need a role; webhooks, operations and sagas are areas of their own. */
export type Permission = `${string}:${'read' | 'write'}`;

/** What each role of staff allows, for menus; the OpenAPI files decide, and a spec compares them. `admin` has all. */
const PERMISSIONS: Readonly<Partial<Record<Role, readonly Permission[]>>> = {
  catalog_manager: ['catalog:read', 'catalog:write', 'search:read', 'search:write'],
  order_manager: [
    'analytics:read',
    'notification:read',
    'notification:write',
    'order:read',
    'order:write',
    'payment:read',
    'saga:read',
    'shipping:read',
  ],
  inventory_manager: ['inventory:read', 'inventory:write'],
  moderator: ['review:read', 'review:write'],
  operator: ['operations:read', 'operations:write', 'saga:read'],
  admin: ['user:read', 'user:write', 'webhook:read', 'webhook:write'],
};

/** Sorted. */
export const permissionsOf = (roles: readonly Role[]): readonly Permission[] => {
  const held = roles.includes('admin')
    ? Object.values(PERMISSIONS)
    : roles.map((role) => PERMISSIONS[role] ?? []);
  return [...new Set(held.flat())].sort();
};
