import { describeContract } from '#test/kit/pact/contract.ts';
import { asksAboutPeople } from './personal-data.rig.ts';

describeContract('user', 'payment', (contract) => {
  asksAboutPeople(contract, 'payment');
});
