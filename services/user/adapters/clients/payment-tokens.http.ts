import { z } from 'zod';
import type { ServiceClient } from '#adapters/http/client.ts';
import type { PaymentTokens } from '../../core/ports/payment-tokens.ts';

const ISSUED = z.object({ payment_token: z.string() });

export const httpPaymentTokens = (payment: ServiceClient): PaymentTokens => ({
  issue: async (reusableToken) => {
    const { status, body } = await payment({
      method: 'POST',
      path: '/internal/v1/payment-tokens',
      scope: 'payment-tokens:issue',
      body: { reusable_token: reusableToken },
    });
    if (status === 422) return undefined;
    if (status !== 200) throw new Error(`payment answered ${status} about a token`);
    return ISSUED.parse(body).payment_token;
  },
});
