import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { ImportJob } from '#catalog/core/domain/import-job.ts';

export type Format = ImportJob['format'];

/** Bytes of a part of a file. */
const PART = 4 * 2 ** 20;
/** Products in a piece of the text. */
const PIECE = 500;
const SIZES = ['S', 'M'];
const IMAGE = '/media/samples/box~aabbcc~Bench.svg';
const HEAD =
  'handle,name,description,category,subcategory,brand,tags,spec.weight,sku,attr.size,price,currency,images\n';

interface Common {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly subcategory: string;
  readonly brand: string;
}

const commonOf = (at: number): Common => ({
  name: `Bench product ${at}`,
  description: `Made to be measured, number ${at}.`,
  category: `Bench ${at % 20}`,
  subcategory: `Row ${at % 200}`,
  brand: `Maker ${at % 50}`,
});

const csvRows = (at: number, price: string): string => {
  const { name, description, category, subcategory, brand } = commonOf(at);
  const own = `${name},"${description}",${category},${subcategory},${brand},bench|new,1 kg`;
  return SIZES.map(
    (size, row) => `p${at},${row === 0 ? own : ',,,,,,'},BENCH-${at}-${size},${size},${price},EUR,${IMAGE}\n`,
  ).join('');
};

const jsonLine = (at: number, price: string): string => {
  const variants = SIZES.map((size) => ({
    sku: `BENCH-${at}-${size}`,
    attributes: { size },
    price: Number(price),
    currency: 'EUR',
    images: [IMAGE],
  }));
  return `${JSON.stringify({ ...commonOf(at), tags: ['bench', 'new'], specifications: { weight: '1 kg' }, variants })}\n`;
};

function* textOf(format: Format, products: number, price: string): Generator<string> {
  if (format === 'csv') yield HEAD;
  const write = format === 'csv' ? csvRows : jsonLine;
  for (let at = 0; at < products; at += PIECE)
    yield Array.from({ length: Math.min(PIECE, products - at) }, (_, more) => write(at + more, price)).join(
      '',
    );
}

/** The parts of a file of products with two variants each, made as they are read: CSV, or JSON Lines compressed with gzip. */
export async function* partsOf(format: Format, products: number, price: string): AsyncGenerator<Buffer> {
  const text = Readable.from(textOf(format, products, price));
  let pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of (format === 'csv' ? text : text.pipe(createGzip())) as AsyncIterable<
    string | Buffer
  >) {
    const bytes = Buffer.from(piece);
    if (size + bytes.length > PART) {
      yield Buffer.concat(pieces);
      [pieces, size] = [[], 0];
    }
    pieces.push(bytes);
    size += bytes.length;
  }
  if (size > 0) yield Buffer.concat(pieces);
}
