import { describe } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { webhooksForEachTest } from '../webhooks.rig.ts';

describe('the notification service', () => {
  const service = webhooksForEachTest();
  keepsItsContracts('notification', () => ({
    service,
    states: {
      'nothing is known about a person': async () => undefined,
      'a person has chosen German': async () => {
        const user_id = systemIds.next();
        await service.send('PUT', `/api/v1/users/${user_id}/notification-preferences`, {
          token: await service.toolbox.tokenOf(user_id, 'customer'),
          body: { locale: 'de', time_zone: 'Europe/Berlin', choices: [] },
        });
        return { user_id };
      },
    },
    events: announcing(service.toolbox.audited, {
      'staff.acted': () => service.create('https://erp.example/hook'),
    }),
  }));
});
