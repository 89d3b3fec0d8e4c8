import { randomUUID } from 'node:crypto';
import { OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { openSearchIndex } from '../adapters/opensearch/opensearch-index.ts';
import type { ProductIndex } from '../core/ports/product-index.ts';

export interface OpenSearchRig {
  readonly connection: OpenSearchConnection;
  /** The alias of the index. */
  readonly name: string;
  readonly index: ProductIndex;
  /** As another instance of the service has it. */
  readonly another: () => ProductIndex;
  readonly refresh: () => Promise<unknown>;
  /** Product IDs that a rebuild could not index. */
  readonly refused: readonly string[];
}

/**
 * An index on the OpenSearch of `OPENSEARCH_URL`, removed at the end of the test or file. A rebuild without progress for
 * `leaseMs` counts as dead: give one that must be found alive more time than a loaded server needs for a beat.
 */
export const openOpenSearch = ({
  name = `test_${randomUUID()}`,
  leaseMs = 1_000,
}: {
  readonly name?: string;
  readonly leaseMs?: number;
} = {}): OpenSearchRig => {
  const connection = new OpenSearchConnection({
    url: process.env['OPENSEARCH_URL'] ?? '',
    timeoutMs: 60_000,
  });
  atEnd(async () => {
    await connection.run((client) => client.indices.delete({ index: `${name}.*` }));
    await connection.close();
  });
  const refused: string[] = [];
  const another = (): ProductIndex =>
    openSearchIndex(connection, {
      name,
      shards: 1,
      replicas: 0,
      leaseMs,
      graceMs: 500,
      newId: () => systemIds.next(),
      onRefused: (productId) => refused.push(productId),
    });
  const refresh = () => connection.run((client) => client.indices.refresh({ index: name }));
  return { connection, name, index: another(), another, refresh, refused };
};
