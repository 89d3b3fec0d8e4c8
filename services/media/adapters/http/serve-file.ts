import { isKnownAs } from '#adapters/http/conditions.ts';
import type { Handler } from '#adapters/http/operations.ts';
import type { Clock } from '#kernel/clock.ts';
import { refuse } from '#kernel/result.ts';
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

export const makeServeFile =
  (
    findFile: ReturnType<typeof makeFindFile>,
    urls: Urls,
    clock: Clock,
  ): Handler<operations['getFile'], MediaCode> =>
  async ({ path: { name }, query, headers: given }) => {
    const found = await findFile(name);
    if (!found.ok) return found;
    const file = found.value;
    if (file.isPrivate && !urls.isSigned(name, query, clock.now())) return NOT_SIGNED;
    const headers = headersOf(file);
    if (isKnownAs(given['if-none-match'], headers.ETag)) return { status: 304, headers };
    const size = await file.size();
    const ifRange = given['if-range'];
    const range = ifRange === undefined || ifRange === headers.ETag ? rangeOf(given.range, size) : 'all';
    if (range === 'none') return TOO_SHORT;
    const { type } = file;
    if (range === 'all')
      return {
        status: 200,
        headers: { ...headers, 'Content-Length': String(size) },
        type,
        body: file.open(),
      };
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
