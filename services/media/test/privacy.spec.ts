import { describe, expect, it } from 'vitest';
import { reviewed } from './media.events.ts';
import { picture, video } from './media.mother.ts';
import { MEDIA, mediaForEachTest, OWNER_ID, sha256Of } from './media.rig.ts';

const media = mediaForEachTest();

const ask = async (what: 'export' | 'erase', more: object = {}, userId = OWNER_ID) => {
  const scope = what === 'export' ? 'personal-data:read' : 'personal-data:erase';
  const token = await media.toolbox.serviceToken('user', scope);
  const path = `/internal/v1/personal-data/${what}`;
  return media.send('POST', path, { token, body: { user_id: userId, ...more } });
};
const uploaded = async (purpose: string, bytes: Uint8Array): Promise<string> => {
  const { body } = await media.upload(bytes, { purpose, token: await media.as(OWNER_ID) });
  return String(body.media_id);
};

describe('what the service knows about a person', () => {
  it('is what they have uploaded for themselves', async () => {
    const bytes = await picture();
    const avatar = await uploaded('avatar', bytes);
    await uploaded('review', video());
    await media.upload(await picture(), { purpose: 'product', token: await media.as(OWNER_ID, 'admin') });
    const { items, next_cursor } = (await ask('export')).body;
    expect(items).toHaveLength(2);
    expect(items[0]).toEqual({
      kind: 'media',
      data: {
        media_id: avatar,
        purpose: 'avatar',
        status: 'ready',
        sha256: sha256Of(bytes),
        created_at: '2026-03-01T12:00:00.000Z',
      },
    });
    expect(next_cursor).toBeUndefined();
    expect((await ask('export', {}, '0190a000-0000-7000-8000-0000000000f2')).body).toEqual({ items: [] });
  });

  it('is exported page by page', async () => {
    const ids = await Promise.all(
      Array.from({ length: 101 }, async () => {
        const token = await media.as(OWNER_ID, 'moderator');
        return String((await media.upload(video(), { token })).body.media_id);
      }),
    );
    const { body: first } = await ask('export');
    expect(first.items).toHaveLength(100);
    const { body: second } = await ask('export', { cursor: first.next_cursor });
    expect(second.next_cursor).toBeUndefined();
    const exported = [...first.items, ...second.items].map(({ data }) => String(data.media_id));
    expect(exported).toEqual(ids.sort());
  });

  it('is erased, also what a review shows, and can no longer be had', async () => {
    const [shown, avatar] = [
      await uploaded('review', await picture()),
      await uploaded('avatar', await picture('png')),
    ];
    await media.hear(reviewed(1, 'approved', [shown]));
    const url = `${MEDIA}/files/${sha256Of(await picture())}-small.webp`;
    expect((await media.file(url)).status).toBe(200);
    expect((await ask('erase')).body).toEqual({
      done: true,
      erased: [{ kind: 'media', count: 2 }],
      kept: [],
    });
    expect((await ask('export')).body).toEqual({ items: [] });
    expect((await ask('erase')).body).toEqual({ done: true, erased: [], kept: [] });
    const token = await media.as('u-3', 'moderator');
    for (const id of [shown, avatar])
      expect(await media.send('GET', `${MEDIA}/${id}`, { token })).toMatchObject({ status: 404 });
    await media.hear(reviewed(2, 'approved', [shown]));
    expect(await media.send('GET', `${MEDIA}/${shown}`, { token })).toMatchObject({ status: 404 });
  });

  it('is erased in several calls if it is much', async () => {
    for (let time = 0; time < 51; time += 1)
      await media.upload(video(), { token: await media.as(OWNER_ID, 'moderator') });
    expect((await ask('erase')).body).toMatchObject({ done: false, erased: [{ kind: 'media', count: 50 }] });
    expect((await ask('erase')).body).toMatchObject({ done: true, erased: [{ kind: 'media', count: 1 }] });
  });
});
