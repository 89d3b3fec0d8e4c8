import { z } from 'zod';
import { ofKind, type Manifest } from '../charts/manifests.ts';

/** What is read in Vault, or may be, by service account and role: `order as order`. */
export type Access = ReadonlyMap<string, ReadonlySet<string>>;

const nameOf = (account: string, role: string): string => `${account} as ${role}`;

const ANNOTATION = /^vault\.hashicorp\.com\/agent-inject-secret-(.+)$/;
const SECRET = /\{\{-?\s*with secret "([^"]+)"/g;

/** What a file's template names; a file without one is the secret. */
const pathsOf = (annotations: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(annotations).flatMap(([annotation, secret]) => {
    const [, file] = ANNOTATION.exec(annotation) ?? [];
    if (file === undefined) return [];
    const template = annotations[`vault.hashicorp.com/agent-inject-template-${file}`];
    return template === undefined ? [secret] : [...template.matchAll(SECRET)].map(([, path = '']) => path);
  });

/** What the Vault Agents of the pods read. */
export const readsOf = (manifests: readonly Manifest[]): Access =>
  new Map(
    [...ofKind(manifests, 'Deployment'), ...ofKind(manifests, 'Job')].flatMap(({ spec: { template } }) => {
      const { annotations } = template.metadata;
      const role = annotations['vault.hashicorp.com/role'];
      return role === undefined
        ? []
        : [[nameOf(template.spec.serviceAccountName, role), new Set(pathsOf(annotations))]];
    }),
  );

const Resource = z.discriminatedUnion('type', [
  z.object({ type: z.literal('vault_policy'), values: z.object({ name: z.string(), policy: z.string() }) }),
  z.object({
    type: z.literal('vault_kubernetes_auth_backend_role'),
    values: z.object({
      role_name: z.string(),
      bound_service_account_names: z.array(z.string()),
      bound_service_account_namespaces: z.tuple([z.literal('shop')]),
      token_policies: z.array(z.string()),
    }),
  }),
]);

const Plan = z.object({
  planned_values: z.object({
    root_module: z.object({ resources: z.array(z.looseObject({ type: z.string() })) }),
  }),
});

/** The paths of a policy; throws if it says more than that they may be read. */
const pathsIn = (policy: string): readonly string[] => {
  const rule = /path "([^"]+)" \{\s*capabilities = \["read"\]\s*\}/g;
  const rest = policy.replaceAll(rule, '').trim();
  if (rest !== '') throw new Error(`not only reading: ${rest}`);
  return [...policy.matchAll(rule)].map(([, path = '']) => path);
};

/** What Vault lets the pods read. @param plan of `terraform/vault`, as JSON */
export const allowedIn = (plan: string): Access => {
  const kinds = new Set<string>(Resource.options.map(({ shape }) => shape.type.value));
  const resources = Plan.parse(JSON.parse(plan))
    .planned_values.root_module.resources.filter(({ type }) => kinds.has(type))
    .map((resource) => Resource.parse(resource));
  const policies = new Map(
    resources.flatMap((one) =>
      one.type === 'vault_policy' ? [[one.values.name, pathsIn(one.values.policy)]] : [],
    ),
  );
  return new Map(
    resources.flatMap((one) =>
      one.type === 'vault_policy'
        ? []
        : one.values.bound_service_account_names.map((account) => [
            nameOf(account, one.values.role_name),
            new Set(one.values.token_policies.flatMap((name) => policies.get(name) ?? [])),
          ]),
    ),
  );
};

const NOTHING: ReadonlySet<string> = new Set();

/** Where the two differ. */
export const accessTroubles = (reads: Access, allowed: Access): readonly string[] =>
  [...new Set([...reads.keys(), ...allowed.keys()])].flatMap((who) => {
    const read = reads.get(who) ?? NOTHING;
    const may = allowed.get(who) ?? NOTHING;
    return [
      ...[...read].filter((path) => !may.has(path)).map((path) => `${who} may not read ${path}`),
      ...[...may].filter((path) => !read.has(path)).map((path) => `${who} may read ${path}, but does not`),
    ];
  });
