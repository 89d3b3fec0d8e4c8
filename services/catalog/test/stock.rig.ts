import type { ServiceClient } from '#adapters/http/client.ts';
import { Outage } from '#adapters/resilience/policy.ts';

interface Sent {
  readonly adjustment_id: string;
  readonly sku: string;
  readonly delta: number;
  readonly reason: string;
  readonly adjusted_by: string;
}

const BELOW = { outcome: 'refused', code: 'BELOW_RESERVED', detail: '2 units are reserved.' } as const;

/** An inventory that keeps its promise: each adjustment is made once per ID, and never below zero. */
export const fakeInventory = () => {
  const units = new Map<string, number>();
  const made = new Map<string, Sent>();
  const state = { isAway: false, status: 200 };
  const adjust = (sent: Sent) => {
    const stock = units.get(sent.sku) ?? 0;
    if (made.has(sent.adjustment_id)) return { outcome: 'adjusted', stock_count: stock };
    if (stock + sent.delta < 0) return BELOW;
    made.set(sent.adjustment_id, sent);
    units.set(sent.sku, stock + sent.delta);
    return { outcome: 'adjusted', stock_count: stock + sent.delta };
  };
  const client: ServiceClient = ({ body }) => {
    if (state.isAway) return Promise.reject(new Outage('the inventory is away'));
    if (state.status !== 200) return Promise.resolve({ status: state.status, body: {} });
    const { adjustments } = body as { readonly adjustments: readonly Sent[] };
    return Promise.resolve({ status: 200, body: { items: adjustments.map(adjust) } });
  };
  return {
    client,
    state,
    units,
    /** Those that were made, in order. */
    made: (): readonly Sent[] => [...made.values()],
    reset: (): void => {
      units.clear();
      made.clear();
      Object.assign(state, { isAway: false, status: 200 });
    },
  };
};
