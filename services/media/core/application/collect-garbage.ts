import { HOUR, SECOND } from '#kernel/clock.ts';
import { leaving, purged, stray, type Content } from '../domain/content.ts';
import { nameOf, parseName, variantsOf } from '../domain/preset.ts';
import { FILES, INCOMING, keyOf, originalOf, type MediaTools } from './tools.ts';

/** How long the files of a content stay that no media has, milliseconds: it may be uploaded again. */
const UNUSED_MS = HOUR;

const filesOf = (content: Content): readonly string[] => [
  ...variantsOf(content.sha256).map(nameOf),
  originalOf(content),
];

/**
 * Removes contents that no media has, with their files. The record says that it is leaving before the first file goes, and is
 * removed when the last one and the copies in the CDN have gone: a process that dies in between leaves garbage, never a hole.
 */
export const makeSweepUnused = (tools: MediaTools) => {
  const { unitOfWork, queries, blobs, cdn } = tools;

  const claim = (sha256: string): Promise<Content | undefined> =>
    unitOfWork.run(async ({ contents }) => {
      const content = await contents.byName(sha256);
      if (!content || content.holders > 0 || content.isLeaving === true) return content;
      const claimed = leaving(content);
      await contents.save(claimed, [sha256]);
      return claimed;
    });

  const remove = async (content: Content): Promise<void> => {
    const names = filesOf(content);
    await blobs.remove(names.map(keyOf));
    await cdn.purge(names);
    await unitOfWork.run(async ({ contents, encodings }) => {
      const rights = await encodings.allByName(names);
      for (const right of rights.values()) await encodings.remove(right);
      await contents.remove(content);
    });
  };

  return async (now: Date): Promise<void> => {
    for (const { sha256, unusedSince = '' } of await queries.contents.having('unusedSince')) {
      if (now.getTime() - Date.parse(unusedSince) < UNUSED_MS) continue;
      const claimed = await claim(sha256);
      if (claimed?.isLeaving === true) await remove(claimed);
    }
  };
};

/** Longer than a process serves a small file from its memory. */
const SETTLED_MS = 5 * SECOND;

/** Takes files that are no longer public out of the caches of a CDN. */
export const makePurgeHidden =
  ({ unitOfWork, queries, cdn }: MediaTools) =>
  async (now: Date): Promise<void> => {
    for (const content of await queries.contents.having('hiddenSince')) {
      const { sha256, hiddenSince = '' } = content;
      if (now.getTime() - Date.parse(hiddenSince) < SETTLED_MS) continue;
      await cdn.purge(filesOf(content));
      await unitOfWork.run(async ({ contents }) => {
        const found = await contents.byName(sha256);
        if (found?.hiddenSince === hiddenSince) await contents.save(purged(found), [sha256]);
      });
    }
  };

/** Removes what clients have sent to the object storage again after it was completed, or for media that is gone. */
const removeIncoming = async ({ queries, blobs }: MediaTools): Promise<void> => {
  for await (const key of blobs.list(INCOMING)) {
    const asset = await queries.assets.find(key.slice(INCOMING.length));
    if (asset?.status !== 'pending') await blobs.remove([key]);
  }
};

/**
 * Finds files without a record, such as a variant that was made while its picture was being removed, and gives them the record
 * of a content that is leaving: so nobody can upload the content while its files are removed.
 */
export const makeSweepStrays = (tools: MediaTools) => {
  const { unitOfWork, queries, blobs, ids } = tools;
  return async (): Promise<void> => {
    await removeIncoming(tools);
    for await (const key of blobs.list(FILES)) {
      const file = parseName(key.slice(FILES.length));
      if (!file) await blobs.remove([key]); // of a preset that no longer exists
      if (!file || (await queries.contents.byName(file.sha256))) continue;
      await unitOfWork.run(async ({ contents }) => {
        if (await contents.byName(file.sha256)) return;
        const ending = 'ending' in file ? file.ending : '';
        await contents.save(stray(ids.next(), file.sha256, ending), [file.sha256]);
      });
    }
  };
};
