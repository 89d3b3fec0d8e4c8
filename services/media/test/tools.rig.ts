import { writeFile } from 'node:fs/promises';
import { memoryDocumentQueries, memoryDocuments } from '#adapters/memory/documents.ts';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { ManualClock } from '#kernel/clock.ts';
import { SequentialIds } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import { openToolbox, START } from '#test/kit/toolbox.ts';
import { folderSpool } from '../adapters/blobs/folder-spool.ts';
import { memoryBlobs } from '../adapters/blobs/memory-blobs.ts';
import { audited } from '../adapters/audited.ts';
import { documentsIn, queriesIn } from '../adapters/documents.ts';
import type { MediaTools } from '../core/application/tools.ts';
import { media as module } from '../main/module.ts';
import { picture } from './media.mother.ts';
import { newFolder, OWNER, sha256Of } from './media.rig.ts';

/** The use cases on memory, with pictures that are copied instead of encoded. */
export const openTools = async () => {
  const toolbox = await openToolbox('memory', module);
  const { store } = toolbox;
  if (store.kind !== 'memory') throw new Error('memory was asked for');
  const [clock, bytes] = [new ManualClock(START), await picture()];
  const blobs = memoryBlobs();
  const purged: string[][] = [];
  const tools: MediaTools = {
    unitOfWork: memoryUnitOfWork(
      toolbox,
      store.database,
      (tx) => documentsIn((kind) => memoryDocuments(tx, kind)),
      audited,
    ),
    queries: queriesIn((kind) => memoryDocumentQueries(store.database, kind)),
    blobs,
    spool: folderSpool(await newFolder()),
    pictures: {
      inspect: () => Promise.resolve(ok({ width: 60, height: 40 })),
      encode: async (_, target) => {
        await writeFile(target, 'variant');
        return 7;
      },
    },
    scanner: { scan: () => Promise.resolve(undefined) },
    cdn: {
      purge: (names) => {
        purged.push([...names]);
        return Promise.resolve();
      },
    },
    ids: new SequentialIds(),
    clock,
    limits: { picture: 1_000_000, video: 1_000_000, drawing: 1_000_000 },
    quota: { files: 1_000, unused: 1_000, bytes: 1_000_000_000 },
    productGraceMs: undefined,
    inTurn: (work) => work(),
    pause: () => Promise.reject(new Error('nobody waits here')),
    owner: 'this process',
  };
  const sha256 = sha256Of(bytes);
  return { toolbox, tools, blobs, clock, purged, bytes, sha256, name: `${sha256}-small.webp` };
};

/** A picture of a review by a customer. */
export const DRAFT = { ownerId: OWNER, purpose: 'review', isUnlimited: false } as const;

export const valueOf = <T>(result: Result<T, { readonly code: string }>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

export const codeOf = (result: Result<unknown, { readonly code: string }>): string | undefined =>
  result.ok ? undefined : result.error.code;

export const chunksOf = async function* (bytes: Uint8Array) {
  yield await Promise.resolve(bytes);
};
