import { beforeAll, describe, expect, it } from 'vitest';
import { startRecommendation } from '#test/kit/recommendation.ts';
import { keepsItsContracts } from '#test/kit/pact/provider.ts';
import { systemIds } from '#adapters/system/ids.ts';

describe('the service in Python', () => {
  let service: Awaited<ReturnType<typeof startRecommendation>>;
  beforeAll(async () => {
    service = await startRecommendation();
  });

  const takes = async (...events: readonly object[]): Promise<void> => {
    const token = await service.toolbox.serviceToken('gateway', 'events:write');
    const { status } = await fetch(`${service.url}/internal/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events }),
    });
    expect(status).toBe(204);
  };
  const event = (event_type: string, payload: object) => ({
    event_id: systemIds.next(),
    event_type,
    event_version: '1.0',
    timestamp: '2026-03-01T10:15:00Z',
    payload,
  });

  keepsItsContracts('recommendation', () => ({
    service,
    states: {
      'products are on sale': async () => {
        const product = { version: 1, category: 'Home', subcategory: 'Lamps', variants: [{ sku: 'LAMP' }] };
        await takes(
          event('product.created', {
            product_id: systemIds.next(),
            created_at: '2026-03-01T10:15:00Z',
            ...product,
          }),
          event('inventory.availability_changed', { sku: 'LAMP', version: 1, is_available: true }),
        );
        return undefined;
      },
    },
  }));

  it('can read every event that they send', async () => {
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('outcome="learned"');
    expect(metrics).not.toContain('outcome="unreadable"');
  });
});
