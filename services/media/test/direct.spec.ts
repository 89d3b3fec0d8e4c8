import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { START } from '#test/kit/toolbox.ts';
import { sweepSpool } from '../adapters/blobs/folder-spool.ts';
import { makeAnnounce, makeComplete, makeUpload } from '../core/application/store-media.ts';
import { incomingOf, type MediaTools } from '../core/application/tools.ts';
import type { BlobStore } from '../core/ports/blob-store.ts';
import type { DirectUploads } from '../core/ports/tools.ts';
import { newFolder, OWNER, sha256Of } from './media.rig.ts';
import { chunksOf, codeOf, DRAFT, openTools, valueOf } from './tools.rig.ts';

const media = forEachTest(openTools);

/** A storage that accepts everything, so that only the service is left to check. */
const direct: DirectUploads = {
  permit: (key) => Promise.resolve({ url: key, headers: {}, expiresAt: START }),
};

const announce = async (
  bytes: Uint8Array,
  changes: { readonly type?: string; readonly bytes?: number } = {},
) =>
  makeAnnounce(media.tools, direct)(DRAFT, {
    type: 'image/jpeg',
    bytes: bytes.length,
    sha256: sha256Of(bytes),
    ...changes,
  });
/** What the client sends, instead of what it has announced. */
const send = async (id: string, bytes: Uint8Array): Promise<void> => {
  const path = join(await newFolder(), 'sent');
  await writeFile(path, bytes);
  await media.blobs.put(incomingOf(id), path, '');
};
const complete = (id: string, userId = OWNER, tools: MediaTools = media.tools) =>
  makeComplete(tools, direct)(id, userId);

describe('an upload straight to the storage', () => {
  it('is complete once it is there and checked, and stays so', async () => {
    const { asset, permit } = valueOf(await announce(media.bytes));
    expect(permit.url).toBe(`incoming/${asset.id}`);
    expect(codeOf(await complete(asset.id))).toBe('UPLOAD_INCOMPLETE');
    await send(asset.id, media.bytes);
    const done = valueOf(await complete(asset.id));
    expect(done).toMatchObject({ asset: { status: 'ready' }, content: { isStored: true, holders: 1 } });
    expect(await media.blobs.sizeOf(incomingOf(asset.id))).toBeUndefined();
    expect(valueOf(await complete(asset.id))).toEqual(done);
  });

  it('is completed by its owner alone', async () => {
    const { asset } = valueOf(await announce(media.bytes));
    expect(codeOf(await complete(asset.id, 'u-2'))).toBe('MEDIA_NOT_FOUND');
    expect(codeOf(await complete('unknown'))).toBe('MEDIA_NOT_FOUND');
    const uploaded = valueOf(await makeUpload(media.tools)(DRAFT, chunksOf(media.bytes)));
    expect(codeOf(await complete(uploaded.asset.id))).toBe('MEDIA_NOT_FOUND');
  });

  it('is over if it is another file than announced', async () => {
    const { asset } = valueOf(await announce(media.bytes));
    await send(asset.id, Buffer.concat([media.bytes, Buffer.from('more')]));
    expect(codeOf(await complete(asset.id))).toBe('OTHER_FILE');
    expect(await media.tools.queries.assets.find(asset.id)).toMatchObject({ status: 'rejected' });
    expect(await media.blobs.sizeOf(incomingOf(asset.id))).toBeUndefined();
    expect(codeOf(await complete(asset.id))).toBe('MEDIA_NOT_FOUND');
  });

  it('goes on where a process has died, and counts once', async () => {
    const { asset } = valueOf(await announce(media.bytes));
    await send(asset.id, media.bytes);
    const full: BlobStore = { ...media.blobs, put: () => Promise.reject(new Error('died')) };
    await expect(complete(asset.id, OWNER, { ...media.tools, blobs: full })).rejects.toThrow('died');
    expect(valueOf(await complete(asset.id))).toMatchObject({ content: { holders: 1, isStored: true } });
  });

  it('waits while the same content is being removed', async () => {
    const { asset } = valueOf(await announce(media.bytes));
    await send(asset.id, media.bytes);
    const leaving = { sha256: media.sha256, ending: 'jpg', type: 'image/jpeg', kind: 'picture', bytes: 1, holders: 0, shown: 0, isStored: true, isLeaving: true } as const; // prettier-ignore
    await media.tools.unitOfWork.run(({ contents }) =>
      contents.save({ id: media.tools.ids.next(), version: 1, ...leaving }, [media.sha256]),
    );
    expect(codeOf(await complete(asset.id))).toBe('UNAVAILABLE');
    expect(await media.tools.queries.assets.find(asset.id)).toMatchObject({ status: 'pending' });
    expect(await media.blobs.sizeOf(incomingOf(asset.id))).toBe(media.bytes.length);
  });

  it.each([
    [{ bytes: 1_000_001 }, 'FILE_TOO_LARGE'],
    [{ type: 'text/html' }, 'UNSUPPORTED_FILE'],
    [{ type: 'image/svg+xml' }, 'UNSUPPORTED_FILE'],
  ])('is not announced as %j', async (changes, code) => {
    expect(codeOf(await announce(media.bytes, changes))).toBe(code);
  });

  it('needs an object storage', async () => {
    expect(codeOf(await makeComplete(media.tools, undefined)('any', OWNER))).toBe('NO_DIRECT_UPLOAD');
  });
});

describe('the spool', () => {
  it('is rid of what a process has left that died', async () => {
    const spool = await newFolder();
    const [old, fresh] = [join(spool, 'old'), join(spool, 'fresh')];
    for (const path of [old, fresh]) await writeFile(path, 'x');
    const longAgo = new Date(Date.now() - 2 * DAY);
    await utimes(old, longAgo, longAgo);
    await sweepSpool(spool);
    await sweepSpool(join(spool, 'missing'));
    await expect(utimes(old, longAgo, longAgo)).rejects.toThrow('ENOENT');
    await utimes(fresh, longAgo, longAgo);
  });
});
