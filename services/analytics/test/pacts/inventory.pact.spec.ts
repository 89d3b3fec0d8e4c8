import { it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { boolean, integer, string } from '#test/kit/pact/matchers.ts';
import { entersLake } from './lake.rig.ts';

describeContract('analytics', 'inventory', (contract) => {
  it('whether a SKU is in stock, for the lake', () =>
    contract.hears(
      'inventory.availability_changed',
      { sku: string('LAMP-OAK'), version: integer(3), is_available: boolean(true) },
      (event) => entersLake(event, 'sku', 'version', 'is_available'),
    ));
});
