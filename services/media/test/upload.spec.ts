import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { DRAWING, picture, video } from './media.mother.ts';
import { MEDIA, mediaForEachTest, OWNER, sha256Of, variantOf } from './media.rig.ts';

const media = mediaForEachTest();

/** What a file contains: the adapter has closed sharp's other ways to read one. */
const opened = async (bytes: Buffer) => {
  const path = join(media.folder, 'opened');
  await writeFile(path, bytes);
  return sharp(path);
};

describe('an uploaded picture', () => {
  it('is described with its size, colour, placeholder and variants', async () => {
    const answer = await media.upload(await picture('jpeg', { width: 600, height: 400 }));
    expect(answer).toMatchObject({
      status: 201,
      body: { purpose: 'review', status: 'ready', kind: 'picture', content_type: 'image/jpeg', width: 600, height: 400 },
    }); // prettier-ignore
    expect(answer.body.colour).toMatch(/^#[0-9a-f]{6}$/);
    expect(answer.body.placeholder).toMatch(/^data:image\/webp;base64,/);
    expect(answer.headers.get('location')).toBe(`${MEDIA}/${String(answer.body.media_id)}`);
    expect(answer.body.variants).toContainEqual(
      expect.objectContaining({ preset: 'small', content_type: 'image/webp', width: 320, height: 213 }),
    );
  });

  it.each(['image/avif', 'image/webp', 'image/jpeg'])(
    'is upright as %s, and says nothing about camera and place',
    async (type) => {
      const answer = await media.upload(await picture('jpeg', { width: 60, height: 40, orientation: 6 }));
      expect(answer.body).toMatchObject({ width: 40, height: 60 });
      const file = await media.file(variantOf(answer, 'large', type));
      expect(file).toMatchObject({ status: 200 });
      expect(file.headers.get('content-type')).toBe(type);
      const shown = await opened(file.bytes);
      const { width, height, exif, orientation } = await shown.metadata();
      expect({ width, height, exif, orientation: orientation ?? 1 }).toEqual({ width: 40, height: 60, exif: undefined, orientation: 1 }); // prettier-ignore
      expect(file.bytes.includes('CameraMaker')).toBe(false);
      // The left side of the sensor is on top.
      const { data, info } = await shown.removeAlpha().raw().toBuffer({ resolveWithObject: true });
      expect(data[2]).toBeGreaterThan(100);
      expect(data[info.channels * (info.width * info.height - 1) + 1]).toBeGreaterThan(100);
    },
  );

  it.each(['png', 'webp', 'avif', 'gif'] as const)('may be %s, whatever its header says', async (format) => {
    const answer = await media.upload(await picture(format), { headers: { 'content-type': 'text/html' } });
    expect(answer).toMatchObject({ status: 201, body: { content_type: `image/${format}` } });
    expect((await media.file(variantOf(answer))).status).toBe(200);
  });

  it('has the same URLs as the same bytes before, which are stored once', async () => {
    const bytes = await picture();
    const [first, second] = [await media.upload(bytes), await media.upload(bytes)];
    expect(first.body.media_id).not.toBe(second.body.media_id);
    expect(first.body.variants).toEqual(second.body.variants);
    expect(await media.filesIn('files')).toEqual([`${sha256Of(bytes)}-original.jpg`]);
  });

  it('is not enlarged', async () => {
    const answer = await media.upload(await picture('png', { width: 60, height: 40 }));
    const { width } = await (await opened((await media.file(variantOf(answer, 'zoom'))).bytes)).metadata();
    expect(width).toBe(60);
  });

  it('leaves nothing in the spool', async () => {
    await media.file(variantOf(await media.upload(await picture())));
    expect(await media.filesIn('spool')).toEqual([]);
  });
});

describe('other uploads', () => {
  it('pass a video through', async () => {
    const answer = await media.upload(video());
    expect(answer).toMatchObject({ status: 201, body: { kind: 'video', content_type: 'video/mp4' } });
    expect(answer.body).not.toHaveProperty('variants');
    const file = await media.file(answer.body.url);
    expect(file.bytes.equals(video())).toBe(true);
    expect(file.headers.get('content-type')).toBe('video/mp4');
  });

  it('let staff add drawings to products, which browsers only download', async () => {
    const answer = await media.upload(DRAWING, { purpose: 'product' });
    expect(answer).toMatchObject({ status: 201, body: { kind: 'drawing' } });
    const { headers } = await media.file(answer.body.url);
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('content-security-policy')).toMatch(/sandbox/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['a page that is called a picture', '<!doctype html><script>alert(1)</script>'],
    ['a drawing of a customer', DRAWING],
    ['a drawing that includes files', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${DRAWING}`],
    ['a script', 'alert(1)'],
    ['nothing', ''],
  ])('refuse %s', async (_, bytes) => {
    expect(await media.upload(bytes)).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_FILE' } });
    expect(await media.filesIn('files')).toEqual([]);
    expect(await media.filesIn('spool')).toEqual([]);
  });

  it('make a script behind a picture disappear', async () => {
    const answer = await media.upload(
      Buffer.concat([await picture(), Buffer.from('<script>alert(1)</script>')]),
    );
    expect(answer.status).toBe(201);
    expect((await media.file(variantOf(answer, 'small', 'image/jpeg'))).bytes.includes('script')).toBe(false);
  });

  it('refuse a picture that ends early', async () => {
    const whole = await picture('jpeg', { width: 800, height: 600 });
    expect(await media.upload(whole.subarray(0, whole.length / 2))).toMatchObject({ status: 422, body: { code: 'UNREADABLE_FILE' } }); // prettier-ignore
    expect(await media.filesIn('files')).toEqual([]);
  });

  it('refuse content encodings, with which a small body could be a large file', async () => {
    const answer = await media.upload(await picture(), { headers: { 'content-encoding': 'gzip' } });
    expect(answer.status).toBe(415);
  });

  it('let only those who keep the catalogue add media to products', async () => {
    const token = await media.as(OWNER);
    expect(await media.upload(await picture(), { purpose: 'product', token })).toMatchObject({ status: 403 });
    expect(await media.send('POST', `${MEDIA}?purpose=review`, { body: 'x' })).toMatchObject({ status: 401 });
  });

  it('cannot go to an object storage that the shop does not use', async () => {
    const answer = await media.send('POST', `${MEDIA}/uploads?purpose=review`, {
      token: await media.as(OWNER),
      body: { content_type: 'image/jpeg', bytes: 10, sha256: sha256Of('') },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'NO_DIRECT_UPLOAD' } });
  });
});
