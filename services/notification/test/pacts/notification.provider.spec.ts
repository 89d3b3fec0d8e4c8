import { describe } from 'vitest';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { webhooksForEachTest } from '../webhooks.rig.ts';

describe('the notification service', () => {
  const service = webhooksForEachTest();
  keepsItsContracts('notification', () => ({
    service,
    states: { 'nothing is known about a person': async () => undefined },
    events: announcing(service.toolbox.audited, {
      'staff.acted': () => service.create('https://erp.example/hook'),
    }),
  }));
});
