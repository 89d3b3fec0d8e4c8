import { describeContract } from '#test/kit/pact/contract.ts';
import { string } from '#test/kit/pact/matchers.ts';
import { ID, LINES, reports, reportsActs, VARIANT } from './changes.rig.ts';

describeContract('gateway', 'inventory', (contract) => {
  reports(contract, ['inventory.reserved'], [`order ${ID}`, `stock ${VARIANT}`], LINES);
  reports(contract, ['inventory.low_stock'], ['stock ABC'], { sku: string('ABC') });
  reports(contract, ['inventory.availability_changed'], ['stock ABC'], { sku: string('ABC') });
  reportsActs(contract, 'stock', 'stock');
});
