import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request } from 'express';
import type { CachedAnswer } from '../response-cache.ts';

const TEXT = /^(text\/|application\/xml|image\/svg)/;
/** Smaller ones fit into one packet anyway. */
const LEAST_BYTES = 1_000;
/** A response that is sent many times is worth more work. */
const QUALITY = { shared: 9, private: 4 };

type Encoding = 'br' | 'gzip';

const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)];

const COMPRESS: Readonly<Record<Encoding, (body: Buffer, quality: number) => Promise<Buffer>>> = {
  br: (body, quality) => toBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
  gzip: (body) => toGzip(body),
};

/** Compressed bodies, for as long as the response is kept. */
const known = new WeakMap<Buffer, Map<Encoding, Promise<Buffer>>>();

const compressed = (body: Buffer, encoding: Encoding, quality: number): Promise<Buffer> => {
  const bodies = known.get(body) ?? new Map<Encoding, Promise<Buffer>>();
  known.set(body, bodies);
  const made = bodies.get(encoding) ?? COMPRESS[encoding](body, quality);
  bodies.set(encoding, made);
  return made;
};

/** The response as this client reads it: texts with Brotli or gzip. A kept response is compressed once. */
export const encodedFor = async (
  request: Request,
  answer: CachedAnswer,
  isShared: boolean,
): Promise<CachedAnswer> => {
  const { headers, body } = answer;
  if (body.length < LEAST_BYTES || !TEXT.test(headers['content-type'] ?? '')) return answer;
  // The server's order counts: browsers name gzip first.
  const encoding = (['br', 'gzip'] as const).find((one) => request.acceptsEncodings(one) === one);
  if (encoding === undefined) return answer;
  return {
    ...answer,
    headers: { ...headers, 'content-encoding': encoding },
    body: await compressed(body, encoding, isShared ? QUALITY.shared : QUALITY.private),
  };
};
