import { describe, expect, it } from 'vitest';
import { readManifests } from '../charts/manifests.ts';
import { accessTroubles, allowedIn, readsOf } from './access.ts';

const MANIFESTS = `
kind: Deployment
metadata: { name: order }
spec:
  template:
    metadata:
      annotations:
        vault.hashicorp.com/role: order
        vault.hashicorp.com/agent-inject-secret-environment: shop/data/order
        vault.hashicorp.com/agent-inject-template-environment: |
          {{ with secret "database/creds/order" -}}
          DATABASE_URL='postgres://{{ .Data.username }}'
          {{- end }}
          {{ with secret "shop/data/kafka/order" -}}
          KAFKA_SASL_USERNAME='{{ .Data.data.username }}'
          {{- end }}
        vault.hashicorp.com/agent-inject-secret-key: shop/data/keys/order
    spec: { serviceAccountName: order, securityContext: {}, containers: [] }
---
kind: Deployment
metadata: { name: admin-portal }
spec: { template: { metadata: {}, spec: { serviceAccountName: admin-portal, securityContext: {}, containers: [] } } }
`;

const ALL = ['database/creds/order', 'shop/data/kafka/order', 'shop/data/keys/order'];

const rule = (path: string, capabilities = '"read"'): string =>
  `path "${path}" {\n  capabilities = [${capabilities}]\n}\n`;

const planOf = (policy: string): string =>
  JSON.stringify({
    planned_values: {
      root_module: {
        resources: [
          { type: 'vault_mount', values: { path: 'shop' } },
          { type: 'vault_policy', values: { name: 'order', policy } },
          {
            type: 'vault_kubernetes_auth_backend_role',
            values: {
              role_name: 'order',
              bound_service_account_names: ['order'],
              bound_service_account_namespaces: ['shop'],
              token_policies: ['order'],
            },
          },
        ],
      },
    },
  });

const troublesWith = (...paths: readonly string[]): readonly string[] =>
  accessTroubles(
    readsOf(readManifests(MANIFESTS)),
    allowedIn(planOf(paths.map((path) => rule(path)).join('\n'))),
  );

describe('what pods read in Vault', () => {
  it('is what their templates name, or the secret where there is no template', () => {
    expect(readsOf(readManifests(MANIFESTS))).toEqual(new Map([['order as order', new Set(ALL)]]));
  });

  it('is fine if it is what the policies allow', () => {
    expect(troublesWith(...ALL)).toEqual([]);
  });

  it('is reported if no policy allows it', () => {
    expect(troublesWith(...ALL.slice(1))).toEqual(['order as order may not read database/creds/order']);
  });

  it('is reported if a policy allows more', () => {
    expect(troublesWith(...ALL, 'shop/data/keys/payment')).toEqual([
      'order as order may read shop/data/keys/payment, but does not',
    ]);
  });

  it('is reported if the role is for another account', () => {
    const reads = readsOf(readManifests(MANIFESTS.replace('role: order', 'role: payment')));
    const troubles = accessTroubles(reads, allowedIn(planOf(ALL.map((path) => rule(path)).join('\n'))));
    expect(troubles).toContain('order as payment may not read shop/data/keys/order');
  });

  it('is never written', () => {
    expect(() => allowedIn(planOf(rule('shop/data/order', '"read", "update"')))).toThrow('not only reading');
  });
});
