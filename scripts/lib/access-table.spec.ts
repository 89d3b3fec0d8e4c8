import { describe, expect, it } from 'vitest';
import type { Operation, Spec } from '#adapters/http/spec.ts';
import { accessTable } from './access-table.ts';

const operation = (summary: string, security?: Operation['security']): Operation => ({
  operationId: summary,
  summary,
  responses: {},
  ...(security && { security }),
});

const spec: Spec = {
  info: { title: 'Things', version: '1.0.0' },
  components: {},
  paths: {
    '/things': {
      get: operation('List', []),
      post: { ...operation('Make', [{ bearer: ['catalog_manager'] }]), 'x-step-up': 900 },
    },
    '/things/{id}': { get: operation('Get', [{ bearer: [] }]), put: operation('Set', [{}, { bearer: [] }]) },
    '/internal/things': {
      get: { ...operation('Ask', [{ service: ['things:read'] }]), 'x-consumers': ['cart', 'order'] },
    },
  },
};

describe('the access table', () => {
  it('lists each operation under the callers that its security allows', () => {
    expect(accessTable([spec])).toBe(
      [
        '## Everyone\n\n- `GET /things` List\n',
        '## A user, or a guest with the token of the resource\n\n- `PUT /things/{id}` Set\n',
        '## Signed-in users, each for what is theirs; staff as the service decides\n\n- `GET /things/{id}` Get\n',
        '## Service cart, with things:read\n\n- `GET /internal/things` Ask\n',
        '## Service order, with things:read\n\n- `GET /internal/things` Ask\n',
        '## Staff: catalog_manager, admin\n\n- `POST /things` Make (login or step-up within 15 minutes)\n',
      ].join('\n'),
    );
  });
});
