import { expect, it } from 'vitest';
import type { ServiceClient } from '#adapters/http/client.ts';
import { describeContract, type Contract } from '#test/kit/pact/contract.ts';
import { string } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { HOLDERS, httpHolders, type Holder } from '../../adapters/clients/holders.http.ts';
import { memoryAuditQueries } from '../../adapters/memory/memory-audit.ts';
import { user } from '../../main/module.ts';
import { CHEAP } from '../service.ts';

const USER = '0190a000-0000-7000-8000-000000000001';
const PERSON = { userId: USER, email: 'sam@example.com' };
const NOBODY = 'nothing is known about a person';

/** Services with operations of staff. */
const AUDITED = ['catalog', 'inventory', 'notification', 'order', 'review', 'search'] as const;

const isHolder = (service: string): service is Holder => (HOLDERS as readonly string[]).includes(service);

/** Asks one service only. */
const holderAt = (client: ServiceClient) =>
  httpHolders({
    cart: client,
    notification: client,
    order: client,
    payment: client,
    review: client,
    shipping: client,
  });

const personalData = (service: Holder, contract: Contract): void => {
  const request = { method: 'POST', body: { user_id: USER, email: PERSON.email } } as const;

  it('what is known about a person, page by page', () =>
    contract.asks(
      {
        given: NOBODY,
        asking: 'for what is known about a person',
        request: { ...request, path: '/internal/v1/personal-data/export', scope: 'personal-data:read' },
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
        request: { ...request, path: '/internal/v1/personal-data/erase', scope: 'personal-data:erase' },
        response: { status: 200, body: { done: true, erased: [], kept: [] } },
      },
      async (client) => {
        const erased = await holderAt(client).erase(service, PERSON);
        expect(erased).toEqual({ isDone: true, erased: [], kept: [] });
      },
    ));
};

const acts = (service: string, contract: Contract): void => {
  it('what staff have changed, for the audit trail', () =>
    contract.hears(
      'staff.acted',
      {
        service,
        actor_id: string('a manager'),
        operation: string('updateThing'),
        category: string('things'),
        subject: { kind: string('thing'), id: string('an ID') },
      },
      async (event) => {
        const { database, hear } = await openSubscriber(user, { env: CHEAP });
        await hear(event);
        const [entry] = await memoryAuditQueries(database).after(0, 1);
        expect(entry).toMatchObject({
          seq: 1,
          entryId: event.event_id,
          service,
          actorId: 'a manager',
          operation: 'updateThing',
          category: 'things',
          subject: { kind: 'thing', id: 'an ID' },
          correlationId: event.correlation_id,
        });
      },
    ));
};

for (const service of new Set<string>([...HOLDERS, ...AUDITED]))
  describeContract('user', service, (contract) => {
    if (isHolder(service)) personalData(service, contract);
    if ((AUDITED as readonly string[]).includes(service)) acts(service, contract);
  });
