import { readFileSync } from 'node:fs';

const SAMPLE = new URL('../../catalog/sample/products.jsonl', import.meta.url);

/**
 * Imports the sample catalogue where there is none. Resolves when every service has taken it in.
 * @param catalog the catalog's address
 * @param settled resolves when no event is on its way
 */
export const importSample = async (
  catalog: string,
  token: string,
  settled: () => Promise<void>,
): Promise<number> => {
  const first = (await (await fetch(`${catalog}/api/v1/products?limit=1`)).json()) as { items: unknown[] };
  if (first.items.length > 0) return 0;
  const response = await fetch(`${catalog}/api/v1/products/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: readFileSync(SAMPLE, 'utf8'),
  });
  const report = (await response.json()) as { created?: number; rejected?: number };
  if (!response.ok || report.rejected !== 0)
    throw new Error(`the sample catalogue was refused: ${JSON.stringify(report)}`);
  await settled();
  return report.created ?? 0;
};
