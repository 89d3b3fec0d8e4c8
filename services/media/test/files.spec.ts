import { describe, expect, it } from 'vitest';
import { HOUR } from '#kernel/clock.ts';
import { picture, video } from './media.mother.ts';
import { MEDIA, mediaForEachTest, openMedia, sha256Of, variantOf } from './media.rig.ts';

const KEYS = { old: 'o'.repeat(32), new: 'n'.repeat(32) };

const media = mediaForEachTest({ MEDIA_URL_KEYS: `old:${KEYS.old}` });

/** The path of a file, with the changes. */
const at = (name: string): string => `${MEDIA}/files/${name}`;

describe('a public file', () => {
  it('is immutable, and is not even made for a client that has it', async () => {
    const url = variantOf(await media.upload(await picture(), { purpose: 'product' }));
    const etag = `"${url.slice(url.lastIndexOf('/') + 1)}"`;
    const known = await media.file(url, { 'if-none-match': `"other", W/${etag}` });
    expect(known).toMatchObject({ status: 304, bytes: Buffer.alloc(0) });
    expect(await media.filesIn('files')).toHaveLength(1); // the original
    const { headers } = await media.file(url);
    expect(headers.get('etag')).toBe(etag);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('cannot run as a page of the shop', async () => {
    const { headers } = await media.file(
      variantOf(await media.upload(await picture(), { purpose: 'product' })),
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.* sandbox$/);
  });

  it('has the origin that is configured', async () => {
    const own = await openMedia({ MEDIA_PUBLIC_URL: 'https://files.example.com/' });
    const url = variantOf(await own.upload(await picture()));
    expect(url).toMatch(/^https:\/\/files\.example\.com\/api\/v1\/media\/files\//);
  });

  it.each([
    ['bytes=0-9', 206, 'bytes 0-9/5024', 10],
    ['bytes=5000-', 206, 'bytes 5000-5023/5024', 24],
    ['bytes=-4', 206, 'bytes 5020-5023/5024', 4],
    ['bytes=5024-', 416, null, undefined],
    ['bytes=0-1,4-5', 200, null, 5_024],
    ['lines=0-1', 200, null, 5_024],
  ])('returns the range %s with %i', async (range, status, contentRange, length) => {
    const { body } = await media.upload(video());
    const file = await media.file(body.url, { range });
    expect(file.status).toBe(status);
    expect(file.headers.get('content-range')).toBe(contentRange);
    if (length !== undefined) expect(file.bytes).toHaveLength(length);
    if (status === 206) expect(video().includes(file.bytes)).toBe(true);
  });

  it('is returned as a whole if the range is of another file', async () => {
    const { body } = await media.upload(video());
    const file = await media.file(body.url, { range: 'bytes=0-9', 'if-range': '"other"' });
    expect(file).toMatchObject({ status: 200 });
    expect(file.bytes).toHaveLength(5_024);
  });

  it('is made once, however many ask for it at once', async () => {
    const url = variantOf(await media.upload(await picture('jpeg', { width: 600, height: 400 })));
    const files = await Promise.all(Array.from({ length: 100 }, () => media.file(url)));
    const [first] = files;
    expect(files.every(({ status, bytes }) => status === 200 && first?.bytes.equals(bytes))).toBe(true);
    const made = /variants_made_total\{preset="small",format="webp"[^}]*\} (?<times>\d+)/;
    expect(made.exec(await media.toolbox.metrics.text())?.groups).toEqual({ times: '1' });
  });
});

describe('a name', () => {
  it.each([
    ['small.tiff', 404],
    ['w640.webp', 400],
    ['huge.webp', 404],
    ['original.png', 404],
    ['constructor.webp', 404],
  ])('of no preset is refused: %s', async (end, status) => {
    const bytes = await picture();
    await media.upload(bytes);
    expect((await media.file(at(`${sha256Of(bytes)}-${end}`))).status).toBe(status);
    expect(await media.filesIn('files')).toHaveLength(1);
  });

  it('makes no file for a thousand sizes that a client thinks of', async () => {
    const bytes = await picture();
    await media.upload(bytes, { purpose: 'product' });
    for (let width = 0; width < 1_000; width += 25)
      for (const end of [`w${width}.webp`, `small.webp?width=${width}`, `small.w${width}`])
        await media.file(at(`${sha256Of(bytes)}-${end}`));
    expect(await media.filesIn('files')).toHaveLength(2); // the original and `small`
  });

  it.each([
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e',
    'a%00b',
    'x'.repeat(300),
    `${'ａ'.repeat(64)}-small.webp`,
    '%',
  ])('that is none is refused: %j', async (name) => {
    expect([400, 404]).toContain((await media.file(at(name))).status);
  });

  it('of a content that the shop does not have is refused', async () => {
    expect(await media.file(at(`${sha256Of('nothing')}-small.webp`))).toMatchObject({ status: 404 });
  });

  it('of a variant of a video is refused', async () => {
    await media.upload(video());
    expect((await media.file(at(`${sha256Of(video())}-small.webp`))).status).toBe(404);
  });
});

describe('an uploaded picture', () => {
  const originalOf = async (): Promise<string> => {
    const { body } = await media.upload(await picture());
    return String(body.original_url);
  };

  it('is returned unchanged to its owner, by a URL that is valid for an hour', async () => {
    const url = await originalOf();
    const file = await media.file(url);
    expect(file.bytes.equals(await picture())).toBe(true);
    expect(file.headers.get('cache-control')).toBe('private, no-store');
    media.toolbox.clock.advance(HOUR + 1_000);
    expect(await media.file(url)).toMatchObject({ status: 403 });
  });

  it.each([
    ['without a signature', (url: string) => url.replace(/\?.*/, '')],
    ['with another expiry', (url: string) => url.replace(/expires=\d/, 'expires=9')],
    ['with an unknown key', (url: string) => url.replace('key=old', 'key=older')],
    ['with the signature of another file', (url: string) => url.replace('-original.jpg', '-print.webp')],
    ['with another signature', (url: string) => url.replace(/signature=./, 'signature=_')],
  ])('is private: not %s', async (_, changed) => {
    const url = await originalOf();
    expect(await media.file(changed(url))).toMatchObject({ status: 403 });
  });

  it.each([
    ['product', 'catalog_manager', 'moderator'],
    ['review', 'moderator', 'catalog_manager'],
  ] as const)('of a %s has a URL for a %s, and none for a %s', async (purpose, manager, other) => {
    const { body } = await media.upload(await picture(), { purpose });
    const path = `${MEDIA}/${String(body.media_id)}`;
    const seenBy = async (token?: string) =>
      (await media.send('GET', path, token === undefined ? {} : { token })).body as object;
    expect(await seenBy(await media.as('u-3', manager))).toHaveProperty('original_url');
    expect(await seenBy(await media.as('u-3', other))).not.toHaveProperty('original_url');
    expect(await seenBy(await media.as('u-2'))).not.toHaveProperty('original_url');
    expect(await seenBy()).not.toHaveProperty('original_url');
  });

  it('can be had by URLs of the previous key while keys are exchanged, and of no older one', async () => {
    const bytes = await picture();
    const served = async (keys: string, url: string): Promise<number> => {
      const other = await openMedia({ MEDIA_URL_KEYS: keys });
      await other.upload(bytes);
      return (await other.file(url)).status;
    };
    const url = await originalOf();
    expect(await served(`new:${KEYS.new},old:${KEYS.old}`, url)).toBe(200);
    expect(await served(`new:${KEYS.new}`, url)).toBe(403);
  });
});
