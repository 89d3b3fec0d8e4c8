import { expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { moment, string, uuid } from '#test/kit/pact/matchers.ts';
import { openGateway } from '../stub.ts';
import { isOverseen, isSearched } from './staff.rig.ts';

const ADA = '0190a000-0000-7000-8000-000000000001';
const SESSION = '0190a000-0000-7000-8000-00000000000a';

describeContract('gateway', 'user', (contract) => {
  isOverseen(contract, 'user');
  isSearched(contract, 'user', {
    kind: 'customers',
    given: 'there is a customer called Ada Lovelace',
    q: 'ada',
    role: 'admin',
    item: {
      user_id: uuid(ADA),
      email: string('ada@example.com'),
      first_name: string('Ada'),
      last_name: string('Lovelace'),
    },
    found: { user_id: ADA, email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace' },
  });

  const gateway = forEachTest(() => openGateway());

  it('whose access tokens are revoked, and until when to store that', () =>
    contract.hears(
      'user.access_revoked',
      {
        user_id: uuid('0190a000-0000-7000-8000-000000000001'),
        session_id: uuid(SESSION),
        revoked_before: moment('2126-03-01T12:00:00.000Z'),
        expired_by: moment('2126-03-01T12:05:00.000Z'),
      },
      async (event) => {
        const token = await gateway.userToken(SESSION);
        const ask = async (): Promise<number> =>
          (await gateway.send('POST', '/api/v1/products', { token, body: {} })).status;
        expect(await ask()).toBe(200);
        await gateway.bus.publish([event]);
        await gateway.bus.caughtUp('gateway.revocations');
        expect(await ask()).toBe(401);
      },
    ));
});
