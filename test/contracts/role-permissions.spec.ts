import { expect, it } from 'vitest';
import { permissionsOf } from '#adapters/auth/permissions.ts';
import { isRole, ROLES } from '#adapters/auth/principal.ts';
import { loadSpec, operationsOf, type Operation } from '#adapters/http/spec.ts';
import { MODULES } from '#all-in-one/main/modules.ts';

/** Endpoints for webhooks are in the notification service, but for admins only. */
const areaOf = (service: string, { tags = [] }: Operation): string =>
  tags.includes('webhooks') ? 'webhook' : service;

/** What the OpenAPI files let a role do. */
const allowedTo = (role: string): readonly string[] => {
  const allowed = MODULES.flatMap(({ name, spec }) =>
    operationsOf(loadSpec(spec)).flatMap(({ method, operation }) => {
      const { security = [] } = operation;
      const roles = security.flatMap(({ bearer = [] }) => bearer);
      const isAllowed = roles.includes(role) || (roles.length > 0 && role === 'admin');
      return isAllowed ? [`${areaOf(name, operation)}:${method === 'get' ? 'read' : 'write'}`] : [];
    }),
  );
  return [...new Set(allowed)].sort();
};

it.each(ROLES)('%s has the permissions that the OpenAPI files give it', (role) => {
  expect(permissionsOf([role])).toEqual(allowedTo(role));
});

/** Else a permission would promise some of its operations to those who get only others. */
it.each(MODULES)(
  '$name asks for the same role wherever it asks for the same permission',
  ({ name, spec }) => {
    const rolesFor = new Map<string, Set<string>>();
    for (const { method, operation } of operationsOf(loadSpec(spec))) {
      const roles = (operation.security ?? []).flatMap(({ bearer = [] }) => bearer).filter(isRole);
      if (roles.length === 0) continue;
      const permission = `${areaOf(name, operation)} ${method === 'get'}`;
      const known = rolesFor.get(permission) ?? new Set();
      rolesFor.set(permission, known.add(roles.toSorted().join(' ')));
    }
    for (const roles of rolesFor.values()) expect([...roles]).toHaveLength(1);
  },
);
