import { OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { fullOpensearch } from '#scripts/engines/opensearch.ts';
import { embeddedIndex } from '#search/adapters/embedded/embedded-index.ts';
import { openProductIndex } from '#search/adapters/opensearch/open.ts';
import type { ProductIndex } from '#search/core/ports/product-index.ts';
import { startSharedEngine } from '#test/kit/private-engine.ts';

export interface Opened {
  readonly index: ProductIndex;
  /** Called when it is filled. */
  readonly prepare: () => Promise<unknown>;
  /** The process that has the index; undefined if we did not start it. */
  readonly pid: number | undefined;
  readonly close: () => Promise<void>;
}

/** @param size the number of products */
export type Open = (size: number) => Promise<Opened>;

export const openEmbedded: Open = (size) => {
  const index = embeddedIndex({ count: () => Promise.resolve(size), read: async function* () {} });
  return Promise.resolve({
    index,
    prepare: () => Promise.resolve(),
    pid: process.pid,
    close: () => index.close(),
  });
};

/** An index on the OpenSearch at `url`, whose process is `pid`; it is deleted at the end. */
export const openOpenSearch =
  (url: string, pid?: number): Open =>
  () => {
    const name = `bench-${systemIds.next()}`;
    const logger = makeLogger({ service: 'bench', level: 'error' });
    const env = { OPENSEARCH_TIMEOUT_MS: '60000', ...process.env, OPENSEARCH_URL: url, SEARCH_INDEX: name };
    const { index, close } = openProductIndex(env, systemIds, logger);
    const connection = new OpenSearchConnection({ url, timeoutMs: 60_000 });
    return Promise.resolve({
      index,
      // The same queries are asked more than once, and their facets would be remembered.
      prepare: () =>
        connection.run((client) =>
          client.indices.putSettings({ index: name, body: { 'index.requests.cache.enable': false } }),
        ),
      pid,
      close: async () => {
        await close();
        await connection.run((client) => client.indices.delete({ index: `${name}.*` }));
        await connection.close();
      },
    });
  };

/** An OpenSearch as in production, on this machine. */
export const startOpenSearch = async (): Promise<{
  readonly open: Open;
  readonly stop: () => Promise<void>;
}> => {
  const server = await startSharedEngine(fullOpensearch);
  const [pid] = await server.pids();
  return { open: openOpenSearch(String(server.addresses['url']), pid), stop: () => server.stop() };
};
