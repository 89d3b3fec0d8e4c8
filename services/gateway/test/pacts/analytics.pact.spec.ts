import { it } from 'vitest';
import { makeLogger } from '#adapters/observability/logger.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import { until } from '#test/kit/conditions.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, uuid } from '#test/kit/pact/matchers.ts';
import { Shoppers } from '../../shoppers.ts';
import { isOverseen } from './staff.rig.ts';

const USER = '0190a000-0000-7000-8000-000000000001';
const SHOPPER = '7d4e1f7a-5b0c-4c8e-9a53-2f1d0c9b8a76';

describeContract('gateway', 'analytics', (contract) => {
  isOverseen(contract, 'analytics');

  it('under which pseudonym models know a user', () =>
    contract.asks(
      {
        given: 'a user has a pseudonym',
        params: { user_id: USER },
        asking: 'for the pseudonyms of users',
        request: {
          method: 'POST',
          path: '/internal/v1/shoppers',
          scope: 'shoppers:read',
          body: { user_ids: [USER] },
        },
        response: {
          status: 200,
          body: { items: eachLike({ user_id: uuid(USER), shopper_id: uuid(SHOPPER) }) },
        },
      },
      async (client) => {
        const logger = makeLogger({ service: 'gateway', level: 'silent' });
        const shoppers = new Shoppers({ client, metrics: new Metrics('gateway'), logger });
        await until(() => Promise.resolve(shoppers.of(USER) === SHOPPER));
      },
    ));
});
