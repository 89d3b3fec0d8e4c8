import { beforeEach, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { MOST_WISHES } from '../core/domain/wish.ts';
import { openUserService, registered, type Registered } from './service.ts';

const service = forEachTest(() => openUserService());
let ada: Registered;

beforeEach(async () => {
  ada = await registered(service);
});

const send = (method: string, rest = '', token = ada.token): Promise<Answered> =>
  service.send(method, `/api/v1/users/${ada.userId}/wish-list${rest}`, { token });
const listed = async (): Promise<readonly string[]> =>
  ((await send('GET')).body.items as readonly { readonly product_id: string }[]).map(
    (item) => item.product_id,
  );

it('a wish list has each product once, the newest first', async () => {
  const [kettle, lamp] = [systemIds.next(), systemIds.next()];
  for (const productId of [kettle, lamp, kettle]) {
    expect((await send('PUT', `/${productId}`)).status).toBe(204);
    service.toolbox.clock.advance(1_000);
  }
  expect(await listed()).toEqual([lamp, kettle]);
  for (const answered of [await send('DELETE', `/${kettle}`), await send('DELETE', `/${kettle}`)])
    expect(answered.status).toBe(204);
  expect(await listed()).toEqual([lamp]);
});

it('a wish list has an end', async () => {
  const [first = '', ...others] = Array.from({ length: MOST_WISHES }, () => systemIds.next());
  for (const productId of [first, ...others]) await send('PUT', `/${productId}`);
  expect(await send('PUT', `/${systemIds.next()}`)).toMatchObject({
    status: 422,
    body: { code: 'TOO_MANY_WISHES' },
  });
  expect((await send('PUT', `/${first}`)).status).toBe(204);
  expect(await listed()).toHaveLength(MOST_WISHES);
});

it('a wish list is nobody else’s', async () => {
  const [other, admin] = [await registered(service, 'bob@example.com'), systemIds.next()];
  const path = `/${systemIds.next()}`;
  for (const token of [other.token, await service.toolbox.tokenOf(admin, 'admin')])
    for (const answered of [
      await send('GET', '', token),
      await send('PUT', path, token),
      await send('DELETE', path, token),
    ])
      expect(answered.status).toBe(403);
  expect((await service.send('GET', `/api/v1/users/${ada.userId}/wish-list`)).status).toBe(401);
});
