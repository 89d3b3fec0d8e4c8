import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { call } from './http.ts';

const KEPT = 200;
const PATIENCE_MS = 60_000;

/** Something to buy. */
export interface Item {
  readonly product_id: string;
  readonly variant_id: string;
}

const line = (index: number, sizes: readonly string[]): string =>
  JSON.stringify({
    name: `Bench product ${index}`, description: 'Made to be measured.', category: 'Bench', subcategory: `Row ${index % 20}`,
    tags: ['bench'], brand: 'Bench', specifications: { number: String(index) },
    variants: sizes.map((size) => ({ sku: `BENCH-${index}-${size}`, attributes: { size }, price: 10 + (index % 90), currency: 'EUR', images: ['/media/samples/box~aabbcc~Bench.svg'], initial_stock: 1_000_000 })),
  }); // prettier-ignore

/**
 * Imports so many products, plenty of each in stock; answers a variant of each of the first 200 once the inventory knows all.
 * @param sizes a variant for each
 */
export const importProducts = async (
  { url }: { readonly url: string },
  admin: string,
  count: number,
  sizes: readonly string[],
): Promise<readonly Item[]> => {
  const answer = await request(`${url}/api/v1/products/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/x-ndjson' },
    body: Array.from({ length: count }, (_, index) => line(index, sizes)).join('\n'),
    headersTimeout: 300_000,
  });
  const report = (await answer.body.json()) as {
    readonly created?: number;
    readonly rows: readonly { readonly product_id: string }[];
  };
  if (report.created !== count)
    throw new Error(`the import returned ${JSON.stringify(report).slice(0, 300)}`);
  const items: Item[] = [];
  for (const { product_id } of report.rows.slice(0, KEPT)) {
    const product = await call<{ variants: readonly { readonly variant_id: string }[] }>(
      'GET',
      `${url}/api/v1/products/${product_id}`,
      { token: admin },
    );
    const [variant] = product.variants;
    if (variant) items.push({ product_id, variant_id: variant.variant_id });
  }
  await takenIn(url, report.rows.at(-1)?.product_id ?? '');
  return items;
};

/** Resolves when the inventory knows a product. */
const takenIn = async (url: string, productId: string): Promise<void> => {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const answered = await request(`${url}/api/v1/inventory/${productId}`);
    await answered.body.dump();
    if (answered.statusCode === 200) return;
    if (performance.now() > end) throw new Error('the inventory did not receive the products');
    await pause(50);
  }
};

/** One after the other, from the first again behind the last. */
export const itemFor = (items: readonly Item[], turn: number): Item => {
  const item = items[turn % items.length];
  if (!item) throw new Error('no products');
  return item;
};
