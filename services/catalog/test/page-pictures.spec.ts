import { describe, expect, it } from 'vitest';
import { catalog } from '../main/module.ts';
import { catalogForEachTest } from './catalog.rig.ts';

const { service, manager } = catalogForEachTest();
const RED = { url: '/red.svg', alt: 'Red' };
const BLUE = { url: '/blue.svg', alt: 'Blue' };

/** What was said about pictures of pages, oldest first. */
const said = async (): Promise<readonly unknown[]> =>
  (await service.toolbox.announced()).flatMap(({ event_type, payload }) =>
    event_type === 'page.picture_changed' ? [payload] : [],
  );

describe.each([
  { kind: 'category', path: '/api/v1/categories', content: { name: 'Lamps' } },
  { kind: 'collection', path: '/api/v1/collections', content: { name: 'Gifts', kind: 'manual' } },
] as const)('the picture of a $kind', ({ kind, path, content }) => {
  const send = async (method: string, to: string, body?: object) =>
    service.send(method, to, { token: await manager(), ...(body && { body }) });

  it('is announced when it changes, and when it goes', async () => {
    const { body } = await send('POST', path, { ...content, picture: RED });
    const page_id = String(body[`${kind}_id`]);
    const at = `${path}/${page_id}`;
    await send('PUT', at, { ...content, picture: { ...RED, alt: 'Quite red' } });
    await send('PUT', at, { ...content, picture: BLUE });
    await send('PUT', at, content);
    await send('PUT', at, { ...content, picture: RED });
    expect((await send('DELETE', at)).status).toBe(204);
    expect(await said()).toEqual([
      { page_id, kind, version: 1, picture_url: RED.url },
      { page_id, kind, version: 3, picture_url: BLUE.url },
      { page_id, kind, version: 4 },
      { page_id, kind, version: 5, picture_url: RED.url },
      { page_id, kind, version: 6 },
    ]);
  });

  it('is announced again by a sweep, for consumers that are new', async () => {
    const { body } = await send('POST', path, { ...content, picture: RED });
    await send('POST', path, { ...content, name: 'Without a picture' });
    const { sweeps = [] } = await catalog.compose(service.toolbox);
    for (const { name, sweep } of sweeps)
      if (name === 'pictures of categories and collections') await sweep(service.toolbox.clock.now());
    const shown = { page_id: body[`${kind}_id`], kind, version: 1, picture_url: RED.url };
    expect(await said()).toEqual([shown, shown]);
  });
});
