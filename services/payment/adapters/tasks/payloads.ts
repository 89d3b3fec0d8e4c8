import { z } from 'zod';

const amount = z.object({ minor: z.int(), currency: z.string() });
const onHold = { orderId: z.string(), authorization: z.string() };

/** What the tasks of `core/domain/gateway-calls.ts` carry, as it comes back from the store. */
export const authorizePayload = z.union([
  z.object({ orderId: z.string(), look: z.literal(0), token: z.string(), amount }),
  z.object({ orderId: z.string(), look: z.int().positive() }),
]);
export const capturePayload = z.object({ ...onHold, amount });
export const voidPayload = z.object(onHold);
export const refundPayload = z.object({ ...onHold, amount, refundKey: z.string() });
