import { expect, it } from 'vitest';
import { err, ok } from '#kernel/result.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { fromProviderState, string } from '#test/kit/pact/matchers.ts';
import { httpStockAdjustments } from '../../adapters/clients/inventory.http.ts';

const SKU = 'KET-RED';
const USER = '0190a000-0000-7000-8000-000000000002';
const adjustment = { id: '0190a000-0000-7000-8000-000000000001', sku: SKU, delta: 2, reason: 'Delivery' };

describeContract('catalog', 'inventory', (contract) => {
  const adjusting = (sku: unknown) =>
    ({
      method: 'POST',
      path: '/internal/v1/stock-adjustments',
      scope: 'stock:write',
      body: {
        adjustments: [{ adjustment_id: adjustment.id, sku, delta: 2, reason: 'Delivery', adjusted_by: USER }],
      },
    }) as const;

  it('to adjust the stock of a SKU, as an import says', () =>
    contract.asks(
      {
        given: 'a variant is in stock',
        asking: 'to adjust the stock of a SKU',
        request: adjusting(fromProviderState('${sku}', SKU)),
        response: { status: 200, body: { items: [{ outcome: 'adjusted' }] } },
      },
      async (client) => {
        expect(await httpStockAdjustments(client).make([adjustment], USER)).toEqual([ok(undefined)]);
      },
    ));

  it('why it does not adjust the stock of a SKU, to list the row', () =>
    contract.asks(
      {
        given: 'nothing is in stock',
        asking: 'to adjust the stock of a SKU that is unknown',
        request: adjusting(SKU),
        response: {
          status: 200,
          body: { items: [{ outcome: 'refused', detail: string('There is no such SKU.') }] },
        },
      },
      async (client) => {
        expect(await httpStockAdjustments(client).make([adjustment], USER)).toEqual([
          err('There is no such SKU.'),
        ]);
      },
    ));
});
