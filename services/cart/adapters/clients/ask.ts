import type { Call, ServiceClient } from '#adapters/http/client.ts';
import { isAway } from '#adapters/resilience/policy.ts';
import { schemaCheck } from '#adapters/http/schema-check.ts';

/** The body of a list response. */
const itemsOf = (body: unknown): readonly unknown[] =>
  typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items) ? body.items : [];

/**
 * Requests a list from another service, and validates each item against its OpenAPI file.
 * Undefined if the service is unavailable; throws if the response violates it.
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
