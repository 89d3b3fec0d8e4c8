import { describeContract } from '#test/kit/pact/contract.ts';
import { asksAboutPeople } from './personal-data.rig.ts';

describeContract('user', 'analytics', (contract) => {
  asksAboutPeople(contract, 'analytics');
});
