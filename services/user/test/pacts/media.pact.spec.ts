import { it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { hearsActs } from './acts.rig.ts';

describeContract('user', 'media', (contract) => {
  it('what staff have changed, for the audit trail', () => hearsActs(contract, 'media'));
});
