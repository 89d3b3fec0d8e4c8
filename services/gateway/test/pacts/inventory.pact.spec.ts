import { describeContract } from '#test/kit/pact/contract.ts';
import { integer, string, uuid } from '#test/kit/pact/matchers.ts';
import { ID, LINES, reports, reportsActs, VARIANT } from './changes.rig.ts';
import { isOverseen, isSearched } from './staff.rig.ts';

describeContract('gateway', 'inventory', (contract) => {
  isOverseen(contract, 'inventory');
  isSearched(contract, 'inventory', {
    kind: 'skus',
    given: 'there is an item with a SKU that begins with SKU',
    q: 'SKU',
    role: 'inventory_manager',
    item: { variant_id: uuid(VARIANT), sku: string('SKU-0001'), available: integer(3) },
    found: { variant_id: VARIANT, sku: 'SKU-0001', available: 3 },
  });
  reports(contract, ['inventory.reserved'], [`order ${ID}`, `stock ${VARIANT}`], LINES);
  reports(contract, ['inventory.low_stock'], ['stock ABC'], { sku: string('ABC') });
  reports(contract, ['inventory.availability_changed'], ['stock ABC'], { sku: string('ABC') });
  reportsActs(contract, 'stock', 'stock');
});
