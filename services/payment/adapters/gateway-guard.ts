import type { Policy } from '#adapters/resilience/policy.ts';
import type { PaymentGateway } from '../core/ports/payment-gateway.ts';

/** Calls the payment gateway under a policy, without retries: tasks retry. */
export const guarded = (gateway: PaymentGateway, policy: Policy): PaymentGateway => ({
  exchange: (token) => policy.execute(() => gateway.exchange(token)),
  authorize: (call) => policy.execute(() => gateway.authorize(call)),
  capture: (call) => policy.execute(() => gateway.capture(call)),
  void: (call) => policy.execute(() => gateway.void(call)),
  refund: (call) => policy.execute(() => gateway.refund(call)),
  find: (key) => policy.execute(() => gateway.find(key)),
});
