import { it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { hearsActs } from './acts.rig.ts';
import { asksAboutPeople } from './personal-data.rig.ts';

describeContract('user', 'order', (contract) => {
  asksAboutPeople(contract, 'order');
  it('what staff have changed, for the audit trail', () => hearsActs(contract, 'order'));
});
