import { describe, expect, it } from 'vitest';
import type { ServiceClient } from '#adapters/http/client.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { HOLDERS, httpHolders } from '../../adapters/clients/holders.http.ts';

const USER = '0190a000-0000-7000-8000-000000000001';
const PERSON = { userId: USER, email: 'sam@example.com' };

const holdersOf = (client: ServiceClient) =>
  httpHolders({ cart: client, order: client, payment: client, review: client, shipping: client });

describe.each(HOLDERS)('personal data in %s', (service) => {
  describeContract('user', service, (contract) => {
    const request = { method: 'POST', body: { user_id: USER, email: PERSON.email } } as const;

    it('is asked for page by page', () =>
      contract.asks(
        {
          given: 'nothing is known about a person',
          asking: 'for what is known about a person',
          request: { ...request, path: '/internal/v1/personal-data/export', scope: 'personal-data:read' },
          response: { status: 200, body: { items: [] } },
        },
        async (client) => {
          expect(await holdersOf(client).read(service, PERSON, undefined)).toMatchObject({
            items: [],
          });
        },
      ));

    it('is erased until it is done', () =>
      contract.asks(
        {
          given: 'nothing is known about a person',
          asking: 'to erase what is known about a person',
          request: { ...request, path: '/internal/v1/personal-data/erase', scope: 'personal-data:erase' },
          response: { status: 200, body: { done: true, erased: [], kept: [] } },
        },
        async (client) => {
          expect(await holdersOf(client).erase(service, PERSON)).toEqual({
            isDone: true,
            erased: [],
            kept: [],
          });
        },
      ));
  });
});
