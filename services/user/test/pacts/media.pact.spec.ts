import { it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { hearsActs } from './acts.rig.ts';
import { asksAboutPeople } from './personal-data.rig.ts';

describeContract('user', 'media', (contract) => {
  asksAboutPeople(contract, 'media');
  it('what staff have changed, for the audit trail', () => hearsActs(contract, 'media'));
});
