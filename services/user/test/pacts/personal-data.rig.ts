import { expect, it } from 'vitest';
import type { ServiceClient } from '#adapters/http/client.ts';
import type { Contract } from '#test/kit/pact/contract.ts';
import { httpHolders, type Holder } from '../../adapters/clients/holders.http.ts';

const USER = '0190a000-0000-7000-8000-000000000001';
const PERSON = { userId: USER, email: 'sam@example.com' };
const NOBODY = 'nothing is known about a person';
const REQUEST = { method: 'POST', body: { user_id: USER, email: PERSON.email } } as const;

/** Asks one service only. */
export const holderAt = (client: ServiceClient) => {
  const callers = {
    analytics: client,
    cart: client,
    media: client,
    notification: client,
    order: client,
    payment: client,
    review: client,
    shipping: client,
  };
  return httpHolders(callers);
};

/** Every service that knows something about people is asked in the same way. */
export const asksAboutPeople = (contract: Contract, service: Holder): void => {
  it('what is known about a person, page by page', () =>
    contract.asks(
      {
        given: NOBODY,
        asking: 'for what is known about a person',
        request: { ...REQUEST, path: '/internal/v1/personal-data/export', scope: 'personal-data:read' },
        response: { status: 200, body: { items: [] } },
      },
      async (client) => {
        expect(await holderAt(client).read(service, PERSON, undefined)).toMatchObject({ items: [] });
      },
    ));

  it('to erase what is known about a person, until it is done', () =>
    contract.asks(
      {
        given: NOBODY,
        asking: 'to erase what is known about a person',
        request: { ...REQUEST, path: '/internal/v1/personal-data/erase', scope: 'personal-data:erase' },
        response: { status: 200, body: { done: true, erased: [], kept: [] } },
      },
      async (client) => {
        const erased = await holderAt(client).erase(service, PERSON);
        expect(erased).toEqual({ isDone: true, erased: [], kept: [] });
      },
    ));
};
