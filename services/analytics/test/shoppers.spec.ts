import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openTestService } from '#test/kit/http.ts';
import { STORES } from '#test/kit/stores.ts';
import { analytics as module } from '../main/module.ts';
import { lakeFolder, readLake } from './lake.rig.ts';
import { makeCatalog } from './neighbours.rig.ts';

const PATH = '/internal/v1/shoppers';
const [USER, OTHER, NOBODY] = [systemIds.next(), systemIds.next(), systemIds.next()];

describe.each(STORES)('pseudonyms of users, in %s', (store) => {
  const service = forEachTest(async () => {
    const folder = lakeFolder();
    const env = { ANALYTICS_FILE: join(temporaryFolder(), 'warehouse'), ANALYTICS_LAKE: folder };
    return { ...(await openTestService(store, module, { clients: makeCatalog().clients, env })), folder };
  });
  const ask = async (userIds: readonly string[], caller = 'gateway', scope = 'shoppers:read') => {
    const token = await service.toolbox.serviceToken(caller, scope);
    return service.send('POST', PATH, { token, body: { user_ids: userIds } });
  };
  const acts = async (...users: readonly string[]): Promise<void> => {
    const events = users.map((id) => eventAbout(id, 'cart.item_added', { cart_id: id, user_id: id }));
    await service.consumers.find(({ consumer }) => consumer === 'analytics.lake')?.handle(events);
  };

  it('are those of the lake', async () => {
    await acts(USER, OTHER);
    for (const { sweep } of service.sweeps) await sweep(service.toolbox.clock.now());
    const kept = (await readLake(service.folder, 'cart.item_added')).map(({ shopper }) => shopper);
    const { status, body } = await ask([USER, OTHER]);
    expect(status).toBe(200);
    const items = body.items as readonly { readonly user_id: string; readonly shopper_id: string }[];
    expect(items.map(({ user_id }) => user_id).sort()).toEqual([USER, OTHER].sort());
    expect(items.map(({ shopper_id }) => shopper_id).sort()).toEqual([...kept].sort());
  });

  it('are not made by asking', async () => {
    for (let round = 0; round < 2; round += 1) expect((await ask([NOBODY])).body).toEqual({ items: [] });
  });

  it('are gone for good after an erasure', async () => {
    await acts(USER);
    const token = await service.toolbox.serviceToken('user', 'personal-data:erase');
    await service.send('POST', '/internal/v1/personal-data/erase', { token, body: { user_id: USER } });
    await acts(USER);
    expect((await ask([USER])).body).toEqual({ items: [] });
  });

  it('are for the gateway only, for this purpose, and of so many at once', async () => {
    expect((await service.send('POST', PATH, { body: { user_ids: [USER] } })).status).toBe(401);
    expect((await ask([USER], 'gateway', 'events:write')).status).toBe(403);
    expect((await ask([USER], 'user')).status).toBe(403);
    const token = await service.toolbox.tokenOf(USER, 'admin');
    expect((await service.send('POST', PATH, { token, body: { user_ids: [USER] } })).status).toBe(403);
    for (const userIds of [[], ['u-1'], Array.from({ length: 201 }, () => USER)])
      expect((await ask(userIds)).status).toBe(400);
  });
});
