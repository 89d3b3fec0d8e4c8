import { describe } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { keepsItsContracts } from '#test/kit/pact/provider.ts';
import { analytics } from '../../main/module.ts';
import { lakeFolder } from '../lake.rig.ts';
import { makeCatalog } from '../neighbours.rig.ts';

describe('the analytics service', () => {
  const env = { ANALYTICS_LAKE: lakeFolder() };
  const service = serviceForEachTest(analytics, { clients: makeCatalog().clients, env });
  keepsItsContracts('analytics', () => ({
    service,
    states: {
      'nothing is known about a person': async () => undefined,
      'a user has a pseudonym': async ({ user_id: userId }) => {
        const added = eventAbout(String(userId), 'cart.item_added', { user_id: String(userId) });
        await service.consumers.find(({ consumer }) => consumer === 'analytics.lake')?.handle([added]);
        return undefined;
      },
    },
  }));
});
