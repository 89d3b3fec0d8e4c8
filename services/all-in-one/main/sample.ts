import { readFileSync } from 'node:fs';
import type { Platform } from './platform.ts';

const SAMPLE = new URL('../../catalog/sample/products.jsonl', import.meta.url);

/** Imports the sample catalogue where there is none. Resolves when every service has taken it in. */
export const importSample = async (platform: Platform, token: string): Promise<number> => {
  const catalog = platform.addresses.of('catalog');
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
  await platform.settled();
  return report.created ?? 0;
};
