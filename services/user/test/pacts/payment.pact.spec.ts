import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { fromProviderState, string } from '#test/kit/pact/matchers.ts';
import { httpPaymentTokens } from '../../adapters/clients/payment-tokens.http.ts';
import { asksAboutPeople } from './personal-data.rig.ts';

describeContract('user', 'payment', (contract) => {
  asksAboutPeople(contract, 'payment');

  const askingWith = (reusable_token: unknown) =>
    ({
      method: 'POST',
      path: '/internal/v1/payment-tokens',
      scope: 'payment-tokens:issue',
      body: { reusable_token },
    }) as const;

  it('to exchange the token of a saved card for one that pays once', () =>
    contract.asks(
      {
        given: 'a card is saved at the gateway',
        asking: 'for a single-use token',
        request: askingWith(fromProviderState('${reusable_token}', 'pm_1')),
        response: { status: 200, body: { payment_token: string('tok_1') } },
      },
      async (client) => {
        expect(await httpPaymentTokens(client).issue('pm_1')).toBe('tok_1');
      },
    ));

  it('whether the gateway refuses a token', () =>
    contract.asks(
      {
        given: 'the gateway knows no such token',
        asking: 'for a single-use token in exchange for an unknown one',
        request: askingWith('pm_unknown'),
        response: { status: 422, body: { code: 'TOKEN_REFUSED' } },
      },
      async (client) => {
        expect(await httpPaymentTokens(client).issue('pm_unknown')).toBeUndefined();
      },
    ));
});
