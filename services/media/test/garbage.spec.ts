import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, SECOND } from '#kernel/clock.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { START } from '#test/kit/toolbox.ts';
import { makePurgeHidden, makeSweepStrays, makeSweepUnused } from '../core/application/collect-garbage.ts';
import { makeFindFile } from '../core/application/files.ts';
import { makeFollowProducts } from '../core/application/follow-products.ts';
import { followHolders, makeDelete, makeSweepForgotten } from '../core/application/references.ts';
import { makeAnnounce, makeUpload } from '../core/application/store-media.ts';
import { FILES, incomingOf, keyOf, type MediaTools } from '../core/application/tools.ts';
import { newAsset } from '../core/domain/asset.ts';
import type { Encoding } from '../core/domain/encoding.ts';
import type { BlobStore } from '../core/ports/blob-store.ts';
import { newFolder, OWNER } from './media.rig.ts';
import { chunksOf, codeOf, DRAFT, openTools, valueOf } from './tools.rig.ts';

const REVIEW = 'r-1';

const media = forEachTest(openTools);

const upload = async (tools: MediaTools = media.tools): Promise<string> =>
  valueOf(await makeUpload(tools)(DRAFT, chunksOf(media.bytes))).asset.id;
let version = 0;
/** A review says what it shows. */
const shows = (
  mediaIds: readonly string[],
  ownerId = OWNER,
  at = (version += 1),
  isPublic = true,
): Promise<void> =>
  media.tools.unitOfWork.run((tx) =>
    followHolders(
      tx,
      [{ holderId: REVIEW, version: at, ownerId, mediaIds, purpose: 'review', isPublic }],
      media.clock.now(),
    ),
  );
const refer = (id: string): Promise<void> => shows([id]);
const unrefer = (_: string): Promise<void> => shows([]);
const referencesOf = async (id: string): Promise<readonly string[] | undefined> =>
  (await media.tools.queries.assets.find(id))?.references;
const remove = (id: string, userId = OWNER) =>
  makeDelete(media.tools)(id, ({ ownerId }) => ownerId === userId);
const make = async (): Promise<number> => valueOf(await makeFindFile(media.tools)(media.name)).size();

const files = async (): Promise<readonly string[]> => {
  const keys: string[] = [];
  for await (const key of media.blobs.list(FILES)) keys.push(key.slice(key.indexOf('-')));
  return keys.sort();
};

/** All sweeps, after so many milliseconds. */
const sweepAfter = async (ms: number, tools: MediaTools = media.tools): Promise<void> => {
  media.clock.advance(ms);
  const now = media.clock.now();
  await makeSweepForgotten(tools)(now);
  await makeSweepStrays(tools)();
  await makeSweepUnused(tools)(now);
};

describe('media to which nothing refers', () => {
  it('goes after a day, and its files an hour later', async () => {
    await upload();
    await make();
    await sweepAfter(DAY - SECOND);
    expect(await files()).toHaveLength(2);
    await sweepAfter(SECOND);
    expect(codeOf(await makeFindFile(media.tools)(media.name))).toBe('FILE_NOT_FOUND');
    expect(await files()).toHaveLength(2);
    await sweepAfter(HOUR);
    expect(await files()).toEqual([]);
    expect(await media.tools.queries.contents.byName(media.sha256)).toBeUndefined();
    expect(media.purged.flat()).toContain(media.name);
  });

  it('stays while something refers to it, and for a day after that', async () => {
    const id = await upload();
    await refer(id);
    await refer(id);
    expect(await media.tools.queries.assets.find(id)).toMatchObject({ references: [REVIEW], version: 3 });
    await sweepAfter(9 * DAY);
    await unrefer(id);
    await unrefer(id);
    await sweepAfter(DAY - SECOND);
    expect(await media.tools.queries.assets.find(id)).toMatchObject({ references: [] });
    await sweepAfter(SECOND);
    expect(await media.tools.queries.assets.find(id)).toBeUndefined();
  });

  it('keeps its files for other media that has the same', async () => {
    const [first, second] = [await upload(), await upload()];
    await refer(second);
    await remove(first);
    await sweepAfter(9 * DAY);
    expect(await files()).toEqual(['-original.jpg']);
  });

  it('is removed among many', async () => {
    await media.tools.unitOfWork.run(async ({ assets }) => {
      for (let time = 0; time < 501; time += 1)
        await assets.save(newAsset(media.tools.ids.next(), { ownerId: OWNER, purpose: 'review' }, START));
    });
    const last = await upload();
    await sweepAfter(DAY);
    expect(await media.tools.queries.assets.find(last)).toBeUndefined();
  });
});

