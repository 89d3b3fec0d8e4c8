import { beforeEach, describe, expect, it } from 'vitest';
import { Metrics } from '#adapters/observability/metrics.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openTestService } from '#test/kit/http.ts';
import { assemble } from '../main/compose.ts';
import { payment } from '../main/module.ts';
import { reusableToken } from './payment.rig.ts';

const USER = systemIds.next();

describe('the payment API', () => {
  const service = forEachTest(() => openTestService('memory', payment));
  let orderId: string;
  let asOrder: string;

  const wish = (changes: object = {}): object => ({
    order_id: orderId,
    customer: { user_id: USER, email: 'ada@example.com', name: 'Ada' },
    amount: 49.98,
    currency: 'EUR',
    payment_token: 'tok_1',
    ...changes,
  });
  const create = (body: object = wish(), headers: Record<string, string> = {}) =>
    service.send('POST', '/api/v1/payments', { token: asOrder, body, headers });

  beforeEach(async () => {
    asOrder = await service.toolbox.serviceToken('order', 'payments:write');
    orderId = systemIds.next();
  });

  it('opens a payment', async () => {
    const { status, body, headers } = await create();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      order_id: orderId, status: 'pending', amount: 49.98, currency: 'EUR', captured: 0, refunded: 0, refunds: [],
    }); // prettier-ignore
    const { payment_id: paymentId } = body as { payment_id: string };
    expect(headers.get('location')).toBe(`/api/v1/payments/${paymentId}`);
  });

  it('captures a payment of nothing at once; only that one needs no token', async () => {
    const { status, body } = await create(wish({ amount: 0, payment_token: undefined }));
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'captured', amount: 0, captured: 0, refunds: [] });
    expect(await service.toolbox.announced()).toMatchObject([{ event_type: 'payment.successful' }]);
    expect(await create(wish({ order_id: systemIds.next(), payment_token: undefined }))).toMatchObject({
      status: 422,
      body: { code: 'PAYMENT_TOKEN_REQUIRED' },
    });
  });

  it('accepts large amounts in currencies with small units', async () => {
    const { body } = await create(wish({ amount: 250_000_000, currency: 'VND' }));
    expect(body).toMatchObject({ amount: 250_000_000, currency: 'VND' });
    expect((await create(wish({ amount: 1e17 }))).status).toBe(400);
  });

  it('lists payments for order managers only', async () => {
    await create();
    const list = async (role: 'customer' | 'order_manager', query = '') =>
      service.send('GET', `/api/v1/staff/payments${query}`, {
        token: await service.toolbox.tokenOf(systemIds.next(), role),
      });
    expect((await list('order_manager')).body).toMatchObject({ items: [{ order_id: orderId }] });
    expect((await list('order_manager', '?failed_at=capture&from=2026-01-01T00:00:00Z')).body).toEqual({
      items: [],
    });
    expect((await list('order_manager', '?cursor=x')).body.code).toBe('INVALID_CURSOR');
    expect((await list('customer')).status).toBe(403);
  });

  it('opens one payment per order', async () => {
    const first = await create();
    expect((await create()).body).toEqual(first.body);
    const other = await create(wish({ amount: 1 }));
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: 'PAYMENT_DIFFERS' });
  });

  it('returns the original response for a repeated key, and refuses the key for another request', async () => {
    const key = { 'Idempotency-Key': 'key-00000001' };
    const first = await create(wish(), key);
    expect((await create(wish(), key)).body).toEqual(first.body);
    const reused = await create(wish({ order_id: systemIds.next() }), key);
    expect(reused.status).toBe(422);
    expect(reused.body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('opens no payment for a cancelled order', async () => {
    await assemble({ ...service.toolbox, metrics: new Metrics('other') }).commandPayment.cancel(orderId);
    const { status, body } = await create();
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'PAYMENT_CANCELLED' });
  });

  it('refuses an amount with too many decimals for its currency', async () => {
    const { status, body } = await create(wish({ amount: 49.985 }));
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'INVALID_AMOUNT' });
    expect((await create(wish({ amount: 50.5, currency: 'JPY' }))).status).toBe(422);
  });

  it.each([
    ['a missing order id', { order_id: undefined }],
    ['an invalid order id', { order_id: 'x' }],
    ['a card number', { card_number: '4242424242424242' }],
    ['a negative amount', { amount: -1 }],
  ])('refuses %s', async (_, changes) => {
    const { status, body } = await create(wish(changes));
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('opens payments only for services with the scope', async () => {
    const post = async (token?: string): Promise<number> =>
      (await service.send('POST', '/api/v1/payments', { body: wish(), ...(token ? { token } : {}) })).status;
    expect(await post()).toBe(401);
    expect(await post(await service.toolbox.tokenOf(USER))).toBe(403);
    expect(await post(await service.toolbox.serviceToken('cart', 'offers:read'))).toBe(403);
  });

  it('exchanges the reusable token of a saved card for a single-use one, for the user service only', async () => {
    const issue = async (reusable_token: string, consumer = 'user', scope = 'payment-tokens:issue') =>
      service.send('POST', '/internal/v1/payment-tokens', {
        token: await service.toolbox.serviceToken(consumer, scope),
        body: { reusable_token },
      });
    const token = await reusableToken(service);
    expect(await issue(token)).toMatchObject({
      status: 200,
      body: { payment_token: expect.stringMatching(/^tok_/) },
    });
    expect(await issue('pm_unknown')).toMatchObject({ status: 422, body: { code: 'TOKEN_REFUSED' } });
    expect((await issue(token, 'order')).status).toBe(403);
    expect((await issue(token, 'user', 'payments:write')).status).toBe(403);
  });

  it('shows a payment to its customer and to order managers only', async () => {
    const { body } = await create();
    const { payment_id: paymentId } = body as { payment_id: string };
    const get = async (token: string) => {
      const one = await service.send('GET', `/api/v1/payments/${paymentId}`, { token });
      const list = await service.send('GET', `/api/v1/payments?order_id=${orderId}`, { token });
      return [one.status, (list.body as { items: object[] }).items.length];
    };
    expect(await get(await service.toolbox.tokenOf(USER))).toEqual([200, 1]);
    expect(await get(await service.toolbox.tokenOf(systemIds.next(), 'order_manager'))).toEqual([200, 1]);
    expect(await get(await service.toolbox.tokenOf(systemIds.next(), 'customer'))).toEqual([404, 0]);
    expect((await service.send('GET', `/api/v1/payments/${paymentId}`)).status).toBe(401);
  });

  it('returns 404 for unknown payments', async () => {
    const token = await service.toolbox.tokenOf(USER, 'order_manager');
    for (const path of [`/api/v1/payments/${orderId}`, `/api/v1/payments/${orderId}/ledger`])
      expect((await service.send('GET', path, { token })).body).toMatchObject({ code: 'PAYMENT_NOT_FOUND' });
    const list = await service.send('GET', `/api/v1/payments?order_id=${orderId}`, { token });
    expect(list.body).toEqual({ items: [] });
  });

  it('shows the ledger to order managers only', async () => {
    const { body } = await create();
    const path = `/api/v1/payments/${(body as { payment_id: string }).payment_id}/ledger`;
    expect((await service.send('GET', path, { token: await service.toolbox.tokenOf(USER) })).status).toBe(
      403,
    );
    const token = await service.toolbox.tokenOf(USER, 'order_manager');
    expect((await service.send('GET', path, { token })).body).toMatchObject({ balance: 0, items: [] });
  });
});
