import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  /** A path with slashes. */
  readonly name: string;
  /** Read when it is the turn of this entry. */
  readonly content: AsyncIterable<Uint8Array | string>;
}

/** Without the extension of the format for more (Zip64). */
const MOST_BYTES = 0xffff_ffff;
const MOST_ENTRIES = 0xffff;

/** Bit 3: size and checksum follow the data. Bit 11: names are UTF-8. */
const FLAGS = 0x0808;
const [VERSION, DEFLATED] = [20, 8];
const [LOCAL, DATA, CENTRAL, END] = [0x04034b50, 0x08074b50, 0x02014b50, 0x06054b50];

/** Numbers of 2 and 4 bytes, little-endian. */
const u16 = (...values: readonly number[]) => values.map((value) => [value, 2] as const);
const u32 = (...values: readonly number[]) => values.map((value) => [value, 4] as const);
const bytesOf = (...fields: readonly (readonly (readonly [value: number, size: number])[])[]): Buffer =>
  Buffer.concat(
    fields.flat().map(([value, size]) => {
      const field = Buffer.alloc(size);
      field.writeUIntLE(value, 0, size);
      return field;
    }),
  );

/** Time and date as MS-DOS wrote them, in UTC. */
const dosTime = (at: Date): readonly [time: number, date: number] => [
  (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
];

const bounded = (value: number, most: number): number => {
  if (value > most) throw new RangeError('the archive is too large for a zip file');
  return value;
};

/**
 * A zip file, written while it is read: only the names stay in memory. Fails if an entry does, or beyond 4 GiB or 65,535 entries;
 * what was read until then is not a zip file.
 */
export async function* zip(entries: AsyncIterable<ZipEntry>, at: Date): AsyncIterable<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  const sent = (chunk: Uint8Array): Uint8Array => {
    offset = bounded(offset + chunk.length, MOST_BYTES);
    return chunk;
  };
  for await (const { name, content } of entries) {
    const path = Buffer.from(name);
    const start = offset;
    const about = [...u16(VERSION, FLAGS, DEFLATED, ...dosTime(at))];
    yield sent(Buffer.concat([bytesOf(u32(LOCAL), about, u32(0, 0, 0), u16(path.length, 0)), path]));
    const begin = offset;
    let [size, checksum] = [0, 0];
    const counted = async function* (): AsyncIterable<Uint8Array> {
      for await (const chunk of content) {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        size = bounded(size + bytes.length, MOST_BYTES);
        checksum = crc32(bytes, checksum);
        yield bytes;
      }
    };
    const deflate = createDeflateRaw();
    const written = pipeline(Readable.from(counted()), deflate);
    written.catch(() => undefined); // reading fails as well
    for await (const chunk of deflate as AsyncIterable<Uint8Array>) yield sent(chunk);
    await written;
    const sums = u32(checksum, offset - begin, size);
    yield sent(bytesOf(u32(DATA), sums));
    const rest = [...u16(path.length, 0, 0, 0, 0), ...u32(0, start)];
    directory.push(bytesOf(u32(CENTRAL), u16(VERSION), about, sums, rest), path);
  }
  const [start, count] = [offset, bounded(directory.length / 2, MOST_ENTRIES)];
  for (const part of directory) yield sent(part);
  yield bytesOf(u32(END), u16(0, 0, count, count), u32(offset - start, start), u16(0));
}
