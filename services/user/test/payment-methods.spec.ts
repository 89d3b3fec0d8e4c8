import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { lettersOf, type Answered, type SendOptions } from '#test/kit/http.ts';
import { openUserService, registered, type Registered } from './service.ts';

/** What the payment service is asked, and answers. */
const payment = { asked: new Array<unknown>(), answer: { status: 200, body: { payment_token: 'tok_once' } } };
const service = forEachTest(() =>
  openUserService({}, { payment: (call) => (payment.asked.push(call), Promise.resolve(payment.answer)) }),
);

const TOKEN = 'pm_1NirD82eZvKYlo2CIvbtLWuY';
const CARD = { token: TOKEN, brand: 'Visa', last4: '4242', exp_month: 12, exp_year: 2031 };
let ada: Registered;

beforeEach(async () => {
  payment.asked = [];
  payment.answer = { status: 200, body: { payment_token: 'tok_once' } };
  ada = await registered(service);
});

const send = (method: string, rest: string, options: SendOptions = {}): Promise<Answered> =>
  service.send(method, `/api/v1/users/${ada.userId}/payment-methods${rest}`, {
    token: ada.token,
    ...options,
  });
const add = (changes: object = {}, headers = {}): Promise<Answered> =>
  send('POST', '', { body: { ...CARD, ...changes }, headers });
const list = async (): Promise<unknown> => (await send('GET', '')).body.items;

describe('payment methods', () => {
  it('are saved by the token of the provider, which is sealed and never shown', async () => {
    const { status, headers, body } = await add();
    expect(status).toBe(201);
    const { token: _, ...card } = CARD;
    expect(body).toEqual({
      ...card,
      payment_method_id: body.payment_method_id,
      is_default: true,
      added_at: '2026-03-01T12:00:00.000Z',
    });
    expect(headers.get('location')).toMatch(
      new RegExp(`/payment-methods/${String(body.payment_method_id)}$`),
    );
    expect(await list()).toEqual([body]);
    const { store } = service.toolbox;
    if (store.kind !== 'memory') throw new Error('this test looks into the memory store');
    const tables = ['wallets', 'idempotency_keys', 'outbox'];
    const kept = JSON.stringify(tables.map((name) => store.database.committed.table(name).find()));
    expect(kept).toContain('"token":"derived.');
    expect(kept).not.toContain(TOKEN);
  });

  it('are added once per Idempotency-Key', async () => {
    const key = { 'Idempotency-Key': 'the-only-one' };
    const first = await add({}, key);
    expect(lettersOf(await add({}, key))).toEqual(lettersOf(first));
    expect(await list()).toHaveLength(1);
    expect(await add({ last4: '0005' }, key)).toMatchObject({ body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('are at most ten, of which one is the default, and can be removed', async () => {
    const { body: first } = await add();
    const { body: second } = await add({ is_default: true });
    expect(second.is_default).toBe(true);
    const one = `/${String(first.payment_method_id)}`;
    expect((await send('PUT', `${one}/default`)).status).toBe(204);
    expect(await list()).toMatchObject([{ is_default: true }, { is_default: false }]);
    expect((await send('DELETE', one)).status).toBe(204);
    expect(await list()).toEqual([second]);
    for (const answered of [await send('DELETE', one), await send('PUT', `${one}/default`)])
      expect(answered).toMatchObject({ status: 404, body: { code: 'PAYMENT_METHOD_NOT_FOUND' } });
    for (let count = 1; count < 10; count += 1) await add();
    expect(await add()).toMatchObject({ status: 422, body: { code: 'TOO_MANY_PAYMENT_METHODS' } });
  });

  it.each([{ token: '4242 4242 4242 4242' }, { brand: 'Visa 4242424242424242' }])(
    'are refused with a card number: %j',
    async (wrong) => {
      expect(await add(wrong)).toMatchObject({ status: 422, body: { code: 'CARD_NUMBER' } });
      expect(await list()).toEqual([]);
    },
  );

  it('are those of their owner; admins may read them', async () => {
    const { body } = await add();
    const eve = await registered(service, 'eve@example.com');
    const one = `/${String(body.payment_method_id)}`;
    for (const [method, rest, sent] of [
      ['GET', ''],
      ['POST', '', CARD],
      ['PUT', `${one}/default`],
      ['DELETE', one],
    ] as const)
      expect((await send(method, rest, { token: eve.token, body: sent })).status).toBe(403);
    const admin = await service.toolbox.tokenOf(systemIds.next(), 'admin');
    expect((await send('GET', '', { token: admin })).body.items).toEqual([body]);
    expect((await send('DELETE', one, { token: admin })).status).toBe(403);
    ada = { ...ada, userId: systemIds.next() };
    expect(await send('GET', '', { token: admin })).toMatchObject({
      status: 404,
      body: { code: 'USER_NOT_FOUND' },
    });
  });
});

describe('paying with a saved method', () => {
  const use = async (
    methodId: unknown,
    { userId = ada.userId, by = 'order', scope = 'payment-methods:use' } = {},
  ): Promise<Answered> =>
    service.send('POST', `/internal/v1/users/${userId}/payment-methods/${String(methodId)}/token`, {
      token: await service.toolbox.serviceToken(by, scope),
    });
  const added = async (changes: object = {}): Promise<unknown> => (await add(changes)).body.payment_method_id;
  const NOT_FOUND = { status: 404, body: { code: 'PAYMENT_METHOD_NOT_FOUND' } };

  it('exchanges its token for one that pays once', async () => {
    const { status, body, headers } = await use(await added());
    expect([status, body]).toEqual([200, { payment_token: 'tok_once' }]);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(payment.asked).toMatchObject([
      { path: '/internal/v1/payment-tokens', scope: 'payment-tokens:issue', body: { reusable_token: TOKEN } },
    ]);
    expect(JSON.stringify([await service.toolbox.announced(), service.toolbox.noted])).not.toContain(TOKEN);
  });

  it('is for the order service, and its owner', async () => {
    const method = await added();
    const eve = await registered(service, 'eve@example.com');
    expect(await use(method, { userId: eve.userId })).toMatchObject(NOT_FOUND);
    expect((await use(method, { by: 'cart' })).status).toBe(403);
    expect((await use(method, { scope: 'payment-tokens:issue' })).status).toBe(403);
    const path = `/internal/v1/users/${ada.userId}/payment-methods/${String(method)}/token`;
    expect((await service.send('POST', path, { token: ada.token })).status).toBe(403);
    expect(payment.asked).toEqual([]);
  });

  it('is refused once it is removed, has expired or is no longer accepted', async () => {
    const [removed, expired, refused] = [
      await added(),
      await added({ exp_month: 2, exp_year: 2026 }),
      await added(),
    ];
    await send('DELETE', `/${String(removed)}`);
    payment.answer = { status: 422, body: { payment_token: '' } };
    expect(await use(removed)).toMatchObject(NOT_FOUND);
    expect(await use(expired)).toMatchObject({ status: 409, body: { code: 'PAYMENT_METHOD_EXPIRED' } });
    expect(payment.asked).toEqual([]);
    expect(await use(refused)).toMatchObject({ status: 409, body: { code: 'PAYMENT_METHOD_REFUSED' } });
  });

  it('is refused for an account that was deactivated', async () => {
    const method = await added();
    await service.send('PUT', `/api/v1/users/${ada.userId}/status`, {
      token: await service.toolbox.tokenOf(systemIds.next(), 'admin'),
      body: { status: 'deactivated' },
    });
    expect(await use(method)).toMatchObject(NOT_FOUND);
  });
});
