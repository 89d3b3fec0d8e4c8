import type { ServiceClient } from '#adapters/http/client.ts';
import { schemaCheck } from '#adapters/http/schema-check.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { components } from '#openapi/generated/inventory.ts';
import type { StockAdjustments } from '../../core/ports/stock-adjustments.ts';

type Schemas = components['schemas'];

/** The inventory's limit per request. */
const MOST = 500;
const PATH = '/internal/v1/stock-adjustments';

const checkOutcome = schemaCheck<Schemas['SkuAdjustmentOutcome']>('inventory.yaml', 'SkuAdjustmentOutcome');

const toOutcome = (item: unknown): Result<undefined, string> => {
  const checked = checkOutcome(item);
  if (!checked.ok) throw new Error(`${PATH}: ${checked.error.join(', ')}`);
  const { outcome, detail = 'it was refused.' } = checked.value;
  return outcome === 'adjusted' ? ok(undefined) : err(detail);
};

export const httpStockAdjustments = (client: ServiceClient): StockAdjustments => {
  const makeSome = async (
    adjustments: readonly Schemas['SkuAdjustment'][],
  ): Promise<readonly Result<undefined, string>[]> => {
    const { status, body } = await client({
      method: 'POST',
      path: PATH,
      scope: 'stock:write',
      body: { adjustments },
    });
    const items = typeof body === 'object' && body !== null && 'items' in body ? body.items : undefined;
    if (status !== 200 || !Array.isArray(items) || items.length !== adjustments.length)
      throw new Error(`${PATH} returned ${status}`);
    return items.map(toOutcome);
  };
  return {
    make: async (adjustments, by) => {
      const wire = adjustments.map(({ id, sku, delta, reason }) => {
        return { adjustment_id: id, sku, delta, reason, adjusted_by: by };
      });
      const outcomes: Result<undefined, string>[] = [];
      for (let at = 0; at < wire.length; at += MOST)
        outcomes.push(...(await makeSome(wire.slice(at, at + MOST))));
      return outcomes;
    },
  };
};
