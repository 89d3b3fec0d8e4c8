import { Container } from 'inversify';
import { makeBulkhead } from '#adapters/resilience/bulkhead.ts';
import type { Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { DAY, HOUR, MINUTE } from '#kernel/clock.ts';
import { folderBlobs } from '../adapters/blobs/folder-blobs.ts';
import { folderSpool, sweepSpool } from '../adapters/blobs/folder-spool.ts';
import { memoryBlobs } from '../adapters/blobs/memory-blobs.ts';
import { httpCdn, noCdn } from '../adapters/cdn/http-cdn.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { recentFiles } from '../adapters/http/serve-file.ts';
import { makeUrls } from '../adapters/http/urls.ts';
import { mediaHandlers } from '../adapters/messaging/consumer.ts';
import { clamd, noScanner } from '../adapters/malware/clamd.ts';
import { sharpPictures } from '../adapters/pictures/sharp-pictures.ts';
import { makePurgeHidden, makeSweepStrays, makeSweepUnused } from '../core/application/collect-garbage.ts';
import { makeFindFile } from '../core/application/files.ts';
import { makeFollowProducts } from '../core/application/follow-products.ts';
import { makePersonalData } from '../core/application/personal-data.ts';
import { makeReadPersonalFile } from '../core/application/personal-files.ts';
import { makeDelete, makeSweepForgotten } from '../core/application/references.ts';
import { makeAnnounce, makeComplete, makeUpload } from '../core/application/store-media.ts';
import type { MediaTools } from '../core/application/tools.ts';
import type { BlobStore } from '../core/ports/blob-store.ts';
import type { DirectUploads } from '../core/ports/tools.ts';
import { watchPictures } from './metrics.ts';
import { readSettings, type MediaSettings } from './settings.ts';
import { storage, Storage } from './storage.ts';

const QUEUE_PER_ENCODER = 32;
const PATIENCE_MS = 10_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Files {
  readonly blobs: BlobStore;
  readonly direct: DirectUploads | undefined;
}

const openFiles = async ({ s3, directory }: MediaSettings): Promise<Files> => {
  if (s3) {
    const { s3Blobs } = await import('../adapters/s3/s3-blobs.ts'); // hundreds of modules, for those who need them
    const blobs = s3Blobs(s3);
    return { blobs, direct: blobs };
  }
  return { blobs: directory === undefined ? memoryBlobs() : folderBlobs(directory), direct: undefined };
};

export const compose = async (toolbox: Toolbox): Promise<Composition> => {
  const { clock, ids } = toolbox;
  const settings = readSettings(toolbox);
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const queries = container.get(Storage.Queries);
  const { blobs, direct } = await openFiles(settings);
  const { encoders } = settings;
  const bulkhead = makeBulkhead({
    name: 'pictures',
    atOnce: encoders,
    queue: encoders * QUEUE_PER_ENCODER,
    waitMs: PATIENCE_MS,
  });
  const urls = makeUrls(settings.urls);
  const tools: MediaTools = {
    unitOfWork: container.get(Storage.UnitOfWork),
    queries,
    blobs,
    spool: folderSpool(settings.spool),
    pictures: watchPictures(toolbox, sharpPictures(settings.pictures)),
    scanner: settings.clamd ? clamd(settings.clamd) : noScanner,
    cdn: settings.cdn ? httpCdn({ ...settings.cdn, urlOf: urls.of }) : noCdn,
    ids,
    clock,
    limits: settings.limits,
    quota: settings.quota,
    productGraceMs: settings.productGraceMs,
    inTurn: (work) => bulkhead.run(work),
    pause,
    owner: ids.next(),
  };
  const { unitOfWork } = tools;
  return {
    consumers: [
      makeConsumer(toolbox, unitOfWork, 'media', mediaHandlers(clock, makeFollowProducts(ids)), {
        gatherMs: UNHURRIED_MS,
      }),
    ],
    handlers: makeHandlers(
      {
        upload: makeUpload(tools),
        announce: makeAnnounce(tools, direct),
        complete: makeComplete(tools, direct),
        remove: makeDelete(tools),
        findFile: makeFindFile(tools),
        personalData: makePersonalData(tools),
        readPersonalFile: makeReadPersonalFile(tools),
        recent: recentFiles(settings.cacheBytes),
        queries,
        urls,
        clock,
      },
      toolbox.security,
    ),
    errors,
    sweeps: [
      { name: 'media that nothing refers to', everyMs: HOUR, sweep: makeSweepForgotten(tools) },
      { name: 'files that are no longer public', everyMs: MINUTE, sweep: makePurgeHidden(tools) },
      { name: 'contents that no media has', everyMs: 5 * MINUTE, sweep: makeSweepUnused(tools) },
      { name: 'files without a record', everyMs: DAY, sweep: makeSweepStrays(tools) },
      { name: 'unfinished files', everyMs: HOUR, sweep: () => sweepSpool(settings.spool) },
    ],
  };
};
