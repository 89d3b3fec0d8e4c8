import { describe, expect, it } from 'vitest';
import { picture, video } from './media.mother.ts';
import { mediaForEachTest, OWNER_ID } from './media.rig.ts';

const MIB = 1024 * 1024;

describe('the files of a person', () => {
  const media = mediaForEachTest();
  const uploaded = async (bytes: Uint8Array, purpose = 'review'): Promise<string> => {
    const token = await media.as(OWNER_ID, ...(purpose === 'product' ? (['catalog_manager'] as const) : []));
    const { status, body } = await media.upload(bytes, { purpose, token });
    expect(status).toBe(201);
    return String(body.media_id);
  };
  const read = async (media_id: string, offset = 0, { user_id = OWNER_ID, by = 'user' } = {}) =>
    media.send('POST', '/internal/v1/personal-data/file', {
      token: await media.toolbox.serviceToken(by, 'personal-data:read'),
      body: { user_id, media_id, offset },
    });
  const NO_FILE = { status: 404, body: { code: 'FILE_NOT_FOUND' } };

  it('are read as they were uploaded, with their metadata', async () => {
    const original = await picture();
    const id = await uploaded(original);
    const { status, body } = await read(id);
    expect([status, body.name, body.next_offset]).toEqual([200, `${id}.jpg`, undefined]);
    expect(Buffer.from(body.content, 'base64').equals(original)).toBe(true);
  });

  it('are read in parts of a mebibyte', async () => {
    const original = video(2 * MIB);
    const id = await uploaded(original);
    const parts: Buffer[] = [];
    for (let offset: number | undefined = 0; offset !== undefined;) {
      const { body } = await read(id, offset);
      expect(offset).toBe(parts.length * MIB);
      parts.push(Buffer.from(body.content, 'base64'));
      offset = body.next_offset as number | undefined;
    }
    expect(parts).toHaveLength(3);
    expect(Buffer.concat(parts).equals(original)).toBe(true);
    expect(await read(id, original.length)).toMatchObject(NO_FILE);
  });

  it('are neither those of others nor those of the shop, and only for the user service', async () => {
    const id = await uploaded(await picture());
    const stranger = '0190a000-0000-7000-8000-0000000000f2';
    expect(await read(id, 0, { user_id: stranger })).toMatchObject(NO_FILE);
    expect(await read(stranger)).toMatchObject(NO_FILE);
    expect(await read(await uploaded(await picture(), 'product'))).toMatchObject(NO_FILE);
    expect((await read(id, 0, { by: 'review' })).status).toBe(403);
  });
});
