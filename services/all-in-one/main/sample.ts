import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { makePolicy, Outage } from '#adapters/resilience/policy.ts';

const SAMPLE = new URL('../../../samples/catalogue.jsonl', import.meta.url);
const SYNONYMS = new URL('../../../samples/synonyms.json', import.meta.url);
/** File that marks a running import. */
export const UNFINISHED = 'sample-import.unfinished';

const Page = z.object({ items: z.array(z.unknown()) });
const Report = z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), rejected: z.int() });

export interface SampleOptions {
  /** The catalog's address. */
  readonly catalog: string;
  /** The search service's address. */
  readonly search: string;
  readonly token: string;
  /** A file next to the store that exists from the beginning of an import to its end. */
  readonly mark: string;
  /** Resolves when no event is pending. */
  readonly settled: () => Promise<void>;
}

/** The gateway's timeout of an import. */
const IMPORT_MS = 300_000;

const Synonyms = z.array(z.array(z.string()));

/**
 * Imports the sample catalogue and its synonyms if there is none or an import was interrupted; returns the number of products.
 * Resolves when every service has handled it.
 */
export const importSample = async ({
  catalog,
  search,
  token,
  mark,
  settled,
}: SampleOptions): Promise<number> => {
  // Repeating is safe, since products are recognised by their SKUs; but not while the first import still runs.
  const policy = makePolicy({ name: 'catalog', timeoutMs: IMPORT_MS, retries: 4 });
  const ask = (url: string, request: RequestInit = {}): Promise<unknown> =>
    policy.execute(async (signal) => {
      const response = await fetch(url, { ...request, signal });
      const body: unknown = await response.json();
      if (response.status >= 500) throw new Outage(`${url} answered ${JSON.stringify(body)}`);
      if (!response.ok) throw new Error(`the sample catalogue was refused: ${JSON.stringify(body)}`);
      return body;
    });

  const products = `${catalog}/api/v1/products`;
  const { items } = Page.parse(await ask(`${products}?limit=1`));
  if (items.length > 0 && !existsSync(mark)) return 0;
  writeFileSync(mark, '');
  const authorization = `Bearer ${token}`;
  const answer = await ask(`${products}/imports`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-ndjson' },
    body: readFileSync(SAMPLE, 'utf8'),
  });
  const { created, updated, unchanged, rejected } = Report.parse(answer);
  if (rejected > 0) throw new Error(`the sample catalogue was refused: ${JSON.stringify(answer)}`);
  for (const [index, words] of Synonyms.parse(JSON.parse(readFileSync(SYNONYMS, 'utf8'))).entries())
    await ask(`${search}/api/v1/search/rules`, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotency-key': `sample-synonyms-${index}`,
      },
      body: JSON.stringify({ kind: 'synonyms', words }),
    });
  await settled();
  rmSync(mark);
  return created + updated + unchanged;
};
