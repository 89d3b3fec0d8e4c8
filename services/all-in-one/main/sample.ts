import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { makePolicy, Outage } from '#adapters/resilience/policy.ts';

const SAMPLE = new URL('../../../samples/catalogue.jsonl', import.meta.url);
/** File that marks a running import. */
export const UNFINISHED = 'sample-import.unfinished';

const Page = z.object({ items: z.array(z.unknown()) });
const Report = z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), rejected: z.int() });

export interface SampleOptions {
  /** The catalog's address. */
  readonly catalog: string;
  readonly token: string;
  /** A file next to the store that exists from the beginning of an import to its end. */
  readonly mark: string;
  /** Resolves when no event is pending. */
  readonly settled: () => Promise<void>;
}

/** The gateway's timeout of an import. */
const IMPORT_MS = 300_000;

/**
 * Imports the sample catalogue if there is none or an import was interrupted; returns the number of products.
 * Resolves when every service has handled it.
 */
export const importSample = async ({ catalog, token, mark, settled }: SampleOptions): Promise<number> => {
  // Repeating is safe, since products are recognised by their SKUs; but not while the first import still runs.
  const policy = makePolicy({ name: 'catalog', timeoutMs: IMPORT_MS, retries: 4 });
  const ask = (path: string, request: RequestInit = {}): Promise<unknown> =>
    policy.execute(async (signal) => {
      const response = await fetch(`${catalog}/api/v1/products${path}`, { ...request, signal });
      const body: unknown = await response.json();
      if (response.status >= 500) throw new Outage(`the catalog answered ${JSON.stringify(body)}`);
      if (!response.ok) throw new Error(`the sample catalogue was refused: ${JSON.stringify(body)}`);
      return body;
    });

  const { items } = Page.parse(await ask('?limit=1'));
  if (items.length > 0 && !existsSync(mark)) return 0;
  writeFileSync(mark, '');
  const answer = await ask('/imports', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: readFileSync(SAMPLE, 'utf8'),
  });
  const { created, updated, unchanged, rejected } = Report.parse(answer);
  if (rejected > 0) throw new Error(`the sample catalogue was refused: ${JSON.stringify(answer)}`);
  await settled();
  rmSync(mark);
  return created + updated + unchanged;
};