describe('a reference', () => {
  it('is only to media of the same user; what does not exist is ignored', async () => {
    const id = await upload();
    await shows([id, 'unknown'], 'u-2');
    expect(await referencesOf(id)).toEqual([]);
  });

  it('is what the newest version of the review says, whatever the order of the events', async () => {
    const [first, second] = [await upload(), await upload()];
    await shows([second], OWNER, 20);
    await shows([first], OWNER, 10);
    expect([await referencesOf(first), await referencesOf(second)]).toEqual([[], [REVIEW]]);
    await shows([first], OWNER, 30);
    expect([await referencesOf(first), await referencesOf(second)]).toEqual([[REVIEW], []]);
    await shows([], OWNER, 40);
    expect(await referencesOf(first)).toEqual([]);
    version = 40;
  });

  it('keeps media from being deleted', async () => {
    const id = await upload();
    await refer(id);
    expect(await remove(id)).toMatchObject({ ok: false, error: { code: 'MEDIA_IN_USE' } });
    await unrefer(id);
    expect(await remove(id, 'u-2')).toMatchObject({ ok: false, error: { code: 'MEDIA_NOT_FOUND' } });
    expect(await remove(id)).toMatchObject({ ok: true });
    expect(await remove(id)).toMatchObject({ ok: false, error: { code: 'MEDIA_NOT_FOUND' } });
  });
});

describe('media of a product', () => {
  const WEEK_MS = 7 * DAY;
  const product = async (): Promise<string> => {
    const draft = { ...DRAFT, purpose: 'product', isUnlimited: true } as const;
    return valueOf(await makeUpload(media.tools)(draft, chunksOf(media.bytes))).asset.id;
  };
  const isThere = async (id: string): Promise<boolean> =>
    (await media.tools.queries.assets.find(id)) !== undefined;
  const sells = (at: number, contents: readonly string[]): Promise<void> =>
    media.tools.unitOfWork.run((tx) =>
      makeFollowProducts(media.tools.ids)(tx, [{ pageId: 'p-1', version: at, contents }], media.clock.now()),
    );
  const collecting = (): MediaTools => ({ ...media.tools, productGraceMs: WEEK_MS });

  it('stays', async () => {
    const id = await product();
    await sells(1, [media.sha256]);
    await sells(2, []);
    await sweepAfter(99 * WEEK_MS);
    expect(await isThere(id)).toBe(true);
  });

  it('goes some time after the last product showed it, if that is configured', async () => {
    const id = await product();
    await sells(1, [media.sha256]);
    await sweepAfter(2 * WEEK_MS, collecting());
    expect(await isThere(id)).toBe(true);
    await sells(2, []);
    await sweepAfter(WEEK_MS - SECOND, collecting());
    expect(await isThere(id)).toBe(true);
    await sweepAfter(SECOND, collecting());
    expect(await isThere(id)).toBe(false);
  });

  it('goes if no product has ever shown it, if that is configured', async () => {
    const id = await product();
    await sweepAfter(WEEK_MS - SECOND, collecting());
    expect(await isThere(id)).toBe(true);
    await sweepAfter(SECOND, collecting());
    expect(await isThere(id)).toBe(false);
  });
});

