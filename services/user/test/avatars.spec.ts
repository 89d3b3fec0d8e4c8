import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { AVATAR, mediaWith, OTHER_PICTURE } from './avatars.rig.ts';
import { openUserService, registered, type Registered } from './service.ts';

const NAME = { first_name: 'Ada', last_name: 'Lovelace' };
const UNKNOWN = { status: 422, body: { code: 'UNKNOWN_AVATAR' } };

describe('an avatar', () => {
  let ada: Registered;
  let isAway = false;
  const media = mediaWith(() => ada.userId);
  const service = forEachTest(() =>
    openUserService({}, { media: (call) => (isAway ? Promise.reject(new Error('away')) : media(call)) }),
  );
  beforeEach(async () => {
    isAway = false;
    ada = await registered(service);
  });

  const change = (body: object, { userId, token } = ada): Promise<Answered> =>
    service.send('PUT', `/api/v1/users/${userId}`, { token, body: { ...NAME, ...body } });
  const avatarOf = async ({ userId, token } = ada): Promise<unknown> =>
    (await service.send('GET', `/api/v1/users/${userId}`, { token })).body.avatar_media_id;
  const told = async () => {
    const { event_version, payload } = (await service.toolbox.announced()).at(-1) ?? {};
    return { event_version, payload };
  };

  it('is a picture that its user has uploaded for it, and is announced with the version of the profile', async () => {
    expect(await change({ avatar_media_id: AVATAR })).toMatchObject({
      status: 200,
      body: { avatar_media_id: AVATAR, version: 2 },
    });
    expect(await avatarOf()).toBe(AVATAR);
    expect(await told()).toMatchObject({
      event_version: '2.0',
      payload: { user_id: ada.userId, version: 2, avatar_media_id: AVATAR },
    });
  });

  it('stays when only the name changes, also while the media service is away', async () => {
    await change({ avatar_media_id: AVATAR });
    isAway = true;
    expect(await change({ first_name: 'Augusta' })).toMatchObject({ status: 200 });
    expect(await avatarOf()).toBe(AVATAR);
    expect(await told()).toMatchObject({ payload: { version: 3, avatar_media_id: AVATAR } });
  });

  it('can be removed; the event is then as it was before there were avatars', async () => {
    await change({ avatar_media_id: AVATAR });
    expect(await change({ avatar_media_id: null })).toMatchObject({ status: 200 });
    expect(await avatarOf()).toBeUndefined();
    const { event_version, payload } = await told();
    expect(event_version).toBe('1.0');
    expect(payload).not.toHaveProperty('avatar_media_id');
  });

  it('is no picture for another purpose, of another user, or that does not exist', async () => {
    expect(await change({ avatar_media_id: OTHER_PICTURE })).toMatchObject(UNKNOWN);
    expect(await change({ avatar_media_id: systemIds.next() })).toMatchObject(UNKNOWN);
    const bob = await registered(service, 'bob@example.com');
    expect(await change({ avatar_media_id: AVATAR }, bob)).toMatchObject(UNKNOWN);
    expect(await change({ avatar_media_id: 'x' })).toMatchObject({ status: 400 });
    expect(await avatarOf()).toBeUndefined();
  });

  it('is not changed while the media service is away', async () => {
    isAway = true;
    expect((await change({ avatar_media_id: AVATAR })).status).toBeGreaterThanOrEqual(500);
    expect(await avatarOf()).toBeUndefined();
  });
});
