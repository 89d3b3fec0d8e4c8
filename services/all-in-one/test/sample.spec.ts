import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { serve } from '#test/kit/http.ts';
import { importSample } from '../main/sample.ts';

const REPORT = { created: 190, updated: 0, unchanged: 9, rejected: 0 };

describe('the sample catalogue', () => {
  let catalog: string;
  let search: string;
  let rules: Set<unknown>;
  let dataDir: string;
  let asked: string[];
  /** The products in the catalog, and its responses to imports, in turn; the last one repeats. */
  let items: readonly object[];
  let answers: (readonly [status: number, body: object])[];
  let isSettled: boolean;

  beforeEach(async () => {
    [asked, items, answers, isSettled] = [[], [], [[200, REPORT]], false];
    dataDir = temporaryFolder();
    ({ url: catalog } = await serve((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const imported = (): (typeof answers)[0] =>
        (answers.length > 1 ? answers.shift() : answers[0]) ?? [500, {}];
      const [status, body] = request.method === 'GET' ? [200, { items }] : imported();
      request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(body)));
    }));
  });

  beforeEach(async () => {
    rules = new Set();
    ({ url: search } = await serve((request, response) => {
      rules.add(request.headers['idempotency-key']);
      request.resume().on('end', () => response.writeHead(201).end('{}'));
    }));
  });

  const imported = (): Promise<number> => {
    const settled = (): Promise<void> => {
      isSettled = true;
      return Promise.resolve();
    };
    return importSample({
      catalog,
      search,
      token: 'x',
      mark: join(dataDir, 'mark'),
      settled,
    });
  };
  const LIST = 'GET /api/v1/products?limit=1';
  const IMPORT = 'POST /api/v1/products/imports';

  it('is imported if there is none, and handled by all services', async () => {
    expect(await imported()).toBe(199);
    expect([asked, isSettled, readdirSync(dataDir)]).toEqual([[LIST, IMPORT], true, []]);
    expect(rules.size).toBeGreaterThan(50);
  });

  it('is not imported if there are products', async () => {
    items = [{}];
    expect(await imported()).toBe(0);
    expect(asked).toEqual([LIST]);
  });

  it('is sent again after the catalog breaks off', async () => {
    answers = [
      [500, {}],
      [503, {}],
      [200, REPORT],
    ];
    expect(await imported()).toBe(199);
    expect(asked).toEqual([LIST, IMPORT, IMPORT, IMPORT]);
  });

  it('whose import was interrupted is completed by the next start', async () => {
    answers = [[503, {}]];
    await expect(imported()).rejects.toThrow('/products/imports answered');
    items = [{}];
    answers = [[200, REPORT]];
    expect(await imported()).toBe(199);
    expect(await imported()).toBe(0);
  });

  it.each([
    ['whole', 400, {}],
    ['in part', 200, { ...REPORT, rejected: 1 }],
  ])('stops the start when it is refused %s', async (_, status, body) => {
    answers = [[status, body]];
    await expect(imported()).rejects.toThrow('the sample catalogue was refused');
  });
});
