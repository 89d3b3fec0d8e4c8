import { describeContract } from '#test/kit/pact/contract.ts';
import { ID, LINES, reports, VARIANT } from './changes.rig.ts';
import { isOverseen } from './staff.rig.ts';

describeContract('gateway', 'shipping', (contract) => {
  isOverseen(contract, 'shipping');
  reports(contract, ['shipment.created'], [`order ${ID}`, `stock ${VARIANT}`], LINES);
  reports(contract, ['shipment.held', 'shipment.status_updated'], [`order ${ID}`]);
});
