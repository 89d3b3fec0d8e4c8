import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, fromProviderState, integer, uuid } from '#test/kit/pact/matchers.ts';
import { httpStock } from '../../adapters/clients/inventory.http.ts';

const VARIANT = '0190a000-0000-7000-8000-000000000001';

describeContract('cart', 'inventory', (contract) => {
  const askingFor = (variantId: unknown) =>
    ({
      method: 'POST',
      path: '/internal/v1/availability',
      scope: 'stock:read',
      body: { variant_ids: [variantId] },
    }) as const;

  it('how many units of a variant could be had', () =>
    contract.asks(
      {
        given: 'a variant is in stock',
        asking: 'how many units of a variant there are',
        request: askingFor(fromProviderState('${variant_id}', VARIANT)),
        response: {
          status: 200,
          body: { items: eachLike({ variant_id: uuid(VARIANT), available: integer(7) }) },
        },
      },
      async (client) => {
        expect(await httpStock(client).available(VARIANT)).toBe(7);
      },
    ));

  it('nothing about a variant that the inventory does not know', () =>
    contract.asks(
      {
        given: 'nothing is in stock',
        asking: 'how many units there are of a variant that is unknown',
        request: askingFor(VARIANT),
        response: { status: 200, body: { items: [] } },
      },
      async (client) => {
        expect(await httpStock(client).available(VARIANT)).toBeUndefined();
      },
    ));
});
