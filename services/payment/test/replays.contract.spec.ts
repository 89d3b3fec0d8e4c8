import { describe, expect, it } from 'vitest';
import { Metrics } from '#adapters/observability/metrics.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { SECOND } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { lettersOf, openTestService, type Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { assemble } from '../main/compose.ts';
import { payment } from '../main/module.ts';
import { CUSTOMER } from './payment.rig.ts';

const KEY = { 'idempotency-key': 'the-only-one' };

describe.each(STORES)('a repeated request with an Idempotency-Key in %s', (store) => {
  const service = forEachTest(() => openTestService(store, payment));

  const create = async (orderId: string, headers: Record<string, string> = KEY): Promise<Answered> =>
    service.send('POST', '/api/v1/payments', {
      token: await service.toolbox.serviceToken('order', 'payments:write'),
      headers,
      body: { order_id: orderId, customer: CUSTOMER, amount: 49.98, currency: 'EUR', payment_token: 'tok_1' },
    });
  const cancel = (orderId: string): Promise<unknown> => {
    service.toolbox.clock.advance(SECOND);
    return assemble({ ...service.toolbox, metrics: new Metrics('other') }).commandPayment.cancel(orderId);
  };

  it('returns the payment as first opened, even if it was cancelled since', async () => {
    const orderId = systemIds.next();
    const first = await create(orderId);
    expect(first).toMatchObject({ status: 201, body: { status: 'pending' } });
    await cancel(orderId);
    expect((await create(orderId, {})).body).toMatchObject({ status: 'cancelling' });
    expect(lettersOf(await create(orderId))).toEqual(lettersOf(first));
  });

  it('returns an existing payment as it was then', async () => {
    const orderId = systemIds.next();
    const began = await create(orderId, {});
    const first = await create(orderId);
    expect(lettersOf(first)).toEqual(lettersOf(began));
    await cancel(orderId);
    expect(lettersOf(await create(orderId))).toEqual(lettersOf(first));
  });
});
