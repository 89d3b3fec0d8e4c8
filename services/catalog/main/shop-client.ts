import { setTimeout as pause } from 'node:timers/promises';
import { makeAdminFetch, NoShop } from '#adapters/http/admin-client.ts';
import { schemaCheck } from '#adapters/http/schema-check.ts';
import type { components } from '#openapi/generated/catalog.ts';

export type Import = components['schemas']['Import'];
export type ImportRow = components['schemas']['ImportRow'];

/** A tool cannot go on; the message gives the reason in one line. */
export class CannotGoOn extends Error {}

const asImport = schemaCheck<Import>('catalog.yaml', 'Import');
const asRows = schemaCheck<components['schemas']['ImportRowPage']>('catalog.yaml', 'ImportRowPage');

const LOOK_EVERY_MS = 200;

/** Imports and exports of the shop whose state is in `dataDir`. Throws `NoShop` and `CannotGoOn`. */
export const openShop = (dataDir: string) => {
  const ask = makeAdminFetch(dataDir);
  const refused = async (response: Response): Promise<CannotGoOn> => {
    const text = await response.text();
    const detail = /"detail":"([^"]*)"/.exec(text)?.[1];
    return new CannotGoOn(`The shop returned ${response.status}${detail === undefined ? '' : `: ${detail}`}`);
  };
  const send = async (...request: Parameters<typeof ask>): Promise<Import> => {
    const response = await ask(...request);
    if (!response.ok) throw await refused(response);
    const found = asImport(await response.json());
    if (!found.ok) throw new CannotGoOn('The shop returned what is not an import.');
    return found.value;
  };
  const json = (body: object) => ({ type: 'application/json', body: Buffer.from(JSON.stringify(body)) });
  const at = ({ import_id }: Pick<Import, 'import_id'>, path = ''): string =>
    `/api/v1/imports/${import_id}${path}`;
  return {
    create: (input: components['schemas']['ImportInput']) => send('POST', '/api/v1/imports', json(input)),
    putPart: (job: Import, part: number, body: Uint8Array) =>
      send('PUT', at(job, `/parts/${part}`), { type: 'application/octet-stream', body }),
    check: (job: Import, mapping: Readonly<Record<string, string | null>>) =>
      send('POST', at(job, '/check'), json({ mapping })),
    start: (job: Import) => send('POST', at(job, '/start')),
    /** Resolves when nothing more happens to it by itself. */
    settled: async (job: Import, onProgress: (job: Import) => void): Promise<Import> => {
      for (;;) {
        const now = await send('GET', at(job));
        onProgress(now);
        if (now.state !== 'checking' && now.state !== 'running') return now;
        await pause(LOOK_EVERY_MS);
      }
    },
    /** At most 100 rejected rows. */
    rejected: async (job: Import): Promise<readonly ImportRow[]> => {
      const response = await ask('GET', at(job, '/rows?limit=100'));
      const page = asRows(await response.json());
      return page.ok ? page.value.items : [];
    },
    /** The rejected rows as a file. */
    rejectedFile: (job: Import) => download(ask, at(job, '/rejected-file'), refused),
    exported: (format: string) => download(ask, `/api/v1/exports/products?format=${format}`, refused),
  };
};

const download = async (
  ask: ReturnType<typeof makeAdminFetch>,
  path: string,
  refused: (response: Response) => Promise<CannotGoOn>,
): Promise<AsyncIterable<Uint8Array>> => {
  const response = await ask('GET', path);
  if (!response.ok || !response.body) throw await refused(response);
  return response.body;
};

/** Prints progress in one line of a terminal; nothing elsewhere. */
export const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
};

/** Runs a tool; a reason why it cannot go on is printed in one line. */
export const runTool = async (tool: () => Promise<boolean>): Promise<void> => {
  try {
    if (!(await tool())) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof NoShop || error instanceof CannotGoOn)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
};
