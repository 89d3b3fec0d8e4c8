import type { Policy } from '#adapters/resilience/policy.ts';
import type { Carrier } from '../core/ports/carrier.ts';

/** Calls a carrier under a policy, without retries: the callers retry. */
export const guarded = (carrier: Carrier, policy: Policy): Carrier => ({
  quote: (question) => policy.execute(() => carrier.quote(question)),
  buyLabel: (purchase) => policy.execute(() => carrier.buyLabel(purchase)),
  voidLabel: (call) => policy.execute(() => carrier.voidLabel(call)),
  track: (trackingNumbers) => policy.execute(() => carrier.track(trackingNumbers)),
  returnLabel: (purchase) => policy.execute(() => carrier.returnLabel(purchase)),
  print: (trackingNumber) => policy.execute(() => carrier.print(trackingNumber)),
});
