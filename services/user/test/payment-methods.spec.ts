import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { lettersOf, type Answered, type SendOptions } from '#test/kit/http.ts';
import { openUserService, registered, type Registered } from './service.ts';

const service = forEachTest(() => openUserService());

const TOKEN = 'tok_1NirD82eZvKYlo2CIvbtLWuY';
const CARD = { token: TOKEN, brand: 'Visa', last4: '4242', exp_month: 12, exp_year: 2031 };
let ada: Registered;

beforeEach(async () => {
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
