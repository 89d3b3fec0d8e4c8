import { z } from 'zod';
import { OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import { msSetting, readConfig } from '#adapters/service/config.ts';
import type { Ids } from '#kernel/ids.ts';
import type { ProductIndex } from '../../core/ports/product-index.ts';
import { openSearchIndex } from './opensearch-index.ts';

/** Of OpenSearch's index; `OPENSEARCH_URL` alone decides whether it is used. */
const SETTINGS = {
  OPENSEARCH_URL: z.url({ protocol: /^https?$/ }),
  OPENSEARCH_TIMEOUT_MS: msSetting(10_000),
  /** No dots: these separate it from the names of its generations. */
  SEARCH_INDEX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,99}$/)
    .default('products'),
  SEARCH_SHARDS: z.coerce.number().int().min(1).max(100).default(1),
  SEARCH_REPLICAS: z.coerce.number().int().min(0).max(10).default(0),
};

const LEASE_MS = 30_000;
/** Characters; a reason may contain the value that was refused. */
const LONGEST_REASON = 300;

export interface OpenedIndex {
  readonly index: ProductIndex;
  readonly close: () => Promise<void>;
}

/** The index on the OpenSearch of `OPENSEARCH_URL`; throws `InvalidConfig`. */
export const openProductIndex = (
  env: Readonly<Record<string, string | undefined>>,
  ids: Ids,
  logger: Logger,
): OpenedIndex => {
  const settings = readConfig(SETTINGS, env);
  const timeoutMs = settings.OPENSEARCH_TIMEOUT_MS;
  const connection = new OpenSearchConnection({ url: settings.OPENSEARCH_URL, timeoutMs });
  const index = openSearchIndex(connection, {
    name: settings.SEARCH_INDEX,
    shards: settings.SEARCH_SHARDS,
    replicas: settings.SEARCH_REPLICAS,
    leaseMs: LEASE_MS,
    graceMs: timeoutMs,
    newId: () => ids.next(),
    onRefused: (productId, reason) => {
      logger.error(
        { product_id: productId, why: reason.slice(0, LONGEST_REASON) },
        'OpenSearch refused a product',
      );
    },
  });
  return { index, close: () => connection.close() };
};
