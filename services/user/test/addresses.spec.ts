import { beforeEach, describe, expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { openUserService, registered, type Registered } from './service.ts';

const HOME = {
  recipient: 'Ada Lovelace',
  line1: '12 St James’s Square',
  city: 'London',
  postal_code: 'SW1Y 4JH',
  country: 'GB',
};
const NOWHERE = '018f0000-0000-7000-8000-000000000000';

const service = forEachTest(() => openUserService());
let ada: Registered;
beforeEach(async () => {
  ada = await registered(service);
});

const send = (method: string, path = '', options: object = {}): Promise<Answered> =>
  service.send(method, `/api/v1/users/${ada.userId}/addresses${path}`, { token: ada.token, ...options });
const add = (body: object = {}, headers: object = {}): Promise<Answered> =>
  send('POST', '', { body: { ...HOME, ...body }, headers });
const list = async (): Promise<unknown> => (await send('GET')).body.items;

describe('addresses', () => {
  it('are added, the first as the default for everything', async () => {
    const { status, headers, body } = await add({ line2: 'Flat 2', phone: '+44 20' });
    expect(status).toBe(201);
    expect(body).toEqual({
      ...HOME,
      line2: 'Flat 2',
      phone: '+44 20',
      address_id: body.address_id,
      default_shipping: true,
      default_billing: true,
    });
    expect(headers.get('location')).toBe(`/api/v1/users/${ada.userId}/addresses/${String(body.address_id)}`);
    expect(await list()).toEqual([body]);
  });

  it('are added once per Idempotency-Key', async () => {
    const key = { 'Idempotency-Key': 'one-and-the-same' };
    const first = await add({}, key);
    expect(await add({}, key)).toMatchObject({ status: 201, body: first.body });
    expect(await list()).toHaveLength(1);
    expect(await add({ city: 'Paris' }, key)).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('that were removed since are returned to a retry, and stay removed', async () => {
    const key = { 'Idempotency-Key': 'one-and-the-same' };
    const first = await add({}, key);
    await send('DELETE', `/${String(first.body.address_id)}`);
    const again = await add({}, key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await list()).toEqual([]);
  });

  it('are replaced, and a new default replaces the old one', async () => {
    const first = await add();
    const second = await add();
    const { status, headers, body } = await send('PUT', `/${String(second.body.address_id)}`, {
      body: { ...HOME, city: 'Paris', postal_code: '75001', country: 'FR', default_shipping: true },
      headers: { 'If-Match': second.headers.get('etag') },
    });
    expect([status, headers.get('etag')]).toEqual([200, '"4"']);
    expect(body).toMatchObject({ city: 'Paris', default_shipping: true, default_billing: false });
    expect(await list()).toMatchObject([
      { address_id: first.body.address_id, default_shipping: false, default_billing: true },
      { address_id: second.body.address_id, default_shipping: true, default_billing: false },
    ]);
  });

  it('must follow the rules of their country when added and replaced', async () => {
    const ofHongKong = {
      recipient: ' Chan Tai Man ',
      line1: 'Road 1',
      line2: ' ',
      city: 'Wan Chai',
      country: 'HK',
    };
    const { status, body } = await send('POST', '', { body: ofHongKong });
    expect(status).toBe(201);
    expect(body).toMatchObject({ recipient: 'Chan Tai Man', postal_code: '' });
    expect(body).not.toHaveProperty('line2');
    const wrong = { ...HOME, country: 'US', region: 'Narnia', postal_code: '1', city: ' ' };
    const refused = {
      status: 422,
      body: { code: 'INVALID_ADDRESS', errors: ['/body/city', '/body/postal_code', '/body/region'].map((pointer) => ({ pointer })) }, // prettier-ignore
    };
    expect(await send('POST', '', { body: wrong })).toMatchObject(refused);
    expect(await send('PUT', `/${String(body.address_id)}`, { body: wrong })).toMatchObject(refused);
    const american = { ...wrong, city: 'Austin', region: 'texas', postal_code: '73301' };
    const replaced = await send('PUT', `/${String(body.address_id)}`, { body: american });
    expect(replaced.body).toMatchObject({ region: 'TX' });
    expect(await list()).toMatchObject([{ region: 'TX', postal_code: '73301' }]);
  });

  it('are removed, and the oldest replaces a removed default', async () => {
    const { body: first } = await add();
    const { body: second } = await add();
    expect((await send('DELETE', `/${String(first.address_id)}`)).status).toBe(204);
    expect(await list()).toEqual([{ ...second, default_shipping: true, default_billing: true }]);
  });

  it('cannot be changed from an outdated version', async () => {
    const { body, headers } = await add();
    await add();
    const stale = { headers: { 'If-Match': headers.get('etag') } };
    const path = `/${String(body.address_id)}`;
    expect((await send('PUT', path, { body: HOME, ...stale })).status).toBe(412);
    expect((await send('DELETE', path, stale)).status).toBe(412);
  });

  it('are limited to 20', async () => {
    for (let count = 0; count < 20; count += 1) await add();
    expect(await add()).toMatchObject({ status: 422, body: { code: 'TOO_MANY_ADDRESSES' } });
  });

  it('that do not exist are not found', async () => {
    expect(await send('PUT', `/${NOWHERE}`, { body: HOME })).toMatchObject({
      status: 404,
      body: { code: 'ADDRESS_NOT_FOUND' },
    });
    expect((await send('DELETE', `/${NOWHERE}`)).status).toBe(404);
  });

  it.each([{ country: 'gb' }, { recipient: '' }, { planet: 'Earth' }])(
    'must be valid, not %j',
    async (wrong) => {
      expect(await add(wrong)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    },
  );

  it('are visible to their owner and to admins, and changed by their owner only', async () => {
    const { body } = await add();
    const path = `/${String(body.address_id)}`;
    const stranger = await service.toolbox.tokenOf(NOWHERE, 'customer');
    const admin = await service.toolbox.tokenOf(NOWHERE, 'admin');
    expect((await send('GET', '', { token: admin })).status).toBe(200);
    expect((await send('GET', '', { token: stranger })).status).toBe(403);
    for (const token of [stranger, admin]) {
      expect((await send('POST', '', { token, body: HOME })).status).toBe(403);
      expect((await send('PUT', path, { token, body: HOME })).status).toBe(403);
      expect((await send('DELETE', path, { token })).status).toBe(403);
    }
    expect(await list()).toHaveLength(1);
  });
});
