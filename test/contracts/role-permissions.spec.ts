import { expect, it } from 'vitest';
import { permissionsOf } from '#adapters/auth/permissions.ts';
import { isRole, ROLES } from '#adapters/auth/principal.ts';
import { loadSpec, operationsOf, type Operation } from '#adapters/http/spec.ts';
import { MODULES } from '#all-in-one/main/modules.ts';

/** Areas of operations for other roles than the rest of their service, by tag. */
const AREAS: Readonly<Record<string, string>> = {
  webhooks: 'webhook',
  operations: 'operations',
  sagas: 'saga',
};

const areaOf = (service: string, { tags = [] }: Operation): string =>
  tags.flatMap((tag) => AREAS[tag] ?? [])[0] ?? service;

/** With what every service has. */
const SPECS = [
  ...MODULES,
  { name: 'operations', spec: new URL('../../openapi/operations.yaml', import.meta.url) },
];

/** What the OpenAPI files let a role do. */
const allowedTo = (role: string): readonly string[] => {
  const allowed = SPECS.flatMap(({ name, spec }) =>
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
it.each(SPECS)('$name asks for the same role wherever it asks for the same permission', ({ name, spec }) => {
  const rolesFor = new Map<string, Set<string>>();
  for (const { method, operation } of operationsOf(loadSpec(spec))) {
    const roles = (operation.security ?? []).flatMap(({ bearer = [] }) => bearer).filter(isRole);
    if (roles.length === 0) continue;
    const permission = `${areaOf(name, operation)} ${method === 'get'}`;
    const known = rolesFor.get(permission) ?? new Set();
    rolesFor.set(permission, known.add(roles.toSorted().join(' ')));
  }
  for (const roles of rolesFor.values()) expect([...roles]).toHaveLength(1);
});
