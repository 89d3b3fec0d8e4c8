import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { string } from '#test/kit/pact/matchers.ts';
import { httpPaymentMethods } from '../../adapters/clients/upstreams.http.ts';

const USER = '0190a000-0000-7000-8000-000000000001';
const METHOD = '0190a000-0000-7000-8000-000000000002';

describeContract('order', 'user', (contract) => {
  const request = {
    method: 'POST',
    path: `/internal/v1/users/${USER}/payment-methods/${METHOD}/token`,
    scope: 'payment-methods:use',
  } as const;
  const params = { user_id: USER, payment_method_id: METHOD };

  it('for a token to pay with a saved payment method', () =>
    contract.asks(
      {
        given: 'a user has saved a payment method',
        params,
        asking: 'for a token of a payment method',
        request,
        response: { status: 200, body: { payment_token: string('tok_1') } },
      },
      async (client) => {
        expect(await httpPaymentMethods(client).tokenOf(USER, METHOD)).toEqual({ ok: true, value: 'tok_1' });
      },
    ));

  it.each([
    ['a user has no payment method', 404, 'PAYMENT_METHOD_NOT_FOUND'],
    ['a user has a payment method that has expired', 409, 'PAYMENT_METHOD_EXPIRED'],
    ['a user has a payment method that the provider refuses', 409, 'PAYMENT_METHOD_REFUSED'],
  ])('for the reason why it cannot be used: %s', (given, status, code) =>
    contract.asks(
      {
        given,
        params,
        asking: `for a token of a payment method that gets ${code}`,
        request,
        response: { status, body: { code } },
      },
      async (client) => {
        const refused = await httpPaymentMethods(client).tokenOf(USER, METHOD);
        expect(refused).toMatchObject({ ok: false, error: { code } });
      },
    ),
  );
});
