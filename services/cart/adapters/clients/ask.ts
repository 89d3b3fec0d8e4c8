import type { Call, ServiceClient } from '#adapters/http/client.ts';
import { isAway } from '#adapters/resilience/policy.ts';
import { schemaCheck } from '#adapters/http/schema-check.ts';

/** Body of an answer that lists things. */
const itemsOf = (body: unknown): readonly unknown[] =>
  typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items) ? body.items : [];

/**
 * Asks another service for a list, and checks each item against the schema of its OpenAPI file.
 * Undefined when the service does not answer right now; throws when it answers something else than documented.
 */
export const makeAsk = <Item>(client: ServiceClient, file: string, schema: string) => {
  const check = schemaCheck<Item>(file, schema);
  return async (call: Call): Promise<Item[] | undefined> => {
    try {
      const { status, body } = await client(call);
      if (status !== 200) throw new Error(`${call.path} returned ${status}`);
      return itemsOf(body).map((item) => {
        const checked = check(item);
        if (!checked.ok) throw new Error(`${call.path}: ${checked.error.join(', ')}`);
        return checked.value;
      });
    } catch (error) {
      if (isAway(error)) return undefined;
      throw error;
    }
  };
};
