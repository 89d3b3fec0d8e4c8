import { z } from 'zod';
import { isPassing, type OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';

export type SearchBody = Readonly<Record<string, unknown>>;

/** The index of a search does not exist. */
export class IndexMissing extends Error {}

const Failure = z.object({ error: z.object({ type: z.string(), reason: z.string().nullish() }) });
const Responses = z.object({ responses: z.array(z.looseObject({ status: z.int() })) });

/**
 * The responses to several searches, which run side by side in one request. Throws `IndexMissing`, or `StoreUnavailable` if one
 * of them could not be done in full.
 */
export const searchAll = async (
  connection: OpenSearchConnection,
  index: string,
  bodies: readonly SearchBody[],
): Promise<readonly unknown[]> => {
  const { body } = await connection.run((client) =>
    client.msearch({
      index,
      body: bodies.flatMap((search) => [{ allow_partial_search_results: false }, search]),
    }),
  );
  const { responses } = Responses.parse(body);
  for (const response of responses) {
    const { status } = response;
    if (status < 300) continue;
    const { error } = Failure.parse(response);
    const reason = `OpenSearch: ${status} ${error.type}: ${error.reason ?? ''}`;
    throw status === 404
      ? new IndexMissing(reason)
      : isPassing(status)
        ? new StoreUnavailable(reason)
        : new Error(reason);
  }
  return responses;
};
