import { beforeEach, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { MOST_VIEWS } from '../core/domain/saved-view.ts';
import { openUserService } from './service.ts';

const service = forEachTest(() => openUserService());

const VIEW = { list: 'orders', name: 'Late to France', query: 'view=to_ship&country=FR', is_shared: false };
let kim: string;
let lee: string;
let admin: string;

beforeEach(async () => {
  const { tokenOf } = service.toolbox;
  [kim, lee, admin] = [
    await tokenOf(systemIds.next(), 'order_manager'),
    await tokenOf(systemIds.next(), 'catalog_manager'),
    await tokenOf(systemIds.next(), 'admin'),
  ];
});

const save = (token: string, id: string, changes: object = {}): Promise<Answered> =>
  service.send('PUT', `/api/v1/staff/views/${id}`, { token, body: { ...VIEW, ...changes } });
const remove = (token: string, id: string): Promise<Answered> =>
  service.send('DELETE', `/api/v1/staff/views/${id}`, { token });
const namesSeenBy = async (token: string, list = 'orders'): Promise<readonly string[]> => {
  const { body } = await service.send('GET', `/api/v1/staff/views?list=${list}`, { token });
  return (body.items as readonly { readonly name: string }[]).map(({ name }) => name);
};

it('a view is the owner’s, until it is shared', async () => {
  const id = systemIds.next();
  expect(await save(kim, id)).toMatchObject({ status: 200, body: { ...VIEW, view_id: id, is_own: true } });
  expect([await namesSeenBy(kim), await namesSeenBy(lee)]).toEqual([[VIEW.name], []]);
  await save(kim, id, { is_shared: true, name: 'Late' });
  expect([await namesSeenBy(kim), await namesSeenBy(lee)]).toEqual([['Late'], ['Late']]);
  expect(await namesSeenBy(lee, 'products')).toEqual([]);
  const { body } = await service.send('GET', '/api/v1/staff/views?list=orders', { token: lee });
  expect(body.items).toMatchObject([{ is_own: false, is_shared: true }]);
});

it('a view of another can be neither replaced nor removed, except that admins remove shared ones', async () => {
  const [own, shared] = [systemIds.next(), systemIds.next()];
  await save(kim, own);
  await save(kim, shared, { is_shared: true });
  for (const answered of [
    await save(lee, own),
    await save(lee, shared),
    await remove(lee, shared),
    await remove(admin, own),
  ])
    expect(answered).toMatchObject({ status: 404, body: { code: 'VIEW_NOT_FOUND' } });
  expect(await remove(admin, shared)).toMatchObject({ status: 204 });
  expect(await remove(kim, own)).toMatchObject({ status: 204 });
  expect(await namesSeenBy(kim)).toEqual([]);
});

it('a member of staff has a limited number of views, and can still replace them', async () => {
  const ids = Array.from({ length: MOST_VIEWS }, () => systemIds.next());
  for (const id of ids) expect((await save(kim, id)).status).toBe(200);
  expect(await save(kim, systemIds.next())).toMatchObject({ status: 422, body: { code: 'TOO_MANY_VIEWS' } });
  expect((await save(kim, ids[0] ?? '', { name: 'Another' })).status).toBe(200);
  expect((await save(lee, systemIds.next())).status).toBe(200);
});

it('customers and guests have no views', async () => {
  const customer = await service.toolbox.tokenOf(systemIds.next(), 'customer');
  const id = systemIds.next();
  const list = (token?: string) =>
    service.send('GET', '/api/v1/staff/views?list=orders', token === undefined ? {} : { token });
  expect([await list(customer), await save(customer, id), await remove(customer, id)]).toMatchObject([
    { status: 403 },
    { status: 403 },
    { status: 403 },
  ]);
  expect((await list()).status).toBe(401);
});

it.each([{ name: ' ' }, { name: 'x'.repeat(61) }, { query: 'x'.repeat(2_001) }, { list: 'Orders/..' }])(
  'a view %j is refused',
  async (changes) => {
    expect((await save(kim, systemIds.next(), changes)).status).toBe(400);
  },
);
