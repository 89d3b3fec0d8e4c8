import { describe } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { keepsItsContracts } from '#test/kit/pact/provider.ts';
import { storefront } from '../../main/module.ts';

describe('the storefront service', () => {
  const service = serviceForEachTest(storefront);
  keepsItsContracts('storefront', () => ({ service }));
});
