import { describe } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { search } from '../../main/module.ts';

describe('search', () => {
  const service = serviceForEachTest(search);
  keepsItsContracts('search', () => ({
    service,
    events: announcing(service.toolbox.audited, {
      'staff.acted': async () => {
        await service.send('POST', '/api/v1/search/rules', {
          token: await service.toolbox.tokenOf(systemIds.next(), 'catalog_manager'),
          body: { kind: 'synonyms', words: ['sofa', 'couch'] },
        });
      },
    }),
  }));
});
