import { describeContract } from '#test/kit/pact/contract.ts';
import { ID, reports, reportsActs } from './changes.rig.ts';
import { isOverseen } from './staff.rig.ts';

describeContract('gateway', 'review', (contract) => {
  isOverseen(contract, 'review');
  reports(
    contract,
    ['review.created', 'review.updated', 'review.approved', 'review.rejected', 'review.deleted'],
    [`review ${ID}`],
  );
  reportsActs(contract, 'review', 'review');
});
