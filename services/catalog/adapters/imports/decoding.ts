import { isAscii } from 'node:buffer';
import { createGunzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import { breathe } from '#adapters/system/breath.ts';
import { UnreadableFile } from '../../core/ports/import-reader.ts';
import { MOST_FILE_BYTES } from './limits.ts';

type Bytes = AsyncIterable<Uint8Array>;

/** Encodings with their byte order marks. */
const MARKS: readonly (readonly [charset: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const begins = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

/** Whether these are the first bytes of a gzip file. */
export const isGzip = (head: Uint8Array): boolean => begins(head, [0x1f, 0x8b]);

/** The bytes of a file, decompressed if it is compressed. Throws `UnreadableFile` if it is damaged or too large. */
export async function* inflated(parts: Bytes, isCompressed: boolean): AsyncGenerator<Uint8Array> {
  const source = isCompressed ? gunzipped(parts) : parts;
  let size = 0;
  try {
    for await (const bytes of source) {
      size += bytes.length;
      if (size > MOST_FILE_BYTES)
        throw new UnreadableFile(`The file has more than ${MOST_FILE_BYTES} bytes when it is decompressed.`);
      yield bytes;
      await breathe();
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new UnreadableFile('The file is not valid gzip, or not complete.', { cause: error });
  }
}

const gunzipped = (parts: Bytes): Bytes => {
  const gunzip = createGunzip();
  pipeline(Readable.from(parts), gunzip, () => undefined); // the reader gets the error
  return gunzip as AsyncIterable<Uint8Array>;
};

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');

/** The text of bytes; `\uFFFD` stands for those that are invalid. */
export async function* decoded(bytes: Bytes, charset: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(charset);
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

const LOST = '\uFFFD';
const HEAD_BYTES = 1_024;

/**
 * The encoding of a text: that of its byte order mark, or else the stated one, or else UTF-16 if every other byte of its
 * beginning is zero, or else UTF-8, unless more of its bytes beyond ASCII are invalid than valid in it: then windows-1252.
 */
export const charsetOf = async (bytes: Bytes, stated: string | undefined): Promise<string> => {
  const decoder = new TextDecoder('utf-8');
  let head: Uint8Array | undefined;
  let [valid, invalid] = [0, 0];
  for await (const piece of bytes) {
    if (!head) {
      head = piece.subarray(0, HEAD_BYTES);
      const known = MARKS.find(([, mark]) => begins(piece, mark))?.[0] ?? stated ?? wideOf(head);
      if (known !== undefined) return known;
    }
    if (isAscii(piece) && invalid + valid === 0) continue;
    for (const mark of decoder.decode(piece, { stream: true })) {
      if (mark === LOST) invalid += 1;
      else if (mark > '\x7f') valid += 1;
    }
  }
  if (decoder.decode() !== '') invalid += 1;
  return invalid > valid ? 'windows-1252' : 'utf-8';
};

/** UTF-16, recognised by the zero bytes of ASCII characters in it. */
const wideOf = (head: Uint8Array): string | undefined => {
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = head.length / 4;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : undefined;
};
