import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { fromProviderState } from '#test/kit/pact/matchers.ts';
import { hearsActs } from './acts.rig.ts';
import { asksAboutPeople, holderAt } from './personal-data.rig.ts';

const USER = '0190a000-0000-7000-8000-000000000001';

describeContract('user', 'notification', (contract) => {
  asksAboutPeople(contract, 'notification');

  it('the language that a person has chosen, in which an export is explained', () =>
    contract.asks(
      {
        given: 'a person has chosen German',
        asking: 'for what is known about a person who has chosen German',
        request: {
          method: 'POST',
          path: '/internal/v1/personal-data/export',
          scope: 'personal-data:read',
          body: { user_id: fromProviderState('${user_id}', USER) },
        },
        response: { status: 200, body: { items: [{ kind: 'preferences', data: { locale: 'de' } }] } },
      },
      async (client) => {
        const known = await holderAt(client).read('notification', { userId: USER }, undefined);
        expect(known.items).toMatchObject([{ kind: 'preferences', data: { locale: 'de' } }]);
      },
    ));

  it('what staff have changed, for the audit trail', () => hearsActs(contract, 'notification'));
});
