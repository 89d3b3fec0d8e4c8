import { describe } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { keepsItsContracts } from '#test/kit/pact/provider.ts';
import { analytics } from '../../main/module.ts';
import { makeCatalog } from '../neighbours.rig.ts';

describe('the analytics service', () => {
  const service = serviceForEachTest(analytics, { clients: makeCatalog().clients });
  keepsItsContracts('analytics', () => ({
    service,
    states: { 'nothing is known about a person': async () => undefined },
  }));
});