describe('files that are no longer public', () => {
  const hidden = async (): Promise<string> => {
    const id = await upload();
    await shows([id]);
    await shows([id], OWNER, (version += 1), false);
    return id;
  };
  const purgeAfter = (ms: number, tools: MediaTools = media.tools): Promise<void> => {
    media.clock.advance(ms);
    return makePurgeHidden(tools)(media.clock.now());
  };

  it('are taken out of the caches of a CDN, once no process serves them from its memory', async () => {
    await hidden();
    await purgeAfter(4 * SECOND);
    expect(media.purged).toEqual([]);
    await purgeAfter(SECOND);
    expect(media.purged).toHaveLength(1);
    expect(media.purged[0]).toContain(media.name);
    await purgeAfter(HOUR);
    expect(media.purged).toHaveLength(1);
  });

  it('stay there if they are public again, or never were', async () => {
    await shows([await hidden()]);
    await shows([await upload()], OWNER, (version += 1), false);
    await purgeAfter(HOUR);
    expect(media.purged).toHaveLength(1); // the first review shows something else now
  });

  it('are taken out later if the CDN was away, and again if they were public meanwhile', async () => {
    const id = await hidden();
    const away = () => Promise.reject(new Error('away'));
    await expect(purgeAfter(HOUR, { ...media.tools, cdn: { purge: away } })).rejects.toThrow('away');
    const slow = async (names: readonly string[]): Promise<void> => {
      await media.tools.cdn.purge(names);
      await shows([id]);
      media.clock.advance(SECOND);
      await shows([id], OWNER, (version += 1), false);
    };
    await purgeAfter(0, { ...media.tools, cdn: { purge: slow } });
    await purgeAfter(HOUR);
    expect(media.purged).toHaveLength(2);
  });

  it('are also those of media of a product that staff delete', async () => {
    const draft = { ...DRAFT, purpose: 'product', isUnlimited: true } as const;
    const { asset } = valueOf(await makeUpload(media.tools)(draft, chunksOf(media.bytes)));
    await remove(asset.id);
    await purgeAfter(5 * SECOND);
    expect(media.purged).toHaveLength(1);
  });
});

describe('files that no media has', () => {
  it('are taken over by media with the same content', async () => {
    await remove(await upload());
    await upload();
    await sweepAfter(2 * HOUR);
    expect(await files()).toHaveLength(1);
    expect(await make()).toBe(7);
  });

  it('cannot be held while they are being removed, and can be uploaded when they are', async () => {
    await remove(await upload());
    let during: unknown;
    const slow: BlobStore = {
      ...media.blobs,
      remove: async (keys) => {
        during = await makeUpload(media.tools)(DRAFT, chunksOf(media.bytes));
        await media.blobs.remove(keys);
      },
    };
    await sweepAfter(2 * HOUR, { ...media.tools, blobs: slow });
    expect(during).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } });
    await upload();
    expect(await make()).toBe(7);
  });

  it('are removed by the next sweep if the storage or the CDN was away', async () => {
    await remove(await upload());
    const away = () => Promise.reject(new Error('away'));
    await expect(sweepAfter(2 * HOUR, { ...media.tools, cdn: { purge: away } })).rejects.toThrow('away');
    await sweepAfter(0);
    expect(await media.tools.queries.contents.byName(media.sha256)).toBeUndefined();
    await upload();
  });

  it('are found even without a record', async () => {
    const path = join(await newFolder(), 'x');
    await writeFile(path, 'x');
    for (const name of [media.name, `${media.sha256}-original.jpg`])
      await media.blobs.put(keyOf(name), path, '');
    await sweepAfter(0);
    await sweepAfter(DAY);
    expect(await files()).toEqual([]);
    await upload();
    expect(await make()).toBe(7);
  });

  it('are removed if they are of a preset that no longer exists', async () => {
    await upload();
    const path = join(await newFolder(), 'x');
    await writeFile(path, 'x');
    await media.blobs.put(keyOf(`${media.sha256}-huge.webp`), path, '');
    await makeSweepStrays(media.tools)();
    expect(await files()).toEqual(['-original.jpg']);
  });

  it('are removed where clients send them, unless their media waits for them', async () => {
    const path = join(await newFolder(), 'x');
    await writeFile(path, 'x');
    const announced = { type: 'image/jpeg', bytes: 1, sha256: media.sha256 };
    const direct = {
      permit: () => Promise.resolve({ url: '', headers: {}, expiresAt: START }),
    };
    const announce = makeAnnounce(media.tools, direct);
    const { asset } = valueOf(await announce(DRAFT, announced));
    const ready = await upload();
    for (const id of [asset.id, ready, 'gone']) await media.blobs.put(incomingOf(id), path, '');
    const left = async (): Promise<readonly boolean[]> =>
      Promise.all(
        [asset.id, ready, 'gone'].map(async (id) => (await media.blobs.sizeOf(incomingOf(id))) !== undefined),
      );
    await makeSweepStrays(media.tools)();
    expect(await left()).toEqual([true, false, false]);
    await sweepAfter(DAY);
    expect(await left()).toEqual([false, false, false]);
  });

  it('are not left by an upload that failed half way', async () => {
    const full: BlobStore = { ...media.blobs, put: () => Promise.reject(new Error('full')) };
    await expect(upload({ ...media.tools, blobs: full })).rejects.toThrow('full');
    expect(codeOf(await makeFindFile(media.tools)(media.name))).toBe('FILE_NOT_FOUND');
    const id = await upload(); // the same picture again
    await refer(id);
    await sweepAfter(9 * DAY);
    expect(await make()).toBe(7);
    await unrefer(id);
    await sweepAfter(DAY);
    await sweepAfter(HOUR);
    expect(await files()).toEqual([]);
  });
});

