import { breathe } from '#adapters/system/breath.ts';
import type { ProductPages } from '../../core/application/product-pages.ts';
import type { ImportFormat } from '../../core/domain/import-job.ts';
import type { ProductFilter } from '../../core/ports/product-queries.ts';
import { csvHead, csvRows, PairNames } from './csv-export.ts';
import { jsonLine } from './json-export.ts';

/** Tells spreadsheets that CSV is in UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The products as a file that imports read, in pieces. CSV needs the names of all attributes first, so products are read
 * twice; attributes that a product gets in between are in the columns of pairs without columns.
 */
export async function* exportProducts(
  pages: ProductPages,
  filter: ProductFilter,
  format: ImportFormat,
): AsyncGenerator<string> {
  const names = new PairNames();
  if (format === 'csv')
    for await (const products of pages(filter)) {
      for (const product of products) names.add(product);
      await breathe();
    }
  const { columns } = names;
  if (format === 'csv') yield BYTE_ORDER_MARK + csvHead(columns);
  for await (const products of pages(filter)) {
    yield products
      .map((product) => (format === 'csv' ? csvRows(product, columns) : jsonLine(product)))
      .join('');
    await breathe();
  }
}
