import { LRUCache } from 'lru-cache';
import { isKnownAs } from '#adapters/http/conditions.ts';
import type { Handler } from '#adapters/http/operations.ts';
import { SECOND, type Clock } from '#kernel/clock.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/media.ts';
import type { makeFindFile, ServedFile } from '../../core/application/files.ts';
import type { MediaCode } from './errors.ts';
import { rangeOf } from './range.ts';
import type { Urls } from './urls.ts';

const NOT_SIGNED = refuse('NOT_SIGNED', 'The URL is not signed, or has expired.');
const TOO_SHORT = refuse('RANGE_NOT_SATISFIABLE', 'The range begins after the end of the file.');

/** A name always means the same bytes. */
const FOR_A_YEAR = 'max-age=31536000, immutable';

/** Nothing in a file runs as a page of the shop, whatever it is and however it is opened. */
const headersOf = ({ name, kind, isPrivate }: ServedFile) => ({
  ETag: `"${name}"`,
  'Cache-Control': isPrivate ? 'private, no-store' : `public, ${FOR_A_YEAR}`,
  'Accept-Ranges': 'bytes',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Content-Disposition': `${kind === 'drawing' ? 'attachment' : 'inline'}; filename="${name}"`,
});

interface Kept {
  readonly file: ServedFile;
  readonly bytes: Uint8Array;
}

/** Small public files that were asked for lately: most requests are for few of them. */
export interface RecentFiles {
  readonly of: (name: string) => Kept | undefined;
  /** Returns the whole file, and keeps it if it is small and public. */
  readonly keep: (file: ServedFile, size: number) => Promise<Uint8Array> | undefined;
  readonly forget: () => void;
}

/** Larger ones are read from the store each time. */
const SMALL_BYTES = 256 * 1_024;
/** How long a process may serve a file that was deleted, or that is no longer public; `makePurgeHidden` waits for longer. */
const KEPT_MS = 2 * SECOND;

/** @param maxBytes of all files together */
export const recentFiles = (maxBytes: number): RecentFiles => {
  const kept = new LRUCache<string, Kept>({
    maxSize: Math.max(1, maxBytes),
    maxEntrySize: SMALL_BYTES,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes.length),
    ttl: KEPT_MS,
  });
  return {
    of: (name) => kept.get(name),
    keep: (file, size) => {
      if (file.isPrivate || size > Math.min(SMALL_BYTES, maxBytes)) return undefined;
      return readAll(file.open()).then((bytes) => {
        kept.set(file.name, { file, bytes });
        return bytes;
      });
    },
    forget: () => kept.clear(),
  };
};

const readAll = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};

export const makeServeFile =
  (
    findFile: ReturnType<typeof makeFindFile>,
    urls: Urls,
    clock: Clock,
    recent: RecentFiles,
  ): Handler<operations['getFile'], MediaCode> =>
  async ({ path: { name }, query, headers: given }) => {
    const kept = recent.of(name);
    const found = kept ? ok(kept.file) : await findFile(name);
    if (!found.ok) return found;
    const file = found.value;
    if (file.isPrivate && !urls.isSigned(name, query, clock.now())) return NOT_SIGNED;
    const headers = headersOf(file);
    if (isKnownAs(given['if-none-match'], headers.ETag)) return { status: 304, headers };
    const size = kept?.bytes.length ?? (await file.size());
    const ifRange = given['if-range'];
    const range = ifRange === undefined || ifRange === headers.ETag ? rangeOf(given.range, size) : 'all';
    if (range === 'none') return TOO_SHORT;
    const { type } = file;
    if (range === 'all') {
      const body = kept?.bytes ?? (await recent.keep(file, size)) ?? file.open();
      return { status: 200, headers: { ...headers, 'Content-Length': String(size) }, type, body };
    }
    const { first, last } = range;
    return {
      status: 206,
      headers: {
        ...headers,
        'Content-Length': String(last - first + 1),
        'Content-Range': `bytes ${first}-${last}/${size}`,
      },
      type,
      body: file.open(range),
    };
  };