describe('a variant', () => {
  const held = (owner: string, ms: number): Promise<void> =>
    media.tools.unitOfWork.run(({ encodings }) => {
      const until = new Date(START.getTime() + ms).toISOString();
      const right: Encoding = { id: media.tools.ids.next(), version: 1, owner, until };
      return encodings.save(right, [media.name]);
    });

  it('is awaited while another process makes it', async () => {
    await upload();
    await held('another process', SECOND);
    let looks = 0;
    const path = join(await newFolder(), 'x');
    const pause = async (): Promise<void> => {
      looks += 1;
      if (looks < 3) return;
      await writeFile(path, 'made there');
      await media.blobs.put(keyOf(media.name), path, '');
    };
    const find = makeFindFile({ ...media.tools, pause });
    expect(await valueOf(await find(media.name)).size()).toBe('made there'.length);
    expect(looks).toBe(3);
  });

  it('is made here if the other process has died', async () => {
    await upload();
    await held('another process', SECOND);
    const pause = async (): Promise<void> => {
      media.clock.advance(SECOND / 2);
      await Promise.resolve();
    };
    const find = makeFindFile({ ...media.tools, pause });
    expect(await valueOf(await find(media.name)).size()).toBe(7);
  });

  it('is awaited if other processes were faster to begin', async () => {
    await upload();
    const beaten: MediaTools = {
      ...media.tools,
      unitOfWork: { run: () => Promise.reject(new VersionConflict('encodings')) },
      pause: async () => {
        await make();
      },
    };
    expect(await valueOf(await makeFindFile(beaten)(media.name)).size()).toBe(7);
    const broken = { run: () => Promise.reject(new Error('broken')) };
    const find = makeFindFile({ ...media.tools, unitOfWork: broken });
    await expect(valueOf(await find(media.name.replace('small', 'thumb'))).size()).rejects.toThrow('broken');
  });

  it('is not made of another file than the one that was stored', async () => {
    await upload();
    const path = join(await newFolder(), 'x');
    await writeFile(path, Buffer.concat([media.bytes, Buffer.from('more')]));
    await media.blobs.put(keyOf(`${media.sha256}-original.jpg`), path, '');
    await expect(make()).rejects.toThrow('has another size');
  });

  it('can be made again after a failure', async () => {
    await upload();
    const pictures = { ...media.tools.pictures, encode: () => Promise.reject(new Error('broken')) };
    const find = makeFindFile({ ...media.tools, pictures });
    await expect(valueOf(await find(media.name)).size()).rejects.toThrow('broken');
    expect(await make()).toBe(7);
  });
});
