import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { LIMITS } from './limits.ts';
import { HttpProblem } from './problem.ts';
import { decodeText } from './text-body.ts';

const FORM = 'application/x-www-form-urlencoded';
/** Bulk imports, and what foreign systems post: forms, and JSON that they call text. */
const TEXT_TYPES = ['text/csv', 'application/x-ndjson', 'text/plain', FORM];
/** Parts of files. */
const BYTES = 'application/octet-stream';

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING = new Set([0x5b, 0x7b]); // [ {
const CLOSING = new Set([0x5d, 0x7d]); // ] }

/** Whether unparsed JSON nests arrays and objects more than `most` levels deep. */
export const isTooDeep = (json: Uint8Array, most: number = LIMITS.jsonDepth): boolean => {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) isText = !isText;
    else if (isText) at += byte === BACKSLASH ? 1 : 0;
    else if (OPENING.has(byte) && ++depth > most) return true;
    else if (CLOSING.has(byte)) depth -= 1;
  }
  return false;
};

type Inflate = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const INFLATE = new Map<string, Inflate>([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
  ['zstd', promisify(zstdDecompress)],
]);

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

const inflated = async (bytes: Uint8Array, encoding: string, limit: number): Promise<Uint8Array> => {
  if (encoding === 'identity') return bytes;
  const unpack = INFLATE.get(encoding);
  if (!unpack)
    throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', `The content encoding ${encoding} is not supported.`);
  try {
    return await unpack(bytes, { maxOutputLength: limit });
  } catch (error) {
    if (isTooLarge(error)) throw new HttpProblem('PAYLOAD_TOO_LARGE', 'The body is too large.');
    throw new HttpProblem('MALFORMED_BODY', `The body is not valid ${encoding}.`);
  }
};

/** The encodings of JSON (RFC 8259 and its predecessors). */
const UNICODE = /^utf-(8|16|16le|16be)$/i;

const UTF_8 = new TextDecoder();

const decoderOf = (encoding: string) =>
  encoding.toLowerCase() === 'utf-8' ? UTF_8 : new TextDecoder(encoding);

const parseJson = (bytes: Uint8Array, contentType: string): unknown => {
  const encoding = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  if (!UNICODE.test(encoding))
    throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', `JSON in the encoding ${encoding} is not supported.`);
  if (isTooDeep(bytes))
    throw new HttpProblem('VALIDATION_FAILED', `JSON may be at most ${LIMITS.jsonDepth} levels deep.`);
  try {
    return JSON.parse(decoderOf(encoding).decode(bytes)) as unknown;
  } catch {
    throw new HttpProblem('MALFORMED_BODY', 'The body is not valid JSON.');
  }
};

const mediaTypeOf = (headers: IncomingHttpHeaders): string =>
  headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';

/**
 * Parses JSON, decodes text, or leaves a part of a file as it is. Undefined for any other content type, which validation refuses.
 * @param limit maximum size after decompression, bytes
 * @throws HttpProblem
 */
export const parseBody = async (
  bytes: Uint8Array | undefined,
  headers: IncomingHttpHeaders,
  limit: number,
): Promise<unknown> => {
  const contentType = headers['content-type'] ?? '';
  const mediaType = mediaTypeOf(headers);
  const isJson = mediaType === 'application/json';
  const isText = TEXT_TYPES.includes(mediaType);
  if (!bytes) return isText ? '' : undefined;
  if (mediaType !== BYTES && !isJson && !isText) return undefined;
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  const plain = await inflated(bytes, encoding, limit);
  if (mediaType === BYTES) return plain;
  return isJson ? parseJson(plain, contentType) : decodeText(plain, contentType);
};

/**
 * Parses a form of a page as an object of texts; of a repeated field, the last value counts. Undefined for any other content type.
 * @param limit maximum size after decompression, bytes
 * @throws HttpProblem
 */
export const parseForm = async (
  bytes: Uint8Array | undefined,
  headers: IncomingHttpHeaders,
  limit: number,
): Promise<Readonly<Record<string, string>> | undefined> => {
  if (mediaTypeOf(headers) !== FORM) return undefined;
  const text = await parseBody(bytes, headers, limit);
  return Object.fromEntries(new URLSearchParams(String(text)));
};
