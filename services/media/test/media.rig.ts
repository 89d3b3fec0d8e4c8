import { createHash } from 'node:crypto';
import { readdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventEnvelope } from '#kernel/events.ts';
import type { Role } from '#adapters/auth/principal.ts';
import { expect } from 'vitest';
import { atEnd } from '#test/kit/cleanup.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openTestService, type Answered, type TestService } from '#test/kit/http.ts';
import type { StoreName } from '#test/kit/toolbox.ts';
import { media as module } from '../main/module.ts';

export const MEDIA = '/api/v1/media';
export const OWNER = 'u-1';
/** As services name users. */
export const OWNER_ID = '0190a000-0000-7000-8000-0000000000f1';

export const sha256Of = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** A file as it was received. */
export interface ReceivedFile {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

export interface MediaService extends TestService {
  /** Where files are. */
  readonly folder: string;
  as(userId: string, ...roles: readonly Role[]): Promise<string>;
  upload(
    bytes: Uint8Array | string,
    options?: {
      readonly purpose?: string;
      readonly token?: string;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<Answered>;
  /** Hands the events to the consumer in turn. */
  hear(...events: readonly EventEnvelope[]): Promise<void>;
  file(url: string, headers?: Readonly<Record<string, string>>): Promise<ReceivedFile>;
  /** Names of all files in a folder below. */
  filesIn(part: 'files' | 'spool'): Promise<readonly string[]>;
}

/** Exists until the end of the test or file. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'media-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** A media service that stores its files in a folder of its own. */
export const openMedia = async (
  env: Readonly<Record<string, string>> = {},
  store: StoreName = 'memory',
): Promise<MediaService> => {
  const folder = await newFolder();
  const service = await openTestService(store, module, {
    env: { MEDIA_DIRECTORY: folder, MEDIA_ENCODERS: '2', ...env },
  });
  const as = (userId: string, ...roles: readonly Role[]) => service.toolbox.tokenOf(userId, ...roles);
  return {
    ...service,
    folder,
    as,
    upload: async (body, { purpose = 'review', token, headers } = {}) =>
      service.send('POST', `${MEDIA}?purpose=${purpose}`, {
        token: token ?? (await as(OWNER, 'catalog_manager')),
        headers: { 'content-type': 'image/jpeg', ...headers },
        body,
      }),
    hear: async (...events) => {
      for (const event of events)
        for (const consumer of service.consumers)
          if (consumer.topics.includes(event.event_type)) await consumer.handle([event]);
      expect(await service.toolbox.stores.deadLetters.list(1)).toEqual([]);
    },
    file: async (url, headers = {}) => {
      const response = await fetch(new URL(url, service.url), { headers });
      return {
        status: response.status,
        headers: response.headers,
        bytes: Buffer.from(await response.arrayBuffer()),
      };
    },
    filesIn: async (part) => {
      const found = await readdir(join(folder, part), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      return found.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
  };
};

export const mediaForEachTest = (env: Readonly<Record<string, string>> = {}): MediaService =>
  forEachTest(() => openMedia(env));

interface Variant {
  readonly preset: string;
  readonly content_type: string;
  readonly url: string;
}

/** The URL of a variant in the description of media. */
export const variantOf = ({ body }: Answered, preset = 'small', type = 'image/webp'): string => {
  const variants = (body as { readonly variants?: readonly Variant[] }).variants ?? [];
  const found = variants.find((one) => one.preset === preset && one.content_type === type);
  if (!found) throw new Error(`no variant ${preset} as ${type} in ${JSON.stringify(body)}`);
  return found.url;
};
