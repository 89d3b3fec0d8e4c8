import { describe } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { keepsItsContracts } from '#test/kit/pact/provider.ts';
import { analytics } from '../../main/module.ts';

describe('the analytics service', () => {
  const service = serviceForEachTest(analytics);
  keepsItsContracts('analytics', () => ({ service }));
});
