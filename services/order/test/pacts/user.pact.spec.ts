import { expect, it } from 'vitest';
import type { EventEnvelope } from '#kernel/events.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { moment, string, uuid } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { httpPaymentMethods } from '../../adapters/clients/upstreams.http.ts';
import type { Proof } from '../../core/domain/proof.ts';
import { order } from '../../main/module.ts';
import { openClaims } from '../claims.rig.ts';

const USER = '0190a000-0000-7000-8000-000000000001';
const METHOD = '0190a000-0000-7000-8000-000000000002';

const AT = '2026-03-01T12:00:00.000Z';

/** What the service then knows of the user's addresses. */
const proofsAfter = async (event: EventEnvelope): Promise<readonly Proof[]> => {
  const { toolbox, hear } = await openSubscriber(order);
  await hear(event);
  return openClaims(toolbox).unitOfWork.run(({ proofs }) => proofs.ofUser(USER));
};

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

  it('who has proved an address, to give them the orders of guests with it', () =>
    contract.hears(
      'user.email_verified',
      { user_id: uuid(USER), email: string('sam@example.com'), verified_at: moment(AT) },
      async (event) => {
        expect(await proofsAfter(event)).toMatchObject([{ email: 'sam@example.com', provenAt: AT }]);
      },
    ));

  it('who has replaced an address', () =>
    contract.hears(
      'user.email_changed',
      {
        user_id: uuid(USER),
        email: string('sam@example.org'),
        previous_email: string('sam@example.com'),
        changed_at: moment(AT),
      },
      async (event) => {
        expect(await proofsAfter(event)).toMatchObject([
          { email: 'sam@example.org', provenAt: AT },
          { email: 'sam@example.com', leftAt: AT },
        ]);
      },
    ));
});
