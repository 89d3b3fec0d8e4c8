import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import { OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { IndexMissing, searchAll } from './searches.ts';

/** Searches a server that gives these responses. */
const search = async (...responses: readonly object[]): Promise<readonly unknown[]> => {
  const port = await freePort();
  const server = createServer((_, response) =>
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ took: 1, responses })),
  ).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const connection = new OpenSearchConnection({ url: `http://127.0.0.1:${port}`, timeoutMs: 5_000 });
  atEnd(async () => {
    await connection.close();
    server.closeAllConnections();
    server.close();
  });
  return searchAll(
    connection,
    'products',
    responses.map(() => ({ size: 0 })),
  );
};

const found = { status: 200, hits: { total: { value: 1 } } };
const failed = (status: number): object => ({ status, error: { type: 'broken', reason: null } });

describe('several searches at once', () => {
  it('have a response each', async () => {
    expect(await search(found, found)).toEqual([found, found]);
  });

  it.each([429, 503])('are unavailable if one of them fails with %i', async (status) => {
    await expect(search(found, failed(status))).rejects.toThrow(StoreUnavailable);
  });

  it('say that the index is missing', async () => {
    await expect(search(failed(404))).rejects.toThrow(IndexMissing);
  });

  it('throw what the server refuses', async () => {
    const refused = search(failed(400), found);
    await expect(refused).rejects.toThrow('400 broken');
    await expect(refused).rejects.not.toThrow(StoreUnavailable);
  });
});
